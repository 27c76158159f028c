"""The planning board's rows: as tuples, in two statements whatever the fleet's size."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, exists, func, or_, select

from fleet.blocks import BLOCK_REASONS
from fleet.board import Place, Stretch, lay
from fleet.lifecycle import LATE, OUT, STATUS_NAMES
from fleet.models import Block, Booking, Occupancy, Vehicle, is_holding
from fleet.queries.bookings import still_holds
from fleet.queries.free import is_held
from fleet.queries.vehicles import all_vehicles
from mobility.db import db
from mobility.models import Beneficiary, Site
from mobility.periods import ONE_DAY, Period, instant_of

FREE = "free"
Line = Row[*tuple[Any, ...]]
Link = Callable[[Line], str]


def on_board(first_on: date, weeks: int) -> Select[*tuple[Any, ...]]:
    """The vehicles in the fleet on some day of the board, each with its pole, as tuples."""
    last_on = first_on + timedelta(days=7 * weeks - 1)
    still_there = or_(Vehicle.out_of_service_on.is_(None), Vehicle.out_of_service_on > first_on)
    columns = (Vehicle.id, Vehicle.label, Vehicle.plate, Vehicle.kind, Vehicle.site_id, Site.name.label("site"))
    return all_vehicles().filter(still_there, Vehicle.in_service_on <= last_on).with_only_columns(*columns)


def is_now(state: str, now: datetime) -> ColumnElement[bool]:
    """Whether a vehicle is in this state at this moment: free, or held in one of the ways of a booking or a block."""
    if state == FREE:
        return ~is_held(Period(starts_at=now, ends_at=now + timedelta(minutes=1)), now)
    begun = (Occupancy.vehicle_id == Vehicle.id, is_holding(), Occupancy.status == state, Occupancy.starts_at <= now)
    return exists().where(*begun, or_(Occupancy.ends_at > now, Occupancy.status == LATE)).correlate(Vehicle)


def board_rows(
    vehicles: Sequence[Line], first_on: date, weeks: int, *, with_names: bool, link: Link, now: datetime
) -> list[tuple[Line, list[Place]]]:
    """Each of these vehicles with its places; the rest as `stretches_of` takes it."""
    held = stretches_of(vehicles, first_on, weeks, with_names=with_names, link=link, now=now)
    return [(vehicle, lay(held[vehicle.id], first_on, weeks, now=now)) for vehicle in vehicles]


def stretches_of(
    vehicles: Sequence[Line], first_on: date, weeks: int, *, with_names: bool, link: Link, now: datetime
) -> dict[int, list[Stretch]]:
    """What holds each vehicle; `with_names` shows first names, else booking numbers; `link` gives a stretch's page."""
    held: dict[int, list[Stretch]] = defaultdict(list)
    period = Period(starts_at=instant_of(first_on), ends_at=instant_of(first_on + 7 * weeks * ONE_DAY))
    for line in _held([vehicle.id for vehicle in vehicles], period, now):
        held[line.vehicle_id].append(_stretch(line, with_names, link))
    return held


def _held(vehicle_ids: list[int], period: Period, now: datetime) -> list[Line]:
    return list(
        db.session.execute(
            select(
                Occupancy.vehicle_id,
                Occupancy.starts_at,
                func.coalesce(Occupancy.used_until, Occupancy.ends_at).label("ends_at"),
                Occupancy.status,
                Occupancy.booking_id,
                Booking.number,
                Booking.returned_at,
                Block.reason,
                Beneficiary.first_name,
            )
            .join(Booking, Booking.id == Occupancy.booking_id, isouter=True)
            .join(Block, Block.id == Occupancy.block_id, isouter=True)
            .join(Beneficiary, Beneficiary.id == Booking.beneficiary_id, isouter=True)
            .filter(Occupancy.vehicle_id.in_(vehicle_ids), is_holding())
            .filter(Occupancy.starts_at < period.ends_at, Occupancy.ends_at > period.starts_at)
            .filter(still_holds(now))
        )
    )


def _stretch(line: Line, with_names: bool, link: Link) -> Stretch:
    if line.booking_id is None:
        return Stretch(line.starts_at, line.ends_at, line.status, BLOCK_REASONS[line.reason].capitalize(), link(line))
    over = line.status in (OUT, LATE) and line.returned_at is not None
    word = "rendue" if over else STATUS_NAMES[line.status]
    who = line.first_name if with_names else line.number
    changes = None if over else line.booking_id
    return Stretch(line.starts_at, line.ends_at, line.status, f"{who}, {word}", link(line), changes, over)
