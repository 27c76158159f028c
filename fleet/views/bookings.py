"""From a person to a booked vehicle: for whom, what and when, which one, on which conditions."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from billing.queries.declared import list_declared
from billing.queries.districts import find_declared, residence_on
from billing.queries.means import deposit_kinds_here
from billing.terms import BY_THE_HOUR, DAILY, LENDINGS, PROGRAMME_LABELS
from billing.tiers import QPV
from fleet.actions import bookings
from fleet.actions.eligibility import as_data
from fleet.actions.opening import check_period
from fleet.conditions import Wish
from fleet.hours import is_by_the_hour
from fleet.kinds import KINDS, get_kind
from fleet.lifecycle import HELD
from fleet.lists import BOOKINGS, BOOKINGS_BY_NUMBER
from fleet.models import Booking, Vehicle
from fleet.needs import NEEDS, Need
from fleet.patterns import WEEKDAY_NAMES, say_pattern
from fleet.queries.applicants import list_eligibility
from fleet.queries.bookings import all_bookings
from fleet.queries.chain import Chain, chain_from, following_deposit
from fleet.queries.kind_rules import usual_deposit_kind
from fleet.queries.prices import say_wish_price
from fleet.queries.standing import know
from fleet.queries.vehicles import full_name, get_vehicle
from fleet.queries.ways import offers_near
from fleet.renewal import NEW_CHAIN_REASONS
from fleet.schemas.bookings import BookingSchema, HoursQuerySchema, PointedVehicleSchema, WishQuerySchema
from fleet.schemas.patterns import EVERY, WEEKS, SharedHoursSchema
from fleet.views.conditions import beside_its_condition, condition_words, missing_of, typed_waivers
from mobility.clock import now, today
from mobility.codes import choices
from mobility.errors import DomainError, RuleBroken
from mobility.models import Beneficiary
from mobility.periods import ONE_DAY, PARIS, paris_day
from mobility.queries.people import get_beneficiary, search
from mobility.queries.sites import list_sites
from mobility.rights import STAFF, Role
from mobility.web.access import allow
from mobility.web.fields import QueryInput
from mobility.web.forms import Form, as_json, load, or_again, refused, shown
from mobility.web.lists import show
from mobility.web.looks import look
from mobility.web.viewer import viewer

pages = Blueprint("bookings", __name__)

_ALONG = ("kind", "site_id", "vehicle_id", "starts_at", "ends_at")  # what one page of the search hands to the next
_TYPED_AS = {"starts_at": "on", "ends_at": "to_time"}  # where the form of some hours asks a period


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
    along = {name: request.args[name] for name in _ALONG if name in request.args}
    found = search(words.replace("\x00", ""), viewer())
    return render_template("fleet/booking_who.html", form=Form(values={"q": words} | along), people=found, along=along)


@pages.get("/p/<slug>/people/<int:beneficiary_id>/bookings/new")
@allow(Role.ADVISER, Role.MANAGER)
def new(beneficiary_id: int) -> ResponseReturnValue:
    """What and when: a question in the address, answered with the free vehicles and their price."""
    person, typed = _person(beneficiary_id), shown(request.args)
    if is_by_the_hour(typed.get("programme", "")):
        return _answer(person, HoursQuerySchema(), {"on", "from_time", "to_time"}, _some_hours(typed))
    return _answer(person, PointedVehicleSchema(), {"starts_at", "ends_at"}, _usual() | typed)


def _answer(person: Beneficiary, schema: QueryInput, needed: set[str], typed: dict[str, str]) -> ResponseReturnValue:
    """The question alone while nobody has sent it; then the vehicles, or what is wrong with it.

    The board's address brings a period; only a kind, or the programme that the form always sends, makes it a question.
    """
    if not (request.args.keys() >= needed and request.args.keys() & {"kind", "programme"}):
        return _ask(person, Form(values=_declared(person) | typed))
    wish = None
    try:
        wish = load(schema, as_json(schema, request.args))
        return _ask(person, Form(values=typed), wish, _offers(person, **wish))
    except DomainError as error:
        form = refused(error, request.args)
        errors = {_TYPED_AS.get(name, name) if "on" in needed else name: sentence for name, sentence in form.errors.items()}
        return _ask(person, replace(form, errors=errors), wish), error.status


@pages.get("/p/<slug>/people/<int:beneficiary_id>/bookings/new/shared")
@allow(Role.ADVISER, Role.MANAGER)
def share(beneficiary_id: int) -> ResponseReturnValue:
    """At which hours, when somebody else has the vehicle at the others; the search goes on with them."""
    person, typed = _person(beneficiary_id), request.args
    along = {name: typed[name] for name in _ALONG if name in typed}
    if "from_time" not in typed:
        usual = {"weekdays": [str(day) for day in range(5)], "weeks": EVERY, "week_on": today() + ONE_DAY}
        return _ask_hours(person, along, Form(values=usual))
    asked = MultiDict((name, value) for name, value in typed.items(multi=True) if name not in along)
    try:
        hours = load(SharedHoursSchema(), as_json(SharedHoursSchema(), asked))
    except DomainError as error:
        return _ask_hours(person, along, refused(error, typed)), error.status
    return redirect(url_for("bookings.new", beneficiary_id=person.id, **along | hours))


def _ask_hours(person: Beneficiary, along: dict[str, str], form: Form) -> str:
    days = list(enumerate(WEEKDAY_NAMES))
    return render_template("fleet/booking_shared.html", person=person, along=along, form=form, days=days, weeks=list(WEEKS.items()))


@pages.get("/p/<slug>/people/<int:beneficiary_id>/bookings/new/<int:vehicle_id>")
@allow(Role.ADVISER, Role.MANAGER)
def choose(beneficiary_id: int, vehicle_id: int, form: Form | None = None) -> str:
    """On which conditions: the full list, and a place to waive what may be."""
    person, vehicle, wish = _person(beneficiary_id), get_vehicle(vehicle_id), load(WishQuerySchema(), request.args)
    new_chain = wish.pop("new_chain")
    asked = Wish(
        kind=vehicle.kind,
        first_on=paris_day(wish["starts_at"]),
        last_on=paris_day(wish["ends_at"]),
        gearbox=vehicle.gearbox or "manual",
    )
    conditions = list_eligibility(person, asked, programme=wish["programme"])
    chain = _chain(person, wish)
    return render_template(
        "fleet/booking_conditions.html",
        person=person,
        vehicle=vehicle,
        name=full_name(vehicle),
        wish=wish,
        hours=say_pattern(wish["pattern"]),
        chain=f"Une nouvelle suite de contrats commence : {NEW_CHAIN_REASONS[new_chain]}." if new_chain else chain.continues,
        follows=following_deposit([] if new_chain else chain.earlier),
        conditions=[as_data(found) for found in conditions],
        missing=missing_of(conditions, person.id, back=request.full_path),
        price=say_wish_price(person.id, vehicle.kind, **wish, viewer=viewer()),
        residence=residence_on(person.id, asked.first_on, declared=wish["qpv"]),
        form=form or Form(values={"deposit_kind": usual_deposit_kind(vehicle.kind, paris_day(wish["starts_at"]))}),
        deposit_kinds=[] if is_by_the_hour(wish["programme"]) else deposit_kinds_here(),
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


def _declared(person: Beneficiary) -> dict[str, str]:
    """What the liaison form says of their district is proposed; the adviser asks."""
    return {"qpv": "yes"} if find_declared(person.id) else {}


def _usual() -> dict[str, str]:
    start = today() + ONE_DAY
    return {"starts_at": f"{start}T09:00", "ends_at": f"{start + timedelta(days=28)}T09:00", "programme": "daily"}


def _chain(person: Beneficiary, wish: dict[str, Any]) -> Chain:
    """What the booking would go on with."""
    return chain_from(paris_day(wish["starts_at"]), wish["programme"], now(), beneficiary_id=person.id)


def _offers(
    person: Beneficiary, *, kind: str, site_id: int | None, vehicle_id: int | None, need: Need, new_chain: str | None = None, **wish: Any
) -> list[dict[str, Any]]:
    know(person.id)
    pattern = wish.get("pattern")
    theirs = {"programme": wish["programme"], "pattern": pattern, "beneficiary_id": person.id, "anew": new_chain is not None}
    period = check_period(wish["starts_at"], wish["ends_at"], **theirs, now=now())
    near = offers_near(person, kind, site_id, period, pattern=pattern, need=need, now=now())
    price = say_wish_price(person.id, kind, **wish, viewer=viewer())
    found = sorted(near.offers, key=lambda offer: offer.vehicle.id != vehicle_id)  # the one pointed at on the board comes first
    return [
        {"vehicle": o.vehicle, "name": full_name(o.vehicle), "offer": o, "price": price, "far": near.say(o), "whence": near.whence}
        for o in found
    ]


def _some_hours(typed: dict[str, str]) -> dict[str, str]:
    """What the form of some hours shows: tomorrow morning, or the period that an address already tells."""
    starts_at, ends_at = (typed.get(name, f"{today() + ONE_DAY}T{hour}") for name, hour in (("starts_at", "09:00"), ("ends_at", "11:00")))
    return {"on": starts_at[:10], "from_time": starts_at[11:16], "to_time": ends_at[11:16]} | typed


def _say_hours(pattern: str | None) -> str | None:
    """The hours of a sharing in words, when the address tells them well."""
    try:
        return say_pattern(pattern)
    except RuleBroken:
        return None


def _in_address(wish: dict[str, Any]) -> dict[str, str]:
    """A wish as the address of the next page tells it."""
    period = {name: wish[name].astimezone(PARIS).strftime("%Y-%m-%dT%H:%M") for name in ("starts_at", "ends_at")}
    shared = {name: wish[name] for name in ("pattern", "new_chain") if wish.get(name)}
    return period | {"programme": wish["programme"]} | ({"qpv": "yes"} if wish["qpv"] else {}) | shared


def _ask(person: Beneficiary, form: Form, wish: dict[str, Any] | None = None, offers: list[dict[str, Any]] | None = None) -> str:
    sites, hourly = list_sites(), is_by_the_hour(form.values.get("programme", ""))
    return render_template(
        "fleet/booking_new.html",
        person=person,
        form=form,
        offers=offers,
        hourly=hourly,
        continues=_chain(person, wish or {"starts_at": now() + ONE_DAY, "programme": DAILY}).continues,
        new_chains=choices(NEW_CHAIN_REASONS),
        hours=_say_hours(form.values.get("pattern")),
        residence=residence_on(person.id, paris_day(wish["starts_at"]) if wish else today(), declared=False),
        declared=find_declared(person.id),
        rights=[one for one in list_declared(person.id, today()) if one.code != QPV.code],
        chosen=_in_address(wish) if wish else {},
        kinds=[(kind.code, kind.name.capitalize()) for kind in KINDS],
        needs=choices(NEEDS),
        sites=[(site.id, site.name) for site in sites],
        site_names={site.id: site.name for site in sites},
        programmes=[(code, PROGRAMME_LABELS[code]) for code in (BY_THE_HOUR if hourly else LENDINGS)],
    )
