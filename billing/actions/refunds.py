"""Money given back, never above what was paid. By card: asked and committed with its key, then sent, then settled: a crash loses none."""

import hashlib
from datetime import datetime

from sqlalchemy import func, select

from billing.actions import ledger
from billing.actions.deposit_steps import lock_deposit, pure, take_step
from billing.actions.gateway_keys import gateway_here
from billing.card_gateway import GatewayRefused, RefundOrder, RefundRefused
from billing.entries import payment_refunded
from billing.models import BillingAccount, Deposit, Payment, PaymentRefund
from billing.queries.cheques import is_on_slip
from billing.queries.gateway_books import contested_cents
from billing.queries.payments import list_card_payments_of, list_refunds_of_deposit, lock_payment
from mobility import audit
from mobility.crypto import new_token
from mobility.db import db, total_of, transaction
from mobility.errors import Conflict, NotFound, RuleBroken
from mobility.models import Beneficiary
from mobility.money import euros
from mobility.periods import paris_day
from mobility.rights import Viewer

LIVE = ("asked", "settled")


def refund_payment(payment_id: int, *, cents: int, reason: str, key: str | None = None, by: Viewer, now: datetime) -> PaymentRefund:
    """Give back a part or all of a payment, by the means it came by. A card refund is only asked here: `send` makes it.

    The same `key` again gives the same refund. Raises NotFound, RuleBroken above what is left or without a reason.
    """
    payment, account = lock_payment(payment_id)
    if key is not None and (seen := _find_by_key(key)) is not None:
        return _check_same(seen, payment_id, cents)
    if payment.status != "settled":
        raise RuleBroken("Seul un paiement reçu se rembourse.")
    if not reason.strip():
        raise RuleBroken("Dites pourquoi ce paiement est remboursé.", field="reason")
    _check_left(payment, cents)
    refund = _ask(payment, cents, reason.strip(), account, key=key, by=by, now=now)
    if payment.means != "card":
        _settle(refund, payment, account, by=by, now=now)
    return refund


def ask_again(payment_id: int, refund_id: int, *, by: Viewer, now: datetime) -> PaymentRefund:
    """A refund that the gateway refused, asked anew under a key drawn from the first: clicked twice it is the same new refund.

    One still unanswered stays as it is, to be sent again. Raises NotFound, Conflict once it is given back or while its deposit is,
    RuleBroken above what is left by now.
    """
    payment, account = lock_payment(payment_id)
    refund = db.session.get(PaymentRefund, refund_id, populate_existing=True)
    if refund is None or refund.payment_id != payment_id:
        raise NotFound
    key = hashlib.sha256(f"again {refund.key}".encode()).hexdigest()
    if (seen := _find_by_key(key)) is not None or refund.status == "asked":
        return seen or refund
    if refund.status != "refused":
        raise Conflict("Ce remboursement est déjà rendu.")
    if refund.cents > (left := _left_again(payment)):
        raise RuleBroken(f"Il ne reste que {euros(left)} à rendre de ce paiement : demandez un autre remboursement.")
    refund.status = "replaced"
    audit.record("refund_replaced", refund, by=by, now=now, subject=_person(account))
    return _ask(payment, refund.cents, refund.reason, account, key=key, by=by, now=now)


def ask_for_deposit(deposit: Deposit, cents: int, *, by: Viewer, now: datetime) -> list[PaymentRefund]:
    """Ask back what is held of a deposit charged to a card, from its charges, the oldest first. The caller has locked it."""
    asked = []
    account = db.session.get_one(BillingAccount, deposit.account_id)
    for payment in list_card_payments_of(deposit.id):
        part = min(cents, max(left_cents(payment) - contested_cents(payment.id), 0))
        cents -= part
        if part:
            asked.append(_ask(payment, part, "Caution rendue", account, by=by, now=now))
    return asked


def are_under_way(deposit: Deposit) -> bool:
    """Whether a refund of this deposit was asked and not yet answered."""
    query = select(func.count()).select_from(PaymentRefund).join(Payment, Payment.id == PaymentRefund.payment_id)
    return bool(db.session.scalar(query.filter(Payment.deposit_id == deposit.id, PaymentRefund.status == "asked")))


def check_settled(deposit: Deposit) -> None:
    """Raises Conflict while a refund of this deposit is under way."""
    if are_under_way(deposit):
        raise Conflict("Un remboursement de cette caution est déjà en cours.")


def refundable_cents(payment: Payment) -> int:
    """What may be given back from the payment’s own page: all that is left of it, but of a deposit only what was paid above it."""
    if payment.status != "settled":
        return 0
    left = max(left_cents(payment) - contested_cents(payment.id), 0)  # its bank took that back by itself
    if payment.deposit_id is None:
        return left
    deposit = db.session.get_one(Deposit, payment.deposit_id)
    return 0 if are_under_way(deposit) else min(left, pure(deposit).spare_cents)


def left_cents(payment: Payment) -> int:
    """What of a payment may still be given back: nothing twice, not even what is only asked."""
    query = select(total_of(PaymentRefund.cents)).filter(PaymentRefund.payment_id == payment.id)
    return payment.cents - (db.session.scalar(query.filter(PaymentRefund.status.in_(LIVE))) or 0)


def send(refund_id: int, *, by: Viewer, now: datetime) -> None:
    """Have the gateway make a refund that was asked, then settle it. Outside any transaction; sent again, its key keeps it one refund.

    Raises GatewayUnreachable (it stays asked, the reconciliation sends it again), RefundRefused or GatewayRefused (kept, shown).
    """
    refund = db.session.get(PaymentRefund, refund_id)
    if refund is None:
        raise NotFound
    if refund.status != "asked":
        return
    payment = db.session.get_one(Payment, refund.payment_id)
    order = RefundOrder(key=refund.key, charge_reference=payment.charge_reference or "", cents=refund.cents)
    gateway = gateway_here()
    db.session.close()  # nothing stays open while the gateway thinks
    try:
        answer = gateway.refund(order)
    except (RefundRefused, GatewayRefused) as refused:
        with transaction():
            _note_refusal(refund_id, refused.sentence, by=by, now=now)
        raise
    with transaction():
        settle(refund_id, answer.refund_reference, by=by, now=now)


def enter_made(payment_id: int, given_back_cents: int, *, by: Viewer, now: datetime) -> PaymentRefund | None:
    """A refund made at the gateway without us, entered like one of ours; `given_back_cents` is all that went back so far.

    None when the books know it all, asked refunds counted. Raises NotFound, RuleBroken when the payment or its deposit cannot give it.
    """
    payment, account = lock_payment(payment_id)
    missing = given_back_cents - (payment.cents - left_cents(payment))
    if missing <= 0:
        return None
    if payment.status != "settled":
        raise RuleBroken("Seul un paiement reçu se rembourse.")
    refund = _ask(payment, missing, "Rendu chez le prestataire de cartes", account, by=by, now=now)
    _settle(refund, payment, account, by=by, now=now)
    return refund


def send_for_deposit(deposit_id: int, *, by: Viewer, now: datetime) -> None:
    """Send every refund asked for a deposit. Outside any transaction; raises what `send` raises, the rest stays asked."""
    for refund_id in [refund.id for refund in list_refunds_of_deposit(deposit_id) if refund.status == "asked"]:
        send(refund_id, by=by, now=now)


def settle(refund_id: int, refund_reference: str, *, by: Viewer, now: datetime) -> None:
    """Write down that the gateway took a refund: once, whoever comes first."""
    payment_id = db.session.scalars(select(PaymentRefund.payment_id).filter(PaymentRefund.id == refund_id)).one()
    payment, account = lock_payment(payment_id)
    refund = db.session.get_one(PaymentRefund, refund_id, populate_existing=True)
    if refund.status == "asked":
        refund.refund_reference = refund_reference
        _settle(refund, payment, account, by=by, now=now)


def _ask(
    payment: Payment, cents: int, reason: str, account: BillingAccount, *, key: str | None = None, by: Viewer, now: datetime
) -> PaymentRefund:
    refund = PaymentRefund(
        payment_id=payment.id,
        cents=cents,
        reason=reason,
        key=key or new_token(),
        status="asked",
        asked_at=now,
        asked_by=by.account_id,
    )
    db.session.add(refund)
    audit.record("refund_asked", refund, by=by, now=now, subject=_person(account))
    return refund


def _settle(refund: PaymentRefund, payment: Payment, account: BillingAccount, *, by: Viewer, now: datetime) -> None:
    person = _person(account)
    refund.status, refund.settled_at = "settled", now
    payment.refunded_cents += refund.cents
    if payment.deposit_id is None:
        label = f"Remboursement {payment.reference}"
        ledger.lock_books()  # no slip takes the cheque meanwhile
        entry = payment_refunded(account.party, _goes_back(payment, refund), refund.cents, on=paris_day(now), label=label)
        refund.entry_number = ledger.post(entry, now=now, account_id=account.id, reference=payment.reference)
    else:
        deposit, _ = lock_deposit(payment.deposit_id)
        refund.entry_number = take_step(deposit, "released", refund.cents, reference=payment.reference, by=by, now=now).entry_number
    audit.record("refund_settled", refund, by=by, now=now, subject=person)


def _goes_back(payment: Payment, refund: PaymentRefund) -> str:
    """The means it came by; a cheque that the bank has, or a part of one, goes back by the bank."""
    is_parted = payment.means == "cheque" and (refund.cents < payment.cents or is_on_slip(payment))
    return "transfer" if is_parted else payment.means


def _note_refusal(refund_id: int, sentence: str, *, by: Viewer, now: datetime) -> None:
    refund = db.session.get_one(PaymentRefund, refund_id, with_for_update=True)
    if refund.status == "asked":
        refund.status, refund.failure = "refused", sentence[:200]
        audit.record("refund_refused", refund, by=by, now=now)


def _check_same(seen: PaymentRefund, payment_id: int, cents: int) -> PaymentRefund:
    if (seen.payment_id, seen.cents) != (payment_id, cents):
        raise RuleBroken("Cette clé a déjà servi pour un autre remboursement. Rechargez la page avant de recommencer.", field="key")
    return seen


def _left_again(payment: Payment) -> int:
    """What of a refused refund may still go back: of a deposit, what is held today."""
    if payment.deposit_id is None:
        return left_cents(payment)
    deposit, _ = lock_deposit(payment.deposit_id)
    check_settled(deposit)
    return min(left_cents(payment), deposit.held_cents)


def _find_by_key(key: str) -> PaymentRefund | None:
    return db.session.scalar(select(PaymentRefund).filter(PaymentRefund.key == key))


def _check_left(payment: Payment, cents: int) -> None:
    left = refundable_cents(payment)
    if cents <= 0:
        raise RuleBroken("Le montant doit être supérieur à zéro.", field="cents")
    if cents > left and payment.deposit_id is not None:
        raise RuleBroken(f"Une caution se rend depuis sa page ; il y a {euros(left)} payés en trop à rendre ici.", field="cents")
    if cents > left:
        raise RuleBroken(f"Il ne reste que {euros(left)} à rembourser sur ce paiement.", field="cents")


def _person(account: BillingAccount) -> Beneficiary:
    return db.session.get_one(Beneficiary, account.beneficiary_id)
