"""Ordering a booking's vehicle of its hirer."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from billing.hires import UNITS, number_of
from billing.queries.hires import list_hirers
from billing.schemas.hires import OrderSchema
from fleet.actions.hired import order_vehicle
from fleet.queries.bookings import get_booking
from fleet.queries.vehicles import full_name, get_vehicle
from mobility.clock import now
from mobility.periods import paris_day
from mobility.queries.people import get_beneficiary
from mobility.rights import Role
from mobility.web.access import allow
from mobility.web.forms import Form, from_form, or_again
from mobility.web.looks import look
from mobility.web.viewer import viewer

pages = Blueprint("hired", __name__)
ORDERERS = (Role.ADVISER, Role.MANAGER)


@pages.get("/p/<slug>/bookings/<int:booking_id>/hire")
@allow(*ORDERERS)
def new(booking_id: int, form: Form | None = None) -> str:
    """The order's form, for the days of the booking, of the company the vehicle is noted to be."""
    booking = get_booking(booking_id, viewer())
    look(booking.beneficiary_id, page="hire")
    vehicle, found = get_vehicle(booking.vehicle_id), list_hirers()
    lessor = next((line.hirer.id for line in found if line.hirer.name.casefold() == (vehicle.lessor or "").casefold()), "")
    first_on, last_on = paris_day(booking.handed_over_at or booking.starts_at), paris_day(booking.ends_at)
    usual = {"first_on": first_on.isoformat(), "last_on": last_on.isoformat(), "hirer_id": lessor, "unit": "day", "names_person": "yes"}
    return render_template(
        "fleet/hire_new.html",
        booking=booking,
        person=get_beneficiary(booking.beneficiary_id, viewer()),
        name=full_name(vehicle),
        hirers=[(line.hirer.id, line.hirer.name) for line in found],
        units=list(UNITS.items()),
        may_add=viewer().may(Role.MANAGER),
        form=form or Form(values=usual),
    )


@pages.post("/p/<slug>/bookings/<int:booking_id>/hire")
@allow(*ORDERERS)
@or_again(new)
def order(booking_id: int) -> ResponseReturnValue:
    """Order it."""
    placed = order_vehicle(booking_id, **from_form(OrderSchema()), by=viewer(), now=now())
    flash(f"La commande {number_of(placed.number)} est faite : imprimez-la et envoyez-la au loueur.", "fine")
    return redirect(url_for("hires.show", hire_id=placed.id), code=303)
