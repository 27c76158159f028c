"""`flask --app wsgi db upgrade|doctor|worker|serve`: what runs the installation."""

import sys
from typing import TYPE_CHECKING, cast

import click
from flask import Flask, current_app
from flask.cli import AppGroup, with_appcontext
from sqlalchemy import text

from mobility import doctor
from mobility.db import db
from mobility.db.guards import APP_ROLE
from mobility.later import later
from mobility.outside import outside_checks
from mobility.settings import Settings

if TYPE_CHECKING:
    import waitress

    from mobility import worker
    from mobility.db import schema
else:
    waitress = later("waitress")
    worker = later("mobility.worker")
    schema = later("mobility.db.schema")


def register(app: Flask) -> None:
    """Hang the commands."""
    for command in (database, examine, work, serve_pages):
        app.cli.add_command(command)


database = AppGroup("db", help="The database's schema.")


@database.command("upgrade")
def upgrade() -> None:
    """Bring the schema up to this version and lay the guards again."""
    schema.upgrade(_app(), owner_url())
    click.echo("The schema is up to date.")


@click.command("doctor")
@with_appcontext
def examine() -> None:
    """Say what is connected and what falls back; exit code 1 when something is broken."""
    lines = doctor.report(settings(), outside_checks(settings()) | {"database": _ask_database, "schema": _compare_revisions})
    for line in lines:
        click.echo(str(line))
    sys.exit(0 if doctor.is_well(lines) else 1)


@click.command("worker")
@with_appcontext
def work() -> None:
    """Send the outbox and run the clock's jobs, until stopped."""
    worker.run(_app())


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True)
@with_appcontext
def serve_pages(host: str, port: int) -> None:
    """Serve the pages (waitress: one process with threads, right for SQLite)."""
    waitress.serve(_app(), host=host, port=port, threads=settings().web_threads, ident=None)


def settings() -> Settings:
    """The settings of this installation."""
    return cast(Settings, current_app.extensions["settings"])


def owner_url() -> str:
    """The address of the role that owns the tables."""
    return settings().database_owner_url or settings().database_url


def _app() -> Flask:
    return cast(Flask, current_app._get_current_object())  # type: ignore[attr-defined]


def _ask_database() -> None:
    with db.engine.connect() as connection:
        connection.execute(text("SELECT 1"))
        if connection.dialect.name == "postgresql":
            strong = connection.execute(text("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user")).scalar()
            if strong:
                raise doctor.Illness(f"The role in use is not {APP_ROLE} and would see every platform")


def _compare_revisions() -> None:
    if (has := schema.revision(owner_url())) != (wants := schema.newest()):
        raise doctor.Illness(f"The schema stands at {has or 'nothing'}, this version wants {wants}: run `flask --app wsgi db upgrade`")
