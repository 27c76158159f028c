"""Coming in by mail: a link to one's own account, and a first account for a referent whose structure listed their mail domain."""

from datetime import datetime, timedelta

from flask import current_app, url_for

from mobility import outbox
from mobility.actions.accounts import open_account
from mobility.actions.links import GONE, Purpose, make_link, use_link
from mobility.db import db, platform_id
from mobility.errors import NotFound, RuleBroken
from mobility.models import Account, Platform
from mobility.periods import paris_day
from mobility.queries.accounts import find_by_login, get_own_account
from mobility.queries.structures import find_structure_of_mail
from mobility.rights import Role, Viewer, house
from mobility.web.viewer import viewer_of

LASTS = timedelta(hours=2)
LASTS_INVITED = timedelta(days=7)


def send_link(email: str, *, now: datetime) -> None:
    """Mail a link to whoever may come in here with this address; nothing to anybody else, and nobody learns which."""
    account = find_by_login(email) or _referent(email, now)
    if account is not None and account.disabled_at is None and viewer_of(account.id, account.name, platform_id()).roles:
        _mail(account, lasts=LASTS, by=house(platform_id()), now=now)


def invite(account: Account, *, by: Viewer, now: datetime) -> None:
    """Mail somebody of this platform their first link. Raises RuleBroken without an address."""
    if account.email is None:
        raise RuleBroken("Ce compte n’a pas d’adresse mail : remettez-lui un code.")
    _mail(account, lasts=LASTS_INVITED, by=by, now=now)


def who_enters(token: str, *, now: datetime) -> Viewer:
    """Use a link up; the viewer it lets in. Raises NotFound, also when the account was shut meanwhile."""
    link = use_link(token, purpose=Purpose.ENTER, by=house(platform_id()), now=now)
    account = get_own_account(link.account_id or 0)
    who = viewer_of(account.id, account.name, platform_id())
    if account.disabled_at is not None or not who.roles:
        raise NotFound(GONE)
    return who


def _referent(email: str, now: datetime) -> Account | None:
    """A new prescriber's account, when a structure gave this address as its own or listed its domain (faces.md "Prescriber")."""
    structure = find_structure_of_mail(email, paris_day(now))
    if structure is None:
        return None
    account, _code = open_account(
        name=email.partition("@")[0],
        email=email,
        role=Role.PRESCRIBER,
        structure_id=structure.id,
        by=house(platform_id()),
        now=now,
    )
    return account


def _mail(account: Account, *, lasts: timedelta, by: Viewer, now: datetime) -> None:
    assert account.email is not None
    token = make_link(purpose=Purpose.ENTER, lasts=lasts, account_id=account.id, email=account.email, by=by, now=now)
    platform = db.session.get_one(Platform, platform_id())
    address = current_app.extensions["settings"].public_url + url_for("accounts.link", slug=platform.slug, token=token)
    until = f"{lasts.days} jours" if lasts.days else f"{lasts.seconds // 3600} heures"
    body = (
        f"Bonjour,\n\nVoici le lien pour entrer chez {platform.name} :\n{address}\n\n"
        f"Il sert une seule fois et reste valable {until}. Si vous n’avez rien demandé, vous pouvez oublier ce message : "
        f"personne n’entre sans ce lien.\n\n{platform.name}"
    )
    outbox.post("mail", account.email, subject=f"Votre lien pour entrer chez {platform.name}", body=body, now=now)
