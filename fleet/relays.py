"""Whose kilometres: of those read on a vehicle that two people share, each has those of their own hours (docs/adr/0016)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from fleet.odometer import Leg, Reading, legs
from mobility.periods import ONE_DAY, Period, paris_day

AT_HAND = timedelta(minutes=30)  # how far from the hour a reading may be taken and still be that of the vehicle's passing on


@dataclass(frozen=True, kw_only=True)
class Held:
    """A stretch of one booking on the vehicle."""

    booking_id: int
    period: Period


@dataclass(frozen=True, kw_only=True)
class Share:
    """The kilometres of one booking, and those that nobody can give to one person: a reading is missing where the vehicle was passed on."""

    km: int
    unshared_km: int = 0


def share_of(booking_id: int, readings: Iterable[Reading], held: Sequence[Held]) -> Share:
    """What a booking drove between the readings of its vehicle. One that nobody held belongs to whoever held it last."""
    mine, unshared = 0, 0
    for leg in legs(readings):
        drivers = _drivers(leg, held)
        if drivers == {booking_id}:
            mine += leg.km
        elif booking_id in drivers:
            unshared += leg.km
    return Share(km=mine, unshared_km=unshared)


def day_from(booking_id: int, at: datetime, held: Sequence[Held], *, handed_over_at: datetime) -> date:
    """The first day whose kilometres come after a reading: its own, unless this person's hours of that day were under way before it."""
    mine = (max(one.period.starts_at, handed_over_at) for one in held if one.booking_id == booking_id)
    day = paris_day(at)
    return day + ONE_DAY if any(paris_day(began) == day and began < at - AT_HAND for began in mine) else day


def _drivers(leg: Leg, held: Sequence[Held]) -> set[int]:
    """The bookings whose hours a leg meets, a little of it left out at both ends."""
    first_at, second_at = leg.first.at + AT_HAND, leg.second.at - AT_HAND
    if first_at >= second_at:
        first_at = leg.first.at + (leg.second.at - leg.first.at) / 2
        second_at = first_at + timedelta.resolution
    if met := {one.booking_id for one in held if one.period.starts_at < second_at and first_at < one.period.ends_at}:
        return met
    before = [one for one in held if one.period.starts_at < second_at]
    return {max(before, key=lambda one: one.period.ends_at).booking_id} if before else set()
