"""A card on file: its page on the person's own phone, what is charged to it without them, and what they confirm by a link."""

from flask import Blueprint, current_app, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response as BaseResponse

from billing.actions import card_calls, saved_cards
from billing.actions.deposit_proofs import PROOF
from billing.card_gateway import GatewayRefused, GatewayUnreachable
from billing.models import BillingAccount, Deposit, SavedCard
from billing.queries import deposits as queries
from billing.queries.accounts import get_account
from billing.queries.papers import release_sentence
from billing.queries.saved_cards import find_saved, get_by_key, get_called
from billing.saved_cards import CALL_SENTENCES, FORGET_DAYS_KEY, PAGE_OPEN, agreed_points, say_card, say_forgotten
from billing.schemas.deposits import KeepSchema
from billing.schemas.payments import PayLinkSchema
from billing.views.checkout import key_of_request
from billing.views.deposits import show as show_deposit
from billing.views.links import HandedOver, hand_over_card_link, hand_over_link
from billing.views.payments import BOOKS, MONEY
from mobility import practice
from mobility.clock import now, today
from mobility.db import db, transaction
from mobility.errors import NotFound
from mobility.models import Beneficiary
from mobility.queries.letterhead import platform_here
from mobility.tongues import joined, say
from mobility.web.access import allow, own_transactions, public
from mobility.web.forms import Form, from_form, or_again
from mobility.web.pictures import form_with_pictures
from mobility.web.tongue import in_every_tongue
from mobility.web.viewer import viewer

pages = Blueprint("saved_cards", __name__)
TO_CONFIRM = say("Votre banque demande que vous confirmiez vous-même un débit de votre caution.")
UNANSWERED = "La demande est gardée, la banque n’a pas encore répondu : elle part de nouveau dans l’heure, et rien n’est débité deux fois."


@pages.post("/p/<slug>/deposits/<int:deposit_id>/leave")
@allow(*MONEY)
@own_transactions
@or_again(show_deposit)
def ask(deposit_id: int) -> str:
    """Ask the person's card: its link on this screen with its QR, by mail, or by text message. Clicked twice it makes another link."""
    asked = from_form(PayLinkSchema())
    with transaction():
        person = _person(queries.get_deposit(deposit_id, viewer()))
        sent = ask_card(deposit_id, asked["send"])
    return render_template("billing/card_asked.html", deposit_id=deposit_id, person=person, sent=sent, asks="card")


@pages.get("/p/<slug>/leave-card/<token>")
@public
@in_every_tongue
def link(token: str, form: Form | None = None) -> str:
    """What the person agrees to, and the way to the gateway. Opening it changes nothing."""
    card = saved_cards.card_of_link(token, now=now())
    return render_template("billing/card_leave.html", token=token, form=form or Form(), **_shown(card))


@pages.post("/p/<slug>/leave-card/<token>")
@public
@in_every_tongue
@own_transactions
@or_again(link)
def agree(token: str) -> BaseResponse:
    """The person agrees, and goes on to the gateway's page; clicked twice, it is the same page."""
    with transaction():
        card_id = saved_cards.agree(token, by=viewer(), now=now()).id
    return redirect(saved_cards.open_page(card_id, back_url=_back_url, by=viewer(), now=now()), code=303)


@pages.get("/p/<slug>/left-card/<key>")
@public
@in_every_tongue
def back(key: str) -> str:
    """Where the gateway sends back: under way until its signed word has come."""
    return render_template("billing/card_left.html", **_shown(get_by_key(key)))


@pages.post("/p/<slug>/deposits/<int:deposit_id>/charge")
@allow(*BOOKS)
@own_transactions
@or_again(show_deposit)
def charge(deposit_id: int) -> BaseResponse:
    """Charge a part to the card on file, between two transactions; clicked twice it is charged once."""
    key = key_of_request()
    with transaction():
        beneficiary_id = _person(queries.get_deposit(deposit_id, viewer())).id
        asked = form_with_pictures(KeepSchema(), PROOF, beneficiary_id=beneficiary_id)
        step_id = card_calls.call_card(deposit_id, **asked, key=key, by=viewer(), now=now()).id
    try:
        status, sent = charge_and_tell(step_id)
    except (GatewayUnreachable, GatewayRefused):
        return _to_deposit(UNANSWERED, "near", deposit_id)
    if status == "kept":
        return _to_deposit("La carte est débitée : la somme est reçue et gardée.", "fine", deposit_id)
    told = f" Le lien part vers {sent.sent_to}." if sent and sent.sent_to else ""
    return _to_deposit(CALL_SENTENCES.get(status, UNANSWERED) + told, "near", deposit_id)


@pages.post("/p/<slug>/deposits/<int:deposit_id>/charges/<int:step_id>/link")
@allow(*MONEY)
@own_transactions
@or_again(show_deposit)
def confirm_link(deposit_id: int, step_id: int) -> str:
    """Hand over once more the link by which the person confirms a charge."""
    asked = from_form(PayLinkSchema())
    with transaction():
        check_step(deposit_id, step_id)
        person = _person(queries.get_deposit(deposit_id, viewer()))
        sent = link_to_confirm(step_id, asked["send"])
    return render_template("billing/card_asked.html", deposit_id=deposit_id, person=person, sent=sent, asks="confirmation")


@pages.post("/p/<slug>/deposits/<int:deposit_id>/charges/<int:step_id>/drop")
@allow(*BOOKS)
@or_again(show_deposit)
def drop(deposit_id: int, step_id: int) -> BaseResponse:
    """Give up a charge that waits for the person."""
    check_step(deposit_id, step_id)
    card_calls.drop(step_id, by=viewer(), now=now())
    return _to_deposit("Ce débit est abandonné : rien n’est gardé, la somme reste due.", "fine", deposit_id)


def ask_card(deposit_id: int, send: str) -> HandedOver:
    """Ask a card and hand its link over, inside the caller's transaction."""
    card = saved_cards.ask_card(deposit_id, by=viewer(), now=now())
    db.session.flush()
    return hand_over_card_link(card.id, send, by=viewer(), now=now())


def charge_and_tell(step_id: int) -> tuple[str, HandedOver | None]:
    """Send a charge, outside any transaction; when the bank wants its holder, they get the link at once, where they can be reached."""
    status = card_calls.send(step_id, by=viewer(), now=now())
    if status != "authenticate":
        return status, None
    with transaction():
        person = _person(db.session.get_one(Deposit, get_called(step_id).step.deposit_id))
        reached = "mail" if person.email else "sms" if person.phone else None
        return status, link_to_confirm(step_id, reached) if reached else None


def link_to_confirm(step_id: int, send: str) -> HandedOver:
    """Hand over the link by which a person confirms a charge, inside the caller's transaction."""
    payment = card_calls.reopen(step_id, by=viewer(), now=now())
    db.session.flush()
    return hand_over_link(payment.id, send, why=TO_CONFIRM, by=viewer(), now=now())


def check_step(deposit_id: int, step_id: int) -> None:
    """Raises NotFound unless the charge is this deposit's, and the viewer may read it."""
    queries.get_deposit(deposit_id, viewer())
    if get_called(step_id).step.deposit_id != deposit_id:
        raise NotFound


def _person(deposit: Deposit) -> Beneficiary:
    account = get_account(deposit.account_id, viewer())
    return db.session.get_one(Beneficiary, account.beneficiary_id)


def _to_deposit(sentence: str, tone: str, deposit_id: int) -> BaseResponse:
    flash(sentence, tone)
    return redirect(url_for("deposits.show", deposit_id=deposit_id), code=303)


def _back_url(card: SavedCard) -> str:
    """Always the same for a card under one key, or the gateway would refuse it."""
    return current_app.extensions["settings"].public_url + url_for("saved_cards.back", key=card.key)


def _shown(card: SavedCard) -> dict[str, object]:
    deposit, before = db.session.get_one(Deposit, card.deposit_id), find_saved(card.deposit_id)
    release, days = release_sentence(deposit, now()), practice.value_on(FORGET_DAYS_KEY, today())
    return {
        "card": card,
        "name": say_card(card.brand, card.last4),
        "before": before and before.id != card.id and say_card(before.brand, before.last4),
        "label": db.session.get_one(BillingAccount, deposit.account_id).label,
        "is_open": card.status in PAGE_OPEN,
        "agreed": agreed_points(platform_here().name, card.most_cents, release=release, days=days),
        "after": joined(" ", (release, say_forgotten(days))),
    }
