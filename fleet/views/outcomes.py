"""How a rental ended, and what is asked next: the exit assessment."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from assessments.queries import effectiveness_of
from fleet.actions.outcomes import record_outcome
from fleet.follow_up import LASTING_SOLUTIONS
from fleet.lifecycle import RETURN_REASONS
from fleet.queries.microcredits import find_paid
from fleet.queries.rentals import Rental, find_outcome
from fleet.schemas.rentals import OutcomeSchema
from fleet.views.rentals import ADVISERS, open_rental
from mobility.clock import now
from mobility.codes import JOB_KINDS, choices
from mobility.web.access import allow
from mobility.web.forms import Form, from_form, or_again
from mobility.web.viewer import viewer

pages = Blueprint("outcomes", __name__)


@pages.get("/p/<slug>/bookings/<int:booking_id>/outcome")
@allow(*ADVISERS)
def show(booking_id: int, form: Form | None = None) -> str:
    """Why it ended, which job, whether a lasting solution was found; then the way to the exit assessment."""
    rental = open_rental(booking_id, page="outcome")
    paid = find_paid(booking_id)
    return render_template(
        "fleet/outcome.html",
        rental=rental,
        outcome=find_outcome(booking_id),
        effectiveness=effectiveness_of(rental.person.id),
        paid=paid,
        form=form or Form(values=_found(rental) if paid else {}),
        **_words(),
    )


@pages.post("/p/<slug>/bookings/<int:booking_id>/outcome")
@allow(*ADVISERS)
@or_again(show)
def record(booking_id: int) -> ResponseReturnValue:
    """Say it once; the prescriber is told."""
    outcome = record_outcome(booking_id, **from_form(OutcomeSchema()), by=viewer(), now=now())
    left = " Le bilan de sortie reste à faire." if effectiveness_of(outcome.beneficiary_id) is None else ""
    flash(f"La fin est notée, le prescripteur est prévenu.{left}", "fine")
    return redirect(url_for("outcomes.show", booking_id=booking_id), code=303)


def _found(rental: Rental) -> dict[str, str]:
    """What a loan that was paid out leads to: a vehicle of their own."""
    return {"reason": "own_vehicle", "lasting_solution": "own_car" if rental.vehicle.kind == "car" else "own_two_wheeler"}


def _words() -> dict[str, Any]:
    return {"reasons": choices(RETURN_REASONS), "jobs": choices(JOB_KINDS), "solutions": choices(LASTING_SOLUTIONS)}
