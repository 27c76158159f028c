"""How long a newcomer waits: from a fresh clone and an empty home to the first page of the demonstration, installation included."""

import os
import signal
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, sleep
from urllib.error import URLError
from urllib.request import urlopen

from bench._record import record, table

ROOT = Path(__file__).parents[1]
KEPT = ("PATH", "LANG")  # what a newcomer's shell has; nothing of this one's settings or caches
PATIENCE_S, EVERY_S = 300, 0.1


def main() -> None:
    with TemporaryDirectory() as folder:
        home, clone = Path(folder) / "home", Path(folder) / "clone"
        home.mkdir()
        subprocess.run(["git", "clone", "--quiet", str(ROOT), str(clone)], check=True)
        first = _first_page(home, clone)
        again = _first_page(home, clone)
    rows = [("the first time, on the wall, s", f"{first:.1f}", "≤ 30"), ("started again, on the wall, s", f"{again:.1f}", "")]
    record("cold", "A newcomer's first page", table(("`python3 dev.py demo`", "measured", "limit"), *rows))


def _first_page(home: Path, clone: Path) -> float:
    begun = perf_counter()
    with _demo(home, clone) as address:
        while perf_counter() - begun < PATIENCE_S:
            try:
                with urlopen(address) as page:
                    if page.status == 200:
                        return perf_counter() - begun
            except (URLError, ConnectionError):
                sleep(EVERY_S)
    raise SystemExit(f"no page after {PATIENCE_S} s")


@contextmanager
def _demo(home: Path, clone: Path) -> Iterator[str]:
    with socket.socket() as tried:
        tried.bind(("127.0.0.1", 0))
        port = tried.getsockname()[1]
    told = {name: os.environ[name] for name in KEPT if name in os.environ} | {"HOME": str(home)}
    command = ["python3", "dev.py", "demo", "--port", str(port)]
    running = subprocess.Popen(command, cwd=clone, env=told, stdout=subprocess.DEVNULL, start_new_session=True)
    try:
        yield f"http://127.0.0.1:{port}/"
    finally:
        os.killpg(running.pid, signal.SIGTERM)
        running.wait(timeout=60)


if __name__ == "__main__":
    main()
