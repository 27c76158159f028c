"""One JSON question to a service on the web: short, bounded, and never redirected."""

import json
from collections.abc import Mapping
from http.client import HTTPException, HTTPMessage
from typing import IO, Any
from urllib.error import HTTPError
from urllib.request import HTTPRedirectHandler, Request, build_opener

ANSWER_MAX_BYTES = 1_000_000
MAY_PASS = frozenset({408, 425, 429})  # refusals that another try may turn round


class NoAnswer(Exception):
    """The service gave no usable answer; `may_retry` says whether another try could. Its text names no person."""

    def __init__(self, reason: str, *, may_retry: bool) -> None:
        super().__init__(reason)
        self.may_retry = may_retry


class _StayHere(HTTPRedirectHandler):
    """A redirect would carry our token elsewhere and turn a POST into a GET that sends nothing."""

    def redirect_request(self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str) -> None:
        return None


_opener = build_opener(_StayHere)


def ask(url: str, *, payload: object = None, headers: Mapping[str, str] | None = None, timeout_s: float = 5.0) -> Any:
    """GET, or POST when there is a payload; gives the JSON answer, None for an empty one. Raises NoAnswer."""
    body = None if payload is None else json.dumps(payload).encode()
    request = Request(url, data=body, headers={"Accept": "application/json", "Content-Type": "application/json", **(headers or {})})
    try:
        with _opener.open(request, timeout=timeout_s) as answer:
            text = answer.read(ANSWER_MAX_BYTES)
    except HTTPError as error:
        error.close()
        raise NoAnswer(f"the service answered {error.code}", may_retry=error.code >= 500 or error.code in MAY_PASS) from None
    except (OSError, HTTPException) as error:
        raise NoAnswer(f"the service did not answer ({type(error).__name__})", may_retry=True) from error
    return _read(text)


def _read(text: bytes) -> Any:
    if not text.strip():
        return None
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        raise NoAnswer("the service answered something that is not JSON", may_retry=False) from None
