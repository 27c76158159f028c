"""The page by which a person sends their kilometres from their phone."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from fleet.actions.own_readings import DECLARED, declare_reading, waits_already
from fleet.actions.photos import ODOMETER
from fleet.queries.readings import last_km, list_doubtful
from fleet.schemas.rentals import DeclaredReadingSchema
from fleet.views.rentals import open_rental
from mobility.actions.attachments import keep_attachment
from mobility.clock import now
from mobility.rights import Role
from mobility.tongues import say
from mobility.web.access import allow
from mobility.web.forms import Form, from_form, or_again
from mobility.web.tongue import in_every_tongue
from mobility.web.viewer import viewer

pages = Blueprint("own_readings", __name__)


@pages.get("/p/<slug>/me/kilometres/<int:booking_id>")
@allow(Role.BENEFICIARY)
@in_every_tongue
def show(booking_id: int, form: Form | None = None) -> str:
    """What the odometer showed last, and the place to send what it shows now."""
    rental = open_rental(booking_id, page="reading")
    waiting = next((one for one in list_doubtful(booking_id) if one.source == DECLARED), None)
    known = last_km(rental.vehicle.id)
    closed = waits_already(rental.booking)
    return render_template("fleet/own_reading.html", rental=rental, form=form or Form(), waiting=waiting, closed=closed, last_km=known)


@pages.post("/p/<slug>/me/kilometres/<int:booking_id>")
@allow(Role.BENEFICIARY)
@in_every_tongue
@or_again(show)
def send(booking_id: int) -> ResponseReturnValue:
    """Send it, with the picture that the form brings."""
    told, picture = from_form(DeclaredReadingSchema()), request.files.get("odometer_picture")
    if picture is not None and picture.filename:
        person = open_rental(booking_id, page="reading").person
        kept = keep_attachment(
            picture.read(), kind=ODOMETER.code, beneficiary_id=person.id, field="odometer_picture", by=viewer(), now=now()
        )
        told["odometer_photo"] = kept.id
    declare_reading(booking_id, **told, field="odometer_picture", by=viewer(), now=now())
    flash(say("Merci : votre conseiller regarde la photo, puis vos kilomètres sont comptés."), "fine")
    return redirect(url_for("own_space.show"), code=303)
