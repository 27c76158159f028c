"""The application under test served as users meet it: by gunicorn's workers (docs/deployment.md), over a real socket.

A race in one process measures its clients too, who share the server's one interpreter; here they stand outside and weigh next to nothing.
"""

import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from mobility.web.edge import PointEtape
from tests.house import FakeClock, House, make_settings
from wsgi import create_app

HOST = "127.0.0.1"
BACKLOG = 256
ROOT = Path(__file__).parents[1]


@dataclass(frozen=True, kw_only=True)
class Address:
    """Where a house is served, and by which process."""

    port: int
    pid: int

    def workers(self) -> list[int]:
        """The processes that answer just now."""
        return [int(pid) for pid in Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text().split()]

    def ask(self, method: str, path: str, headers: dict[str, str], body: bytes = b"") -> int:
        """Send one request over a connection of its own; the status of the whole answer. Raises ConnectionError when none comes."""
        told = {"Host": HOST, "Connection": "close", "Content-Type": "application/json", "Content-Length": str(len(body)), **headers}
        head = "".join([f"{method} {path} HTTP/1.1\r\n", *(f"{name}: {value}\r\n" for name, value in told.items()), "\r\n"])
        with socket.create_connection((HOST, self.port)) as line:
            line.sendall(head.encode("ascii") + body)
            answer = b"".join(iter(lambda: line.recv(65536), b""))
        if b"\r\n\r\n" not in answer:
            raise ConnectionError("no answer")
        return int(answer.split(b" ", 2)[1])


@contextmanager
def served(house: House, *, workers: int = 2) -> Iterator[Address]:
    """The house's database behind so many workers on one socket, until the end of the block; their clock stands still."""
    settings = house.app.extensions["settings"]
    told = settings.database_url, str(settings.data_dir), house.clock().isoformat()
    with serving(f"tests.serving:make_served{told!r}", workers) as address:
        yield address


@contextmanager
def serving(application: str, workers: int, told: Mapping[str, str] | None = None) -> Iterator[Address]:
    """An application, as gunicorn names it, behind so many workers on one socket, until the end of the block; `told` is its environment."""
    with socket.create_server((HOST, 0), backlog=BACKLOG) as listening:
        command = [sys.executable, "-m", "gunicorn", f"--workers={workers}", "--preload", f"--bind=fd://{listening.fileno()}"]
        command += ["--no-control-socket", "--log-level=warning", "--graceful-timeout=5", application]
        running = subprocess.Popen(command, cwd=ROOT, pass_fds=[listening.fileno()], env=told)
        try:
            yield Address(port=listening.getsockname()[1], pid=running.pid)
        finally:
            running.terminate()
            running.wait(timeout=60)


def make_served(url: str, folder: str, at: str) -> PointEtape:
    """The application that the workers share."""
    return create_app(make_settings(url, Path(folder)), clock=FakeClock(datetime.fromisoformat(at)))
