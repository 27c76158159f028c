"""Changing a booking in two steps: what it would cost or change, then the act (extend, renew, shorten, shift, swap…)."""

from collections.abc import Callable, Mapping
from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from marshmallow import Schema

from fleet.actions import changes
from fleet.actions.wishes import is_away
from fleet.checks import CHECK_IN
from fleet.lifecycle import EXTEND, NEW_CHAIN, RENEW, SHIFT, SHORTEN, SPLIT, SWAP
from fleet.models import Booking
from fleet.queries.applicants import driver_of
from fleet.queries.changes import Preview, preview
from fleet.queries.contracts import waits_for_signature
from fleet.queries.free import list_other_vehicles
from fleet.queries.readings import last_km
from fleet.queries.rentals import get_rental
from fleet.queries.vehicles import full_name, get_vehicle
from fleet.schemas.bookings import (
    ChangeSchema,
    NewChainSchema,
    NewReturnSchema,
    ShiftBookingSchema,
    SplitBookingSchema,
    SwapVehicleSchema,
    VersionSchema,
)
from fleet.views.booking import pages, show
from fleet.views.looks import asked_of, from_look
from fleet.views.report_signatures import to_sign
from mobility.clock import now
from mobility.errors import DomainError
from mobility.models import Beneficiary
from mobility.periods import Period, say_moment
from mobility.queries.people import get_beneficiary
from mobility.rights import Role
from mobility.web.access import allow
from mobility.web.forms import Form, load, or_again, refused
from mobility.web.looks import look
from mobility.web.viewer import viewer

TITLES = {
    EXTEND: "Prolonger",
    RENEW: "Renouveler",
    SHORTEN: "Raccourcir",
    SPLIT: "Couper en deux",
    SHIFT: "Changer les dates",
    SWAP: "Changer de véhicule",
    NEW_CHAIN: "Commencer une nouvelle suite",
}
_ASKED = ("starts_at", "ends_at", "at", "vehicle_id", "reason")


@pages.get("/p/<slug>/bookings/<int:booking_id>/change")
@allow(Role.ADVISER, Role.MANAGER)
def change(booking_id: int) -> ResponseReturnValue:
    """What the change would cost, and the button that sends it; refused, the booking's page with what was typed."""
    if "act" not in request.args:  # its address alone asks nothing
        return redirect(url_for("bookings.show", booking_id=booking_id))
    return _priced(booking_id, request.args["act"], request.args)


def _priced(booking_id: int, act: str, typed: Mapping[str, Any], form: Form | None = None) -> tuple[str, int]:
    asked = {"act": act} | {name: typed[name] for name in _ASKED if name in typed}
    if act == SPLIT:  # its page offers the vehicles beside the price of giving back the rest
        asked.pop("vehicle_id", None)
    try:
        found = preview(booking_id, **load(ChangeSchema(), asked), viewer=viewer(), now=now())
    except DomainError as error:
        if error.status not in (409, 422):
            raise
        g.refused = form or refused(error, request.values)  # said also where the booking has no form for it any more
        return show(booking_id, g.refused), error.status
    return _page(found, asked, form), 200


def _page(found: Preview, asked: dict[str, Any], form: Form | None) -> str:
    booking = found.booking
    person, vehicle = get_beneficiary(booking.beneficiary_id, viewer()), get_vehicle(booking.vehicle_id)
    look(person.id, page="booking")
    others = _others(found, person)
    going_on = {"vehicle_id": others[0][0]} if others else {}
    looks_over = found.act == SWAP and is_away(booking)
    asks = asked_of(vehicle, form, CHECK_IN) if looks_over else {"values": {}}
    return render_template(
        "fleet/booking_change.html",
        found=found,
        title=TITLES[found.act],
        booking=booking,
        person=person,
        name=full_name(vehicle),
        other=full_name(found.change.vehicle),
        asked={name: asked[name] for name in _ASKED if name in asked},
        form=form or Form(values=asks["values"] | going_on),
        asks=asks if looks_over else None,
        other_km=last_km(found.change.vehicle.id) if looks_over else None,
        others=others,
    )


def _others(found: Preview, person: Beneficiary) -> list[tuple[int, str, str]]:
    """The vehicles on which a booking cut in two could go on."""
    if found.act != SPLIT:
        return []
    rest = Period(starts_at=found.change.ends_at, ends_at=found.booking.ends_at)
    free = list_other_vehicles(found.booking, driver=driver_of(person), period=rest, now=now())
    return [(vehicle.id, full_name(vehicle), "Le prix reste le même.") for vehicle in free]


def _act(
    name: str, schema: type[Schema], act: Callable[..., Booking], say: Callable[[Booking], str], *, then: str = "bookings.show"
) -> None:
    """Hang one act: read its form, do it, say what follows; refused, its price comes again with what was typed."""

    def again(booking_id: int, form: Form) -> str:
        return _priced(booking_id, name, request.form, form)[0]

    def view(booking_id: int) -> ResponseReturnValue:
        typed = from_look(schema(), get_rental(booking_id, viewer()).person)
        booking = act(booking_id, **typed, by=viewer(), now=now())
        rental = get_rental(booking_id, viewer())
        said = f"{say(booking)} La nouvelle version du contrat est à signer." if waits_for_signature(rental) else say(booking)
        if rental.is_running and typed.get("zones"):
            return to_sign(booking_id, said)
        flash(said, "fine")
        return redirect(url_for(then, booking_id=booking_id), code=303)

    view.__name__, view.__doc__ = name, f"The act « {name} » of a booking."
    marked = allow(Role.ADVISER, Role.MANAGER)(or_again(again)(view))
    pages.post(f"/p/<slug>/bookings/<int:booking_id>/{name}", endpoint=name)(marked)


def _until(booking: Booking) -> str:
    return f"La réservation va jusqu’au {say_moment(booking.ends_at)}. {booking.price_sentence}."


def _from(booking: Booking) -> str:
    return f"La réservation commence le {say_moment(booking.starts_at)}. {booking.price_sentence}."


_act(EXTEND, NewReturnSchema, changes.extend, _until)
_act(RENEW, VersionSchema, changes.renew, _until, then="contracts.show")
_act(SHORTEN, NewReturnSchema, changes.shorten, _until)
_act(SHIFT, ShiftBookingSchema, changes.shift, _from)
_act(SPLIT, SplitBookingSchema, changes.split, lambda booking: f"La réservation est coupée en deux. {booking.price_sentence}.")
_act(NEW_CHAIN, NewChainSchema, changes.begin_chain, lambda booking: "Une nouvelle suite de contrats commence avec cette réservation.")
_act(SWAP, SwapVehicleSchema, changes.swap, lambda booking: "Le véhicule est changé ; le prix reste le même.")
