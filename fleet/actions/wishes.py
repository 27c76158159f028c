"""What a change of a booking comes to, asked of the same rules by the act and by its preview, so that they cannot differ."""

from dataclasses import dataclass
from datetime import datetime

from fleet.actions.opening import check_fits, check_length, check_period
from fleet.hours import is_by_the_hour
from fleet.insurance import check_gaps
from fleet.lifecycle import CONFIRMED, EXTEND, HELD, LATE, NEW_CHAIN, OUT, RENEW, SHORTEN, SPLIT, SWAP, NotNow, after
from fleet.models import Booking, Vehicle
from fleet.patterns import check_shareable, hull_of
from fleet.queries.chain import chain_of, check_within, next_return_of, say_end
from fleet.queries.insurance import gaps_of
from fleet.queries.parts import last_vehicle, second_part
from mobility.db import db
from mobility.errors import RuleBroken
from mobility.models import Beneficiary
from mobility.periods import Period, paris_day

_LATER = "Pour prolonger, indiquez un retour plus tardif."
_SOONER = "Pour raccourcir, indiquez un retour plus proche, mais à venir."
CUT = "Cette réservation est déjà coupée en deux."
_PAST = "La date de retour est passée : prolongez d’abord la réservation."


@dataclass(frozen=True, kw_only=True)
class Change:
    """A booking as an act leaves it: its dates, its status, its vehicle; `needs` is the time that must be free on that vehicle."""

    starts_at: datetime
    ends_at: datetime
    status: str
    vehicle: Vehicle
    needs: Period | None = None


def longer(booking: Booking, person: Beneficiary, vehicle: Vehicle, *, ends_at: datetime, now: datetime) -> Change:
    """Until a later return, within the longest chain. Raises NotNow, RuleBroken with the way out beyond it."""
    status = after(EXTEND, booking.status)
    if ends_at <= booking.ends_at or ends_at <= now:
        raise RuleBroken(_LATER, field="ends_at")
    needs = Period(starts_at=booking.ends_at, ends_at=ends_at)
    check_shareable(booking.pattern, booking.programme, needs)
    needs = hull_of(booking.pattern, needs)
    ends_at = needs.ends_at
    if ends_at <= now:
        raise RuleBroken(_LATER, field="ends_at")
    check_within(chain_of(booking, now), paris_day(ends_at))
    vehicle = last_vehicle(booking, vehicle)
    check_length(booking.starts_at, ends_at, programme=booking.programme, now=now)
    check_fits(vehicle, needs, person, licence=_is_firm(booking), goes_on=True, now=now)
    return Change(starts_at=booking.starts_at, ends_at=ends_at, status=status, vehicle=vehicle, needs=needs)


def renewed(booking: Booking, person: Beneficiary, vehicle: Vehicle, *, now: datetime) -> Change:
    """Until the end of the next contract of the chain. Raises NotNow, RuleBroken, with the way out once the chain is at its end."""
    after(RENEW, booking.status)
    if is_by_the_hour(booking.programme):
        raise NotNow("Un prêt de quelques heures ne se renouvelle pas : faites une nouvelle réservation.")
    ends_at = next_return_of(booking, now)
    if ends_at is None:
        raise RuleBroken(say_end(chain_of(booking, now)))
    check_gaps(gaps_of(vehicle, paris_day(now)))
    return longer(booking, person, vehicle, ends_at=ends_at, now=now)


def shorter(booking: Booking, vehicle: Vehicle, *, ends_at: datetime, now: datetime) -> Change:
    """Until an earlier return. Raises NotNow, RuleBroken."""
    after(SHORTEN, booking.status)
    if not max(booking.starts_at, now) < ends_at < booking.ends_at:
        raise RuleBroken(_SOONER, field="ends_at")
    ends_at = hull_of(booking.pattern, Period(starts_at=booking.starts_at, ends_at=ends_at)).ends_at
    if ends_at <= now:  # the hours before it are over
        raise RuleBroken(_SOONER, field="ends_at")
    return Change(starts_at=booking.starts_at, ends_at=ends_at, status=booking.status, vehicle=vehicle)


def moved(booking: Booking, person: Beneficiary, vehicle: Vehicle, *, starts_at: datetime, ends_at: datetime, now: datetime) -> Change:
    """At other dates, before the keys, within the longest chain. Raises NotNow, RuleBroken."""
    if booking.status not in (HELD, CONFIRMED):
        raise NotNow("Le véhicule est déjà parti : prolongez ou raccourcissez la réservation.")
    if second_part(booking):
        raise NotNow(f"{CUT} Changez d’abord de véhicule, ou raccourcissez-la.")
    period = check_period(
        starts_at,
        ends_at,
        programme=booking.programme,
        pattern=booking.pattern,
        beneficiary_id=booking.beneficiary_id,
        apart_from=booking,
        anew=booking.new_chain_reason is not None,
        now=now,
    )
    check_fits(vehicle, period, person, licence=_is_firm(booking), goes_on=True, now=now)
    return Change(starts_at=period.starts_at, ends_at=period.ends_at, status=booking.status, vehicle=vehicle, needs=period)


def swapped(booking: Booking, person: Beneficiary, old: Vehicle, new: Vehicle, *, now: datetime) -> Change:
    """On another vehicle of the same kind, also in the middle of a rental. Raises NotNow, RuleBroken."""
    status = after(SWAP, booking.status)
    _check_other(old, new)
    needs = _left_of(booking, now)
    check_fits(new, needs, person, licence=_is_firm(booking), now=now)
    return Change(starts_at=booking.starts_at, ends_at=booking.ends_at, status=status, vehicle=new, needs=needs)


def next_swapped(booking: Booking, person: Beneficiary, new: Vehicle, *, now: datetime) -> Change:
    """Another vehicle than the one a cut booking was to go on with, from then on. Raises NotNow, RuleBroken."""
    second = second_part(booking)
    if second is None:
        raise NotNow("Cette réservation n’est pas coupée en deux.")
    _check_other(db.session.get_one(Vehicle, second.vehicle_id), new)
    if booking.ends_at <= now:
        raise RuleBroken(_PAST, field="vehicle_id")
    needs = Period(starts_at=max(second.starts_at, now), ends_at=booking.ends_at)
    check_fits(new, needs, person, licence=True, now=now)
    return Change(starts_at=booking.starts_at, ends_at=booking.ends_at, status=booking.status, vehicle=new, needs=needs)


def cut(booking: Booking, person: Beneficiary, old: Vehicle, new: Vehicle | None, *, at: datetime, now: datetime) -> Change:
    """In two at an instant: the rest on another vehicle of the same kind, or given back. Raises NotNow, RuleBroken."""
    status = after(SPLIT, booking.status)
    if booking.pattern is not None:
        raise NotNow("Une réservation partagée ne se coupe pas : changez de véhicule, ou raccourcissez-la.")
    if second_part(booking):
        raise NotNow(f"{CUT} Changez d’abord de véhicule, ou raccourcissez-la.")
    if not max(booking.starts_at, now) < at < booking.ends_at:
        raise RuleBroken("Coupez entre le départ et le retour, à un moment à venir.", field="at")
    if new is None:
        return shorter(booking, old, ends_at=at, now=now)
    _check_other(old, new)
    needs = Period(starts_at=at, ends_at=booking.ends_at)
    check_fits(new, needs, person, licence=True, now=now)
    return Change(starts_at=booking.starts_at, ends_at=booking.ends_at, status=status, vehicle=new, needs=needs)


def anew(booking: Booking, vehicle: Vehicle, *, now: datetime) -> Change:
    """As it is, at the beginning of a chain of contracts. Raises NotNow where it goes on with nothing."""
    status = after(NEW_CHAIN, booking.status)
    if not chain_of(booking, now).earlier:
        raise NotNow("Cette réservation ne continue aucune autre : une suite de contrats commence déjà avec elle.")
    return Change(starts_at=booking.starts_at, ends_at=booking.ends_at, status=status, vehicle=vehicle)


def _check_other(old: Vehicle, new: Vehicle) -> None:
    if new.id == old.id:
        raise RuleBroken("C’est déjà ce véhicule : choisissez-en un autre.", field="vehicle_id")
    if new.kind != old.kind:
        raise RuleBroken("Le prix a été convenu pour un autre type de véhicule : faites une nouvelle réservation.", field="vehicle_id")


def is_away(booking: Booking) -> bool:
    """Whether the person has the vehicle."""
    return booking.status in (OUT, LATE)


def _is_firm(booking: Booking) -> bool:
    """Whether the conditions were settled: an option asks them again when it is confirmed."""
    return booking.status != HELD


def _left_of(booking: Booking, now: datetime) -> Period:
    """What the other vehicle is held for: all of it before the keys, the rest of it afterwards."""
    if not is_away(booking):
        return Period(starts_at=booking.starts_at, ends_at=booking.ends_at)
    if booking.ends_at <= now:
        raise RuleBroken(_PAST, field="vehicle_id")
    return Period(starts_at=now, ends_at=booking.ends_at)
