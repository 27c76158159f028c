"""Check-out and check-in: the vehicle looked over zone by zone, then the keys change hands."""

from dataclasses import replace
from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from billing.queries import balance_cents
from fleet.actions.handover import hand_over, look_over_left, take_back
from fleet.checks import CHECK_IN, CHECK_OUT
from fleet.documents.condition_report import condition_report_pdf
from fleet.lifecycle import HAND_OVER, TAKE_BACK, may
from fleet.queries.condition_papers import get_report, report_paper
from fleet.queries.condition_said import words_of
from fleet.queries.contracts import is_ready
from fleet.queries.rentals import Rental
from fleet.queries.vehicles import why_keys_stay
from fleet.schemas.rentals import CheckSchema, LeftLookSchema
from fleet.views.looks import asked_of, from_look
from fleet.views.rentals import ADVISERS, awaited_deposit, open_rental, pdf
from fleet.views.report_signatures import signed_on_device, to_sign
from mobility.clock import now
from mobility.money import euros
from mobility.queries.letterhead import person_of
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
    is_exchanged = rental.is_unseen
    page = _page(rental, form, CHECK_OUT)
    page["asks"]["asks_km"] &= not is_exchanged
    return render_template(
        "fleet/check_out.html",
        is_open=is_exchanged or may(HAND_OVER, rental.booking.status),
        is_exchanged=is_exchanged,
        kept=why_keys_stay(rental.vehicle, now()),
        is_ready=is_ready(rental),
        deposit=awaited_deposit(rental),
        **page,
    )


@pages.post("/p/<slug>/bookings/<int:booking_id>/check-out")
@allow(*ADVISERS)
@or_again(check_out)
def hand_keys_over(booking_id: int) -> ResponseReturnValue:
    """The keys go; or went with a swap, and their vehicle is looked over."""
    rental = open_rental(booking_id, page="check_out")
    was_running = rental.is_running
    seen = from_look(CheckSchema(), rental.person)
    hand_over(booking_id, **seen, by=viewer(), now=now())
    if "signed" in seen:
        return signed_on_device(booking_id, "L’état des lieux est noté." if was_running else "Les clés sont remises.")
    if was_running:
        return to_sign(booking_id, "L’état des lieux est noté.")
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
    seen = from_look(CheckSchema(), rental.person)
    take_back(booking_id, **seen, by=viewer(), now=now())
    due_cents = balance_cents(rental.booking.account_id) if rental.booking.account_id else 0
    left = f"Le compte doit encore {euros(due_cents)}. " if due_cents > 0 else ""
    then = signed_on_device if "signed" in seen else to_sign
    return then(booking_id, f"Le véhicule est rendu et libre dès maintenant. {left}".strip())


@pages.get("/p/<slug>/bookings/<int:booking_id>/given-back/<int:vehicle_id>")
@allow(*ADVISERS)
def given_back(booking_id: int, vehicle_id: int, form: Form | None = None) -> str:
    """A vehicle given back in exchange, where it broke down perhaps, looked over once it is there."""
    rental = open_rental(booking_id, page="check_in")
    is_open = rental.left is not None and rental.left.id == vehicle_id
    page = _page(replace(rental, vehicle=rental.left or rental.vehicle), form, CHECK_IN)
    page["asks"]["asks_km"] = False
    return render_template("fleet/given_back.html", is_open=is_open, **page)


@pages.post("/p/<slug>/bookings/<int:booking_id>/given-back/<int:vehicle_id>")
@allow(*ADVISERS)
@or_again(given_back)
def look_over(booking_id: int, vehicle_id: int) -> ResponseReturnValue:
    """Its look is kept; whoever gave it back signs it when they are there."""
    rental = open_rental(booking_id, page="check_in")
    look_over_left(booking_id, vehicle_id, **from_look(LeftLookSchema(), rental.person), by=viewer(), now=now())
    flash("L’état des lieux du véhicule rendu est noté.", "fine")
    return redirect(url_for("rentals.show", booking_id=booking_id), code=303)


@pages.get("/p/<slug>/bookings/<int:booking_id>/condition-reports/<int:report_id>.pdf")
@allow(*ADVISERS, Role.BENEFICIARY)
def paper(booking_id: int, report_id: int) -> Response:
    """A condition report on paper, for advisers and for its own person."""
    rental = open_rental(booking_id, page="condition_report")
    report = report_paper(get_report(report_id, rental), rental)
    return pdf(condition_report_pdf(report), f"etat-des-lieux-{report.number}")


def _page(rental: Rental, form: Form | None, moment: str) -> dict[str, Any]:
    asks = asked_of(rental.vehicle, form, moment)
    return {
        "rental": rental,
        "asks": asks,
        "form": form or Form(values=asks["values"] | {"version": rental.booking.version}),
        "signing": Form(values={"signed.signer_name": person_of(rental.person).full_name}, prefix="signing"),
        "said": words_of(rental, moment, asks, asks["look"]["known"]),
    }
