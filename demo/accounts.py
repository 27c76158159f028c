"""One account a role, with a new password at each start, so that a newcomer always gets in."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from mobility import audit, passwords
from mobility.crypto import new_access_code
from mobility.db import db, platform_scope, transaction
from mobility.models import Account, Grant, Platform
from mobility.rights import ROLE_NAMES, Role, house


@dataclass(frozen=True, kw_only=True)
class WayIn:
    """A way in to show: where, as whom, with which words."""

    slug: str
    role: str
    login: str
    password: str


def renew_ways_in(*, now: datetime) -> list[WayIn]:
    """Give the first account of each role of each platform a new password, and the network's; sessions under way go on."""
    with transaction():
        platforms = db.session.scalars(select(Platform).order_by(Platform.id)).all()
        wanted = [(platform, role) for platform in platforms for role in Role if role != Role.NETWORK] + [(platforms[0], Role.NETWORK)]
        return [_renew(account, platform, role, now=now) for platform, role in wanted if (account := _first(platform, role))]


def _first(platform: Platform, role: Role) -> Account | None:
    return db.session.scalar(
        select(Account)
        .join(Grant, Grant.account_id == Account.id)
        .filter(Grant.role == role, Grant.ended_at.is_(None), Account.disabled_at.is_(None))
        .filter(Grant.platform_id.is_(None) if role == Role.NETWORK else Grant.platform_id == platform.id)
        .order_by(Account.id)
        .limit(1)
    )


def _renew(account: Account, platform: Platform, role: Role, *, now: datetime) -> WayIn:
    password = new_access_code()
    account.password_hash, account.must_change, account.code_until_at = passwords.keep(password), False, None
    account.address_proven_at = now  # the demonstration's people have read their mail
    with platform_scope(platform.id):
        audit.record("renew demo password", account, by=house(platform.id), now=now)
    return WayIn(
        slug="" if role == Role.NETWORK else platform.slug,
        role=ROLE_NAMES[role],
        login=account.email or account.identifier or "",
        password=password,
    )
