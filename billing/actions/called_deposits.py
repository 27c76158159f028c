"""What a charge of a card on file, or of a hold, makes of its deposit: kept once the money is there, untouched otherwise
(docs/adr/0022, 0023); and of the week that it pays (docs/adr/0029).

The caller has locked the payment and its account; the deposit is locked here, before the books.
"""

from datetime import datetime

from billing.actions.auto_marks import follow_tried, lock_tried, mark_paid
from billing.actions.card_marks import forget_saved
from billing.actions.deposit_news import tell_kept
from billing.actions.deposit_steps import conclude, lock_deposit, pure, take_step
from billing.actions.payments import settle
from billing.card_holds import CAPTURED, CAPTURING
from billing.models import BillingAccount, CardHold, Deposit, DepositStep, Payment
from billing.queries.card_holds import find_by_payment
from billing.queries.saved_cards import Called, find_called_by, find_open_call
from billing.saved_cards import CALL_OPEN
from mobility import audit
from mobility.db import db
from mobility.rights import Viewer


def settle_called(payment: Payment, account: BillingAccount, *, by: Viewer, now: datetime) -> None:
    """The money of a payment came: its entry and receipt, and the part of the deposit that it was asked for is kept."""
    called, deposit = find_called_by(payment.id), None
    hold = find_by_payment(payment.id) if called is None else None
    if called is not None:
        deposit, _ = lock_deposit(called.step.deposit_id)
    if hold is not None:
        deposit, _ = lock_deposit(hold.deposit_id)
    tried = lock_tried(payment)
    settle(payment, account, by=by, now=now)
    if tried is not None:
        mark_paid(tried, by=by, now=now)
    if hold is not None and deposit is not None:
        _capture(hold, deposit, account, by=by, now=now)
    if called is not None and deposit is not None and called.call.status in CALL_OPEN:
        answer(called, "kept", by=by, now=now)
        conclude(deposit, called.step, "kept", by=by, now=now)
        if not deposit.held_cents:
            forget_saved(deposit.id, by=by, now=now)  # its card holds nothing any more
        tell_kept(called.step, deposit, account, now=now)


def _capture(hold: CardHold, deposit: Deposit, account: BillingAccount, *, by: Viewer, now: datetime) -> None:
    """A part of a hold was taken, once: it is kept, and the rest goes back by itself. The caller has locked the deposit."""
    db.session.refresh(hold, with_for_update=True)
    if hold.status != CAPTURING:
        return
    step = db.session.get_one(DepositStep, hold.step_id)
    conclude(deposit, step, "kept", by=by, now=now)
    tell_kept(step, deposit, account, now=now)
    if rest := pure(deposit).held_cents:
        take_step(deposit, "released", rest, reason="La banque libère le reste de l’empreinte", by=by, now=now)
    hold.status, hold.ended_at = CAPTURED, now
    audit.record("hold_captured", hold, by=by, now=now)


def give_up(deposit: Deposit, called: Called, *, by: Viewer, now: datetime) -> None:
    """Nothing is kept by this charge any more. The caller has locked the deposit."""
    answer(called, "dropped", by=by, now=now)
    conclude(deposit, called.step, "uncalled", by=by, now=now)


def give_up_open(deposit: Deposit, *, by: Viewer, now: datetime) -> None:
    """The deposit goes back: what the person has still to confirm stays a debt that they may pay, and keeps nothing."""
    if (called := find_open_call(deposit.id)) is not None:
        give_up(deposit, called, by=by, now=now)


def follow(before: Payment, after: Payment, *, by: Viewer, now: datetime) -> None:
    """The page of a payment has closed and another takes its place: what it was asked for goes with it."""
    called = find_called_by(before.id)
    if called is not None and called.call.status in CALL_OPEN:
        called.call.payment_id = after.id
        audit.record("card_call_moved", called.call, by=by, now=now)
    follow_tried(before, after, by=by, now=now)


def answer(called: Called, status: str, *, by: Viewer, now: datetime) -> None:
    """Note where the charge stands."""
    called.call.status, called.call.answered_at = status, now
    audit.record(f"card_call_{status}", called.call, by=by, now=now)
