"""Work orders and garages as pages read them."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Row, Select, or_, select

from fleet.models import Block, Garage, Vehicle, WorkLine, WorkOrder
from fleet.queries.vehicles import holds
from fleet.work import CLOSED, DONE, IN_WORKSHOP, Cost, sum_up
from mobility.db import Kept, db, total_of
from mobility.errors import NotFound

AN_HOUR = timedelta(hours=1)  # between two looks
S = TypeVar("S", bound=Select[*tuple[Any, ...]])


def get_order(order_id: int) -> WorkOrder:
    """A work order. Raises NotFound."""
    found = db.session.get(WorkOrder, order_id)
    if found is None:
        raise NotFound("Cet ordre de réparation n’existe pas ici.")
    return found


def get_garage(garage_id: int) -> Garage:
    """A garage. Raises NotFound."""
    found = db.session.get(Garage, garage_id)
    if found is None:
        raise NotFound("Ce garage n’existe pas ici.", field="garage_id")
    return found


def list_garages(*, only_open: bool = True) -> Sequence[Garage]:
    """The garages by name."""
    asked = select(Garage).order_by(Garage.closed_at.is_not(None), Garage.name, Garage.id)
    return db.session.scalars(asked.filter(Garage.closed_at.is_(None)) if only_open else asked).all()


def list_lines(order_id: int) -> Sequence[WorkLine]:
    """The lines of an order, as they were written."""
    return db.session.scalars(select(WorkLine).filter(WorkLine.work_order_id == order_id).order_by(WorkLine.id)).all()


def cost_of(lines: Sequence[WorkLine]) -> Cost:
    """What lines cost together."""
    return sum_up((line.kind, line.quantity, line.unit_cents) for line in lines)


def live_block(order: WorkOrder, now: datetime) -> Block | None:
    """What keeps the vehicle back for this order, now or later."""
    block = db.session.get(Block, order.block_id) if order.block_id else None
    return block if block is not None and block.lifted_at is None and block.ends_at > now else None


def list_overrun(now: datetime) -> list[WorkOrder]:
    """The orders whose vehicle is still in the workshop while what keeps it back for them is about to end."""
    asked = select(WorkOrder).filter(WorkOrder.status == IN_WORKSHOP).order_by(WorkOrder.vehicle_id, WorkOrder.id)
    return [order for order in db.session.scalars(asked) if overruns(order, now)]


def overruns(order: WorkOrder, now: datetime) -> bool:
    """Whether the work goes on while what keeps its vehicle back ends within the hour; not where somebody gave the vehicle back by hand."""
    block = db.session.get(Block, order.block_id) if order.block_id else None
    return order.status == IN_WORKSHOP and (block is None or (block.lifted_at is None and block.ends_at <= now + AN_HOUR))


def list_kept_back(vehicle_id: int, now: datetime, *, apart_from: int | None) -> Sequence[Block]:
    """What keeps a vehicle back now or later, but for one."""
    asked = select(Block).filter(Block.vehicle_id == vehicle_id, Block.lifted_at.is_(None), Block.ends_at > now)
    return [block for block in db.session.scalars(asked.order_by(Block.starts_at, Block.id)) if block.id != apart_from]


def list_stays(vehicle_id: int) -> Sequence[WorkOrder]:
    """The orders for which a vehicle is in the workshop now."""
    asked = select(WorkOrder).filter(WorkOrder.vehicle_id == vehicle_id, WorkOrder.status == IN_WORKSHOP)
    return db.session.scalars(asked.order_by(WorkOrder.id)).all()


def list_standing(vehicle_id: int, now: datetime) -> Sequence[Block]:
    """What keeps a vehicle back at this moment, but for the orders it is in the workshop for."""
    stays = select(WorkOrder.block_id).filter(WorkOrder.status == IN_WORKSHOP, WorkOrder.block_id.is_not(None))
    asked = select(Block).filter(Block.vehicle_id == vehicle_id, Block.lifted_at.is_(None), Block.starts_at <= now, Block.ends_at > now)
    return db.session.scalars(asked.filter(Block.id.not_in(stays)).order_by(Block.id)).all()


def cost_column() -> ColumnElement[int]:
    """What an order costs, to sort and show by."""
    summed = select(total_of(WorkLine.amount_cents)).filter(
        WorkLine.platform_id == WorkOrder.platform_id, WorkLine.work_order_id == WorkOrder.id
    )
    return summed.correlate(WorkOrder).scalar_subquery()


def all_orders() -> Select[WorkOrder, Vehicle, str, int]:
    """The platform's work orders with vehicle, garage and cost, to be narrowed and put in order."""
    return (
        select(WorkOrder, Vehicle, Garage.name, cost_column())
        .join(Vehicle, Vehicle.id == WorkOrder.vehicle_id)
        .join(Garage, Garage.id == WorkOrder.garage_id, isouter=True)
    )


def matching_orders(asked: S, words: str) -> S:
    """Those whose number or vehicle holds the words."""
    return asked.filter(or_(WorkOrder.number.contains(words.upper(), autoescape=True), holds(words)))


def list_orders_for(garage_id: int) -> Sequence[Row[WorkOrder, Vehicle]]:
    """What a garage has to do, the oldest first, and what it did until it is closed."""
    asked = select(WorkOrder, Vehicle).join(Vehicle, Vehicle.id == WorkOrder.vehicle_id).filter(WorkOrder.garage_id == garage_id)
    return db.session.execute(asked.filter(WorkOrder.status != CLOSED).order_by(WorkOrder.opened_at, WorkOrder.id)).all()


_RUNNING = Kept(all_orders().filter(WorkOrder.status.not_in((DONE, CLOSED))).order_by(WorkOrder.opened_at, WorkOrder.id))


def list_running_orders() -> Sequence[Row[WorkOrder, Vehicle, str, int]]:
    """What the workshop has to do: neither done nor closed, the oldest first."""
    return _RUNNING().all()
