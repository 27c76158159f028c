"""`flask --app wsgi import takeover FILE --platform SLUG [--matching FILE.json] [--take]`."""

import json
from pathlib import Path
from typing import Any

import click

from fleet.actions.takeovers import keep_file, match_columns
from fleet.actions.takeovers import take as take_all
from fleet.models import Takeover
from fleet.queries.takeovers import lines_of
from fleet.schemas.takeovers import MatchingSchema
from fleet.takeover_lines import count
from mobility.cli.imports import group
from mobility.cli.scope import on_platform
from mobility.clock import now
from mobility.db import transaction
from mobility.imports.sheets import MOST_BYTES
from mobility.queries.sites import list_sites
from mobility.rights import Viewer, house
from mobility.web.forms import load


@group.command("takeover")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--platform", "slug", required=True, help="Its slug.")
@click.option(
    "--matching", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="What its columns mean, as the API takes it."
)
@click.option("--take", is_flag=True, help="Do it; without it, only what would be done is said.")
def takeover(file: Path, slug: str, matching: Path | None, take: bool) -> None:
    """A platform's own spreadsheet: vehicles, people, running rentals, odometers, deposits, balances."""
    with on_platform(slug) as platform_id:
        by = house(platform_id)
        with transaction():
            kept = keep_file(file.name, file.read_bytes()[: MOST_BYTES + 1], by=by, now=now())
            said = _read(matching) if matching else _guessed(kept)
            match_columns(kept.id, **said, by=by, now=now())
            _say(kept)
            _finish(kept, take, by)


def _finish(kept: Takeover, take: bool, by: Viewer) -> None:
    if take:
        counts = take_all(kept.id, by=by, now=now()).counts
        click.echo(f"Repris : {counts['vehicles']} véhicules, {counts['people']} dossiers, {counts['rentals']} locations.")
    else:
        click.echo("Rien n’est repris : ajoutez --take, ou dites oui sur la page « Partir de votre tableau ».")


def _read(matching: Path) -> dict[str, Any]:
    try:
        return load(MatchingSchema(), json.loads(matching.read_text()))
    except ValueError:
        raise click.ClickException(f"{matching.name} n’est pas du JSON : écrivez-le comme l’API le prend.") from None


def _guessed(kept: Takeover) -> dict[str, Any]:
    """Every column as it was guessed, at the first pole."""
    columns = [
        {"sheet": sheet["title"], "heading": heading, "field": field}
        for sheet, matching in zip(kept.sheets, kept.matching, strict=True)
        for heading, field in matching.items()
    ]
    sites = list_sites()
    return {"columns": columns, "site_id": sites[0].id if sites else 0}


def _say(kept: Takeover) -> None:
    lines = lines_of(kept, now=now())
    click.echo(f"{kept.file_name} : {kept.manner}, {len(lines)} lignes.")
    click.echo(", ".join(f"{number} {name}" for name, number in count(lines).items() if number))
    for line in lines:
        if line.sentence:
            click.echo(f"  {line.sheet} {line.number} ({line.name}) : {line.sentence}")
