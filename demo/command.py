"""`flask --app wsgi demo [--db URL] [--port N]`: what `dev.py demo` runs."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, cast

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

from billing.local_gateway import LocalGateways
from demo.accounts import WayIn, renew_ways_in
from demo.database import Holds, what_it_holds
from mobility.cli.installation import owner_url, settings
from mobility.clock import now
from mobility.later import later

if TYPE_CHECKING:
    import waitress

    from demo import build
    from mobility.db import schema
else:
    waitress = later("waitress")
    build = later("demo.build")
    schema = later("mobility.db.schema")

HOST = "127.0.0.1"


@click.command("demo")
@click.option("--db", "database", help="Address of another database: sqlite:////full/path or postgresql://…")
@click.option("--port", default=8000, show_default=True)
@with_appcontext
def demo(database: str | None, port: int) -> None:
    """Build the demonstration, serve it on this machine, print its address and accounts."""
    told = _environment(database, port)
    if any(os.environ.get(name) != value for name, value in told.items()):
        # The settings are read when the application is made: begin again with the demonstration's.
        os.execve(sys.executable, [sys.executable, *sys.orig_argv[1:]], {**os.environ, **told})
    _check_port(port)
    _prepare()
    click.echo(_welcome(renew_ways_in(now=now())))
    server = waitress.create_server(_app(), host=HOST, port=port, threads=settings().web_threads, ident=None)
    with _worker(), _courier():  # it listens already: the card gateway's first news would find nobody
        server.run()


def _environment(database: str | None, port: int) -> Mapping[str, str]:
    """What the demonstration's settings say; its file has a name of its own, beside any real one."""
    url = database or f"sqlite:///{settings().data_dir / 'demo.sqlite3'}"
    return {"POINT_ETAPE_DEMO": "1", "POINT_ETAPE_DATABASE_URL": url, "POINT_ETAPE_PUBLIC_URL": f"http://{HOST}:{port}"}


def _check_port(port: int) -> None:
    with socket.socket() as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried.bind((HOST, port))
        except OSError:
            raise click.ClickException(f"Port {port} is taken: try --port {port + 1}.") from None


def _prepare() -> None:
    holds = what_it_holds(owner_url())
    if holds is Holds.SOMETHING_ELSE:
        raise click.ClickException(
            "This database holds something else than the demonstration; it was left as it is. Name another with --db."
        )
    schema.upgrade(_app(), owner_url())
    if holds is not Holds.THE_DEMO:
        click.echo("Building the demonstration …")
        build.build(now=now())


def _welcome(ways_in: list[WayIn]) -> str:
    widths = [max(len(getattr(way, column)) for way in ways_in) for column in ("slug", "role", "login")]
    rows = [f"  {w.slug:<{widths[0]}}  {w.role:<{widths[1]}}  {w.login:<{widths[2]}}  {w.password}" for w in ways_in]
    head = f"\nPoint-Étape is ready: {settings().public_url}/   (stop with Ctrl+C)\n"
    return "\n".join([head, "One account a role, its password good until the next start:", *rows, ""])


@contextmanager
def _worker() -> Iterator[None]:
    """The worker beside the pages, as a process of its own; it ends with them, also when they are told to."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    process = subprocess.Popen([sys.executable, "-m", "flask", "--app", "wsgi", "worker"], cwd=_app().root_path)
    try:
        yield
    finally:
        process.terminate()
        process.wait(timeout=10)


@contextmanager
def _courier() -> Iterator[None]:
    """The local card gateway tells its news by webhook, as a real one does."""
    gateways = current_app.extensions["card_gateways"]
    if not isinstance(gateways, LocalGateways):
        yield
        return
    gateways.courier.start()
    try:
        yield
    finally:
        gateways.courier.stop()


def _app() -> Flask:
    return cast(Flask, current_app._get_current_object())  # type: ignore[attr-defined]
