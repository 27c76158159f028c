"""Bookings as JSON: the pages' actions and schemas."""

from collections.abc import Sequence
from typing import Any

from flask import Response, jsonify

from billing.queries.districts import residence_on
from fleet.actions import bookings, cancellations, changes
from fleet.actions.eligibility import as_data
from fleet.actions.modes import choose_mode
from fleet.actions.opening import check_period, look_at
from fleet.conditions import Wish
from fleet.eligibility import Waiver
from fleet.lists import BOOKINGS_BY_NUMBER
from fleet.models import Booking, ModeChoice
from fleet.queries.applicants import list_eligibility
from fleet.queries.bookings import all_bookings, get_booking
from fleet.queries.chain import Chain
from fleet.queries.changes import Preview, preview
from fleet.queries.mileage import told_chain
from fleet.queries.modes import list_choices
from fleet.queries.parts import looks_due
from fleet.queries.prices import say_wish_price
from fleet.queries.standing import know
from fleet.queries.vehicles import full_name, get_vehicle
from fleet.queries.ways import FROM_HOME, FROM_SITE, Answer, ask_ways, offers_near
from fleet.schemas import booking_answers as out
from fleet.schemas import bookings as shapes
from fleet.schemas.ways import ChosenSchema, ModeChoiceOut, WaysOut, WaysSchema
from mobility.clock import now
from mobility.periods import paris_day
from mobility.queries.people import get_beneficiary
from mobility.rights import FILE_READERS, STAFF, Role
from mobility.web.access import allow
from mobility.web.api import Blueprint
from mobility.web.first_look import looking_first
from mobility.web.lists import list_of, told
from mobility.web.looks import look
from mobility.web.viewer import viewer

blp = Blueprint("bookings_api", __name__, url_prefix="/api/v1/p/<slug>", description="Réservations")


@blp.get("/free-vehicles")
@blp.arguments(shapes.FreeForSchema, location="query")
@blp.response(200, out.OfferOut(many=True))
@allow(Role.ADVISER, Role.MANAGER)
def free(asked: dict[str, Any]) -> Response:
    """The vehicles nothing holds over the period, those that fit this person first, the nearest first, with the price.

    With a `pattern`, those that are free in its hours. Where none fits at the pole asked for, those of the other poles come too, by
    their distance from it.
    """
    person = get_beneficiary(asked.pop("beneficiary_id"), viewer())
    look(person.id, page="booking")
    know(person.id)
    kind, site_id = asked.pop("kind"), asked.pop("site_id")
    pattern, anew, need = asked["pattern"], asked.pop("new_chain") is not None, asked.pop("need")
    theirs = {"programme": asked["programme"], "pattern": pattern, "beneficiary_id": person.id, "anew": anew}
    period = check_period(asked["starts_at"], asked["ends_at"], **theirs, now=now())
    price = say_wish_price(person.id, kind, **asked, viewer=viewer())
    near = offers_near(person, kind, site_id, period, pattern=pattern, need=need, now=now())
    offers = [
        {
            "vehicle_id": offer.vehicle.id,
            "label": full_name(offer.vehicle),
            "site_id": offer.vehicle.site_id,
            "gearbox": offer.vehicle.gearbox,
            "fits": offer.fits,
            "reasons": [obstacle.sentence for obstacle in offer.obstacles],
            "doubts": [doubt.sentence for doubt in offer.doubts],
            "price_sentence": price,
            "from_home": near.say(offer) if near.whence == FROM_HOME else None,
            "from_site": near.say(offer) if near.whence == FROM_SITE else None,
        }
        for offer in near.offers
    ]
    return jsonify(offers)  # as they are: to pass two hundred of them through their shape costs more than to find them


@blp.get("/people/<int:beneficiary_id>/ways")
@blp.arguments(WaysSchema, location="query")
@blp.response(200, WaysOut)
@allow(Role.ADVISER, Role.MANAGER)
def ways(asked: dict[str, Any], beneficiary_id: int) -> Answer:
    """What could carry this person to this work at these hours: every kind, the greenest first, with what is missing."""
    person = get_beneficiary(beneficiary_id, viewer())
    look(person.id, page="booking")
    return ask_ways(person, **asked, now=now())


@blp.post("/people/<int:beneficiary_id>/mode-choices")
@blp.arguments(WaysSchema, location="query")
@blp.arguments(ChosenSchema)
@blp.response(201, ModeChoiceOut)
@allow(Role.ADVISER, Role.MANAGER)
def choose_way(question: dict[str, Any], chosen: dict[str, Any], beneficiary_id: int) -> ModeChoice:
    """Keep the way that the person chose among those of the same question."""
    return choose_mode(beneficiary_id, **chosen, **question, by=viewer(), now=now())


@blp.get("/people/<int:beneficiary_id>/mode-choices")
@blp.response(200, ModeChoiceOut(many=True))
@allow(Role.ADVISER, Role.MANAGER, Role.BENEFICIARY)
def chosen_ways(beneficiary_id: int) -> Sequence[ModeChoice]:
    """What the person chose, the latest first."""
    person = get_beneficiary(beneficiary_id, viewer())
    look(person.id, page="booking")
    return list_choices(person.id)


@blp.get("/eligibility")
@blp.arguments(shapes.EligibilitySchema, location="query")
@blp.response(200, out.EligibilityOut)
@allow(Role.ADVISER, Role.MANAGER)
def eligibility(asked: dict[str, Any]) -> dict[str, Any]:
    """The full list of what is met and missing, and the price."""
    person, vehicle = get_beneficiary(asked.pop("beneficiary_id"), viewer()), get_vehicle(asked.pop("vehicle_id"))
    look(person.id, page="booking")
    del asked["new_chain"]  # no condition and no price depends on it
    days = paris_day(asked["starts_at"]), paris_day(asked["ends_at"])
    wish = Wish(kind=vehicle.kind, first_on=days[0], last_on=days[1], gearbox=vehicle.gearbox or "manual")
    return {
        "conditions": [as_data(condition) for condition in list_eligibility(person, wish, programme=asked["programme"])],
        "price_sentence": say_wish_price(person.id, vehicle.kind, **asked, viewer=viewer()),
        "residence": residence_on(person.id, days[0], declared=asked["qpv"]),
    }


@blp.get("/bookings")
@blp.arguments(BOOKINGS_BY_NUMBER.schema(), location="query")
@blp.response(200, list_of(out.BookingOut))
@allow(*STAFF)
def index(asked: dict[str, Any]) -> dict[str, Any]:
    """The bookings, the latest start first, fifty a page."""
    return told(BOOKINGS_BY_NUMBER, all_bookings(), asked, lambda row: _readable(row[0]))


@blp.post("/bookings")
@blp.arguments(shapes.BookingSchema)
@blp.response(201, out.BookingOut)
@allow(Role.ADVISER, Role.MANAGER)
@looking_first(lambda asked: look_at(asked["vehicle_id"], asked["starts_at"], asked["ends_at"], pattern=asked["pattern"], now=now()))
def create(asked: dict[str, Any]) -> Booking:
    """Book a vehicle, or hold it for a while."""
    return bookings.book(**asked, by=viewer(), now=now())


@blp.get("/bookings/<int:booking_id>")
@blp.response(200, out.ShownBookingOut)
@allow(*STAFF)
def show(booking_id: int) -> dict[str, Any]:
    """One booking, and which of its vehicles nobody has looked over since an exchange."""
    booking = get_booking(booking_id, viewer())
    look(booking.beneficiary_id, page="booking")
    is_due, left_id = looks_due(booking)
    return _readable(booking) | {"is_unseen": is_due, "left_vehicle_id": left_id}


@blp.get("/bookings/<int:booking_id>/chain")
@blp.response(200, out.ChainOut)
@allow(Role.ADVISER, Role.MANAGER)
def chain(booking_id: int) -> Chain:
    """How far the chain of a booking may reach, and what it goes on with."""
    booking = get_booking(booking_id, viewer())
    look(booking.beneficiary_id, page="booking")
    return told_chain(booking, now())


@blp.post("/bookings/<int:booking_id>/confirm")
@blp.arguments(shapes.ConfirmBookingSchema)
@blp.response(200, out.BookingOut)
@allow(Role.ADVISER, Role.MANAGER)
def confirm(asked: dict[str, Any], booking_id: int) -> Booking:
    """Make a hold firm."""
    return bookings.confirm(booking_id, **asked, by=viewer(), now=now())


@blp.post("/bookings/<int:booking_id>/waivers")
@blp.arguments(shapes.WaiveSchema)
@blp.response(200, out.BookingOut)
@allow(Role.ADVISER, Role.MANAGER)
def waive(asked: dict[str, Any], booking_id: int) -> Booking:
    """Dispense with one condition."""
    version = asked.pop("version")
    return bookings.waive(booking_id, Waiver(**asked), version=version, by=viewer(), now=now())


@blp.get("/bookings/<int:booking_id>/change")
@blp.arguments(shapes.ChangeSchema, location="query")
@blp.response(200, out.ChangeOut)
@allow(Role.ADVISER, Role.MANAGER)
def change(asked: dict[str, Any], booking_id: int) -> Preview:
    """What extending, renewing, shortening, shifting, splitting, swapping or a chain of its own would change, before it is sent."""
    found = preview(booking_id, **asked, viewer=viewer(), now=now())
    look(found.booking.beneficiary_id, page="booking")
    return found


@blp.post("/bookings/<int:booking_id>/extend")
@blp.arguments(shapes.NewReturnSchema)
@blp.response(200, out.BookingOut)
@allow(Role.ADVISER, Role.MANAGER)
def extend(asked: dict[str, Any], booking_id: int) -> Booking:
    """Hold the vehicle longer."""
    return changes.extend(booking_id, **asked, by=viewer(), now=now())


@blp.post("/bookings/<int:booking_id>/renew")
@blp.arguments(shapes.VersionSchema)
@blp.response(200, out.BookingOut)
@allow(Role.ADVISER, Role.MANAGER)
def renew(asked: dict[str, Any], booking_id: int) -> Booking:
    """The next contract of the chain, up to the platform's longest."""
    return changes.renew(booking_id, **asked, by=viewer(), now=now())


@blp.post("/bookings/<int:booking_id>/shorten")
@blp.arguments(shapes.NewReturnSchema)
@blp.response(200, out.BookingOut)
@allow(Role.ADVISER, Role.MANAGER)
def shorten(asked: dict[str, Any], booking_id: int) -> Booking:
    """Give back the end."""
    return changes.shorten(booking_id, **asked, by=viewer(), now=now())


@blp.post("/bookings/<int:booking_id>/shift")
@blp.arguments(shapes.ShiftBookingSchema)
@blp.response(200, out.BookingOut)
@allow(Role.ADVISER, Role.MANAGER)
def shift(asked: dict[str, Any], booking_id: int) -> Booking:
    """Move it to other dates."""
    return changes.shift(booking_id, **asked, by=viewer(), now=now())


@blp.post("/bookings/<int:booking_id>/split")
@blp.arguments(shapes.SplitBookingSchema)
@blp.response(200, out.BookingOut)
@allow(Role.ADVISER, Role.MANAGER)
def split(asked: dict[str, Any], booking_id: int) -> Booking:
    """Cut it in two: the rest on another vehicle, or given back."""
    return changes.split(booking_id, **asked, by=viewer(), now=now())


@blp.post("/bookings/<int:booking_id>/swap")
@blp.arguments(shapes.SwapVehicleSchema)
@blp.response(200, out.BookingOut)
@allow(Role.ADVISER, Role.MANAGER)
def swap(asked: dict[str, Any], booking_id: int) -> Booking:
    """Another vehicle of the same kind."""
    return changes.swap(booking_id, **asked, by=viewer(), now=now())


@blp.post("/bookings/<int:booking_id>/new-chain")
@blp.arguments(shapes.NewChainSchema)
@blp.response(200, out.BookingOut)
@allow(Role.ADVISER, Role.MANAGER)
def new_chain(asked: dict[str, Any], booking_id: int) -> Booking:
    """Let a chain of contracts begin with it, for a reason."""
    return changes.begin_chain(booking_id, **asked, by=viewer(), now=now())


@blp.post("/bookings/<int:booking_id>/cancel")
@blp.arguments(shapes.CancelBookingSchema)
@blp.response(200, out.BookingOut)
@allow(Role.ADVISER, Role.MANAGER)
def cancel(asked: dict[str, Any], booking_id: int) -> Booking:
    """Cancel it before the keys."""
    return bookings.cancel(booking_id, **asked, by=viewer(), now=now())


@blp.post("/bookings/<int:booking_id>/no-show")
@blp.arguments(shapes.VersionSchema)
@blp.response(200, out.BookingOut)
@allow(Role.ADVISER, Role.MANAGER)
def no_show(asked: dict[str, Any], booking_id: int) -> Booking:
    """Nobody came for the vehicle: release it, and tell the prescriber."""
    return cancellations.no_show(booking_id, **asked, by=viewer(), now=now())


@blp.post("/bookings/<int:booking_id>/reopen")
@blp.arguments(shapes.VersionSchema)
@blp.response(200, out.BookingOut)
@allow(Role.ADVISER, Role.MANAGER)
def reopen(asked: dict[str, Any], booking_id: int) -> Booking:
    """Take it up again on the day it was cancelled, when the vehicle is still free."""
    return cancellations.reopen(booking_id, **asked, by=viewer(), now=now())


def _readable(booking: Booking) -> dict[str, Any]:
    """The whole of it, or what a mechanic needs: which vehicle, when; not what the person pays, nor on which conditions."""
    names = out.WHOLE if viewer().may(*FILE_READERS) else out.FOR_THE_WORKSHOP
    return {name: getattr(booking, name) for name in names}
