"""Kilometres of a rental against its cap, for the last interval, since the keys, and for the chain it goes on with (domain.md §10.4)."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import groupby
from typing import Any, NamedTuple

from sqlalchemy import bindparam, select

from fleet.mileage import OVER, CapRule, Commute, GrantedTrip, MileageState, cap_km, judge_mileage
from fleet.models import Booking, CapDecision
from fleet.models import GrantedTrip as GrantedTripRow
from fleet.odometer import Reading, driven_km, list_standing
from fleet.queries.chain import Chain, chain_of, earlier_of
from fleet.queries.readings import ReadingRow, plain, readings_of
from fleet.queries.relays import chains_of, held_on
from fleet.relays import Held, Share, day_from, share_of
from mobility import practice
from mobility.db import Kept, Known, columns_of, db, this_one, this_platform
from mobility.periods import ONE_DAY, paris_day

TEN, HUNDRED = Decimal(10), Decimal(100)
WEEK = timedelta(days=7)
_DECIDED = Kept(select(CapDecision.booking_id, CapDecision.at).filter(CapDecision.booking_id.in_(bindparam("booking_ids", expanding=True))))


class Trip(NamedTuple):
    """A granted trip in plain columns."""

    booking_id: int
    on: date
    tenths: int
    reason: str


TRIPS = Known(
    GrantedTripRow,
    Trip,
    select(*columns_of(GrantedTripRow, Trip))
    .filter(GrantedTripRow.booking_id == this_one())
    .filter(GrantedTripRow.platform_id == this_platform()),
    latest_first=lambda trip: (trip.on, trip.tenths, trip.reason),
)
_TRIPS = Kept(select(*columns_of(GrantedTripRow, Trip)).filter(GrantedTripRow.booking_id.in_(bindparam("booking_ids", expanding=True))))
Read = tuple[int, list[Reading]]  # a vehicle, and its readings that stand, in the order of time


@dataclass(frozen=True, kw_only=True)
class Mileage:
    """Where a rental stands: each state None while two days have not been read.

    The interval is the last one read on one vehicle: after a swap the first vehicle's, until the second has been read on two days.

    `rental` counts since the keys; `chain` the rentals it goes on with too, and is the same where there is none.
    `since_on` is the interval's first day, `until_on` that of the last reading.
    `unshared_km` are those of a shared vehicle that nobody can give to one person.
    """

    interval: MileageState | None = None
    rental: MileageState | None = None
    chain: MileageState | None = None
    since_on: date | None = None
    until_on: date | None = None
    unshared_km: int = 0
    is_capped: bool = True

    @property
    def state(self) -> str | None:
        """The interval's state: it is what the conversation is about."""
        return self.interval.state if self.interval else None


def mileage_of(booking: Booking) -> Mileage:
    """The kilometres derived anew from the readings that stand."""
    return mileages_of([booking])[booking.id]


def mileages_of(bookings: Collection[Booking], own: Mapping[int, list[ReadingRow]] | None = None) -> dict[int, Mileage]:
    """The same of several rentals, in as many statements as of one, and one less where their `own` readings are at hand."""
    earlier = earlier_of([booking for booking in bookings if booking.cap_applies])
    before = {one.id: one for found in earlier.values() for one in found}
    if not before:
        return alone_of(bookings, own)
    told = alone_of(list({booking.id: booking for booking in [*before.values(), *bookings]}.values()))
    rule_on = _cap_rules()
    return {
        booking.id: _with_chain(told[booking.id], [told[one.id] for one in earlier.get(booking.id, ())], rule_on) for booking in bookings
    }


def _with_chain(mileage: Mileage, before: list[Mileage], rule_on: Callable[[date], CapRule]) -> Mileage:
    """The kilometres and the caps of a chain added up, each rental by its own way to work."""
    counted = [(each.rental, each.rental.cap_km, each.until_on) for each in [*before, mileage] if each.rental]
    capped = [(state.driven_km, cap, until_on) for state, cap, until_on in counted if cap is not None and until_on is not None]
    if not before or not capped:
        return mileage
    driven, caps, days = zip(*capped, strict=True)
    return replace(mileage, chain=judge_mileage(sum(driven, Decimal()), sum(caps, Decimal()), rule=rule_on(days[-1])))


def alone_of(
    bookings: Collection[Booking],
    own: Mapping[int, list[ReadingRow]] | None = None,
    trips: Mapping[int, list[GrantedTrip]] | None = None,
) -> dict[int, Mileage]:
    """Each rental by itself, since its own keys; a statement less where its `own` readings are at hand, and one where its `trips` are."""
    if not bookings:
        return {}
    ids = [booking.id for booking in bookings]
    readings, rule_on = dict(readings_of(ids) if own is None else own), _cap_rules()
    trips = _trips_of(ids) if trips is None else trips
    shared = [booking for booking in bookings if booking.pattern is not None]
    readings |= chains_of(shared, readings) if shared else {}
    held = held_on({row.vehicle_id for booking in shared for row in readings[booking.id]}) if shared else {}
    return {booking.id: _derive(booking, readings[booking.id], trips.get(booking.id, []), rule_on, held) for booking in bookings}


def _derive(
    booking: Booking,
    readings: list[ReadingRow],
    trips: list[GrantedTrip],
    rule_on: Callable[[date], CapRule],
    held: Mapping[int, Sequence[Held]],
) -> Mileage:
    by_vehicle = _standing_by_vehicle(readings)
    is_capped = booking.cap_applies and booking.one_way_tenths is not None
    if not by_vehicle:
        return Mileage(is_capped=is_capped)
    # Of a shared vehicle a week of readings is told, not the last hours: it is read whenever it passes on.
    last = _last_interval(by_vehicle, WEEK if booking.pattern else ONE_DAY)
    shares, days = [_driven(booking, each, held) for each in by_vehicle], _days(booking, by_vehicle[0], by_vehicle[-1], held)
    rental = _told(booking, sum(share.km for share in shares), days, trips, rule_on)
    return Mileage(
        interval=_told(booking, _driven(booking, last, held).km, _days(booking, last, last, held), trips, rule_on) if last else None,
        rental=rental,
        chain=rental,
        since_on=paris_day(last[1][0].at) if last else None,
        until_on=days[1],
        unshared_km=sum(share.unshared_km for share in shares),
        is_capped=is_capped,
    )


def _told(
    booking: Booking, driven: int, days: tuple[date, date], trips: list[GrantedTrip], rule_on: Callable[[date], CapRule]
) -> MileageState | None:
    """The kilometres against the cap of some days; None before a whole one."""
    return _judge(booking, driven, days, trips, rule_on) if days[0] < days[1] else None


def _days(booking: Booking, first: Read, last: Read, held: Mapping[int, Sequence[Held]]) -> tuple[date, date]:
    """The days that a cap counts, from the first reading to the last; who shares a vehicle reads it when their day is done."""
    ends = ((first[0], first[1][0]), (last[0], last[1][-1]))
    if booking.pattern is None or booking.handed_over_at is None:
        from_on, until_on = (paris_day(reading.at) for _, reading in ends)
    else:
        from_on, until_on = (day_from(booking.id, r.at, held[id_], handed_over_at=booking.handed_over_at) for id_, r in ends)
    return from_on, until_on


def _driven(booking: Booking, read: Read, held: Mapping[int, Sequence[Held]]) -> Share:
    """The kilometres between readings of one vehicle: all of them, or those of the booking's own hours."""
    vehicle_id, standing = read
    if booking.pattern is None:
        return Share(km=driven_km(standing))
    return share_of(booking.id, standing, held[vehicle_id])


def judge_until(booking: Booking, until_on: date) -> MileageState | None:
    """The kilometres read so far against the cap of the whole chain until a day ahead; None before two readings, or without a cap."""
    mileage = mileage_of(booking)
    if mileage.rental is None or mileage.chain is None or not mileage.is_capped or booking.handed_over_at is None:
        return None
    days, rule = (paris_day(booking.handed_over_at), until_on), cap_rule(until_on)
    own = cap_km(commutes_of(booking), *days, trips=_trips_of([booking.id]).get(booking.id, []), rule=rule)
    before = (mileage.chain.cap_km or 0) - (mileage.rental.cap_km or 0)
    return judge_mileage(mileage.chain.driven_km, own + before, rule=rule)


def told_chain(booking: Booking, now: datetime) -> Chain:
    """The chain of a booking as its page tells it, with the kilometres read of the rentals it goes on with."""
    mileage = mileage_of(booking)
    driven = [state.driven_km if state else 0 for state in (mileage.chain, mileage.rental)]
    return chain_of(booking, now, km_before=int(driven[0] - driven[1]))


def cap_since(booking: Booking, day: date, today: date) -> Decimal | None:
    """The kilometres allowed from the day of a reading to today; None where no cap counts them, or no day has passed.

    Of a shared vehicle nothing is said ahead: only the hours of the person's own will count.
    """
    is_capped = booking.cap_applies and booking.one_way_tenths is not None and booking.pattern is None
    if not is_capped or day >= today:
        return None
    return cap_km(commutes_of(booking), day, today, trips=_trips_of([booking.id]).get(booking.id, []), rule=cap_rule(today))


def snapshot(booking: Booking, readings: Collection[ReadingRow]) -> dict[str, Any] | None:
    """What a point-étape keeps of the kilometres as it saw them, in tenths; its trips are known (`TRIPS`) as well as all `readings`."""
    own = sorted((row for row in readings if row.booking_id == booking.id), key=lambda row: (row.read_at, row.id))
    state = alone_of([booking], {booking.id: own}, {booking.id: list(map(_trip, TRIPS(booking.id)))})[booking.id].interval
    if state is None:
        return None
    cap_tenths = None if state.cap_km is None else int(state.cap_km * TEN)
    return {"driven_km": int(state.driven_km), "cap_tenths": cap_tenths, "state": state.state, "sentence": state.sentence}


def needs_decision(booking: Booking) -> bool:
    """Whether the cap is passed and nobody has decided since the reading that showed it."""
    return booking.id in undecided([booking])


def undecided(bookings: Collection[Booking], own: Mapping[int, list[ReadingRow]] | None = None) -> dict[int, Mileage]:
    """The kilometres of those rentals whose cap is passed without a decision since the reading that showed it, by booking."""
    own = readings_of([booking.id for booking in bookings]) if own is None else own
    over = {id_: mileage for id_, mileage in alone_of(bookings, own).items() if mileage.state == OVER}
    if not over:
        return {}
    read_at = {id_: max(row.read_at for row in own[id_]) for id_ in over}
    settled = {decision.booking_id for decision in _DECIDED(booking_ids=list(over)) if decision.at >= read_at[decision.booking_id]}
    return {id_: mileage for id_, mileage in over.items() if id_ not in settled}


def cap_rule(day: date) -> CapRule:
    """The platform's factor and nearness on a day."""
    return _cap_rules()(day)


def _cap_rules() -> Callable[[date], CapRule]:
    factor_on, near_on = practice.reader_of("fleet.cap_percent"), practice.reader_of("fleet.cap_near_percent")
    return lambda day: CapRule(from_on=day, factor=Decimal(factor_on(day)) / HUNDRED, near_share=Decimal(near_on(day)) / HUNDRED)


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


def _trips_of(booking_ids: Collection[int]) -> dict[int, list[GrantedTrip]]:
    found: dict[int, list[GrantedTrip]] = {}
    for row in _TRIPS(booking_ids=list(booking_ids)):
        found.setdefault(row.booking_id, []).append(_trip(row))
    return found


def _trip(row: Any) -> GrantedTrip:
    return GrantedTrip(on=row.on, km=row.tenths / TEN, reason=row.reason)


def _standing_by_vehicle(rows: list[ReadingRow]) -> list[Read]:
    """A swap changes odometers: kilometres only count between readings of one vehicle."""
    return [(id_, standing) for id_, group in groupby(rows, key=lambda row: row.vehicle_id) if (standing := list_standing(plain(group)))]


def _last_interval(by_vehicle: list[Read], apart: timedelta) -> Read | None:
    """The readings between which the last kilometres on one vehicle are known, and that vehicle."""
    for vehicle_id, standing in reversed(by_vehicle):
        if start := _start_of_interval(standing, apart):
            return vehicle_id, standing[standing.index(start) :]
    return None


def _start_of_interval(standing: list[Reading], apart: timedelta) -> Reading | None:
    """The last reading so many days before the last one, else the first of an earlier day: a cap counts days."""
    last_on = paris_day(standing[-1].at)
    earlier = [reading for reading in standing if paris_day(reading.at) < last_on]
    return next((reading for reading in reversed(earlier) if paris_day(reading.at) <= last_on - apart), earlier[0] if earlier else None)


def _judge(
    booking: Booking, driven: int, days: tuple[date, date], trips: list[GrantedTrip], rule_on: Callable[[date], CapRule]
) -> MileageState:
    if not (booking.cap_applies and booking.one_way_tenths is not None):
        return judge_mileage(Decimal(driven), None)
    rule = rule_on(days[1])
    return judge_mileage(Decimal(driven), cap_km(commutes_of(booking), *days, trips=trips, rule=rule), rule=rule)
