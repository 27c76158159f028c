"""The planning board's rows, in two statements whatever the fleet's size."""

from collections import defaultdict
from collections.abc import Callable
from datetime import date, datetime

from sqlalchemy import Row, select

from fleet.blocks import BLOCK_REASONS
from fleet.board import DAYS, Cell, Item, lay
from fleet.lifecycle import STATUS_NAMES
from fleet.models import Block, Booking, Occupancy, Vehicle
from fleet.queries.bookings import still_holds
from fleet.queries.vehicles import list_vehicles
from mobility.db import db
from mobility.models import Beneficiary
from mobility.periods import ONE_DAY, Period, instant_of

Held = Row[Occupancy, Booking, Block, Beneficiary]
Link = Callable[[Held], str | None]


def board_rows(
    first_on: date, *, kind: str | None, site_id: int | None, with_names: bool, link: Link, now: datetime
) -> list[tuple[Vehicle, list[Cell]]]:
    """Each vehicle still in the fleet with its cells; `with_names` shows first names, else booking numbers; `link` gives an item's page."""
    vehicles = [v for v in list_vehicles(kind=kind, site_id=site_id) if v.out_of_service_on is None or v.out_of_service_on > first_on]
    items: dict[int, list[Item]] = defaultdict(list)
    for held in _held(Period(starts_at=instant_of(first_on), ends_at=instant_of(first_on + DAYS * ONE_DAY)), now):
        row = held[0]
        period = Period(starts_at=row.starts_at, ends_at=row.ends_at)
        items[row.vehicle_id].append(Item(period=period, status=row.status, label=_label(held, with_names), href=link(held)))
    return [(vehicle, lay(items[vehicle.id], first_on)) for vehicle in vehicles]


def _held(period: Period, now: datetime) -> list[Held]:
    return list(
        db.session.execute(
            select(Occupancy, Booking, Block, Beneficiary)
            .join(Booking, Booking.id == Occupancy.booking_id, isouter=True)
            .join(Block, Block.id == Occupancy.block_id, isouter=True)
            .join(Beneficiary, Beneficiary.id == Booking.beneficiary_id, isouter=True)
            .filter(Occupancy.status != "released", Occupancy.starts_at < period.ends_at, Occupancy.ends_at > period.starts_at)
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
