"""Paying each week by a card on file: one's own page, a person's for who they tell, and the list of all."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from billing.actions import mandates
from billing.actions.auto_payments import note_seen
from billing.auto_payments import ENDS, REFUSALS, STATE_LABELS, STATE_TONES, agreed_words
from billing.models import AutoPayment, CardMandate, SavedCard
from billing.queries.auto_payments import (
    all_weekly,
    deposit_of_mandate,
    find_card_of,
    list_mandates,
    list_takeable,
    list_tries,
    list_weekly,
)
from billing.queries.means import takes_cards
from billing.queries.tariffs import may_read
from billing.saved_cards import say_card
from billing.schemas.auto_payments import MandateSchema
from billing.views.auto_list import ANOTHER_CARD, AUTO_PAYMENTS, say_act, say_reason
from billing.views.money import MONEY
from mobility.clock import now, today
from mobility.db import db
from mobility.errors import NotFound
from mobility.money import euros
from mobility.rights import Role
from mobility.tongues import say
from mobility.web.access import allow
from mobility.web.forms import Form, from_form, or_again
from mobility.web.lists import show as show_list
from mobility.web.looks import look
from mobility.web.tongue import in_every_tongue
from mobility.web.viewer import viewer

pages = Blueprint("auto_payments", __name__)
CHOSEN = say("le maximum choisi ici")


@dataclass(frozen=True, kw_only=True)
class Week:
    """A week's payment on its page: why it stands so, what mends it, the payment to confirm, the deposit to ask another card of."""

    weekly: AutoPayment
    reason: str
    act: str
    confirm_id: int | None
    deposit_id: int | None


@pages.get("/p/<slug>/money/automatic")
@allow(*MONEY)
def index() -> ResponseReturnValue:
    """Every week's payment, the latest week first."""
    return show_list(AUTO_PAYMENTS, all_weekly(), "billing/auto_payments.html")


@pages.get("/p/<slug>/me/automatic")
@allow(Role.BENEFICIARY)
@in_every_tongue
def own() -> str:
    """One's own."""
    if (me := viewer().beneficiary_id) is None:
        raise NotFound
    return _page(me, Form())


@pages.get("/p/<slug>/people/<int:beneficiary_id>/automatic")
@allow(*MONEY)
def of_person(beneficiary_id: int) -> str:
    """A person's, for the adviser they tell."""
    return _page(beneficiary_id, Form())


def _page(beneficiary_id: int, form: Form) -> str:
    """What was agreed to, what it did, and what may be agreed to, for the person or for the staff; a look at somebody's file is noted."""
    person = may_read(beneficiary_id, viewer())
    look(person.id, page="automatic")
    return render_template(
        "billing/auto_own.html" if viewer().beneficiary_id == person.id else "billing/auto_person.html",
        person=person,
        form=form,
        ends=ENDS,
        labels=STATE_LABELS,
        tones=STATE_TONES,
        **_standing(person.id, today()),
    )


@pages.post("/p/<slug>/people/<int:beneficiary_id>/automatic")
@allow(*MONEY, Role.BENEFICIARY)
@in_every_tongue
@or_again(_page)
def agree(beneficiary_id: int) -> Response:
    """The person agrees, here or by who they told."""
    mandates.agree(beneficiary_id, **from_form(MandateSchema()), by=viewer(), now=now())
    return _back(beneficiary_id, say("L’accord est noté. Rien n’est pris aujourd’hui : chaque paiement est annoncé deux jours avant."))


@pages.post("/p/<slug>/people/<int:beneficiary_id>/automatic/end")
@allow(*MONEY, Role.BENEFICIARY)
@in_every_tongue
def withdraw(beneficiary_id: int) -> Response:
    """Taken back, at once."""
    mandates.withdraw(beneficiary_id, by=viewer(), now=now())
    return _back(beneficiary_id, say("C’est arrêté : plus rien ne part, dès maintenant."))


@pages.post("/p/<slug>/money/automatic/<int:auto_payment_id>/seen")
@allow(*MONEY)
def seen(auto_payment_id: int) -> Response:
    """Somebody met the person about one that stopped."""
    beneficiary_id = note_seen(auto_payment_id, by=viewer(), now=now()).beneficiary_id
    return _back(beneficiary_id, "C’est noté : si l’accord court encore, les semaines à venir reprennent.")


def words_for(beneficiary_id: int, today: date) -> str | None:
    """What a person would agree to on the card they left; None with no card."""
    card = find_card_of(beneficiary_id, today) if takes_cards() else None
    return agreed_words(say_card(card.brand, card.last4), CHOSEN) if card else None


def _standing(beneficiary_id: int, today: date) -> dict[str, Any]:
    agreements = list_mandates(beneficiary_id)
    running = next((one for one in agreements if one.ended_at is None), None)
    return {
        "running": running,
        "running_words": _in_their_tongue(running) if running else None,
        "past": [one for one in agreements if one.ended_at is not None],
        "words": words_for(beneficiary_id, today),
        "weeks": [_week(one, is_own=viewer().beneficiary_id == beneficiary_id) for one in list_weekly(beneficiary_id)],
        "takeable": list_takeable(beneficiary_id, viewer(), today),
    }


def _in_their_tongue(mandate: CardMandate) -> str | None:
    """What was agreed to, said anew where today's words are still those; the kept ones else."""
    card = db.session.get_one(SavedCard, mandate.card_id)
    said = agreed_words(say_card(card.brand, card.last4), euros(mandate.most_cents))
    return said if said == mandate.words else mandate.words


def _week(weekly: AutoPayment, *, is_own: bool) -> Week:
    """A person reads a refusal in whole words, without the bank's."""
    tries = list_tries(weekly.id) if weekly.status == "confirm" else []
    confirm_id = tries[-1].payment.id if tries else None
    act = say_act(weekly)
    deposit_id = deposit_of_mandate(weekly.mandate_id) if act == ANOTHER_CARD and not is_own else None
    said = REFUSALS[weekly.reason].sentence if is_own and weekly.reason in REFUSALS else say_reason(weekly)
    return Week(weekly=weekly, reason=said, act=act, confirm_id=confirm_id, deposit_id=deposit_id)


def _back(beneficiary_id: int, sentence: str) -> Response:
    flash(sentence, "fine")
    if viewer().beneficiary_id == beneficiary_id:
        return redirect(url_for("auto_payments.own"), code=303)
    return redirect(url_for("auto_payments.of_person", beneficiary_id=beneficiary_id), code=303)
