"""A tiny web server on a free loopback port, that answers what the test tells it to and remembers what it was asked."""

import json
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest


@dataclass
class Asked:
    """One request as the server saw it."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class WebServer:
    """Answers every request with `status`, `headers` and `answer` (JSON, or bytes as they are), after `wait_s`."""

    url: str
    status: int = 200
    answer: Any = None
    headers: dict[str, str] = field(default_factory=dict)
    wait_s: float = 0
    asked: list[Asked] = field(default_factory=list)

    @property
    def host(self) -> str:
        return self.url.removeprefix("http://")


@pytest.fixture
def web_server() -> Iterator[WebServer]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.told = WebServer(url=f"http://127.0.0.1:{server.server_port}")  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield server.told  # type: ignore[attr-defined]
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def dead_url() -> str:
    """An address of this machine where nobody listens: the port is bound and freed at once."""
    with ThreadingHTTPServer(("127.0.0.1", 0), _Handler) as server:
        return f"http://127.0.0.1:{server.server_port}"


class _Handler(BaseHTTPRequestHandler):
    def _reply(self) -> None:
        told: WebServer = self.server.told  # type: ignore[attr-defined]
        length = int(self.headers.get("Content-Length") or 0)
        told.asked.append(Asked(self.command, self.path, dict(self.headers), self.rfile.read(length)))
        time.sleep(told.wait_s)
        body = told.answer if isinstance(told.answer, bytes) else json.dumps(told.answer).encode()
        try:
            self.send_response(told.status)
            for name, value in {"Content-Length": str(len(body)), **told.headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)
        except OSError:
            pass  # the client gave up waiting: that is what the test asked for

    do_GET = do_POST = _reply

    def log_message(self, format: str, *args: object) -> None:
        pass
