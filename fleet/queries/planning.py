"""The planning board's rows, in one statement whatever the fleet's size."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import date, datetime

from sqlalchemy import Row, Select, or_, select

from fleet.blocks import BLOCK_REASONS
from fleet.board import DAYS, Cell, Item, lay
from fleet.lifecycle import STATUS_NAMES
from fleet.models import Block, Booking, Occupancy, Vehicle
from fleet.queries.bookings import still_holds
from fleet.queries.vehicles import all_vehicles
from mobility.db import db
from mobility.models import Beneficiary, Site
from mobility.periods import ONE_DAY, Period, instant_of

Held = Row[Occupancy, Booking, Block, Beneficiary]
Link = Callable[[Held], str | None]


def on_board(first_on: date) -> Select[Vehicle, Site]:
    """The vehicles still in the fleet on the board's first day, each with its pole."""
    return all_vehicles().filter(or_(Vehicle.out_of_service_on.is_(None), Vehicle.out_of_service_on > first_on))


def board_rows(
    vehicles: Sequence[Vehicle], first_on: date, *, with_names: bool, link: Link, now: datetime
) -> list[tuple[Vehicle, list[Cell]]]:
    """Each of these vehicles with its cells; `with_names` shows first names, else booking numbers; `link` gives an item's page."""
    items: dict[int, list[Item]] = defaultdict(list)
    period = Period(starts_at=instant_of(first_on), ends_at=instant_of(first_on + DAYS * ONE_DAY))
    for held in _held([vehicle.id for vehicle in vehicles], period, now):
        row = held[0]
        period = Period(starts_at=row.starts_at, ends_at=row.use_ends_at)
        items[row.vehicle_id].append(Item(period=period, status=row.status, label=_label(held, with_names), href=link(held)))
    return [(vehicle, lay(items[vehicle.id], first_on)) for vehicle in vehicles]


def _held(vehicle_ids: list[int], period: Period, now: datetime) -> list[Held]:
    return list(
        db.session.execute(
            select(Occupancy, Booking, Block, Beneficiary)
            .join(Booking, Booking.id == Occupancy.booking_id, isouter=True)
            .join(Block, Block.id == Occupancy.block_id, isouter=True)
            .join(Beneficiary, Beneficiary.id == Booking.beneficiary_id, isouter=True)
            .filter(Occupancy.vehicle_id.in_(vehicle_ids), Occupancy.status != "released")
            .filter(Occupancy.starts_at < period.ends_at, Occupancy.ends_at > period.starts_at)
            .filter(still_holds(now))
        ).all()
    )


def _label(held: Held, with_names: bool) -> str:
    row, booking, block, person = held
    if block is not None:
        return BLOCK_REASONS[block.reason].capitalize()
    who = person.first_name if with_names else booking.number
    ended = row.status in ("out", "late") and booking.returned_at is not None
    return f"{who}, {'rendue' if ended else STATUS_NAMES[row.status]}"
