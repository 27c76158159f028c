"""`flask --app wsgi backup make|check|restore`: everything in one file, and back, on either engine."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar, cast

import click
from flask import Flask, current_app
from flask.cli import AppGroup

from mobility.cli.installation import owner_url
from mobility.clock import now
from mobility.erased_list import Erased, begin_list, path_of, read_list
from mobility.later import later

if TYPE_CHECKING:
    from mobility import backups
else:
    backups = later("mobility.backups")

T = TypeVar("T")
group = AppGroup("backup", help="Everything this installation keeps, in one file.")
FILE = click.argument("file", type=click.Path(path_type=Path, dir_okay=False))


@group.command("make")
@FILE
def make(file: Path) -> None:
    """Write FILE while the pages go on; keep the two keys apart from it, it opens nothing without them."""
    _say(_tried(lambda: backups.make(owner_url(), file, now=now())), f"{file} holds")
    begin_list(cast(Flask, current_app._get_current_object()))  # type: ignore[attr-defined]


@group.command("check")
@FILE
def check(file: Path) -> None:
    """Read FILE whole and compare it with its own sums."""
    _say(_tried(lambda: backups.look(file)), f"{file} is whole:")


@group.command("restore")
@FILE
@click.option("--into", "url", required=True, help="The address of an empty database: sqlite:////… or postgresql+psycopg://…, its owner's.")
@click.option(
    "--erased", "given", type=click.Path(path_type=Path, exists=True), help="The list of erased people, if not in the data folder."
)
@click.option("--nobody-erased", is_flag=True, help="There is no list, for nobody was ever erased.")
def restore(file: Path, url: str, given: Path | None, nobody_erased: bool) -> None:
    """Put FILE into an empty database, whole or not at all, without whom was erased since; then set POINT_ETAPE_DATABASE_URL to it."""
    app = cast(Flask, current_app._get_current_object())  # type: ignore[attr-defined]
    listed = given or path_of(app)
    if not listed.exists() and not nobody_erased:
        raise click.ClickException(
            f"There is no list of erased people at {listed}: give it with --erased, or say --nobody-erased if nobody ever was."
        )
    told, again = _tried(lambda: backups.restore(app, file, url, erased=_read(listed)))
    _say(told, "Put back:")
    click.echo(f"Erased again of those on the list: {again}.")


def _read(listed: Path) -> list[Erased]:
    try:
        return read_list(listed)
    except ValueError as wrong:
        raise click.ClickException(str(wrong)) from None


def _tried(act: Callable[[], T]) -> T:
    try:
        return act()
    except backups.BackupRefused as refused:
        raise click.ClickException(str(refused)) from None


def _say(told: "backups.Manifest", what: str) -> None:
    size = f"{told.rows:,}".replace(",", " ")
    click.echo(
        f"{what} {size} rows of {len(told.tables)} tables, as they stood at {told.made_at} on {told.engine}, schema {told.revision}."
    )
