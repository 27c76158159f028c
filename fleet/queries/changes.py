"""What extending, renewing, shortening, moving or swapping a booking would do, before it is done: nothing is held, nothing written."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from fleet.actions.eligibility import waivers_of
from fleet.actions.wishes import Change, anew, cut, longer, moved, renewed, shorter, swapped
from fleet.conditions import MISSING, Wish
from fleet.lifecycle import EXTEND, NEW_CHAIN, RENEW, SHIFT, SHORTEN, SPLIT
from fleet.mileage import OVER, say_km
from fleet.models import Booking, Vehicle
from fleet.price_change import PriceChange
from fleet.queries.applicants import list_eligibility
from fleet.queries.bookings import get_booking
from fleet.queries.chain import chain_of
from fleet.queries.free import check_free
from fleet.queries.mileage import judge_until, mileage_of, told_chain
from fleet.queries.prices import total_of
from fleet.queries.vehicles import get_vehicle
from fleet.renewal import say_anew
from mobility.models import Beneficiary
from mobility.periods import paris_day
from mobility.queries.people import get_beneficiary
from mobility.rights import Viewer


@dataclass(frozen=True, kw_only=True)
class Preview:
    """The booking as the act would leave it, its price before and after, and what the adviser should know first; `notes` on its chain."""

    act: str
    booking: Booking
    change: Change
    price: PriceChange
    warnings: tuple[str, ...]
    notes: tuple[str, ...] = ()


def preview(
    booking_id: int,
    *,
    act: str,
    starts_at: datetime | None = None,
    ends_at: datetime | None = None,
    vehicle_id: int | None = None,
    at: datetime | None = None,
    reason: str | None = None,
    viewer: Viewer,
    now: datetime,
) -> Preview:
    """Raises what the act would raise: NotFound, NotNow, RuleBroken beside the field, VehicleTaken."""
    booking = get_booking(booking_id, viewer)
    person, vehicle = get_beneficiary(booking.beneficiary_id, viewer), get_vehicle(booking.vehicle_id)
    if act == RENEW:
        change = renewed(booking, person, vehicle, now=now)
    elif act == EXTEND:
        assert ends_at is not None
        change = longer(booking, person, vehicle, ends_at=ends_at, now=now)
    elif act == SHORTEN:
        assert ends_at is not None
        change = shorter(booking, vehicle, ends_at=ends_at, now=now)
    elif act == SHIFT:
        assert starts_at is not None and ends_at is not None
        change = moved(booking, person, vehicle, starts_at=starts_at, ends_at=ends_at, now=now)
    elif act == NEW_CHAIN:
        change = anew(booking, vehicle, now=now)
    elif act == SPLIT:
        assert at is not None
        change = cut(booking, person, vehicle, get_vehicle(vehicle_id) if vehicle_id else None, at=at, now=now)
    else:
        assert vehicle_id is not None
        change = swapped(booking, person, vehicle, get_vehicle(vehicle_id), now=now)
    if change.needs is not None:
        check_free(change.vehicle, change.needs, apart_from=booking, now=now)
    return Preview(
        act=act,
        booking=booking,
        change=change,
        price=_price(booking, vehicle, change),
        warnings=_warnings(booking, person, change),
        notes=_of_chain(booking, now) if act == NEW_CHAIN else (),
    )


def _price(booking: Booking, vehicle: Vehicle, change: Change) -> PriceChange:
    return PriceChange(
        before=total_of(booking, vehicle.kind, booking.starts_at, booking.ends_at),
        after=total_of(booking, change.vehicle.kind, change.starts_at, change.ends_at),
    )


def _of_chain(booking: Booking, now: datetime) -> tuple[str, ...]:
    """What a chain that begins with it changes: its last day, and the kilometres that count against the cap."""
    chain, mileage = told_chain(booking, now), mileage_of(booking)
    said = say_anew(
        chain.last_on,
        chain_of(booking, now, earlier=()).last_on,
        held=chain.days_held,
        km=say_km(Decimal(chain.km_before)) if chain.km_before else "",
    )
    own = [f"Le plafond ne compte plus que ses kilomètres : {mileage.rental.sentence}"] if mileage.is_capped and mileage.rental else []
    return (*said, *own, "Le prix ne change pas.")


def _warnings(booking: Booking, person: Beneficiary, change: Change) -> tuple[str, ...]:
    """What the act does not refuse, and somebody should have decided: conditions and kilometres."""
    return (*_missing(booking, person, change), *_too_far(booking, change))


def _missing(booking: Booking, person: Beneficiary, change: Change) -> list[str]:
    first_on, last_on = paris_day(change.starts_at), paris_day(change.ends_at)
    wish = Wish(kind=change.vehicle.kind, first_on=first_on, last_on=last_on, gearbox=change.vehicle.gearbox or "manual")
    asked = list_eligibility(person, wish, programme=booking.programme, job_id=booking.job_id, waivers=waivers_of(booking))
    return [f"Il manquerait {found.label} : {found.sentence}" for found in asked if found.state == MISSING]


def _too_far(booking: Booking, change: Change) -> list[str]:
    """Kilometres driven so far against what the new dates allow: over means a conversation, never a refusal (domain.md §10.4)."""
    judged = judge_until(booking, paris_day(change.ends_at))
    return [f"Au nouveau retour, {judged.sentence}"] if judged is not None and judged.state == OVER else []
