"""From a person to a booked vehicle: for whom, what and when, which one, on which conditions."""

from datetime import timedelta
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from billing.deposits import DEPOSIT_KIND_LABELS
from billing.terms import PROGRAMME_LABELS
from fleet.actions import bookings
from fleet.actions.eligibility import as_data
from fleet.actions.opening import check_period
from fleet.conditions import Wish
from fleet.kinds import KINDS, USUAL_DEPOSIT, get_kind
from fleet.lifecycle import HELD
from fleet.lists import BOOKINGS, BOOKINGS_BY_NUMBER
from fleet.models import Booking, Vehicle
from fleet.queries.applicants import driver_of, list_eligibility
from fleet.queries.bookings import all_bookings
from fleet.queries.free import find_bar, free_vehicles
from fleet.queries.prices import say_wish_price
from fleet.queries.vehicles import full_name, get_vehicle
from fleet.queries.ways import distances_from_home, nearest_first
from fleet.schemas.bookings import BookingSchema, PointedVehicleSchema, WishQuerySchema
from fleet.views.conditions import beside_its_condition, condition_words, missing_of, typed_waivers
from mobility.clock import now, today
from mobility.errors import DomainError, RuleBroken
from mobility.models import Beneficiary
from mobility.periods import ONE_DAY, paris_day
from mobility.queries.files import list_sites
from mobility.queries.people import get_beneficiary, search
from mobility.rights import STAFF, Role
from mobility.web.access import allow
from mobility.web.forms import Form, as_json, load, or_again, refused
from mobility.web.lists import show
from mobility.web.looks import look
from mobility.web.viewer import viewer

pages = Blueprint("bookings", __name__)


@pages.get("/p/<slug>/bookings")
@allow(*STAFF)
def index() -> ResponseReturnValue:
    """The bookings, the latest first; those who do not book read people's numbers."""
    return show(BOOKINGS if viewer().may(Role.ADVISER, Role.MANAGER) else BOOKINGS_BY_NUMBER, all_bookings(), "fleet/bookings.html")


@pages.get("/p/<slug>/bookings/new")
@allow(Role.ADVISER, Role.MANAGER)
def who() -> str:
    """For whom: look the person up; what the board already knows goes along."""
    words = request.args.get("q", "")[:80]
    along = {name: request.args[name] for name in ("kind", "site_id", "vehicle_id", "starts_at", "ends_at") if name in request.args}
    found = search(words.replace("\x00", ""), viewer())
    return render_template("fleet/booking_who.html", form=Form(values={"q": words} | along), people=found, along=along)


@pages.get("/p/<slug>/people/<int:beneficiary_id>/bookings/new")
@allow(Role.ADVISER, Role.MANAGER)
def new(beneficiary_id: int) -> ResponseReturnValue:
    """What and when: a question in the address, answered with the free vehicles and their price."""
    person = _person(beneficiary_id)
    if not ({"kind", "starts_at", "ends_at"} <= request.args.keys()):
        return _ask(person, Form(values=_usual() | request.args.to_dict()))
    try:
        offers = _offers(person, **load(PointedVehicleSchema(), request.args))
    except DomainError as error:
        return _ask(person, refused(error, request.args)), error.status
    return _ask(person, Form(values=request.args.to_dict()), offers)


@pages.get("/p/<slug>/people/<int:beneficiary_id>/bookings/new/<int:vehicle_id>")
@allow(Role.ADVISER, Role.MANAGER)
def choose(beneficiary_id: int, vehicle_id: int, form: Form | None = None) -> str:
    """On which conditions: the full list, and a place to waive what may be."""
    person, vehicle, wish = _person(beneficiary_id), get_vehicle(vehicle_id), load(WishQuerySchema(), request.args)
    asked = Wish(
        kind=vehicle.kind,
        first_on=paris_day(wish["starts_at"]),
        last_on=paris_day(wish["ends_at"]),
        gearbox=vehicle.gearbox or "manual",
    )
    conditions = list_eligibility(person, asked, programme=wish["programme"])
    return render_template(
        "fleet/booking_conditions.html",
        person=person,
        vehicle=vehicle,
        name=full_name(vehicle),
        wish=wish,
        conditions=[as_data(found) for found in conditions],
        missing=missing_of(conditions, person.id, back=request.full_path),
        price=say_wish_price(person.id, vehicle.kind, **wish, viewer=viewer()),
        form=form or Form(values={"deposit_kind": USUAL_DEPOSIT}),
        deposit_kinds=list(DEPOSIT_KIND_LABELS.items()),
        **condition_words(),
    )


@pages.post("/p/<slug>/people/<int:beneficiary_id>/bookings/new/<int:vehicle_id>")
@allow(Role.ADVISER, Role.MANAGER)
@or_again(choose)
def create(beneficiary_id: int, vehicle_id: int) -> ResponseReturnValue:
    """Book it, or hold it while a condition is being settled."""
    typed = _typed() | {"beneficiary_id": beneficiary_id, "vehicle_id": vehicle_id}
    try:
        booking = bookings.book(**load(BookingSchema(), typed), by=viewer(), now=now())
    except RuleBroken as fault:
        raise beside_its_condition(fault, typed["waivers"]) from fault
    flash(_said(booking, get_vehicle(booking.vehicle_id)), "fine")
    return redirect(url_for("bookings.show", booking_id=booking.id), code=303)


def _said(booking: Booking, vehicle: Vehicle) -> str:
    kind = get_kind(vehicle.kind)
    done = "en option" if booking.status == HELD else "réservée" if kind.feminine else "réservé"
    return f"{kind.the.capitalize()} est {done}. {booking.price_sentence}."


def _typed() -> dict[str, Any]:
    plain = MultiDict((name, value) for name, value in request.form.items(multi=True) if not name.startswith("waive-"))
    schema = BookingSchema()
    return as_json(schema, request.args) | as_json(schema, plain) | {"waivers": typed_waivers(request.form)}


def _person(beneficiary_id: int) -> Beneficiary:
    person = get_beneficiary(beneficiary_id, viewer())
    look(person.id, page="booking")
    return person


def _usual() -> dict[str, str]:
    start = today() + ONE_DAY
    return {"starts_at": f"{start}T09:00", "ends_at": f"{start + timedelta(days=28)}T09:00", "programme": "daily"}


def _offers(person: Beneficiary, *, kind: str, site_id: int | None, vehicle_id: int | None, **wish: Any) -> list[dict[str, Any]]:
    period = check_period(wish["starts_at"], wish["ends_at"], now=now())
    free = free_vehicles(kind, site_id, period, driver=driver_of(person), now=now(), bar=find_bar(person.id, kind))
    price = say_wish_price(person.id, kind, **wish, viewer=viewer())
    far = distances_from_home(person)
    found = nearest_first(free, far)
    found.sort(key=lambda offer: offer.vehicle.id != vehicle_id)  # the one pointed at on the board comes first
    return [
        {"vehicle": o.vehicle, "name": full_name(o.vehicle), "offer": o, "price": price, "far": far.get(o.vehicle.site_id)} for o in found
    ]


def _ask(person: Beneficiary, form: Form, offers: list[dict[str, Any]] | None = None) -> str:
    sites = list_sites()
    return render_template(
        "fleet/booking_new.html",
        person=person,
        form=form,
        offers=offers,
        kinds=[(kind.code, kind.name.capitalize()) for kind in KINDS],
        sites=[(site.id, site.name) for site in sites],
        site_names={site.id: site.name for site in sites},
        programmes=list(PROGRAMME_LABELS.items()),
    )
