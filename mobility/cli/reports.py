"""`flask --app wsgi report year 2008 --platform SLUG --budget 207000 [--json]`, and `report network 2008` as JSON for the whole network."""

import json

import click
from flask.cli import AppGroup

from mobility.cli.scope import in_words, on_platform
from mobility.queries.network import network_year
from mobility.queries.reports import yearly_report

group = AppGroup("report", help="Figures of a platform, and of the network.")


@group.command("year")
@click.argument("year", type=int)
@click.option("--platform", "slug", required=True, help="Its slug.")
@click.option("--budget", type=int, help="The year's budget in whole euros.")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def year(year: int, slug: str, budget: int | None, as_json: bool) -> None:
    """The yearly report of a platform."""
    with on_platform(slug):
        report = yearly_report(year, budget)
    if as_json:
        click.echo(json.dumps(report.as_json(), ensure_ascii=False, indent=2))
        return
    click.echo(f"{report.platform}, bilan {report.year}")
    for label, value in report.rows():
        click.echo(f"{label:<44} {value}".rstrip())


@group.command("network")
@click.argument("year", type=int)
def network(year: int) -> None:
    """The totals of a year as JSON: each platform's, and the network's, never a person."""
    with in_words():
        told = network_year(year)
    click.echo(json.dumps(told, ensure_ascii=False, indent=2))
