"""JSON to and from a service on the web: short, bounded, and never redirected."""

import json
import socket
from collections.abc import Mapping
from http.client import HTTPException, HTTPMessage
from typing import IO, Any
from urllib.error import HTTPError
from urllib.parse import urlsplit
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


def ask(url: str, *, timeout_s: float = 5.0) -> Any:
    """GETs a JSON answer. Raises NoAnswer."""
    answer = _call(Request(url, headers={"Accept": "application/json"}), timeout_s)
    try:
        return json.loads(answer)
    except (ValueError, RecursionError):
        raise NoAnswer("the service answered something that is not JSON", may_retry=False) from None


def tell(url: str, payload: object, *, headers: Mapping[str, str], timeout_s: float = 5.0) -> None:
    """POSTs JSON; any 2xx means taken, whatever the answer says. Raises NoAnswer."""
    _call(Request(url, data=json.dumps(payload).encode(), headers={"Content-Type": "application/json", **headers}), timeout_s)


def _call(request: Request, timeout_s: float) -> bytes:
    try:
        with _opener.open(request, timeout=timeout_s) as answer:
            body: bytes = answer.read(ANSWER_MAX_BYTES)
            return body
    except HTTPError as error:
        error.close()
        raise NoAnswer(f"the service answered {error.code}", may_retry=error.code >= 500 or error.code in MAY_PASS) from None
    except (OSError, HTTPException) as error:
        raise NoAnswer(f"the service did not answer ({type(error).__name__})", may_retry=True) from error


def knock(url: str, *, timeout_s: float = 5.0) -> None:
    """Whether somebody listens at the address; says nothing to them. Raises NoAnswer."""
    parts = urlsplit(url)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    try:
        socket.create_connection((parts.hostname, port), timeout=timeout_s).close()
    except OSError as error:
        raise NoAnswer(f"nobody listens there ({type(error).__name__})", may_retry=True) from error
