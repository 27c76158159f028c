"""The differences with the card gateway, and our side of what is compared."""

from datetime import datetime

from sqlalchemy import select

from billing.differences import REACH, SETTLES_BY_ITSELF, Held
from billing.gateway_balance import PayoutStatus
from billing.models import CardDispute, GatewayDifference, Payment, PaymentRefund
from billing.payout_differences import HeldPayout
from billing.queries.gateway_books import list_payouts
from mobility.db import db
from mobility.errors import NotFound

LATELY = 10
_OPEN_LONGEST = REACH * 2  # a page opened before the list begins may have been paid within it


def list_open() -> list[GatewayDifference]:
    """What is still to be mended, the oldest first."""
    query = select(GatewayDifference).filter(GatewayDifference.mended_at.is_(None))
    return list(db.session.scalars(query.order_by(GatewayDifference.first_seen_at, GatewayDifference.id)))


def list_mended() -> list[GatewayDifference]:
    """What was mended last, the latest first."""
    query = select(GatewayDifference).filter(GatewayDifference.mended_at.is_not(None))
    return list(db.session.scalars(query.order_by(GatewayDifference.mended_at.desc(), GatewayDifference.id.desc()).limit(LATELY)))


def list_known() -> dict[tuple[str, str], GatewayDifference]:
    """Every difference ever seen, by kind and subject."""
    return {(row.kind, row.subject): row for row in db.session.scalars(select(GatewayDifference))}


def get_difference(difference_id: int) -> GatewayDifference:
    """Locked, as it stands now. Raises NotFound."""
    query = select(GatewayDifference).filter(GatewayDifference.id == difference_id)
    found = db.session.scalar(query.with_for_update().execution_options(populate_existing=True))
    if found is None:
        raise NotFound
    return found


def list_held(now: datetime) -> list[Held]:
    """The card payments that the gateway's list may speak of, as our books hold them."""
    payments = select(Payment).filter(Payment.means == "card", Payment.created_at >= now - _OPEN_LONGEST)
    refunds: dict[int, list[PaymentRefund]] = {}
    asked = select(PaymentRefund).filter(PaymentRefund.status.in_(("asked", "settled")), PaymentRefund.asked_at >= now - _OPEN_LONGEST)
    for refund in db.session.scalars(asked):
        refunds.setdefault(refund.payment_id, []).append(refund)
    disputed = set(db.session.scalars(select(CardDispute.payment_id)))
    return [_held(payment, refunds.get(payment.id, []), disputed, now) for payment in db.session.scalars(payments.order_by(Payment.id))]


def list_held_payouts(now: datetime) -> list[HeldPayout]:
    """The gateway's payouts as our books hold them."""
    return [
        HeldPayout(
            reference=payout.reference,
            cents=payout.cents,
            short_cents=0 if payout.short_entry or payout.banked_cents is None else payout.cents - payout.banked_cents,
            is_back=payout.status == PayoutStatus.FAILED,
            is_reached=payout.made_at >= now - REACH,
        )
        for payout in list_payouts().values()
    ]


def _held(payment: Payment, refunds: list[PaymentRefund], disputed: set[int], now: datetime) -> Held:
    moves = [payment.created_at, payment.checkout_opened_at, payment.settled_at]
    moves += [at for refund in refunds for at in (refund.asked_at, refund.settled_at)]
    return Held(
        payment_id=payment.id,
        reference=payment.reference,
        status=payment.status,
        cents=payment.cents,
        refunded_cents=payment.refunded_cents,
        asked_cents=sum(refund.cents for refund in refunds if refund.status == "asked"),
        charge_reference=payment.charge_reference,
        session_reference=payment.session_reference,
        is_fresh=max(at for at in moves if at is not None) > now - SETTLES_BY_ITSELF,
        is_reached=payment.created_at >= now - REACH,
        is_disputed=payment.id in disputed,
    )
