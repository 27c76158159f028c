"""Pausing in asking for what is owed, and going on before its day."""

from datetime import date, datetime

from sqlalchemy import select

from billing.actions.charging import lock_account
from billing.models import BillingAccount, ChasePause
from billing.pauses import check_pause
from billing.queries.accounts import balance_cents
from billing.queries.pauses import find_pause
from mobility import audit
from mobility.db import db
from mobility.errors import Conflict, NotFound
from mobility.models import Beneficiary
from mobility.periods import paris_day, say_day
from mobility.rights import Viewer


def pause(account_id: int, *, reason: str, until_on: date, by: Viewer, now: datetime) -> ChasePause:
    """Ask for nothing through a day. Raises NotFound, Conflict while another pause runs, RuleBroken beside the field."""
    account = lock_account(account_id)
    if running := find_pause(account_id, paris_day(now)):
        raise Conflict(f"Ce compte est déjà en pause jusqu’au {say_day(running.until_on)} : arrêtez cette pause d’abord.")
    check_pause(owed_cents=balance_cents(account_id), until_on=until_on, today=paris_day(now))
    made = ChasePause(account_id=account_id, reason=reason, until_on=until_on, paused_at=now, paused_by=by.account_id)
    db.session.add(made)
    audit.record("paused", made, by=by, now=now, subject=_person(account))
    return made


def end_pause(account_id: int, pause_id: int, *, by: Viewer, now: datetime) -> ChasePause:
    """Go on before its day. Raises NotFound, Conflict once it is over."""
    account = lock_account(account_id)
    found = db.session.scalar(select(ChasePause).filter(ChasePause.id == pause_id, ChasePause.account_id == account_id))
    if found is None:
        raise NotFound
    if found.ended_at is not None or found.until_on < paris_day(now):
        raise Conflict("Cette pause est déjà finie.")
    found.ended_at, found.ended_by = now, by.account_id
    audit.record("pause_ended", found, by=by, now=now, subject=_person(account))
    return found


def _person(account: BillingAccount) -> Beneficiary:
    return db.session.get_one(Beneficiary, account.beneficiary_id)
