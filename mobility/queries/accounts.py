"""Accounts, as the door and the manager's page read them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from mobility.db import db, platform_id
from mobility.errors import NotFound
from mobility.models import Account, ApiToken, Grant, Structure


@dataclass(frozen=True, kw_only=True)
class Member:
    """An account as one platform sees it, with its roles here; whoever accepted none yet is known by the address alone."""

    account: Account
    grants: list[Grant]
    is_known: bool

    @property
    def name(self) -> str:
        """What to call them here: another platform's word for them is not told."""
        return self.account.name if self.is_known else self.account.email or ""


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


def get_member(account_id: int) -> Member:
    """One account as this platform sees it. Raises NotFound."""
    return _member(get_account(account_id), _grants_here(account_id))


def list_members() -> list[Member]:
    """Everybody who holds or held a role here, or was offered one, by name."""
    grants = _grants_here()
    accounts = db.session.scalars(select(Account).filter(Account.id.in_({g.account_id for g in grants})))
    members = [_member(account, [g for g in grants if g.account_id == account.id]) for account in accounts]
    return sorted(members, key=lambda m: (m.name, m.account.id))


def _member(account: Account, grants: Sequence[Grant]) -> Member:
    live = [g for g in grants if g.ended_at is None]
    return Member(account=account, grants=live, is_known=any(g.offered_at is None for g in grants))


def _grants_here(account_id: int | None = None) -> Sequence[Grant]:
    theirs = [Grant.platform_id == platform_id()] + ([Grant.account_id == account_id] if account_id is not None else [])
    return db.session.scalars(select(Grant).filter(*theirs).order_by(Grant.role, Grant.id)).all()


def list_grants(account_id: int) -> list[Grant]:
    """The roles in force of an account on every platform, in order of granting."""
    live = (Grant.account_id == account_id, Grant.ended_at.is_(None), Grant.offered_at.is_(None))
    return list(db.session.scalars(select(Grant).filter(*live).order_by(Grant.id)))


def list_grants_here(account_id: int) -> list[Grant]:
    """The roles of an account on this platform, those in force and those that wait for their holder, in order of granting."""
    live = (Grant.account_id == account_id, Grant.platform_id == platform_id(), Grant.ended_at.is_(None))
    return list(db.session.scalars(select(Grant).filter(*live).order_by(Grant.id)))


def list_offers(account_id: int) -> list[Grant]:
    """The roles that a link mailed by this platform brings into force: offered here, or by the network."""
    theirs = (Grant.account_id == account_id, Grant.ended_at.is_(None), Grant.offered_at.is_not(None))
    here = (Grant.platform_id == platform_id()) | Grant.platform_id.is_(None)
    return list(db.session.scalars(select(Grant).filter(*theirs, here).order_by(Grant.id)))


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
