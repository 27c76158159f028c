"""The application under test served as users meet it: by its own server, in processes of its own, over a real socket.

A race in one process measures its clients too, who share the server's one interpreter; here they stand outside and weigh next to nothing.
"""

import logging
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from waitress.server import create_server

from tests.house import FakeClock, House, make_settings
from wsgi import create_app

HOST = "127.0.0.1"
BACKLOG = 256


@dataclass(frozen=True, kw_only=True)
class Address:
    """Where a house is served."""

    port: int

    def ask(self, method: str, path: str, headers: dict[str, str], body: bytes = b"") -> int:
        """Send one request over a connection of its own; the status of the whole answer."""
        told = {"Host": HOST, "Connection": "close", "Content-Type": "application/json", "Content-Length": str(len(body)), **headers}
        head = "".join([f"{method} {path} HTTP/1.1\r\n", *(f"{name}: {value}\r\n" for name, value in told.items()), "\r\n"])
        with socket.create_connection((HOST, self.port)) as line:
            line.sendall(head.encode("ascii") + body)
            answer = b"".join(iter(lambda: line.recv(65536), b""))
        return int(answer.split(b" ", 2)[1])


@contextmanager
def served(house: House, *, processes: int) -> Iterator[Address]:
    """The house's database behind so many server processes on one socket, until the end of the block; their clock stands still."""
    settings = house.app.extensions["settings"]
    with socket.create_server((HOST, 0), backlog=BACKLOG) as listening:
        command = [sys.executable, "-m", "tests.serving", str(listening.fileno()), settings.database_url, str(settings.data_dir)]
        command.append(house.clock().isoformat())
        running = [subprocess.Popen(command, pass_fds=[listening.fileno()]) for _ in range(processes)]
        try:
            yield Address(port=listening.getsockname()[1])
        finally:
            for process in running:
                process.terminate()
            for process in running:
                process.wait(timeout=20)


def main(descriptor: str, url: str, folder: str, at: str) -> None:
    """One server process, as `flask --app wsgi serve` runs it."""
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # 64 at once are more than there are threads: that is the point
    settings = make_settings(url, Path(folder))
    app = create_app(settings, clock=FakeClock(datetime.fromisoformat(at)))
    listening = socket.socket(fileno=int(descriptor))
    create_server(app, sockets=[listening], threads=settings.web_threads, ident=None).run()


if __name__ == "__main__":
    os.chdir(Path(__file__).parents[1])
    main(*sys.argv[1:])
