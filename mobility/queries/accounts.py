"""Accounts, as the door and the manager's page read them."""

import re
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Integer, ScalarSelect, Select, bindparam, case, func, select

from mobility.cells import Said
from mobility.db import db, platform_id
from mobility.errors import NotFound
from mobility.models import Account, ApiToken, Grant, Structure

_HERE = bindparam("here", callable_=platform_id, type_=Integer)  # read when the query is sent
_OF_THEM = (Grant.account_id == Account.id, Grant.platform_id == _HERE)
_IS_KNOWN = select(Grant.id).filter(*_OF_THEM, Grant.offered_at.is_(None)).exists()
SHOWN_NAME = case((_IS_KNOWN, Account.name), else_=Account.email)


@dataclass(frozen=True, kw_only=True)
class Member:
    """An account as one platform sees it, with its roles here; whoever accepted none yet is known by the address alone."""

    account: Account
    roles: list[str]
    offered: list[str]
    is_known: bool

    @property
    def name(self) -> str:
        """What to call them here: another platform's word for them is not told."""
        return self.account.name if self.is_known else self.account.email or ""

    @property
    def entry(self) -> Said:
        """Whether they come in."""
        account = self.account
        if not self.is_known:
            return Said("invitation envoyée", "waiting")
        if account.disabled_at:
            return Said("fermé", "over")
        if account.must_change or not (account.password_hash or account.address_proven_at):
            return Said("pas encore venu", "waiting")
        return Said("ouvert", "fine")


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
    row = db.session.execute(all_members().filter(Account.id == account_id)).one_or_none()
    if row is None:
        raise NotFound
    return read_member(row)


def all_members() -> Select[Account, str, str, bool]:
    """Everybody who holds or held a role here, or was offered one: what lists narrow and order."""
    in_force, offered = _roles(Grant.offered_at.is_(None)), _roles(Grant.offered_at.is_not(None))
    return select(Account, in_force, offered, _IS_KNOWN).filter(select(Grant.id).filter(*_OF_THEM).exists())


def read_member(row: Any) -> Member:
    """An account as lists show it."""
    account, in_force, offered, is_known = row
    return Member(account=account, roles=_read_roles(in_force), offered=_read_roles(offered), is_known=bool(is_known))


def with_role(query: Any, role: str) -> Any:
    """Narrow to those who hold a role here or were offered it."""
    return query.filter(select(Grant.id).filter(*_OF_THEM, Grant.ended_at.is_(None), Grant.role == role).exists())


def _roles(which: ColumnElement[bool]) -> ScalarSelect[str]:
    held = select(func.aggregate_strings(Grant.role, ",")).filter(*_OF_THEM, Grant.ended_at.is_(None), which)
    return held.correlate(Account).scalar_subquery()


def _read_roles(joined: str | None) -> list[str]:
    return sorted(set(joined.split(","))) if joined else []


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
