"""The card on the person's own phone: the linked page, the page they come back to, and the gateway's signed webhook."""

from flask import Blueprint, Response, render_template, request
from werkzeug.wrappers import Response as BaseResponse

from billing.actions import card_holds, cards
from billing.actions.gateway_keys import gateway_here
from billing.actions.gateway_news import apply_gateway_event
from billing.actions.saved_cards import find_out
from billing.card_gateway import EventKind
from billing.documents.receipt import receipt_pdf
from billing.models import Payment
from billing.payments import OPEN_CARD
from billing.queries.card_holds import find_by_reference
from billing.queries.papers import note_lines, receipt_paper
from billing.queries.payments import find_by_key, find_receipt_number
from billing.queries.saved_cards import find_by_session
from billing.views.checkout import to_gateway
from mobility.clock import now
from mobility.db import transaction
from mobility.errors import NotFound
from mobility.web.access import own_transactions, public
from mobility.web.forgery import without_cookie
from mobility.web.forms import Form, or_again
from mobility.web.tongue import in_every_tongue
from mobility.web.viewer import viewer

pages = Blueprint("card", __name__)


@pages.get("/p/<slug>/pay/<token>")
@public
@in_every_tongue
def link(token: str, form: Form | None = None) -> str:
    """What is to be paid and why, and the way to the gateway. Opening it changes nothing."""
    payment = cards.payment_of_link(token, now=now())
    return render_template("billing/card_link.html", token=token, form=form or Form(), **_shown(payment))


@pages.post("/p/<slug>/pay/<token>")
@public
@in_every_tongue
@own_transactions
@or_again(link)
def pay(token: str) -> BaseResponse:
    """To the gateway's page; clicked twice, it is the same page."""
    with transaction():
        payment_id = cards.renew(token, by=viewer(), now=now()).id
    return to_gateway(payment_id)


@pages.get("/p/<slug>/card/<key>")
@public
@in_every_tongue
def back(key: str) -> str:
    """Where the gateway sends back: under way until its signed word has come."""
    payment = find_by_key(key)
    if payment is None or payment.means != "card":
        raise NotFound
    return render_template("billing/card_back.html", **_shown(payment))


@pages.get("/p/<slug>/pay/<token>/receipt.pdf")
@public
def receipt(token: str) -> Response:
    """The receipt, for whoever holds the live link."""
    number = find_receipt_number(cards.payment_of_link(token, now=now()).id)
    if number is None:
        raise NotFound
    return Response(receipt_pdf(receipt_paper(number)), mimetype="application/pdf")


@pages.post("/p/<slug>/webhooks/card")
@public
@without_cookie
@own_transactions
def webhook() -> Response:
    """The gateway's word, byte for byte as it came: signed, or nothing is written. Of a card that was left, or a hold, it is then asked."""
    event = gateway_here().read_event(request.get_data(), request.headers.get("Stripe-Signature"), now())
    with transaction():
        outcome = apply_gateway_event(event, now=now())
    if event.kind is EventKind.CARD_SAVED and (card := find_by_session(event.session_reference)) is not None:
        find_out(card.id, now=now())
    if event.kind is EventKind.HOLD_MOVED and (hold := find_by_reference(event.payment_reference)) is not None:
        card_holds.find_out(hold.id, now=now())
    return Response(outcome, mimetype="text/plain")


def _shown(payment: Payment) -> dict[str, object]:
    return {
        "payment": payment,
        "is_open": payment.status in OPEN_CARD or payment.status == "expired",
        "receipt_number": find_receipt_number(payment.id),
        "lines": note_lines(payment.account_id, payment.cents) if payment.purpose != "deposit" else [],
        "again_href": payment.checkout_url if payment.status in OPEN_CARD else None,
    }
