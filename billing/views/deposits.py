"""Deposits, for the staff: asked, received, deferred, dated, kept in part, given back."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from marshmallow import Schema
from werkzeug.wrappers import Response as BaseResponse

from billing import deposits as rules
from billing.actions import card_holds, cards, deposits, refunds, saved_cards
from billing.actions.deposit_proofs import PROOF
from billing.actions.deposit_steps import pure
from billing.actions.kept_deposits import keep_deposit
from billing.card_holds import HOLD_LABELS, HOLD_TONES, INSTEAD, ON_HOLD, fits, is_outlasted
from billing.deposit_papers import EXPIRES_SOON, WRITTEN
from billing.deposits import (
    BY_CARD,
    DEFERRAL_REASONS,
    DEPOSIT_KIND_LABELS,
    ELSEWHERE,
    SOLIDARITY_KEY,
    SOLIDARITY_REASONS,
    STATE_LABELS,
    STATE_TONES,
    STEP_WORDS,
)
from billing.keeping import KEPT_REASONS, MOST_PHOTOS
from billing.lists import DEPOSITS
from billing.models import BillingAccount, Deposit
from billing.queries import deposits as queries
from billing.queries.accounts import get_account
from billing.queries.card_holds import first_of, hold_of, secured_until
from billing.queries.holdbacks import held_back
from billing.queries.means import NO_KEYS, deposit_kinds_here, takes_cards
from billing.queries.papers import release_sentence
from billing.queries.payments import list_refunds_of_deposit
from billing.queries.saved_cards import card_of, find_saved, list_called
from billing.queries.usage import usual_deposit_cents
from billing.saved_cards import CALL_LABELS, CALL_OPEN, CARD_LABELS, FORGET_DAYS_KEY, ON_FILE, PAGE_OPEN, forget_on, say_card
from billing.schemas.deposits import (
    CardDepositSchema,
    DeferSchema,
    DepositSchema,
    KeepSchema,
    ReceiveSchema,
    ReduceSchema,
    ReleaseDateSchema,
)
from billing.views.amounts import typed
from billing.views.payments import BOOKS, MONEY
from mobility import practice
from mobility.channels import CALL, channel_for
from mobility.clock import now, today
from mobility.db import db, transaction
from mobility.models import Beneficiary
from mobility.money import euros
from mobility.periods import paris_day, say_day
from mobility.web.access import allow, own_transactions
from mobility.web.forms import Form, from_form, or_again
from mobility.web.lists import show as show_list
from mobility.web.looks import look
from mobility.web.pictures import form_with_pictures
from mobility.web.viewer import viewer

pages = Blueprint("deposits", __name__)
ACTS = ("receive", "reduce", "card", "defer", "date", "keep", "release", "leave", "charge", "link", "drop", "hold", "capture", "lift")


@pages.get("/p/<slug>/deposits")
@allow(*MONEY)
def index() -> ResponseReturnValue:
    """Those to give back first, then all of them."""
    to_release = queries.list_to_release(now())
    return show_list(DEPOSITS, queries.all_deposits(), "billing/deposits.html", to_release=to_release, **_days(), **_words())


@pages.get("/p/<slug>/accounts/<int:account_id>/deposit")
@allow(*MONEY)
def new(account_id: int, form: Form | None = None) -> str:
    """Ask a deposit of a rental."""
    account = get_account(account_id, viewer())
    look(account.beneficiary_id, page="deposit")
    return render_template(
        "billing/deposit_new.html",
        form=form or Form(values={"due_cents": typed(usual_deposit_cents(account.kind, today())), "instalments": 1, "kind": "cash"}),
        account=account,
        person=db.session.get_one(Beneficiary, account.beneficiary_id),
        kinds=deposit_kinds_here(),
        no_cards=None if takes_cards() else NO_KEYS,
    )


@pages.post("/p/<slug>/accounts/<int:account_id>/deposit")
@allow(*MONEY)
@or_again(new)
def create(account_id: int) -> BaseResponse:
    """Ask it."""
    get_account(account_id, viewer())
    deposit = deposits.open_deposit(account_id, **from_form(DepositSchema()), by=viewer(), now=now())
    return _shown("La caution est demandée.", deposit.id)


@pages.get("/p/<slug>/deposits/<int:deposit_id>")
@allow(*MONEY)
def show(deposit_id: int, form: Form | None = None, step_id: int | None = None) -> str:
    """One deposit: what is held, what is awaited, and what may be done today."""
    deposit = queries.get_deposit(deposit_id, viewer())
    account = db.session.get_one(BillingAccount, deposit.account_id)
    look(account.beneficiary_id, page="deposit")
    value, steps = pure(deposit), queries.list_steps(deposit_id)
    return render_template(
        "billing/deposit.html",
        deposit=deposit,
        value=value,
        account=account,
        person=db.session.get_one(Beneficiary, account.beneficiary_id),
        steps=steps,
        photos=queries.photos_of(deposit_id) if steps else {},
        rentals=[(one.id, f"{one.label}, dès le {say_day(one.first_on)}") for one in queries.list_secured(deposit_id)],
        plan=rules.parts_to_come(queries.plan_of(deposit), value.missing_cents),
        may=rules.allowed_steps(value, today()),
        refunds=list_refunds_of_deposit(deposit_id),
        release_sentence=release_sentence(deposit, now()),
        waits=held_back([account.id]).get(account.id),
        forms=_forms(form, deposit, value.missing_cents, account),
        reasons=list(DEFERRAL_REASONS.items()),
        solidarity=list(SOLIDARITY_REASONS.items()),
        percent=practice.value_on(SOLIDARITY_KEY, today()),
        may_give_back=viewer().may(*BOOKS),
        no_cards=None if takes_cards() else NO_KEYS,
        today=today(),
        **_of_card(deposit),
        **_of_hold(deposit, value.received_cents),
        **_words(),
    )


@pages.post("/p/<slug>/deposits/<int:deposit_id>/receive")
@allow(*MONEY)
@or_again(show)
def receive(deposit_id: int) -> BaseResponse:
    """A part in hand."""
    step = deposits.receive_deposit(deposit_id, **_with_proofs(deposit_id, ReceiveSchema()), by=viewer(), now=now())
    return _shown(f"La caution est enregistrée : reçu C-{step.number}.", deposit_id)


@pages.post("/p/<slug>/deposits/<int:deposit_id>/reduce")
@allow(*MONEY)
@or_again(show)
def reduce(deposit_id: int) -> BaseResponse:
    """The solidarity amount."""
    deposit = deposits.reduce_deposit(deposit_id, **from_form(ReduceSchema()), by=viewer(), now=now())
    return _shown(f"La caution demandée est maintenant de {euros(deposit.due_cents)}.", deposit_id)


@pages.post("/p/<slug>/deposits/<int:deposit_id>/card")
@allow(*MONEY)
@or_again(show)
def card(deposit_id: int) -> BaseResponse:
    """A part by card: on to the payment, from where its link is handed over."""
    account_id = queries.get_deposit(deposit_id, viewer()).account_id
    asked = from_form(CardDepositSchema())
    payment = cards.start_card_payment(account_id, **asked, deposit_id=deposit_id, by=viewer(), now=now())
    return redirect(url_for("payments.show", payment_id=payment.id), code=303)


@pages.post("/p/<slug>/deposits/<int:deposit_id>/defer")
@allow(*MONEY)
@or_again(show)
def defer(deposit_id: int) -> BaseResponse:
    """The keys first."""
    deposits.defer_deposit(deposit_id, **from_form(DeferSchema()), by=viewer(), now=now())
    return _shown("La caution est différée : elle ne retarde pas la remise des clés.", deposit_id)


@pages.post("/p/<slug>/deposits/<int:deposit_id>/date")
@allow(*MONEY)
@or_again(show)
def set_date(deposit_id: int) -> BaseResponse:
    """The day it goes back."""
    deposits.set_release_date(deposit_id, **from_form(ReleaseDateSchema()), by=viewer(), now=now())
    return _shown("La date de restitution est notée.", deposit_id)


@pages.post("/p/<slug>/deposits/<int:deposit_id>/keep")
@allow(*BOOKS)
@or_again(show)
def keep(deposit_id: int) -> BaseResponse:
    """A part kept."""
    keep_deposit(deposit_id, **_with_proofs(deposit_id, KeepSchema()), by=viewer(), now=now())
    return _shown(f"La somme gardée est enregistrée. {_how_told(deposit_id)}", deposit_id)


@pages.post("/p/<slug>/deposits/<int:deposit_id>/release")
@allow(*BOOKS)
@own_transactions
@or_again(show)
def release(deposit_id: int) -> BaseResponse:
    """Give back what is held; by card through the gateway, between two transactions."""
    with transaction():
        deposits.release_deposit(deposit_id, by=viewer(), now=now())
    refunds.send_for_deposit(deposit_id, by=viewer(), now=now())
    saved_cards.send_away(deposit_id, now=now())
    card_holds.send_away(deposit_id, now=now())
    return _shown(f"La caution est rendue. {_how_told(deposit_id)}", deposit_id)


def _how_told(deposit_id: int) -> str:
    """Whether a message left, or somebody has to say it."""
    account = db.session.get_one(BillingAccount, queries.get_deposit(deposit_id, viewer()).account_id)
    person = db.session.get_one(Beneficiary, account.beneficiary_id)
    if channel_for(person.contact_by, phone=person.phone, email=person.email) == CALL:
        return "Dites-le à la personne de vive voix : elle ne se joint pas par écrit."
    return "La personne en est prévenue par un message."


def _with_proofs(deposit_id: int, schema: Schema) -> dict[str, Any]:
    account = get_account(queries.get_deposit(deposit_id, viewer()).account_id, viewer())
    return form_with_pictures(schema, PROOF, beneficiary_id=account.beneficiary_id)


def _shown(sentence: str, deposit_id: int) -> BaseResponse:
    flash(sentence, "fine")
    return redirect(url_for("deposits.show", deposit_id=deposit_id), code=303)


def _forms(refused: Form | None, deposit: Deposit, missing_cents: int, account: BillingAccount) -> dict[str, Form]:
    """A form per act of the page, with what is known already; the one just refused keeps what was typed."""
    missing = {"cents": typed(missing_cents)} if missing_cents else {}
    returned = {"returned_on": paris_day(account.ended_at).isoformat()} if account.ended_at else {}
    known: dict[str, dict[str, str]] = {"receive": missing | {"kind": deposit.kind}, "card": missing, "date": returned}
    act = request.path.rsplit("/", 1)[-1]
    forms = {name: Form(prefix=name, values=known.get(name, {})) for name in ACTS}
    if refused is not None and act in forms:
        forms[act] = Form(values=refused.values, errors=refused.errors, sentence=refused.sentence, prefix=act)
    return forms


def _of_card(deposit: Deposit) -> dict[str, Any]:
    """The card on file of a deposit, and what was asked of it last."""
    if deposit.kind != ON_FILE:
        return {"on_file": None}
    called, latest = list_called(deposit.id), card_of(deposit.id)
    on_file = find_saved(deposit.id) or latest
    return {
        "on_file": on_file or "none",
        "other": latest if latest is not None and latest is not on_file and latest.status in PAGE_OPEN else None,
        "called": next((each for each in called if each.call.status in CALL_OPEN), called[0] if called else None),
        "card_labels": CARD_LABELS,
        "call_labels": CALL_LABELS,
        "say_card": say_card,
        "forgotten_on": forget_on(deposit.release_on, practice.value_on(FORGET_DAYS_KEY, today())) if deposit.release_on else None,
    }


def _of_hold(deposit: Deposit, received_cents: int) -> dict[str, Any]:
    """The hold of a deposit, and whether one may be asked."""
    until = secured_until(deposit)
    may_hold = not received_cents and fits(first_of(deposit).first_on, until)
    if deposit.kind != ON_HOLD:
        return {"hold": None, "may_hold": may_hold}
    hold = hold_of(deposit.id)
    return {
        "hold": hold or "none",
        "may_hold": may_hold,
        "outlasted": hold is not None and hold.capture_before is not None and is_outlasted(until, hold.capture_before),
        "hold_labels": HOLD_LABELS,
        "hold_tones": HOLD_TONES,
        "instead": INSTEAD,
        "say_card": say_card,
    }


def _days() -> dict[str, Any]:
    return {"now": now(), "today": today(), "soon": today() + EXPIRES_SOON}


def _words() -> dict[str, Any]:
    return {
        "kind_labels": DEPOSIT_KIND_LABELS,
        "state_labels": STATE_LABELS,
        "state_tones": STATE_TONES,
        "reason_labels": DEFERRAL_REASONS,
        "elsewhere": ELSEWHERE,
        "by_card": BY_CARD,
        "step_words": STEP_WORDS,
        "written": WRITTEN,
        "kept_reasons": KEPT_REASONS,
        "most_photos": MOST_PHOTOS,
    }
