"""Kilometres of a rental against its cap, for the last interval and for the chain since the handover (domain.md §10.4)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import groupby
from typing import Any

from sqlalchemy import select

from fleet.mileage import OVER, CapRule, Commute, GrantedTrip, MileageState, cap_km, judge_mileage
from fleet.models import Booking, CapDecision
from fleet.models import GrantedTrip as GrantedTripRow
from fleet.odometer import Reading, driven_km, list_standing
from fleet.queries.readings import list_readings, plain
from mobility import practice
from mobility.db import db
from mobility.periods import paris_day

TEN, HUNDRED = Decimal(10), Decimal(100)


@dataclass(frozen=True, kw_only=True)
class Mileage:
    """Where a rental stands: each state None while two days have not been read, the interval's on the vehicle now held.

    `since_on` is the interval's first day.
    """

    interval: MileageState | None = None
    chain: MileageState | None = None
    since_on: date | None = None
    is_capped: bool = True

    @property
    def state(self) -> str | None:
        """The interval's state: it is what the conversation is about."""
        return self.interval.state if self.interval else None


def mileage_of(booking: Booking) -> Mileage:
    """The kilometres derived anew from the readings that stand."""
    by_vehicle = _standing_by_vehicle(booking)
    is_capped = booking.cap_applies and booking.one_way_tenths is not None
    if not by_vehicle:
        return Mileage(is_capped=is_capped)
    last = by_vehicle[-1]
    start, first_on, until_on = _start_of_interval(last), paris_day(by_vehicle[0][0].at), paris_day(last[-1].at)
    chain_km = sum(driven_km(readings) for readings in by_vehicle)
    return Mileage(
        interval=_judge(booking, last[-1].km - start.km, paris_day(start.at), until_on) if start else None,
        chain=_judge(booking, chain_km, first_on, until_on) if first_on < until_on else None,
        since_on=paris_day(start.at) if start else None,
        is_capped=is_capped,
    )


def snapshot(mileage: Mileage) -> dict[str, Any] | None:
    """What a point-étape keeps of the kilometres as it saw them, in tenths."""
    state = mileage.interval
    if state is None:
        return None
    cap_tenths = None if state.cap_km is None else int(state.cap_km * TEN)
    return {"driven_km": int(state.driven_km), "cap_tenths": cap_tenths, "state": state.state, "sentence": state.sentence}


def needs_decision(booking: Booking) -> bool:
    """Whether the cap is passed and nobody has decided since the reading that showed it."""
    if mileage_of(booking).state != OVER:
        return False
    read_at = max(row.read_at for row in list_readings(booking_id=booking.id))
    return not any(decision.at >= read_at for decision in list_decisions(booking.id))


def cap_rule(day: date) -> CapRule:
    """The platform's factor and nearness on a day."""
    factor = Decimal(practice.value_on("fleet.cap_percent", day)) / HUNDRED
    return CapRule(from_on=day, factor=factor, near_share=Decimal(practice.value_on("fleet.cap_near_percent", day)) / HUNDRED)


def commutes_of(booking: Booking) -> tuple[Commute, ...]:
    """The way to work as frozen on the booking; none while its distance is not known."""
    if booking.one_way_tenths is None:
        return ()
    weekdays = frozenset(day for day in range(7) if booking.weekdays & 1 << day)
    return (
        Commute(from_on=paris_day(booking.starts_at) - timedelta(days=366), one_way_km=booking.one_way_tenths / TEN, weekdays=weekdays),
    )


def list_trips(booking_id: int) -> Sequence[GrantedTripRow]:
    """The trips granted on a rental, by day."""
    return db.session.scalars(
        select(GrantedTripRow).filter(GrantedTripRow.booking_id == booking_id).order_by(GrantedTripRow.on, GrantedTripRow.id)
    ).all()


def list_decisions(booking_id: int) -> Sequence[CapDecision]:
    """What was decided about kilometres, the latest first."""
    return db.session.scalars(
        select(CapDecision).filter(CapDecision.booking_id == booking_id).order_by(CapDecision.at.desc(), CapDecision.id.desc())
    ).all()


def _standing_by_vehicle(booking: Booking) -> list[list[Reading]]:
    """A swap changes odometers: kilometres only count between readings of one vehicle."""
    rows = list_readings(booking_id=booking.id)
    return [standing for _, group in groupby(rows, key=lambda row: row.vehicle_id) if (standing := list_standing(plain(group)))]


def _start_of_interval(standing: list[Reading]) -> Reading | None:
    """The reading before the last one, of an earlier day: a cap counts days."""
    earlier = [reading for reading in standing if paris_day(reading.at) < paris_day(standing[-1].at)]
    return earlier[-1] if earlier else None


def _judge(booking: Booking, driven: int, first: date, second: date) -> MileageState:
    if not (booking.cap_applies and booking.one_way_tenths is not None):
        return judge_mileage(Decimal(driven), None)
    rule = cap_rule(second)
    trips = [GrantedTrip(on=t.on, km=t.tenths / TEN, reason=t.reason) for t in list_trips(booking.id)]
    return judge_mileage(Decimal(driven), cap_km(commutes_of(booking), first, second, trips=trips, rule=rule), rule=rule)
