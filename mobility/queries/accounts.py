"""Accounts, as the door and the manager's page read them."""

import re

from sqlalchemy import select

from mobility.db import db, platform_id
from mobility.errors import NotFound
from mobility.models import Account, ApiToken, Grant, Structure


def read_login(typed: str) -> str:
    """A mail address or an identifier as kept, from what somebody typed: case, spaces and hyphens do not count."""
    folded = "".join(typed.split()).casefold()
    digits = folded.replace("-", "")
    return f"{digits[:4]}-{digits[4:]}" if re.fullmatch("[0-9]{8}", digits) else folded


def find_by_login(typed: str) -> Account | None:
    """The account of a mail address or identifier, shut or not."""
    login = read_login(typed)
    return db.session.scalar(select(Account).filter((Account.email == login) | (Account.identifier == login)))


def get_own_account(account_id: int) -> Account:
    """An account by its id, for the person signed in with it. Raises NotFound."""
    account = db.session.get(Account, account_id)
    if account is None:
        raise NotFound
    return account


def get_account(account_id: int, *, lock: bool = False) -> Account:
    """An account that holds or held a role here. Raises NotFound: a stranger's and a missing one look the same."""
    here = select(Grant.id).filter(Grant.account_id == Account.id, Grant.platform_id == platform_id())
    query = select(Account).filter(Account.id == account_id, here.exists())
    account = db.session.scalar(query.with_for_update() if lock else query)
    if account is None:
        raise NotFound
    return account


def list_accounts() -> list[tuple[Account, list[Grant]]]:
    """Everybody who holds or held a role here with their live roles here, by name."""
    grants = db.session.scalars(select(Grant).filter(Grant.platform_id == platform_id()).order_by(Grant.role, Grant.id)).all()
    live: dict[int, list[Grant]] = {grant.account_id: [] for grant in grants}
    for grant in grants:
        if grant.ended_at is None:
            live[grant.account_id].append(grant)
    accounts = db.session.scalars(select(Account).filter(Account.id.in_(live)).order_by(Account.name, Account.id))
    return [(account, live[account.id]) for account in accounts]


def list_grants(account_id: int) -> list[Grant]:
    """The live roles of an account on every platform, in order of granting."""
    return list(db.session.scalars(select(Grant).filter(Grant.account_id == account_id, Grant.ended_at.is_(None)).order_by(Grant.id)))


def list_api_tokens(account_id: int) -> list[ApiToken]:
    """The tokens of an account here, newest first, ended ones too."""
    return list(db.session.scalars(select(ApiToken).filter(ApiToken.account_id == account_id).order_by(ApiToken.id.desc())))


def list_open_structures() -> list[Structure]:
    """The structures that prescribe today, by name."""
    return list(db.session.scalars(select(Structure).filter(Structure.closed_on.is_(None)).order_by(Structure.name, Structure.id)))


def find_account_of(beneficiary_id: int) -> Account | None:
    """The account that a person of this platform comes in with."""
    theirs = (Grant.beneficiary_id == beneficiary_id, Grant.platform_id == platform_id(), Grant.ended_at.is_(None))
    return db.session.scalar(select(Account).join(Grant, Grant.account_id == Account.id).filter(*theirs).order_by(Account.id).limit(1))
