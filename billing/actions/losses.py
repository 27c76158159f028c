"""Writing off what will not come, and taking back into the books what comes for it all the same (docs/adr/0020)."""

from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import select

from billing.actions import ledger
from billing.actions.charging import lock_account
from billing.allocation import allocate
from billing.entries import debt_regained, debt_written_off
from billing.ledger import Entry, reversal
from billing.losses import RECOVERED, TAKEN_BACK, WRITTEN_OFF, check_taking_back, check_write_off, regained_cents
from billing.models import BillingAccount, LossStep
from billing.queries.accounts import Settled, balance_cents, settled
from billing.queries.names import list_owed
from mobility import audit, numbers
from mobility.db import db
from mobility.errors import NotFound
from mobility.models import Beneficiary
from mobility.periods import paris_day
from mobility.rights import Viewer

WRITE_OFF_LABEL = "Passé en perte, n’est plus demandé"
TAKEN_BACK_LABEL = "Perte annulée, demandé de nouveau"
RECOVERY_LABEL = "Recouvrement d’une somme passée en perte"


def write_off(
    account_id: int, *, cents: int, reason: str, reference: str | None = None, decided_on: date, by: Viewer, now: datetime
) -> LossStep:
    """Give up a debt or a part of it, the oldest charges first, entered today. Raises NotFound, RuleBroken beside the field."""
    account = lock_account(account_id)
    owed, today = balance_cents(account_id), paris_day(now)
    check_write_off(cents, owed_cents=owed, reason=reason, reference=reference, decided_on=decided_on, today=today)
    parts = allocate(list_owed(account_id, dated=True), paid_before_cents=settled(account_id).cents, cents=cents)
    person = db.session.get_one(Beneficiary, account.beneficiary_id)
    step = LossStep(
        act=WRITTEN_OFF,
        cents=cents,
        reason=reason,
        reference=reference,
        decided_on=decided_on,
        parts=[{"label": part.label, "cents": part.cents} for part in parts],
    )
    entry = debt_written_off(account.party, cents, on=today, label=WRITE_OFF_LABEL)
    return _enter(step, entry, account, person, by=by, now=now)


def regain(account: BillingAccount, cents: int, *, by: Viewer, now: datetime) -> LossStep:
    """Put what was written off back on an account (locked by the caller) for the payment that comes with it."""
    person, today = db.session.get_one(Beneficiary, account.beneficiary_id), paris_day(now)
    step = LossStep(act=RECOVERED, cents=cents, decided_on=today, parts=[])
    return _enter(step, debt_regained(account.party, cents, on=today, label=RECOVERY_LABEL), account, person, by=by, now=now)


def take_back(account_id: int, *, number: int, why: str, by: Viewer, now: datetime) -> LossStep:
    """Ask again for what was written off by mistake, by an entry of the day that reverses its own, once.

    Raises NotFound, RuleBroken beside the field. What came for it meanwhile stays: then nothing is taken back (docs/adr/0020).
    """
    account = lock_account(account_id)
    mine = select(LossStep).filter(LossStep.account_id == account_id)
    lost = db.session.scalar(mine.filter(LossStep.number == number, LossStep.act == WRITTEN_OFF))
    if lost is None:
        raise NotFound
    was_taken_back = db.session.scalar(mine.filter(LossStep.undoes_number == number)) is not None
    check_taking_back(lost.cents, why=why, was_taken_back=was_taken_back, lost_cents=settled(account_id).lost_cents)
    person, today = db.session.get_one(Beneficiary, account.beneficiary_id), paris_day(now)
    step = LossStep(act=TAKEN_BACK, cents=lost.cents, reference=why, decided_on=today, parts=lost.parts, undoes_number=number)
    entry = reversal(lost.entry_number, debt_written_off(account.party, lost.cents, on=today, label=TAKEN_BACK_LABEL), today)
    return _enter(step, replace(entry, label=TAKEN_BACK_LABEL), account, person, by=by, now=now)


def beyond_due(account: BillingAccount, cents: int, before: Settled) -> int:
    """What a payment brings beyond what an ended rental owes comes for what was written off: there is no day to pay ahead."""
    if account.ended_at is None or not before.lost_cents:
        return 0
    return regained_cents(cents, owed_cents=before.balance_cents, lost_cents=before.lost_cents)


def _enter(step: LossStep, entry: Entry, account: BillingAccount, person: Beneficiary, *, by: Viewer, now: datetime) -> LossStep:
    step.account_id, step.number, step.at, step.by = account.id, numbers.take("loss"), now, by.account_id
    step.entry_number = ledger.post(entry, now=now, account_id=account.id, reference=f"PERTE-{step.number:06d}")
    db.session.add(step)
    audit.record(step.act, step, by=by, now=now, subject=person)
    return step
