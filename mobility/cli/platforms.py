"""`flask --app wsgi platform create SLUG --name NAME`."""

import click
from flask.cli import AppGroup

from mobility.actions.accounts import open_account
from mobility.actions.platforms import open_platform
from mobility.cli.installation import settings
from mobility.clock import now
from mobility.db import platform_scope, transaction
from mobility.errors import DomainError
from mobility.rights import Role, house

group = AppGroup("platform", help="Platforms of this installation.")


@group.command("create")
@click.argument("slug")
@click.option("--name", required=True, help="As people know it.")
@click.option("--manager", help="Mail address of the first person in charge; their one-time code is printed.")
def create(slug: str, name: str, manager: str | None) -> None:
    """Open a platform at /p/SLUG/."""
    try:
        with transaction():
            opened = open_platform(slug=slug, name=name, by=house(None), now=now())
            click.echo(f"{name} is open at {settings().public_url}/p/{slug}/")
            if manager:
                with platform_scope(opened.id):
                    _, code = open_account(name=manager, role=Role.MANAGER, email=manager, by=house(opened.id), now=now())
                click.echo(f"{manager} comes in with the one-time code {code}" if code else f"{manager} keeps their password.")
    except DomainError as refused:
        raise click.ClickException(refused.sentence) from None
