"""One booking's page, and its acts: confirm, waive, extend, shorten, shift, swap, cancel."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from marshmallow import Schema

from billing.queries.districts import residence_on
from billing.queries.means import deposit_kinds_here
from billing.terms import PROGRAMME_LABELS
from fleet.actions import bookings, cancellations
from fleet.actions.eligibility import as_data, asked_again
from fleet.conditions import Condition
from fleet.eligibility import Waiver
from fleet.hours import is_by_the_hour
from fleet.lifecycle import (
    CANCEL_REASONS,
    CANCELLED_WORDS,
    HELD,
    LATE,
    NEW_CHAIN,
    NO_SHOW,
    OUT,
    RENEW,
    REOPEN,
    SPLIT,
    STATUS_NAMES,
    SWAP,
    is_same_day,
    is_unfetched,
    list_acts,
    may,
)
from fleet.models import Booking, Vehicle
from fleet.patterns import say_pattern
from fleet.queries.applicants import driver_of
from fleet.queries.bookings import get_booking
from fleet.queries.chain import chain_of, following_deposit
from fleet.queries.free import list_other_vehicles
from fleet.queries.hired import way_of
from fleet.queries.kind_rules import usual_deposit_kind
from fleet.queries.mileage import told_chain
from fleet.queries.parts import looks_due, second_part
from fleet.queries.rentals import Rental
from fleet.queries.rules import no_show_hours
from fleet.queries.vehicles import full_name, get_vehicle
from fleet.renewal import NEW_CHAIN_REASONS
from fleet.schemas.bookings import (
    CancelBookingSchema,
    ConfirmBookingSchema,
    VersionSchema,
    WaiveSchema,
)
from fleet.views.bookings import pages
from fleet.views.conditions import condition_words, missing_of
from fleet.views.rentals import next_act
from mobility.clock import now
from mobility.codes import choices
from mobility.models import Beneficiary
from mobility.periods import PARIS, Period, paris_day, say_moment
from mobility.queries.people import get_beneficiary
from mobility.rights import STAFF, Role
from mobility.web.access import allow
from mobility.web.forms import Form, from_form, or_again
from mobility.web.looks import look
from mobility.web.viewer import viewer

ACTS = ("confirm", "waive", "renew", "extend", "shorten", "shift", "split", "swap", "new_chain", "cancel", "no_show", "reopen")


@pages.get("/p/<slug>/bookings/<int:booking_id>")
@allow(*STAFF)
def show(booking_id: int, form: Form | None = None) -> str:
    """Where the booking stands, its price, its conditions, and what can be done now."""
    booking = get_booking(booking_id, viewer())
    person, vehicle = get_beneficiary(booking.beneficiary_id, viewer()), get_vehicle(booking.vehicle_id)
    look(person.id, page="booking")
    conditions = asked_again(booking, person, vehicle)
    rental = Rental(booking=booking, person=person, vehicle=vehicle, is_unseen=looks_due(booking)[0])
    return render_template(
        "fleet/booking.html",
        booking=booking,
        person=person,
        vehicle=vehicle,
        name=full_name(vehicle),
        forms=_forms(booking, form),
        conditions=[as_data(condition) for condition in conditions],
        missing=missing_of(conditions, person.id, back=url_for("bookings.show", booking_id=booking_id)),
        waiving=_waiving(conditions, form),
        acts=_acts(booking),
        next_act=next_act(rental) if booking.account_id else None,
        others=[(other.id, full_name(other)) for other in _others(booking, person)],
        **_told(booking, vehicle),
        residence=residence_on(person.id, paris_day(booking.handed_over_at or booking.starts_at), declared=True) if booking.qpv else None,
        status_name=STATUS_NAMES[booking.status],
        programme=PROGRAMME_LABELS[booking.programme],
        hourly=is_by_the_hour(booking.programme),
        deposit_kinds=deposit_kinds_here(),
        cancel_reasons=list(CANCEL_REASONS.items()),
        new_chains=choices(NEW_CHAIN_REASONS),
        cancelled_words=CANCELLED_WORDS,
        **condition_words(),
    )


def _act(name: str, schema: type[Schema], act: Callable[..., Booking], say: Callable[[Booking], str]) -> None:
    """Hang one act of the booking's page: read its form, do it, say what follows; refused, the page comes again."""

    def view(booking_id: int) -> ResponseReturnValue:
        booking = act(booking_id, **from_form(schema()), by=viewer(), now=now())
        flash(say(booking), "fine")
        return redirect(url_for("bookings.show", booking_id=booking_id), code=303)

    view.__name__, view.__doc__ = name, f"The act « {name} » of a booking."
    marked = allow(Role.ADVISER, Role.MANAGER)(or_again(show)(view))
    pages.post(f"/p/<slug>/bookings/<int:booking_id>/{name}", endpoint=name)(marked)


def _waive(booking_id: int, *, version: int | None, by: Any, now: Any, **waiver: str) -> Booking:
    return bookings.waive(booking_id, Waiver(**waiver), version=version, by=by, now=now)


_act("confirm", ConfirmBookingSchema, bookings.confirm, lambda booking: f"La réservation est confirmée. {booking.price_sentence}.")
_act("waive", WaiveSchema, _waive, lambda booking: "La dispense est notée.")
_act("cancel", CancelBookingSchema, bookings.cancel, lambda booking: "La réservation est annulée : le véhicule est libre.")
_act("no_show", VersionSchema, cancellations.no_show, lambda booking: "Le véhicule est de nouveau libre ; le prescripteur en est prévenu.")
_act("reopen", VersionSchema, cancellations.reopen, lambda booking: f"La réservation est reprise. {booking.price_sentence}.")


def _forms(booking: Booking, refused: Form | None) -> dict[str, Form]:
    """A form an act; the one that was refused keeps what was typed."""
    starts_at, ends_at = (at.astimezone(PARIS).strftime("%Y-%m-%dT%H:%M") for at in (booking.starts_at, booking.ends_at))
    tried = request.args.get("act") or (request.endpoint or "").partition(".")[2]
    usual = usual_deposit_kind(get_vehicle(booking.vehicle_id).kind, paris_day(booking.starts_at))
    forms = {act: Form(prefix=act, values={"starts_at": starts_at, "ends_at": ends_at, "deposit_kind": usual}) for act in ACTS}
    if refused is not None and tried in forms:
        forms[tried] = replace(refused, prefix=tried)
    return forms


def _waiving(conditions: Iterable[Condition], refused: Form | None) -> dict[str, Form]:
    """A form per condition that may be dispensed with; the sentence of a refusal stands beside its own."""
    tried = request.endpoint == "bookings.waive" and refused is not None
    forms = {condition.code: Form(prefix=f"waive-{condition.code}") for condition in conditions}
    if tried and refused is not None and (code := refused.values.get("code")) in forms:
        forms[code] = replace(refused, prefix=f"waive-{code}")
    return forms


def _acts(booking: Booking) -> list[str]:
    """The acts of this page that the status allows; moving the dates is for before the keys."""
    held_back = {
        NO_SHOW: not is_unfetched(booking.status, booking.starts_at, no_show_hours(now()), now()),
        SPLIT: second_part(booking) is not None or booking.pattern is not None,
        RENEW: is_by_the_hour(booking.programme),
        NEW_CHAIN: not chain_of(booking, now()).earlier,
        REOPEN: booking.cancelled_at is None or not is_same_day(booking.cancelled_at, now()),
    }
    allowed = [act for act in list_acts(booking.status) if act in ACTS and not held_back.get(act)]
    return [*allowed, "shift"] if "cancel" in allowed else allowed


def _others(booking: Booking, person: Beneficiary) -> list[Any]:
    starts_at = now() if booking.status in (OUT, LATE) else booking.starts_at
    if (
        not may(SWAP, booking.status)
        or booking.ends_at <= starts_at
        or person.birth_on is None
        or not viewer().may(Role.ADVISER, Role.MANAGER)
    ):
        return []
    period = Period(starts_at=starts_at, ends_at=booking.ends_at)
    second = second_part(booking)
    agreed = [get_vehicle(second.vehicle_id)] if second else []
    return agreed + list(list_other_vehicles(booking, driver=driver_of(person), period=period, now=now()))


def _told(booking: Booking, vehicle: Vehicle) -> dict[str, Any]:
    """What it goes on with, before and after, its hours, and the way its vehicle goes."""
    new_chain, chain = NEW_CHAIN_REASONS.get(booking.new_chain_reason or ""), told_chain(booking, now())
    said = f"Une nouvelle suite de contrats commence ici : {new_chain}." if new_chain else f"{chain.continues} {chain.sentence}"
    follows = following_deposit(chain.earlier) if booking.status == HELD else None
    shown = said if new_chain or chain.continues else ""
    told = {"way": way_of(booking, vehicle), "follows": follows}
    return told | {"then": _then(booking), "hours": say_pattern(booking.pattern), "chain": shown}


def _then(booking: Booking) -> tuple[str, str] | None:
    """What a booking cut in two goes on with, and from when."""
    second = second_part(booking)
    return (full_name(get_vehicle(second.vehicle_id)), say_moment(second.starts_at)) if second else None
