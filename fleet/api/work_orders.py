"""Work orders and garages as JSON: the pages' actions and schemas."""

from collections.abc import Sequence
from typing import Any

from fleet.actions import garages, work_orders
from fleet.actions.garage_links import mail_link
from fleet.lists import WORK_ORDERS
from fleet.models import Garage, WorkLine, WorkOrder
from fleet.queries.workshop import all_orders, cost_of, get_order, list_garages, list_lines
from fleet.schemas import work_orders as shapes
from fleet.views.work_orders import REPAIRERS
from mobility.clock import now
from mobility.models import Message
from mobility.rights import STAFF
from mobility.web.access import allow
from mobility.web.api import Blueprint
from mobility.web.lists import list_of, told
from mobility.web.viewer import viewer

blp = Blueprint("work_orders_api", __name__, url_prefix="/api/v1/p/<slug>", description="Ordres de réparation et garages")


@blp.get("/work-orders")
@blp.arguments(WORK_ORDERS.schema(), location="query")
@blp.response(200, list_of(shapes.WorkOrderOut))
@allow(*STAFF)
def index(asked: dict[str, Any]) -> dict[str, Any]:
    """The work orders, those to do unless asked otherwise, fifty a page."""
    return told(WORK_ORDERS, all_orders(), asked, lambda row: row[0])


@blp.post("/vehicles/<int:vehicle_id>/work-orders")
@blp.arguments(shapes.OpenOrderSchema)
@blp.response(201, shapes.WorkOrderOut)
@allow(*REPAIRERS)
def create(asked: dict[str, Any], vehicle_id: int) -> WorkOrder:
    """Something is to be done to a vehicle."""
    return work_orders.open_order(vehicle_id, **asked, by=viewer(), now=now())


@blp.get("/work-orders/<int:order_id>")
@blp.response(200, shapes.WholeOrderOut)
@allow(*STAFF)
def show(order_id: int) -> dict[str, Any]:
    """One work order with its lines and what they cost."""
    order, lines = get_order(order_id), list_lines(order_id)
    cost = cost_of(lines)
    told = {name: getattr(order, name) for name in shapes.WorkOrderOut().fields}
    return told | {"lines": lines, "parts_cents": cost.parts_cents, "labour_cents": cost.labour_cents, "total_cents": cost.total_cents}


@blp.post("/work-orders/<int:order_id>/plan")
@blp.arguments(shapes.PlanOrderSchema)
@blp.response(200, shapes.WorkOrderOut)
@allow(*REPAIRERS)
def plan(asked: dict[str, Any], order_id: int) -> WorkOrder:
    """Say when and where; the vehicle is kept back."""
    return work_orders.plan_order(order_id, **asked, by=viewer(), now=now())


@blp.post("/work-orders/<int:order_id>/start")
@blp.arguments(shapes.StartOrderSchema)
@blp.response(200, shapes.WorkOrderOut)
@allow(*REPAIRERS)
def start(asked: dict[str, Any], order_id: int) -> WorkOrder:
    """The vehicle is in the workshop."""
    return work_orders.start_order(order_id, **asked, by=viewer(), now=now())


@blp.post("/work-orders/<int:order_id>/finish")
@blp.arguments(shapes.FinishOrderSchema)
@blp.response(200, shapes.WorkOrderOut)
@allow(*REPAIRERS)
def finish(asked: dict[str, Any], order_id: int) -> WorkOrder:
    """The work is done, the vehicle free again."""
    return work_orders.finish_order(order_id, **asked, by=viewer(), now=now())


@blp.post("/work-orders/<int:order_id>/close")
@blp.arguments(shapes.CloseOrderSchema)
@blp.response(200, shapes.WorkOrderOut)
@allow(*REPAIRERS)
def close(asked: dict[str, Any], order_id: int) -> WorkOrder:
    """Nothing more is to come."""
    return work_orders.close_order(order_id, **asked, by=viewer(), now=now())


@blp.post("/work-orders/<int:order_id>/parts")
@blp.arguments(shapes.PartSchema)
@blp.response(201, shapes.WorkLineOut)
@allow(*REPAIRERS)
def part(asked: dict[str, Any], order_id: int) -> WorkLine:
    """A part, at its price."""
    return work_orders.add_part(order_id, **asked, by=viewer(), now=now())


@blp.post("/work-orders/<int:order_id>/labour")
@blp.arguments(shapes.LabourSchema)
@blp.response(201, shapes.WorkLineOut)
@allow(*REPAIRERS)
def labour(asked: dict[str, Any], order_id: int) -> WorkLine:
    """Quarter hours of labour, at the price of an hour."""
    return work_orders.add_labour(order_id, **asked, by=viewer(), now=now())


@blp.delete("/work-orders/<int:order_id>/lines/<int:line_id>")
@blp.response(204)
@allow(*REPAIRERS)
def drop(order_id: int, line_id: int) -> None:
    """A line written by mistake goes."""
    work_orders.drop_line(order_id, line_id, by=viewer(), now=now())


@blp.get("/garages")
@blp.response(200, shapes.GarageOut(many=True))
@allow(*REPAIRERS)
def list_all() -> Sequence[Garage]:
    """The garages that work for the platform, then those that did."""
    return list_garages(only_open=False)


@blp.post("/garages")
@blp.arguments(shapes.GarageSchema)
@blp.response(201, shapes.GarageOut)
@allow(*REPAIRERS)
def add_garage(asked: dict[str, Any]) -> Garage:
    """A garage works for the platform."""
    return garages.add_garage(**asked, by=viewer(), now=now())


@blp.put("/garages/<int:garage_id>")
@blp.arguments(shapes.ChangeGarageSchema)
@blp.response(200, shapes.GarageOut)
@allow(*REPAIRERS)
def change_garage(asked: dict[str, Any], garage_id: int) -> Garage:
    """What is known of it is put right."""
    return garages.change_garage(garage_id, **asked, by=viewer(), now=now())


@blp.post("/garages/<int:garage_id>/link")
@blp.arguments(shapes.NothingSchema)
@blp.response(200, shapes.LinkSentOut)
@allow(*REPAIRERS)
def mail_garage_link(asked: dict[str, Any], garage_id: int) -> Message:
    """Mail a garage the link to its own page."""
    return mail_link(garage_id, by=viewer(), now=now())
