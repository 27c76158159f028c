"""A file handed over in parts: whole before its first byte leaves, in memory while it is small, on disk beyond."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from tempfile import SpooledTemporaryFile
from typing import IO, Any

from flask import Response

IN_MEMORY = 1_000_000  # bytes of a file before it goes to disk
PART = 65_536  # bytes handed to the server at a time


def whole_file(fill: Callable[[IO[bytes]], object], *, name: str, content_type: str) -> Response:
    """The answer that carries what `fill` writes; a fault in it never hands over half a file."""
    out: Any = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 — closed once it is sent
    with ExitStack() as until_sent:
        until_sent.enter_context(out)
        fill(out)
        until_sent.pop_all()
    out.seek(0)
    answer = Response(_sent(out), content_type=content_type, headers={"Content-Disposition": f'attachment; filename="{name}"'})
    answer.call_on_close(out.close)
    return answer


def _sent(out: IO[bytes]) -> Iterator[bytes]:
    with out:
        while part := out.read(PART):
            yield part
