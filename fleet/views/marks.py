"""A vehicle's marks by themselves, and a rental's vehicle as it left beside as it came back."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from fleet.actions.marks import mend_mark
from fleet.checks import CHECK_IN, CHECK_OUT, SIGNED_HOW, STATE_NAMES, SWAP, UNSIGNED, level_asked, level_names
from fleet.marks import KIND_NAMES, ZONE_NAMES, sketch_of
from fleet.queries.checklists import found_by
from fleet.queries.marks import compare_looks, list_marks, photos_of_marks
from fleet.queries.readings import list_readings
from fleet.queries.rentals import Rental
from fleet.queries.vehicles import get_vehicle
from fleet.views.rentals import ADVISERS, open_rental
from mobility.clock import now
from mobility.rights import Role
from mobility.web.access import allow
from mobility.web.tongue import in_every_tongue
from mobility.web.viewer import viewer

pages = Blueprint("marks", __name__)
WORDS = {"kinds": KIND_NAMES, "zones": ZONE_NAMES}


@pages.get("/p/<slug>/vehicles/<int:vehicle_id>/marks")
@allow(*ADVISERS, Role.MECHANIC)
def of_vehicle(vehicle_id: int) -> str:
    """What is known of a vehicle, and what was mended."""
    vehicle = get_vehicle(vehicle_id)
    rows = list_marks(vehicle_id)
    return render_template(
        "fleet/vehicle_marks.html",
        vehicle=vehicle,
        sketch=sketch_of(vehicle.kind),
        standing=[mark for mark in rows if mark.gone_at is None],
        gone=[mark for mark in rows if mark.gone_at is not None],
        pictures=photos_of_marks([mark.id for mark in rows]),
        words=WORDS,
    )


@pages.post("/p/<slug>/vehicles/<int:vehicle_id>/marks/<int:mark_id>/mended")
@allow(*ADVISERS, Role.MECHANIC)
def mended(vehicle_id: int, mark_id: int) -> ResponseReturnValue:
    """A mark is gone: the next look over the vehicle no longer shows it."""
    mend_mark(vehicle_id, mark_id, by=viewer(), now=now())
    flash("La marque est réparée : elle ne sera plus montrée.", "fine")
    return redirect(url_for("marks.of_vehicle", vehicle_id=vehicle_id), code=303)


@pages.get("/p/<slug>/bookings/<int:booking_id>/condition")
@allow(*ADVISERS)
def compare(booking_id: int) -> str:
    """Out and in, side by side."""
    return _compare(open_rental(booking_id, page="condition"), "fleet/condition.html")


@pages.get("/p/<slug>/me/condition/<int:booking_id>")
@allow(Role.BENEFICIARY)
@in_every_tongue
def own(booking_id: int) -> str:
    """One's own vehicle as it left and as it came back."""
    return _compare(open_rental(booking_id, page="condition"), "fleet/own_condition.html")


def _compare(rental: Rental, template: str) -> str:
    looks = compare_looks(rental)
    read = {row.source: row.km for row in list_readings(booking_id=rental.booking.id) if row.vehicle_id == rental.vehicle.id}
    return render_template(
        template,
        rental=rental,
        looks=looks,
        sketch=sketch_of(rental.vehicle.kind),
        words=WORDS | {"states": STATE_NAMES, "levels": level_names(rental.vehicle.energy), "signed": SIGNED_HOW, "unsigned": UNSIGNED},
        checks={"left": found_by(looks.left, rental.vehicle.kind), "back": found_by(looks.back, rental.vehicle.kind)},
        level=level_asked(rental.vehicle.energy),
        km={"left": read.get(CHECK_OUT, read.get(SWAP)), "back": read.get(CHECK_IN)},
        meters={"left": looks.of_readings.get(CHECK_OUT), "back": looks.of_readings.get(CHECK_IN)},
    )
