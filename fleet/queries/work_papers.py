"""A work order as its paper prints it."""

from datetime import datetime

from fleet.documents.contract import Vehicle as PrintedVehicle
from fleet.documents.work_order import WorkDone, WorkOrderPaper
from fleet.kinds import get_kind
from fleet.models import WorkLine, WorkOrder
from fleet.queries.vehicles import get_vehicle
from fleet.queries.workshop import cost_of, get_garage, list_lines, live_block
from fleet.work import LABOUR, STATUS_NAMES, SUBJECTS, downtime, say_hours, say_span
from mobility.documents.papers import Signature
from mobility.periods import say_moment
from mobility.queries.letterhead import letterhead


def order_paper(order: WorkOrder, now: datetime) -> WorkOrderPaper:
    """The order as it stands, its lines reckoned."""
    vehicle, lines = get_vehicle(order.vehicle_id), list_lines(order.id)
    garage = get_garage(order.garage_id) if order.garage_id else None
    block, span = live_block(order, now), downtime(order.started_at, order.done_at, now)
    return WorkOrderPaper(
        platform=letterhead(),
        number=order.number,
        opened_at=order.opened_at,
        vehicle=PrintedVehicle(
            kind=get_kind(vehicle.kind).name.capitalize(), label=vehicle.label, plate=vehicle.plate, odometer_km=order.odometer_km
        ),
        subject=SUBJECTS[order.subject].capitalize(),
        description=order.description,
        garage=", ".join(part for part in (garage.name, garage.address, garage.phone) if part) if garage else None,
        status=STATUS_NAMES[order.status].capitalize(),
        planned=f"du {say_moment(block.starts_at)} au {say_moment(block.ends_at)}" if block else None,
        started_at=order.started_at,
        done_at=order.done_at,
        downtime=say_span(span) if span is not None else None,
        lines=tuple(_printed(line) for line in lines),
        total_cents=cost_of(lines).total_cents,
        signatures=(
            Signature(capacity="Pour la plateforme", full_name=letterhead().name),
            Signature(capacity="Pour le garage", full_name=garage.name if garage else ""),
        ),
    )


def _printed(line: WorkLine) -> WorkDone:
    quantity = say_hours(line.quantity) if line.kind == LABOUR else str(line.quantity)
    return WorkDone(label=line.label, quantity=quantity, unit_cents=line.unit_cents, amount_cents=line.amount_cents)
