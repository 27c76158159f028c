"""The point-étape in one screen: one form whose parts each have a button of their own, and the one button for all."""

from datetime import datetime
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from marshmallow import EXCLUDE

from billing.means import Debt, is_note_due
from billing.notices import say_rise
from billing.queries import balance_cents, due_now
from billing.queries.accounts import get_account
from billing.queries.means import means_here
from billing.queries.payments import find_receipt_number
from billing.queries.renewals import find_rise_to_tell
from billing.views.links import find_asked, show_link
from fleet.actions import point_etape
from fleet.checks import STATE_NAMES as ZONE_STATES
from fleet.checks import WITHOUT_ODOMETER
from fleet.follow_up import JOB_STATES, MODES, NEXT_STEPS, next_at
from fleet.mileage import OVER, STATE_NAMES, say_km
from fleet.models import PointEtape
from fleet.queries.mileage import cap_since, mileage_of, needs_decision
from fleet.queries.readings import DOUBTFUL, find_last, list_doubtful
from fleet.queries.rentals import Rental, find_open_point_etape, get_rental, known_zones
from fleet.schemas.rentals import (
    AskedPaymentSchema,
    JobStateSchema,
    LookSchema,
    MoneyTakenSchema,
    PointEtapeSchema,
    ReadingSchema,
    VehicleStateSchema,
)
from fleet.views.looks import from_look, marks_of
from fleet.views.marks import WORDS
from fleet.views.rentals import ADVISERS, open_rental
from mobility import practice
from mobility.clock import now, today
from mobility.codes import choices
from mobility.errors import NotFound
from mobility.money import euros
from mobility.periods import PARIS, paris_day
from mobility.web.access import allow
from mobility.web.forms import Form, from_form, or_again
from mobility.web.viewer import viewer

pages = Blueprint("point_etapes", __name__)


@pages.get("/p/<slug>/bookings/<int:booking_id>/point-etape")
@allow(*ADVISERS)
def show(booking_id: int, form: Form | None = None) -> str:
    """Odometer, vehicle, money, job, next meeting: five minutes."""
    rental = open_rental(booking_id, page="point_etape")
    if rental.booking.handed_over_at is None:
        raise NotFound("Le point-étape se tient une fois le véhicule remis.")
    step = find_open_point_etape(booking_id)
    form = form or Form(values=_usual(rental, step) | _kept(booking_id))
    return render_template(
        "fleet/point_etape.html",
        rental=rental,
        form=form,
        look=marks_of(rental.vehicle, form),
        mark_words=WORDS,
        step=step,
        asked=find_asked(step.payment_id if step else None),
        **_kilometres(rental),
        **_money(rental),
        **_words(rental),
    )


_KEPT = "point_etape"
_PARTS = {
    "km": {"odometer_km", "odometer_photo"},
    "state": {"note", "marks", "photos"},
    "money": {"cents", "means", "reference", "note_given"},
    "job": {"job_state", "next_step"},
}
_LONGEST = 300  # of a kept answer, in characters: the cookie that carries it holds 4 kB


def _back(booking_id: int, part: str, *, saved: bool = True) -> ResponseReturnValue:
    """To the page again, with what was typed in its other parts: saving one of them drops nothing of the rest."""
    names = PointEtapeSchema().fields.keys() - (_PARTS[part] if saved else set())
    zones = () if part == "state" else (name for name in request.form if name.startswith(("zone_", "marks.")))
    session[_KEPT] = [booking_id, {name: _as_typed(name) for name in (*names, *zones) if request.form.get(name)}]
    return redirect(url_for("point_etapes.show", booking_id=booking_id, _anchor=part), code=303)


def _as_typed(name: str) -> str | list[str]:
    """One answer, or several under one name: pictures sent ahead."""
    typed = [each[:_LONGEST] for each in request.form.getlist(name)]
    return typed if len(typed) > 1 else typed[0]


@pages.post("/p/<slug>/bookings/<int:booking_id>/point-etape/reading")
@allow(*ADVISERS)
@or_again(show)
def reading(booking_id: int) -> ResponseReturnValue:
    """The odometer alone."""
    rental = open_rental(booking_id, page="point_etape")
    noted = point_etape.note_reading(booking_id, **from_look(ReadingSchema(unknown=EXCLUDE), rental.person), by=viewer(), now=now())
    doubtful = noted.status == DOUBTFUL
    flash(
        "Relevé mis de côté : vérifiez-le plus bas. Le reste du point-étape continue." if doubtful else "Relevé enregistré.",
        "near" if doubtful else "fine",
    )
    return _back(booking_id, "km")


@pages.post("/p/<slug>/bookings/<int:booking_id>/point-etape/state")
@allow(*ADVISERS)
@or_again(show)
def state(booking_id: int) -> ResponseReturnValue:
    """What changed on the vehicle, alone."""
    point_etape.note_state(booking_id, **_state_typed(booking_id, VehicleStateSchema(unknown=EXCLUDE)), by=viewer(), now=now())
    flash("L’état du véhicule est noté.", "fine")
    return _back(booking_id, "state")


@pages.post("/p/<slug>/bookings/<int:booking_id>/point-etape/money")
@allow(*ADVISERS)
@or_again(show)
def money(booking_id: int) -> ResponseReturnValue:
    """Money in hand, alone, with its receipt."""
    receipt = point_etape.take_money(booking_id, **from_form(MoneyTakenSchema(unknown=EXCLUDE)), by=viewer(), now=now())
    flash(f"{euros(receipt.cents)} reçus : reçu n° {receipt.number}.", "fine")
    return _back(booking_id, "money")


@pages.post("/p/<slug>/bookings/<int:booking_id>/point-etape/payment")
@allow(*ADVISERS)
@or_again(show)
def ask(booking_id: int) -> ResponseReturnValue:
    """The payment that the person makes themselves: a card by its code on this page or its link sent, a transfer by its reference."""
    asked = from_form(AskedPaymentSchema(unknown=EXCLUDE))
    payment = point_etape.ask_payment(booking_id, **asked, by=viewer(), now=now())
    if payment.means == "card":
        sent_to = show_link(payment.id, asked["how"], by=viewer(), now=now()).sent_to
        flash(f"Le lien part vers {sent_to}. Il dure sept jours." if sent_to else "Le code à scanner est prêt, à « Argent ».", "fine")
    else:
        flash(f"Virement de {euros(payment.cents)} attendu, avec la référence {payment.reference}.", "fine")
    return _back(booking_id, "money")


@pages.post("/p/<slug>/bookings/<int:booking_id>/point-etape/again")
@allow(*ADVISERS)
def again(booking_id: int) -> ResponseReturnValue:
    """The page as it stands now, with all that was typed: has the person paid meanwhile? Nothing is written."""
    return _back(get_rental(booking_id, viewer()).booking.id, "money", saved=False)


@pages.post("/p/<slug>/bookings/<int:booking_id>/point-etape/job")
@allow(*ADVISERS)
@or_again(show)
def job(booking_id: int) -> ResponseReturnValue:
    """The job and the next step, alone."""
    point_etape.note_job(booking_id, **from_form(JobStateSchema(unknown=EXCLUDE)), by=viewer(), now=now())
    flash("L’emploi et la suite sont notés.", "fine")
    return _back(booking_id, "job")


@pages.post("/p/<slug>/bookings/<int:booking_id>/point-etape")
@allow(*ADVISERS)
@or_again(show)
def hold(booking_id: int) -> ResponseReturnValue:
    """The one button: all that was filled in, and the next meeting."""
    typed = _state_typed(booking_id, PointEtapeSchema())
    held = point_etape.hold_point_etape(booking_id, **typed, by=viewer(), now=now())
    number = find_receipt_number(held.payment_id) if held.payment_id is not None and typed.get("cents") else None
    flash(f"Le point-étape est tenu, le prochain est dans l’agenda.{f' Reçu n° {number}.' if number else ''}", "fine")
    return redirect(url_for("rentals.show", booking_id=booking_id), code=303)


def _state_typed(booking_id: int, schema: LookSchema) -> dict[str, Any]:
    """The zones whose state differs from what is known: the page shows them all, a report says what changed."""
    rental = open_rental(booking_id, page="point_etape")
    typed = from_look(schema, rental.person)
    known = known_zones(rental.vehicle.id)
    return typed | {"zones": {code: state for code, state in typed["zones"].items() if state != known.get(code)}}


def _usual(rental: Rental, step: PointEtape | None) -> dict[str, Any]:
    """What the form begins with: nothing taken for granted but the known state and the usual rhythm."""
    following = _following(step).astimezone(PARIS)
    return {
        "mode": "pole",
        "job_state": step.job_state if step else None,
        "next_step": step.next_step if step else None,
        "next_meeting_at": following.strftime("%Y-%m-%dT%H:%M"),
    } | {f"zone_{code}": state for code, state in known_zones(rental.vehicle.id).items()}


def _kept(booking_id: int) -> dict[str, Any]:
    """What was typed in the other parts when one was saved alone, given back once."""
    of_booking, typed = session.pop(_KEPT, (None, {}))
    return typed if of_booking == booking_id else {}


def _following(step: PointEtape | None) -> datetime:
    """One interval after the planned one, at its own hour; after today's hour when none was planned, or when it is long past."""
    days = practice.value_on("fleet.point_etape_days", today())
    usual = next_at(step.planned_at, days) if step else now()
    return usual if usual > now() else next_at(now(), days)


def _kilometres(rental: Rental) -> dict[str, Any]:
    booking, mileage = rental.booking, mileage_of(rental.booking)
    last = find_last(rental.vehicle.id, booking.id, now=now())
    cap_km = cap_since(booking, paris_day(last.read_at), today()) if last and last.is_of_rental else None
    return {
        "asks_km": rental.vehicle.kind not in WITHOUT_ODOMETER,
        "last": last,
        "cap_km": cap_km,
        "allowed": say_km(cap_km) if cap_km is not None else None,
        "doubtful": list_doubtful(booking.id),
        "mileage": mileage,
        "needs_decision": mileage.state == OVER and needs_decision(booking),
        "cap_words": STATE_NAMES,
    }


def _money(rental: Rental) -> dict[str, Any]:
    account_id = rental.booking.account_id
    assert account_id is not None
    rise = find_rise_to_tell(get_account(account_id, viewer()), today())
    due_cents = balance_cents(account_id)
    debt = Debt(kind=rental.vehicle.kind, debt_kind="rental", cents=max(due_cents, 1))
    spared = rental.person.without_bank_declared_on is not None
    means = means_here(debt, on=today(), declared_without_bank=spared)
    return {
        "due_cents": due_cents,
        "owed": due_now(account_id).parts,
        "means": [(each.code, each.label) for each in means if each.is_allowed and each.code not in ("card", "transfer")],
        "refused_means": [each.refused for each in means if each.refused and each.code in ("cash", "card")],
        "takes_cards": any(each.is_allowed for each in means if each.code == "card"),
        "needs_note": is_note_due(due_cents, on=today()),
        "rise": say_rise(rise) if rise else None,
    }


def _words(rental: Rental) -> dict[str, Any]:
    return {
        "modes": choices(MODES),
        "job_states": choices(JOB_STATES),
        "next_steps": choices(NEXT_STEPS),
        "zone_states": list(ZONE_STATES.items()),
    }
