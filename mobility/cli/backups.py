"""`flask --app wsgi backup make|check|restore`: everything in one file, and back, on either engine."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click
from flask import Flask, current_app
from flask.cli import AppGroup

from mobility.cli.installation import owner_url
from mobility.clock import now
from mobility.later import later

if TYPE_CHECKING:
    from mobility import backups
else:
    backups = later("mobility.backups")

group = AppGroup("backup", help="Everything this installation keeps, in one file.")
FILE = click.argument("file", type=click.Path(path_type=Path, dir_okay=False))


@group.command("make")
@FILE
def make(file: Path) -> None:
    """Write FILE while the pages go on; keep the two keys apart from it, it opens nothing without them."""
    _say(_tried(lambda: backups.make(owner_url(), file, now=now())), f"{file} holds")


@group.command("check")
@FILE
def check(file: Path) -> None:
    """Read FILE whole and compare it with its own sums."""
    _say(_tried(lambda: backups.look(file)), f"{file} is whole:")


@group.command("restore")
@FILE
@click.option("--into", "url", required=True, help="The address of an empty database: sqlite:////… or postgresql+psycopg://…, its owner's.")
def restore(file: Path, url: str) -> None:
    """Put FILE into an empty database, whole or not at all; then set POINT_ETAPE_DATABASE_URL to it."""
    app = cast(Flask, current_app._get_current_object())  # type: ignore[attr-defined]
    _say(_tried(lambda: backups.restore(app, file, url)), "Put back:")


def _tried(act: Callable[[], "backups.Manifest"]) -> "backups.Manifest":
    try:
        return act()
    except backups.BackupRefused as refused:
        raise click.ClickException(str(refused)) from None


def _say(told: "backups.Manifest", what: str) -> None:
    size = f"{told.rows:,}".replace(",", " ")
    click.echo(
        f"{what} {size} rows of {len(told.tables)} tables, as they stood at {told.made_at} on {told.engine}, schema {told.revision}."
    )
