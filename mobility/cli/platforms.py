"""`flask --app wsgi platform create SLUG --name NAME`."""

import click
from flask.cli import AppGroup
from sqlalchemy import select

from mobility.actions.accounts import open_account
from mobility.actions.invitations import LASTS_INVITED, print_link
from mobility.actions.platforms import open_platform
from mobility.cli.installation import settings
from mobility.clock import now
from mobility.db import db, platform_scope, transaction
from mobility.errors import DomainError
from mobility.models import Account, Platform
from mobility.queries.accounts import find_by_login
from mobility.rights import Role, house

group = AppGroup("platform", help="Platforms of this installation.")


@group.command("create")
@click.argument("slug")
@click.option("--name", required=True, help="As people know it.")
@click.option("--manager", help="Mail address of the first person in charge; the link that lets them in is printed.")
def create(slug: str, name: str, manager: str | None) -> None:
    """Open a platform at /p/SLUG/."""
    try:
        with transaction():
            opened = open_platform(slug=slug, name=name, by=house(None), now=now())
            click.echo(f"{name} is open at {settings().public_url}/p/{slug}/")
            if manager:
                with platform_scope(opened.id):
                    account, _ = open_account(name=manager, role=Role.MANAGER, email=manager, by=house(opened.id), now=now())
                    _print_link(account, opened.id)
    except DomainError as refused:
        raise click.ClickException(refused.sentence) from None


@group.command("link")
@click.argument("slug")
@click.argument("email")
def link(slug: str, email: str) -> None:
    """Print a link that lets EMAIL into the platform SLUG: for an installation without a mail server."""
    with transaction():
        platform = db.session.scalar(select(Platform).filter(Platform.slug == slug))
        account = find_by_login(email)
        if platform is None or account is None or account.email is None:
            raise click.ClickException("No such platform, or no account with this address.")
        with platform_scope(platform.id):
            _print_link(account, platform.id)


def _print_link(account: Account, platform_id: int) -> None:
    address = print_link(account, by=house(platform_id), now=now())
    click.echo(f"{account.email} comes in once, within {LASTS_INVITED.days} days, at\n{address}")
