"""Card payments that their holder claims back: followed as the gateway says; lost, somebody decides what becomes of the debt.

Never a fine, and nobody is reminded meanwhile: what was paid stays paid until it is decided otherwise (docs/adr/0031).
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import select

from billing import gateway_entries as entries
from billing.actions import ledger, losses
from billing.actions.deposit_steps import lock_deposit, take_step
from billing.gateway_balance import Dispute, DisputeStatus
from billing.gateway_books import AGAIN, DECISIONS, LOSS
from billing.models import BillingAccount, CardDispute, Payment
from billing.queries.gateway_books import list_disputes_by_reference
from billing.queries.payments import lock_payment
from mobility import audit
from mobility.db import db, platform_id
from mobility.errors import Conflict, NotFound, RuleBroken
from mobility.models import Beneficiary
from mobility.periods import paris_day
from mobility.rights import Role, Viewer, house


def follow(told: Sequence[Dispute], owners: Mapping[str, tuple[Payment, BillingAccount, Beneficiary]], *, now: datetime) -> None:
    """Keep each dispute about a payment of ours as the gateway tells it. Inside the caller's transaction, behind the lock of the books."""
    known, by = list_disputes_by_reference(), house(platform_id())
    for dispute in told:
        owner = owners.get(dispute.charge_reference)
        if owner is None:
            continue
        row = known.get(dispute.dispute_reference)
        is_new = row is None
        if row is None:
            row = CardDispute(reference=dispute.dispute_reference, payment_id=owner[0].id, cents=dispute.cents)
            row.status, row.opened_at = str(DisputeStatus.OPEN), dispute.opened_at
            db.session.add(row)
        is_closed = row.status != DisputeStatus.OPEN
        if not is_new and (is_closed or (row.status, row.reply_by) == (dispute.status, dispute.reply_by)):
            continue
        row.status, row.reply_by = str(dispute.status), dispute.reply_by
        row.closed_at = None if dispute.status is DisputeStatus.OPEN else now
        audit.record(f"dispute_{dispute.status}", row, by=by, now=now, subject=owner[2])
    db.session.flush()


def decide(
    dispute_id: int, *, decision: str, reason: str | None = None, reference: str | None = None, by: Viewer, now: datetime
) -> CardDispute:
    """A dispute was lost: its sum is due again, or written off with its reason; of a deposit, the bank has given it back.

    Raises NotFound, Conflict while it is open, won or decided before, RuleBroken beside its field.
    """
    dispute, payment, account = _lock(dispute_id)
    if decision not in DECISIONS:
        raise RuleBroken("Choisissez une des deux suites.", field="decision")
    if decision == LOSS and Role.MANAGER not in by.roles:
        raise RuleBroken("Passer en perte revient à la direction.", field="decision")
    if decision == LOSS and not reason:
        raise RuleBroken("Choisissez la raison de la perte.", field="reason")
    person = db.session.get_one(Beneficiary, account.beneficiary_id)
    given_back = _give_back(dispute, payment, account, person, by=by, now=now)
    left = dispute.cents - given_back
    if left:
        label = f"Contestation perdue, due de nouveau, {payment.reference}"
        entry = entries.dispute_asked_again(account.party, left, on=paris_day(now), label=label)
        dispute.decided_entry = ledger.post(entry, now=now, account_id=account.id, reference=payment.reference)
    if left and decision == LOSS:
        today = paris_day(now)
        losses.write_off(account.id, cents=left, reason=reason or "", reference=reference, decided_on=today, by=by, now=now)
    dispute.decided = decision if left else "deposit"
    dispute.decided_at, dispute.decided_by = now, by.account_id
    audit.record("dispute_asked_again" if decision == AGAIN else "dispute_written_off", dispute, by=by, now=now, subject=person)
    return dispute


def _lock(dispute_id: int) -> tuple[CardDispute, Payment, BillingAccount]:
    """Account first, then payment, then dispute. Raises NotFound, Conflict."""
    payment_id = db.session.scalar(select(CardDispute.payment_id).filter(CardDispute.id == dispute_id))
    if payment_id is None:
        raise NotFound
    payment, account = lock_payment(payment_id)
    query = select(CardDispute).filter(CardDispute.id == dispute_id).with_for_update()
    dispute = db.session.scalars(query.execution_options(populate_existing=True)).one()
    if dispute.status != DisputeStatus.LOST:
        raise Conflict("Cette contestation n’est pas perdue : il n’y a rien à décider.")
    if dispute.decided is not None:
        raise Conflict("La suite de cette contestation est déjà décidée.")
    return dispute, payment, account


def _give_back(dispute: CardDispute, payment: Payment, account: BillingAccount, person: Beneficiary, *, by: Viewer, now: datetime) -> int:
    """Of a deposit, what is still held of it is with its person: given back by their bank in our place; how many cents."""
    if payment.deposit_id is None:
        return 0
    deposit, _ = lock_deposit(payment.deposit_id)
    cents = min(deposit.held_cents, dispute.cents)
    if cents:
        label = f"Contestation perdue, caution rendue par la banque, {payment.reference}"
        entry = entries.deposit_contested(account.party, cents, on=paris_day(now), label=label)
        dispute.decided_entry = ledger.post(entry, now=now, account_id=account.id, reference=payment.reference)
        take_step(deposit, "released", cents, reference=payment.reference, by=by, now=now)
    return cents
