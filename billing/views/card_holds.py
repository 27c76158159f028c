"""A hold on a card: its page on the person's own phone, what is taken of it, and its lifting for another form of deposit."""

from flask import Blueprint, current_app, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response as BaseResponse

from billing.actions import card_captures, card_holds
from billing.actions.deposit_proofs import PROOF
from billing.card_gateway import GatewayRefused, GatewayUnreachable
from billing.card_holds import CAPTURED, HELD, HOLD_LABELS, HOLD_TONES, PAGE_OPEN, agreed_points
from billing.models import BillingAccount, CardHold, Deposit
from billing.queries import deposits as queries
from billing.queries.accounts import get_account
from billing.queries.card_holds import get_by_key
from billing.saved_cards import say_card
from billing.schemas.deposits import KeepSchema
from billing.schemas.payments import PayLinkSchema
from billing.views.checkout import key_of_request
from billing.views.deposits import show as show_deposit
from billing.views.links import HandedOver, hand_over_hold_link
from billing.views.payments import BOOKS, MONEY
from mobility.clock import now
from mobility.db import db, transaction
from mobility.models import Beneficiary
from mobility.queries.letterhead import platform_here
from mobility.web.access import allow, own_transactions, public
from mobility.web.forms import Form, from_form, or_again
from mobility.web.pictures import form_with_pictures
from mobility.web.tongue import in_every_tongue
from mobility.web.viewer import viewer

pages = Blueprint("card_holds", __name__)
UNANSWERED = "La demande est gardée, la banque n’a pas encore répondu : elle part de nouveau dans l’heure, et rien n’est débité deux fois."
TAKEN = "L’empreinte est débitée : la somme est reçue et gardée, la banque libère le reste."
LIFTED = "L’empreinte est levée. La caution est de nouveau à recevoir : demandez-en une autre forme."


@pages.post("/p/<slug>/deposits/<int:deposit_id>/hold")
@allow(*MONEY)
@own_transactions
@or_again(show_deposit)
def ask(deposit_id: int) -> str:
    """Ask a hold of the person: its link on this screen with its QR, by mail, or by text message. Clicked twice it makes another link."""
    asked = from_form(PayLinkSchema())
    with transaction():
        deposit = queries.get_deposit(deposit_id, viewer())
        person = db.session.get_one(Beneficiary, get_account(deposit.account_id, viewer()).beneficiary_id)
        sent = ask_hold(deposit_id, asked["send"])
    return render_template("billing/card_asked.html", deposit_id=deposit_id, person=person, sent=sent, asks="hold")


@pages.get("/p/<slug>/hold-card/<token>")
@public
@in_every_tongue
def link(token: str, form: Form | None = None) -> str:
    """What the person agrees to, and the way to the gateway. Opening it changes nothing."""
    hold = card_holds.hold_of_link(token, now=now())
    return render_template("billing/hold_agree.html", token=token, form=form or Form(), **_shown(hold))


@pages.post("/p/<slug>/hold-card/<token>")
@public
@in_every_tongue
@own_transactions
@or_again(link)
def agree(token: str) -> BaseResponse:
    """The person agrees, and goes on to the gateway's page; clicked twice, it is the same page."""
    with transaction():
        hold_id = card_holds.agree(token, by=viewer(), now=now()).id
    return redirect(card_holds.open_page(hold_id, back_url=_back_url, by=viewer(), now=now()), code=303)


@pages.get("/p/<slug>/held-card/<key>")
@public
@in_every_tongue
def back(key: str) -> str:
    """Where the gateway sends back: under way until its signed word has come."""
    return render_template("billing/hold_back.html", **_shown(get_by_key(key)))


@pages.post("/p/<slug>/deposits/<int:deposit_id>/capture")
@allow(*BOOKS)
@own_transactions
@or_again(show_deposit)
def capture(deposit_id: int) -> BaseResponse:
    """Take a part of the hold, between two transactions; clicked twice it is taken once."""
    key = key_of_request()
    with transaction():
        beneficiary_id = get_account(queries.get_deposit(deposit_id, viewer()).account_id, viewer()).beneficiary_id
        asked = form_with_pictures(KeepSchema(), PROOF, beneficiary_id=beneficiary_id)
        hold_id = card_captures.ask_capture(deposit_id, **asked, key=key, by=viewer(), now=now()).id
    try:
        status = card_captures.send(hold_id, by=viewer(), now=now())
    except (GatewayUnreachable, GatewayRefused):
        return _to_deposit(UNANSWERED, "near", deposit_id)
    return _to_deposit(TAKEN, "fine", deposit_id) if status == CAPTURED else _to_deposit(card_captures.GONE, "near", deposit_id)


@pages.post("/p/<slug>/deposits/<int:deposit_id>/lift")
@allow(*MONEY)
@own_transactions
@or_again(show_deposit)
def lift(deposit_id: int) -> BaseResponse:
    """Give the hold up while the vehicle is out, for another form of deposit."""
    lift_hold(deposit_id)
    return _to_deposit(LIFTED, "fine", deposit_id)


def ask_hold(deposit_id: int, send: str) -> HandedOver:
    """Ask a hold and hand its link over, inside the caller's transaction."""
    card_holds.ask_hold(deposit_id, by=viewer(), now=now())
    db.session.flush()
    return hand_over_hold_link(deposit_id, send, by=viewer(), now=now())


def lift_hold(deposit_id: int) -> None:
    """Lift it with us, then at the gateway; what that does not answer waits an hour."""
    with transaction():
        queries.get_deposit(deposit_id, viewer())
        card_holds.lift(deposit_id, by=viewer(), now=now())
    card_holds.send_away(deposit_id, now=now())


def _to_deposit(sentence: str, tone: str, deposit_id: int) -> BaseResponse:
    flash(sentence, tone)
    return redirect(url_for("deposits.show", deposit_id=deposit_id), code=303)


def _back_url(hold: CardHold) -> str:
    """Always the same for a hold under one key, or the gateway would refuse it."""
    return current_app.extensions["settings"].public_url + url_for("card_holds.back", key=hold.key)


def _shown(hold: CardHold) -> dict[str, object]:
    deposit = db.session.get_one(Deposit, hold.deposit_id)
    cents = hold.cents if hold.status == HELD else deposit.due_cents
    return {
        "hold": hold,
        "name": say_card(hold.brand, hold.last4),
        "cents": cents,
        "label": db.session.get_one(BillingAccount, deposit.account_id).label,
        "is_open": hold.status in PAGE_OPEN,
        "state": HOLD_LABELS[hold.status],
        "tone": HOLD_TONES.get(hold.status, "waiting"),
        "agreed": agreed_points(platform_here().name, cents),
    }
