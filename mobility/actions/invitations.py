"""Coming in by mail: a link to one's own account, and a first account for a referent whose structure listed their mail domain."""

from datetime import datetime, timedelta

from mobility import outbox
from mobility.actions.accounts import accept_roles, grant_role, open_account
from mobility.actions.links import LinkGone, Purpose, get_link, make_link, use_link
from mobility.addresses import page_address
from mobility.db import db, platform_id
from mobility.errors import RuleBroken
from mobility.models import Account, Grant, Structure
from mobility.periods import paris_day
from mobility.queries.accounts import find_by_login, get_own_account, list_offers
from mobility.queries.letterhead import platform_here
from mobility.queries.structures import find_structure_of_mail
from mobility.rights import Role, Viewer, house
from mobility.signature import signature
from mobility.web.viewer import viewer_of

LASTS = timedelta(hours=2)
LASTS_INVITED = timedelta(days=7)
_NOBODY = (
    "Un lien pour entrer a été demandé avec cette adresse, mais aucun accès ne lui est ouvert ici. Si c’était vous, essayez une autre "
    "de vos adresses ou demandez à votre conseiller. Sinon, vous pouvez oublier ce message."
)


def open_and_invite(*, name: str, role: Role, email: str, structure_id: int | None = None, by: Viewer, now: datetime) -> Account:
    """Open an account and mail its holder the link that activates it. Raises what `open_account` raises."""
    account, _code = open_account(name=name, role=role, email=email, structure_id=structure_id, by=by, now=now)
    invite(account, by=by, now=now)
    return account


def give_role(account_id: int, *, role: Role, structure_id: int | None = None, by: Viewer, now: datetime) -> Grant:
    """Give a role here, and mail a link when it waits for its holder."""
    grant = grant_role(account_id, role=role, structure_id=structure_id, by=by, now=now)
    if grant.offered_at is not None:
        invite(get_own_account(account_id), by=by, now=now)
    return grant


def send_link(email: str, *, now: datetime) -> None:
    """Mail a link to whoever may come in here with this address, and to anybody else that none does; the same rows for both.

    So neither the answer nor its time tells who has an account.
    """
    structure = find_structure_of_mail(email, paris_day(now))
    account = find_by_login(email) or _referent(email, structure, now)
    may = _may_enter(account)
    token = _make(account if may else None, email, lasts=LASTS, by=house(platform_id()), now=now)
    said = _body(token, LASTS)
    _post(email, said if may else _NOBODY, now=now)


def invite(account: Account, *, by: Viewer, now: datetime) -> None:
    """Mail somebody of this platform their first link. Raises RuleBroken without an address."""
    if account.email is None:
        raise RuleBroken("Ce compte n’a pas d’adresse mail : remettez-lui un code.")
    token = _make(account, account.email, lasts=LASTS_INVITED, by=by, now=now)
    unless = "Si vous n’attendiez pas cette invitation"
    said = f"{by.name} vous ouvre un accès chez {platform_here().name}. {_body(token, LASTS_INVITED, unless)}"
    _post(account.email, said, now=now)


def print_link(account: Account, *, by: Viewer, now: datetime) -> str:
    """The address that lets somebody in once, for whoever runs the machine to hand over where no mail server is."""
    assert account.email is not None
    return _address(_make(account, account.email, lasts=LASTS_INVITED, by=by, now=now))


def who_enters(token: str, *, now: datetime) -> Viewer:
    """Use a link up; the viewer it lets in, with the roles it accepts. Raises LinkGone, also when the account was shut meanwhile."""
    link = use_link(token, purpose=Purpose.ENTER, by=house(platform_id()), now=now)
    account = db.session.get(Account, link.account_id) if link.account_id else None
    if account is None or not _may_enter(account):
        raise LinkGone
    accept_roles(account, by=house(platform_id()), now=now)
    return viewer_of(account.id, account.name, platform_id())


def list_offered(token: str, *, now: datetime) -> list[Grant]:
    """The roles that using this link accepts. Raises LinkGone."""
    return list_offers(get_link(token, purpose=Purpose.ENTER, now=now).account_id or 0)


def _may_enter(account: Account | None) -> bool:
    known, name = (account.id, account.name) if account else (0, "")  # nobody has the number 0: both ways ask the same of the database
    roles, offers = viewer_of(known, name, platform_id()).roles, list_offers(known)
    return account is not None and account.disabled_at is None and bool(roles or offers)


def _referent(email: str, structure: Structure | None, now: datetime) -> Account | None:
    """A new prescriber's account, when a structure gave this address as its own or listed its domain."""
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


def _make(account: Account | None, email: str, *, lasts: timedelta, by: Viewer, now: datetime) -> str:
    """A link's token; without an account it opens nothing."""
    return make_link(purpose=Purpose.ENTER, lasts=lasts, account_id=account.id if account else None, email=email, by=by, now=now)


def _address(token: str) -> str:
    return page_address(platform_here().slug, f"link/{token}")


def _body(token: str, lasts: timedelta, unless: str = "Si vous n’avez rien demandé") -> str:
    until = f"{lasts.days} jours" if lasts.days else f"{lasts.seconds // 3600} heures"
    return (
        f"Voici le lien pour entrer chez {platform_here().name} :\n{_address(token)}\n\n"
        f"Il sert une seule fois et reste valable {until}. {unless}, vous pouvez oublier ce message : "
        "personne n’entre sans ce lien."
    )


def _post(email: str, said: str, *, now: datetime) -> None:
    platform = platform_here()
    body = f"Bonjour,\n\n{said}\n\n{signature(platform.name, platform.phone)}\n"
    outbox.post("mail", email, subject=f"Votre lien pour entrer chez {platform.name}", body=body, now=now)
