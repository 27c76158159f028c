"""Payments and receipts in JSON: the same actions and schemas as the pages."""

from typing import Any

from billing.actions import cards, payments, refunds, till
from billing.lists import PAYMENTS
from billing.models import PaymentRefund
from billing.queries import payments as queries
from billing.queries.accounts import get_account
from billing.schemas.payments import (
    CardPaymentSchema,
    CheckoutOutSchema,
    PayLinkOutSchema,
    PayLinkSchema,
    PaymentOutSchema,
    PaymentSchema,
    ReceiptOutSchema,
    RefundOutSchema,
    RefundSchema,
    TransferSeenSchema,
)
from billing.views.checkout import checkout_url, key_of_request
from billing.views.links import HandedOver, hand_over_link
from billing.views.payments import BOOKS, MONEY
from mobility.clock import now
from mobility.db import transaction
from mobility.rights import Role
from mobility.web.access import allow, own_transactions
from mobility.web.api import Blueprint
from mobility.web.lists import list_of, told
from mobility.web.looks import look
from mobility.web.viewer import viewer

blp = Blueprint("payments_api", __name__, url_prefix="/api/v1/p/<slug>", description="Paiements et reçus")


@blp.get("/payments")
@blp.arguments(PAYMENTS.schema(), location="query")
@blp.response(200, list_of(PaymentOutSchema, summed=True))
@allow(*MONEY)
def list_payments(asked: dict[str, Any]) -> dict[str, Any]:
    """The payments, the latest first, fifty a page; what they come to leaves refunds out of account."""
    return told(PAYMENTS, queries.all_payments(), asked, _out)


@blp.get("/payments/<int:payment_id>")
@blp.response(200, PaymentOutSchema)
@allow(*MONEY, Role.BENEFICIARY)
def show(payment_id: int) -> dict[str, Any]:
    """One payment."""
    line = queries.get_payment(payment_id, viewer())
    look(line.person.id, page="payment")
    return _out(line)


@blp.post("/accounts/<int:account_id>/payments")
@blp.arguments(PaymentSchema)
@blp.response(201, PaymentOutSchema)
@allow(*MONEY)
def create(asked: dict[str, Any], account_id: int) -> dict[str, Any]:
    """Take money on a rental's account; an Idempotency-Key makes sending again harmless."""
    get_account(account_id, viewer())
    payment = till.pay_in(account_id, **asked, by=viewer(), now=now())
    return _out(queries.get_payment(payment.id, viewer()))


@blp.post("/accounts/<int:account_id>/card-payments")
@blp.arguments(CardPaymentSchema)
@blp.response(201, CheckoutOutSchema)
@allow(*MONEY, Role.BENEFICIARY)
@own_transactions
def pay_by_card(asked: dict[str, Any], account_id: int) -> dict[str, Any]:
    """Open the gateway's page for a card payment; the Idempotency-Key is needed, and keeps it one charge."""
    key = key_of_request()
    with transaction():
        get_account(account_id, viewer())
        start = cards.start_card_payment if viewer().may(*MONEY) else cards.pay_own
        payment = start(account_id, cents=asked["cents"], key=key, by=viewer(), now=now())
    return {"payment_id": payment.id, "reference": payment.reference, "checkout_url": checkout_url(payment.id)}


@blp.post("/payments/<int:payment_id>/seen")
@blp.arguments(TransferSeenSchema)
@blp.response(200, PaymentOutSchema)
@allow(*MONEY)
def transfer_seen(asked: dict[str, Any], payment_id: int) -> dict[str, Any]:
    """An announced transfer stands on the bank's statement."""
    payments.confirm_transfer(payment_id, **asked, by=viewer(), now=now())
    return _out(queries.get_payment(payment_id, viewer()))


@blp.post("/payments/<int:payment_id>/cancel")
@blp.response(200, PaymentOutSchema)
@allow(*MONEY)
def cancel(payment_id: int) -> dict[str, Any]:
    """An announced transfer will not come."""
    payments.cancel_payment(payment_id, by=viewer(), now=now())
    return _out(queries.get_payment(payment_id, viewer()))


@blp.post("/payments/<int:payment_id>/link")
@blp.arguments(PayLinkSchema)
@blp.response(201, PayLinkOutSchema)
@allow(*MONEY)
def make_link(asked: dict[str, Any], payment_id: int) -> HandedOver:
    """Make the link of a card payment, and send it by mail or text message when asked; each call makes another one."""
    queries.get_payment(payment_id, viewer())
    return hand_over_link(payment_id, asked["send"], by=viewer(), now=now())


@blp.post("/payments/<int:payment_id>/refunds")
@blp.arguments(RefundSchema)
@blp.response(201, RefundOutSchema)
@allow(*BOOKS)
@own_transactions
def refund(asked: dict[str, Any], payment_id: int) -> PaymentRefund:
    """Give back a part or all of a payment; the Idempotency-Key is needed."""
    key = key_of_request()
    with transaction():
        made = refunds.refund_payment(payment_id, **asked, key=key, by=viewer(), now=now())
    refunds.send(made.id, by=viewer(), now=now())
    return queries.get_refund(made.id)


@blp.post("/payments/<int:payment_id>/refunds/<int:refund_id>/again")
@blp.response(200, RefundOutSchema)
@allow(*BOOKS)
@own_transactions
def refund_again(payment_id: int, refund_id: int) -> PaymentRefund:
    """Send a refused or unanswered refund again; sent twice it goes out once."""
    with transaction():
        made = refunds.ask_again(payment_id, refund_id, by=viewer(), now=now())
    refunds.send(made.id, by=viewer(), now=now())
    return queries.get_refund(made.id)


@blp.get("/receipts/<int:number>")
@blp.response(200, ReceiptOutSchema)
@allow(*MONEY, Role.BENEFICIARY)
def receipt(number: int) -> dict[str, Any]:
    """A numbered receipt."""
    found, line = queries.get_receipt(number, viewer())
    look(line.person.id, page="receipt")
    content = {name: found.content[name] for name in ("means", "left_cents", "lines")}
    return content | {"number": found.number, "payment_id": found.payment_id, "issued_at": found.issued_at, "cents": found.cents}


_SHOWN = tuple(name for name in PaymentOutSchema().fields if name != "receipt_number")


def _out(line: queries.PaymentLine) -> dict[str, Any]:
    return {name: getattr(line.payment, name) for name in _SHOWN} | {"receipt_number": line.receipt_number}
