"""The planning board's rows: as tuples, in two statements whatever the fleet's size."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, bindparam, exists, func, or_, select

from fleet.availability import Occupied, free_windows
from fleet.blocks import BLOCK_REASONS
from fleet.board import Place, Stretch, lay
from fleet.lifecycle import LATE, OUT, STATUS_NAMES, WORKSHOP
from fleet.models import Block, Booking, Occupancy, Vehicle, is_holding
from fleet.queries.bookings import still_holds
from fleet.queries.free import is_held, is_lent
from fleet.queries.vehicles import all_vehicles
from fleet.vehicle_life import IN_SERVICE, spells_away
from mobility.db import Plain, this_platform
from mobility.models import Beneficiary, Site
from mobility.periods import ONE_DAY, PARIS, Period, instant_of, paris_day

FREE = "free"
Line = Row[*tuple[Any, ...]]
Link = Callable[[int, int | None], str]  # a vehicle and the booking that holds it, None for a block
_LIFE = (Vehicle.stage, Vehicle.in_service_on, Vehicle.out_of_service_on)
_REASONS = {code: words.capitalize() for code, words in BLOCK_REASONS.items()}


def on_board(first_on: date, weeks: int) -> Select[*tuple[Any, ...]]:
    """The vehicles in the fleet on some day of the board, each with its pole, as tuples."""
    last_on = first_on + timedelta(days=7 * weeks - 1)
    still_there = or_(Vehicle.out_of_service_on.is_(None), Vehicle.out_of_service_on > first_on)
    columns = (Vehicle.id, Vehicle.label, Vehicle.plate, Vehicle.kind, Vehicle.site_id, Site.name.label("site"), *_LIFE)
    return all_vehicles().filter(still_there, Vehicle.in_service_on <= last_on).with_only_columns(*columns)


def is_now(state: str, now: datetime) -> ColumnElement[bool]:
    """Whether a vehicle is in this state at this moment: free, or held in one of the ways of a booking or a block."""
    this_minute = Period(starts_at=now, ends_at=now + timedelta(minutes=1))
    if state == FREE:
        return and_(is_lent(this_minute, now), ~is_held(this_minute, now))
    begun = (Occupancy.vehicle_id == Vehicle.id, is_holding(), Occupancy.status == state, Occupancy.starts_at <= now)
    held = exists().where(*begun, or_(Occupancy.ends_at > now, Occupancy.status == LATE)).correlate(Vehicle)
    return or_(held, and_(~is_lent(this_minute, now), ~is_held(this_minute, now))) if state == WORKSHOP else held


def drawn_of(
    vehicles: Sequence[Line], first_on: date, weeks: int, *, with_names: bool, link: Link, now: datetime, clock: tzinfo = UTC
) -> dict[int, list[Stretch]]:
    """What the board draws of each vehicle: what holds it, and, where nothing does, that it is not there to be lent."""
    held = stretches_of(vehicles, first_on, weeks, with_names=with_names, link=link, now=now, clock=clock)
    after_on, today = first_on + 7 * weeks * ONE_DAY, paris_day(now)
    for one in vehicles:
        if one.stage == IN_SERVICE and one.in_service_on <= first_on and one.out_of_service_on is None:
            continue  # most of them
        for from_on, until_on, word in spells_away(
            one.stage, one.in_service_on, one.out_of_service_on, first_on=first_on, after_on=after_on, today=today
        ):
            spell = Period(starts_at=instant_of(from_on), ends_at=instant_of(until_on))
            busy = [Occupied(period=Period(starts_at=s.starts_at, ends_at=s.ends_at), status=s.status) for s in held[one.id]]
            for gap in free_windows(spell, busy):
                when = gap.starts_at.astimezone(clock), gap.ends_at.astimezone(clock)
                held[one.id].append(Stretch(*when, WORKSHOP, word.capitalize(), link(one.id, None)))
    return held


def board_rows(
    vehicles: Sequence[Line], first_on: date, weeks: int, *, with_names: bool, link: Link, now: datetime
) -> list[tuple[Line, list[Place]]]:
    """Each of these vehicles with its places; the rest as `stretches_of` takes it."""
    held = drawn_of(vehicles, first_on, weeks, with_names=with_names, link=link, now=now, clock=PARIS)
    here = now.astimezone(PARIS)
    return [(vehicle, lay(held[vehicle.id], first_on, weeks, now=here)) for vehicle in vehicles]


_HELD = Plain(
    select(
        Occupancy.vehicle_id,
        Occupancy.starts_at,
        func.coalesce(Occupancy.used_until, Occupancy.ends_at).label("ends_at"),
        Occupancy.status,
        Occupancy.booking_id,
        Booking.number,
        Booking.returned_at.is_not(None).label("is_back"),
        Booking.pattern.is_not(None).label("is_shared"),
        (Booking.vehicle_id != Occupancy.vehicle_id).label("elsewhere"),
        (Booking.ends_at > func.coalesce(Occupancy.used_until, Occupancy.ends_at)).label("goes_on"),
        Block.reason,
        Beneficiary.first_name,
    )
    .outerjoin(Booking, and_(Booking.id == Occupancy.booking_id, Booking.platform_id == this_platform()))
    .outerjoin(Block, and_(Block.id == Occupancy.block_id, Block.platform_id == this_platform()))
    .outerjoin(Beneficiary, and_(Beneficiary.id == Booking.beneficiary_id, Beneficiary.platform_id == this_platform()))
    .filter(Occupancy.platform_id == this_platform())
    .filter(Occupancy.vehicle_id.in_(bindparam("vehicle_ids", expanding=True)), is_holding())
    .filter(Occupancy.starts_at < bindparam("until"), Occupancy.ends_at > bindparam("since"))
    .filter(still_holds(bindparam("now")))
)


def stretches_of(
    vehicles: Sequence[Line], first_on: date, weeks: int, *, with_names: bool, link: Link, now: datetime, clock: tzinfo = UTC
) -> dict[int, list[Stretch]]:
    """What holds each vehicle; `with_names` shows first names, else booking numbers; `link` gives a stretch's page.

    The end of a shift is not the return of a shared vehicle: nobody drags it, nobody is awaited after it.
    """
    held: dict[int, list[Stretch]] = defaultdict(list)
    since, until = instant_of(first_on), instant_of(first_on + 7 * weeks * ONE_DAY)
    asked = {"vehicle_ids": [vehicle.id for vehicle in vehicles], "since": since, "until": until, "now": now}
    for line in _HELD(**asked):
        vehicle_id, starts_at, ends_at, status, booking_id, number, is_back, is_shared, elsewhere, goes_on, reason, first_name = line
        over = bool(is_back or elsewhere) and status in (OUT, LATE)  # the booking's return, or the keys exchanged for others
        if booking_id is None:
            label = _REASONS[reason]
        else:
            label = f"{first_name if with_names else number}, {'rendue' if over else STATUS_NAMES[status]}"
        changes = None if over or is_shared else booking_id
        when = starts_at.astimezone(clock), ends_at.astimezone(clock)
        parts = bool(goes_on), bool(elsewhere) and not over
        held[vehicle_id].append(Stretch(*when, status, label, link(vehicle_id, booking_id), changes, over or bool(is_shared), *parts))
    return held
