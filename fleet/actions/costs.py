"""What a vehicle costs is noted with its paper; a closed work order brings its own."""

from datetime import date, datetime

from fleet.costs import WORKSHOP, check_cost
from fleet.models import VehicleCost, WorkOrder
from fleet.queries.costs import get_cost
from fleet.queries.vehicles import get_vehicle
from fleet.queries.workshop import cost_of, list_lines
from mobility import audit
from mobility.actions.attachments import claim
from mobility.attachments import AttachmentKind
from mobility.db import db
from mobility.errors import Conflict
from mobility.periods import paris_day
from mobility.rights import Role, Viewer

SPENDERS = frozenset({Role.MANAGER, Role.MECHANIC, Role.TREASURER})
BILL = AttachmentKind(code="vehicle_bill", name="facture ou ticket d’un véhicule", adders=SPENDERS, readers=SPENDERS)


def note_cost(
    vehicle_id: int,
    *,
    on: date,
    kind: str,
    cents: int,
    note: str | None = None,
    document_number: str | None = None,
    attachment_id: int | None = None,
    by: Viewer,
    now: datetime,
) -> VehicleCost:
    """An expense, its bill sent ahead when there is one. Raises NotFound, RuleBroken beside the field."""
    vehicle = get_vehicle(vehicle_id)
    check_cost(kind, on, today=paris_day(now))
    cost = VehicleCost(vehicle_id=vehicle.id, on=on, kind=kind, cents=cents, note=note, document_number=document_number)
    if attachment_id is not None:
        (bill,) = claim([attachment_id], kind=BILL.code, field="attachment_id", by=by, now=now)
        cost.attachment_id = bill.id
    return _keep(cost, by=by, now=now)


def note_order_cost(order: WorkOrder, *, by: Viewer, now: datetime) -> None:
    """What a work order that closes came to, on the day its work was done."""
    cents = cost_of(list_lines(order.id)).total_cents
    if cents:
        cost = VehicleCost(vehicle_id=order.vehicle_id, on=paris_day(order.done_at or now), kind=WORKSHOP, cents=cents)
        cost.document_number, cost.work_order_id = order.number, order.id
        _keep(cost, by=by, now=now)


def drop_cost(vehicle_id: int, cost_id: int, *, by: Viewer, now: datetime) -> None:
    """An expense noted by mistake goes. Raises NotFound, Conflict for a work order's."""
    cost = get_cost(vehicle_id, cost_id)
    if cost.work_order_id is not None:
        raise Conflict("Ce coût est celui d’un ordre de réparation clos : il ne change plus.")
    audit.record("drop", cost, by=by, now=now)
    db.session.delete(cost)
    db.session.flush()


def _keep(cost: VehicleCost, *, by: Viewer, now: datetime) -> VehicleCost:
    cost.noted_at, cost.noted_by = now, by.account_id
    db.session.add(cost)
    audit.record("note", cost, by=by, now=now)
    return cost
