"""A deposit as the rules read it, and one step of its life: the row, the ledger entry, the trace, the news."""

from datetime import datetime

from sqlalchemy import select

from billing import deposits as rules
from billing import entries
from billing.actions import ledger
from billing.actions.charging import lock_account
from billing.deposits import Deferral
from billing.events import DepositReceived, emit
from billing.models import BillingAccount, Deposit, DepositStep
from billing.queries.deposits import list_steps, plan_of
from mobility import audit, numbers
from mobility.db import db
from mobility.errors import NotFound
from mobility.models import Beneficiary
from mobility.periods import paris_day
from mobility.rights import Viewer

ENTRY_OF = {"received": entries.deposit_received, "released": entries.deposit_released, "kept": entries.deposit_kept}
ENTRY_LABELS = {"received": "Caution reçue", "released": "Caution rendue", "kept": "Caution gardée"}


def lock_deposit(deposit_id: int) -> tuple[Deposit, BillingAccount]:
    """The deposit and its account, locked in the house's order. Raises NotFound."""
    account_id = db.session.scalar(select(Deposit.account_id).filter(Deposit.id == deposit_id))
    if account_id is None:
        raise NotFound
    account = lock_account(account_id)
    query = select(Deposit).filter(Deposit.id == deposit_id).with_for_update().execution_options(populate_existing=True)
    return db.session.scalars(query).one(), account


def pure(deposit: Deposit) -> rules.Deposit:
    """The deposit as a value, its amounts summed from its steps."""
    steps = list_steps(deposit.id)
    sums = {act: sum(step.cents for step in steps if step.act == act) for act in ENTRY_OF}
    return rules.Deposit(
        kind=deposit.kind,
        due_cents=deposit.due_cents,
        received_cents=sums["received"],
        released_cents=sums["released"],
        kept_cents=sums["kept"],
        deferral=Deferral(reason=deposit.deferred_reason, plan=plan_of(deposit)) if deposit.deferred_reason else None,
        release_on=deposit.release_on,
    )


def take_step(
    deposit: Deposit,
    act: str,
    cents: int,
    *,
    by: Viewer,
    now: datetime,
    means: str | None = None,
    reason: str | None = None,
    reference: str | None = None,
    opens: bool = False,
) -> DepositStep:
    """Write a step that the rules have allowed: received, released or kept with its entry, deferred without; then the state it leads to.

    `opens`: it was received before these books began, so that no receipt is made and nobody is told.
    """
    account = db.session.get_one(BillingAccount, deposit.account_id)
    person = db.session.get_one(Beneficiary, account.beneficiary_id)
    step = DepositStep(
        deposit_id=deposit.id,
        number=numbers.take("deposit_receipt") if act == "received" and not opens else None,
        act=act,
        cents=cents,
        means=means or deposit.kind,
        reason=reason,
        reference=reference,
        at=now,
        by=by.account_id,
    )
    if act in ENTRY_OF:
        write, said = (entries.deposit_opened, "Caution reprise") if opens else (ENTRY_OF[act], ENTRY_LABELS[act])
        entry = write(person.number, deposit.kind, cents, on=paris_day(now), label=f"{said}, {account.reference}")
        step.entry_number = ledger.post(entry, now=now, account_id=account.id, reference=f"caution {deposit.id}")
    db.session.add(step)
    audit.record(f"deposit_{act}", step, by=by, now=now, subject=person)
    note_state(deposit)
    if act == "received" and not opens:
        emit(DepositReceived(account_id=account.id, deposit_id=deposit.id, cents=cents, state=deposit.status, at=now))
    return step


def note_state(deposit: Deposit) -> None:
    """Keep on the row what its steps come to."""
    value = pure(deposit)
    deposit.status, deposit.held_cents = value.state, value.held_cents
    db.session.flush()
