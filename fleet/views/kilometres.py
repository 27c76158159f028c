"""What kilometres ask for beside a reading: a doubt settled, a correction, a decision over the cap, a trip granted."""

from dataclasses import replace
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from fleet.actions.caps import decide, grant_trip
from fleet.actions.readings import confirm_reading, correct_reading
from fleet.follow_up import GRANT_REASONS
from fleet.mileage import DECISION_NAMES, STATE_NAMES
from fleet.queries.marks import photos_of_readings
from fleet.queries.mileage import mileage_of
from fleet.queries.readings import DOUBTFUL, get_reading
from fleet.schemas.rentals import CapDecisionSchema, GrantedTripSchema, ReadingConfirmationSchema, ReadingCorrectionSchema
from fleet.views.rentals import ADVISERS, open_rental
from mobility.clock import now, today
from mobility.codes import choices
from mobility.errors import NotFound
from mobility.web.access import allow
from mobility.web.forms import Form, from_form, or_again
from mobility.web.viewer import viewer

pages = Blueprint("kilometres", __name__)


@pages.get("/p/<slug>/bookings/<int:booking_id>/readings/<int:reading_id>")
@allow(*ADVISERS)
def reading(booking_id: int, reading_id: int, form: Form | None = None) -> str:
    """One reading: believe it with a reason when it is doubtful, or put it right."""
    rental = open_rental(booking_id, page="reading")
    found = get_reading(reading_id)
    if found.booking_id != booking_id:
        raise NotFound
    return render_template(
        "fleet/reading.html",
        rental=rental,
        reading=found,
        photo=photos_of_readings(booking_id).get(reading_id),
        is_doubtful=found.status == DOUBTFUL,
        **_forms(form, "confirm", "correct"),
    )


@pages.post("/p/<slug>/bookings/<int:booking_id>/readings/<int:reading_id>/confirmation")
@allow(*ADVISERS)
@or_again(reading)
def confirm(booking_id: int, reading_id: int) -> ResponseReturnValue:
    """The doubtful reading is right."""
    confirm_reading(booking_id, reading_id, **from_form(ReadingConfirmationSchema()), by=viewer(), now=now())
    flash("Le relevé est confirmé, les kilomètres sont recalculés.", "fine")
    return redirect(url_for("rentals.show", booking_id=booking_id), code=303)


@pages.post("/p/<slug>/bookings/<int:booking_id>/readings/<int:reading_id>/correction")
@allow(*ADVISERS)
@or_again(reading)
def correct(booking_id: int, reading_id: int) -> ResponseReturnValue:
    """The reading is put right; the first one stays in the history."""
    correct_reading(booking_id, reading_id, **from_form(ReadingCorrectionSchema()), by=viewer(), now=now())
    flash("Le relevé est corrigé, les kilomètres sont recalculés. L’ancien reste dans l’historique.", "fine")
    return redirect(url_for("rentals.show", booking_id=booking_id), code=303)


@pages.get("/p/<slug>/bookings/<int:booking_id>/cap")
@allow(*ADVISERS)
def cap(booking_id: int, form: Form | None = None) -> str:
    """The conversation over the cap, and the trips granted."""
    rental = open_rental(booking_id, page="cap")
    forms = _forms(form, "decision", "trip", usual={"on": today().isoformat()})
    return render_template("fleet/cap.html", rental=rental, mileage=mileage_of(rental.booking), **forms, **_words())


@pages.post("/p/<slug>/bookings/<int:booking_id>/cap/decision")
@allow(*ADVISERS)
@or_again(cap)
def decision(booking_id: int) -> ResponseReturnValue:
    """What was decided together; nothing is cut by itself."""
    decide(booking_id, **from_form(CapDecisionSchema()), by=viewer(), now=now())
    flash("La décision est notée.", "fine")
    return redirect(url_for("rentals.show", booking_id=booking_id), code=303)


@pages.post("/p/<slug>/bookings/<int:booking_id>/cap/trips")
@allow(*ADVISERS)
@or_again(cap)
def trip(booking_id: int) -> ResponseReturnValue:
    """A trip granted."""
    grant_trip(booking_id, **from_form(GrantedTripSchema()), by=viewer(), now=now())
    flash("Le trajet est accordé, le plafond est recalculé.", "fine")
    return redirect(url_for("rentals.show", booking_id=booking_id), code=303)


def _forms(refused: Form | None, *names: str, usual: dict[str, str] | None = None) -> dict[str, Any]:
    """A form an act; the one that was refused keeps what was typed, and says why above them all."""
    forms = {name: Form(prefix=name, values=usual or {}) for name in names}
    name = (request.endpoint or "").partition(".")[2]
    if refused is not None and name in forms:
        forms[name] = replace(refused, prefix=name)
    return {"forms": forms, "tried": forms.get(name, Form())}


def _words() -> dict[str, Any]:
    return {
        "cap_words": STATE_NAMES,
        "decisions": choices(DECISION_NAMES),
        "reasons": [choice for choice in choices(GRANT_REASONS) if choice[0] != "adjusted"],
    }
