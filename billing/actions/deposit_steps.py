"""A deposit as the rules read it, and one step of its life: the row, the ledger entry, the trace, the news."""

from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy import bindparam, select

from billing import deposits as rules
from billing import entries
from billing.actions import ledger
from billing.actions.deposit_news import tell_released
from billing.deposits import Deferral
from billing.events import DepositReceived, emit
from billing.models import BillingAccount, Deposit, DepositStep
from billing.queries.deposits import SECURING, follows, plan_of
from mobility import audit, numbers
from mobility.db import Kept, db, total_of
from mobility.errors import NotFound
from mobility.models import Beneficiary
from mobility.periods import paris_day
from mobility.rights import Viewer

ENTRY_OF = {
    "received": entries.deposit_received,
    "released": entries.deposit_released,
    "kept": entries.deposit_kept,
    "lapsed": entries.deposit_released,  # of a hold: a commitment ends
}
ENTRY_LABELS = {"received": "Caution reçue", "released": "Caution rendue", "kept": "Caution gardée", "lapsed": "Empreinte éteinte"}

_SUMS = Kept(
    select(DepositStep.act, total_of(DepositStep.cents)).filter(DepositStep.deposit_id == bindparam("deposit_id")).group_by(DepositStep.act)
)


# The account first: rows of one statement are locked in the order it names their tables.
_BOTH = Kept(
    select(BillingAccount, Deposit)
    .join(Deposit, Deposit.account_id == BillingAccount.id)
    .filter(Deposit.id == bindparam("deposit_id"))
    .with_for_update()
    .execution_options(populate_existing=True)
)


_FOLLOWING = Kept(
    select(BillingAccount, Deposit)
    .join(Deposit, Deposit.account_id == BillingAccount.id)
    .filter(Deposit.id.in_(SECURING))
    .order_by(Deposit.id.desc())
    .limit(1)
    .with_for_update()
    .execution_options(populate_existing=True)
)


def lock_following(account_id: int) -> tuple[Deposit, BillingAccount] | None:
    """`lock_deposit` of what follows to a rental that goes on with this account's; None where a deposit is to be asked."""
    found = _FOLLOWING(account_id=account_id).one_or_none()
    return (found[1], found[0]) if found is not None and follows(found[1]) else None


def lock_deposit(deposit_id: int) -> tuple[Deposit, BillingAccount]:
    """The deposit and its account, locked in the house's order by one statement. Raises NotFound."""
    found = _BOTH(deposit_id=deposit_id).one_or_none()
    if found is None:
        raise NotFound
    account, deposit = found
    return deposit, account


def pure(deposit: Deposit) -> rules.Deposit:
    """The deposit as a value, its amounts summed from its steps."""
    return value_of(deposit, sums_of(deposit))


def sums_of(deposit: Deposit) -> dict[str, int]:
    """What the steps of a deposit come to, in cents by act."""
    return {act: total for act, total in _SUMS(deposit_id=deposit.id)}


def value_of(deposit: Deposit, cents: Mapping[str, int]) -> rules.Deposit:
    """The deposit as a value, by the sums of its steps."""
    return rules.Deposit(
        kind=deposit.kind,
        due_cents=deposit.due_cents,
        received_cents=cents.get("received", 0) - cents.get("lapsed", 0),
        released_cents=cents.get("released", 0),
        kept_cents=cents.get("kept", 0),
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
    issuer: str | None = None,
    dated_on: date | None = None,
    owing: BillingAccount | None = None,
    expires_on: date | None = None,
    opens: bool = False,
    sums: Mapping[str, int] | None = None,
) -> DepositStep:
    """Write a step that the rules have allowed: received, released or kept with its entry, deferred without; then the state it leads to.

    `owing` is the account whose debt a part kept settles, where it is not the deposit's own. `opens`: it was
    received before these books began, so that no receipt is made and nobody is told. `sums` are those of the steps so far, where the
    caller has read them under the lock. `expires_on` is the last day of what is received: the earliest of its parts is the deposit's.
    """
    account = owing or db.session.get_one(BillingAccount, deposit.account_id)
    person = db.session.get_one(Beneficiary, account.beneficiary_id)
    step = DepositStep(
        deposit_id=deposit.id,
        number=numbers.take("deposit_receipt") if act == "received" and not opens else None,
        act=act,
        cents=cents,
        means=means or deposit.kind,
        reason=reason,
        reference=reference,
        issuer=issuer,
        dated_on=dated_on,
        owing_id=owing.id if owing else None,
        at=now,
        by=by.account_id,
    )
    if act in ENTRY_OF:
        step.entry_number = _enter(step, deposit.kind, account, person, opens=opens, now=now)
    db.session.add(step)
    audit.record(f"deposit_{act}", step, by=by, now=now, subject=person)
    deposit.expires_on = min(filter(None, (deposit.expires_on, expires_on)), default=None)
    note_state(deposit, None if sums is None else {**sums, act: sums.get(act, 0) + cents})
    if act == "released":
        tell_released(deposit, cents, account, now=now)
    if act == "received" and not opens:
        emit(DepositReceived(account_id=account.id, deposit_id=deposit.id, cents=cents, state=deposit.status, at=now))
    return step


def conclude(deposit: Deposit, step: DepositStep, act: str, *, by: Viewer, now: datetime) -> None:
    """What was asked of a card becomes what came of it: kept, with its entry, or not taken. The caller has locked the deposit."""
    account = db.session.get_one(BillingAccount, step.owing_id or deposit.account_id)
    person = db.session.get_one(Beneficiary, account.beneficiary_id)
    step.act, step.at = act, now
    if act in ENTRY_OF:
        step.entry_number = _enter(step, deposit.kind, account, person, opens=False, now=now)
    audit.record(f"deposit_{act}", step, by=by, now=now, subject=person)
    note_state(deposit)


def _enter(step: DepositStep, kind: str, account: BillingAccount, person: Beneficiary, *, opens: bool, now: datetime) -> int:
    """The ledger entry of a step of a deposit of some kind: its number."""
    write, said = (entries.deposit_opened, "Caution reprise") if opens else (ENTRY_OF[step.act], ENTRY_LABELS[step.act])
    entry = write(account.party, kind, step.cents, on=paris_day(now), label=f"{said}, {account.reference}")
    return ledger.post(entry, now=now, account_id=account.id, reference=f"caution {step.deposit_id}")


def note_state(deposit: Deposit, sums: Mapping[str, int] | None = None) -> None:
    """Keep on the row what its steps come to; `sums` where they are at hand."""
    value = pure(deposit) if sums is None else value_of(deposit, sums)
    deposit.status, deposit.held_cents = value.state, value.held_cents
    deposit.expires_on = deposit.expires_on if value.held_cents else None
    db.session.flush()
