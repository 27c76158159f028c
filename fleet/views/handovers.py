"""Check-out and check-in: the vehicle looked over zone by zone, then the keys change hands."""

from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from billing.queries import balance_cents
from fleet.actions.handover import hand_over, take_back
from fleet.checklists import FOUND_NAMES
from fleet.checks import CHECK_IN, CHECK_OUT, FINE, STATE_NAMES, WITHOUT_ODOMETER, level_asked, level_names
from fleet.documents.condition_report import condition_report_pdf
from fleet.lifecycle import HAND_OVER, TAKE_BACK, may
from fleet.queries.checklists import list_asked
from fleet.queries.condition_papers import get_report, report_paper
from fleet.queries.contracts import is_ready
from fleet.queries.readings import last_km
from fleet.queries.rentals import Rental, known_zones, list_conditions
from fleet.queries.vehicles import why_keys_stay
from fleet.schemas.rentals import CheckSchema
from fleet.views.looks import from_look, marks_of
from fleet.views.marks import WORDS
from fleet.views.rentals import ADVISERS, awaited_deposit, open_rental, pdf
from mobility.clock import now, today
from mobility.money import euros
from mobility.rights import Role
from mobility.web.access import allow
from mobility.web.forms import Form, or_again
from mobility.web.viewer import viewer

pages = Blueprint("handovers", __name__)


@pages.get("/p/<slug>/bookings/<int:booking_id>/check-out")
@allow(*ADVISERS)
def check_out(booking_id: int, form: Form | None = None) -> str:
    """What is looked at before the keys go."""
    rental = open_rental(booking_id, page="check_out")
    return render_template(
        "fleet/check_out.html",
        is_open=may(HAND_OVER, rental.booking.status),
        kept=why_keys_stay(rental.vehicle, now()),
        is_ready=is_ready(rental),
        deposit=awaited_deposit(rental),
        **_page(rental, form, CHECK_OUT),
    )


@pages.post("/p/<slug>/bookings/<int:booking_id>/check-out")
@allow(*ADVISERS)
@or_again(check_out)
def hand_keys_over(booking_id: int) -> ResponseReturnValue:
    """The keys go."""
    rental = open_rental(booking_id, page="check_out")
    hand_over(booking_id, **from_look(CheckSchema(), rental), by=viewer(), now=now())
    flash("Les clés sont remises, l’état des lieux reste à signer. Le prochain point-étape est prévu dans l’agenda.", "fine")
    return redirect(url_for("rentals.show", booking_id=booking_id), code=303)


@pages.get("/p/<slug>/bookings/<int:booking_id>/check-in")
@allow(*ADVISERS)
def check_in(booking_id: int, form: Form | None = None) -> str:
    """The vehicle is back: the same look, beside what was known."""
    rental = open_rental(booking_id, page="check_in")
    return render_template("fleet/check_in.html", is_open=may(TAKE_BACK, rental.booking.status), **_page(rental, form, CHECK_IN))


@pages.post("/p/<slug>/bookings/<int:booking_id>/check-in")
@allow(*ADVISERS)
@or_again(check_in)
def take_keys_back(booking_id: int) -> ResponseReturnValue:
    """The keys are back; the report is signed before the person leaves."""
    rental = open_rental(booking_id, page="check_in")
    take_back(booking_id, **from_look(CheckSchema(), rental), by=viewer(), now=now())
    due_cents = balance_cents(rental.booking.account_id) if rental.booking.account_id else 0
    left = f"Le compte doit encore {euros(due_cents)}. " if due_cents > 0 else ""
    flash(f"Le véhicule est rendu et libre dès maintenant. {left}Avant que la personne parte, faites-lui signer l’état des lieux.", "fine")
    report = list_conditions(booking_id)[-1]
    return redirect(url_for("report_signatures.show", booking_id=booking_id, report_id=report.id), code=303)


@pages.get("/p/<slug>/bookings/<int:booking_id>/condition-reports/<int:report_id>.pdf")
@allow(*ADVISERS, Role.BENEFICIARY)
def paper(booking_id: int, report_id: int) -> Response:
    """A condition report on paper, for advisers and for its own person."""
    rental = open_rental(booking_id, page="condition_report")
    report = report_paper(get_report(report_id, rental), rental)
    return pdf(condition_report_pdf(report), f"etat-des-lieux-{report.number}")


def _page(rental: Rental, form: Form | None, moment: str) -> dict[str, Any]:
    known, vehicle = known_zones(rental.vehicle.id), rental.vehicle
    values = {f"zone_{code}": known.get(code, FINE) for code, _ in rental.kind.zones} | {"version": rental.booking.version}
    return {
        "rental": rental,
        "form": form or Form(values=values),
        "last_km": last_km(vehicle.id),
        "asks_km": vehicle.kind not in WITHOUT_ODOMETER,
        "level": level_asked(vehicle.energy),
        "checklist": list_asked(vehicle.kind, moment, today()),
        "look": marks_of(vehicle, form),
        "mark_words": WORDS,
        "states": list(STATE_NAMES.items()),
        "founds": [(code, words.capitalize()) for code, words in FOUND_NAMES.items()],
        "levels": [(code, words.capitalize()) for code, words in level_names(vehicle.energy).items()],
    }
