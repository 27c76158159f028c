"""A work order from the first word to the bill: opened, planned, in the workshop, done, closed. Its vehicle is locked first."""

from datetime import date, datetime

from fleet.actions import blocks
from fleet.actions.costs import note_order_cost
from fleet.actions.occupancy import lock_vehicle
from fleet.actions.readings import read_apart
from fleet.actions.steps import note_step
from fleet.actions.upkeep import note_done, renew_paper
from fleet.kinds import get_kind
from fleet.models import Block, Vehicle, WorkLine, WorkOrder
from fleet.queries.readings import last_km
from fleet.queries.workshop import get_garage, get_order, list_kept_back, list_standing, list_stays, live_block, overruns
from fleet.upkeep import PLANNED, papers_of
from fleet.vehicle_life import IN_SERVICE, WORKSHOP
from fleet.work import CLOSE, FINISH, IN_WORKSHOP, LABOUR, OPENED, PART, PLAN, START, WRITE, after, blocked_for, line_cents
from mobility import audit, numbers
from mobility.db import db
from mobility.errors import Conflict, NotFound, RuleBroken
from mobility.money import MAX_CENTS
from mobility.periods import ONE_DAY, instant_of, paris_day
from mobility.rights import Viewer


def open_order(
    vehicle_id: int, *, subject: str, description: str | None = None, garage_id: int | None = None, by: Viewer, now: datetime
) -> WorkOrder:
    """Something is to be done to a vehicle; nothing is held yet. Raises NotFound, RuleBroken, Conflict for one that left the fleet."""
    vehicle = lock_vehicle(vehicle_id)
    if vehicle.out_of_service_on is not None and vehicle.out_of_service_on < paris_day(now):
        raise Conflict("Ce véhicule est sorti du parc.")
    order = WorkOrder(vehicle_id=vehicle.id, subject=subject, description=description, status=OPENED, opened_at=now)
    order.opened_by = by.account_id
    _give_to(order, garage_id)
    year = paris_day(now).year
    order.number = f"OR-{year}-{numbers.take('work_order', year):04d}"
    db.session.add(order)
    audit.record("open", order, by=by, now=now)
    return order


def open_planned(
    vehicle_id: int, *, subject: str, starts_at: datetime, ends_at: datetime, garage_id: int | None = None, by: Viewer, now: datetime
) -> WorkOrder:
    """Open and plan in one go. Raises what they raise."""
    order = open_order(vehicle_id, subject=subject, garage_id=garage_id, by=by, now=now)
    return plan_order(order.id, starts_at=starts_at, ends_at=ends_at, by=by, now=now)


def plan_order(
    order_id: int, *, starts_at: datetime, ends_at: datetime, garage_id: int | None = None, by: Viewer, now: datetime
) -> WorkOrder:
    """Say when and where: the vehicle is kept back for it, instead of what was planned before; once it is in, until when.

    Raises Conflict, RuleBroken, VehicleTaken.
    """
    order, _ = _open(order_id)
    order.status = after(PLAN, order.status)
    order.proposed_starts_at = order.proposed_ends_at = None
    _give_to(order, garage_id)
    _keep_back(order, now if order.status == IN_WORKSHOP else starts_at, ends_at, by=by, now=now)
    audit.record("plan", order, by=by, now=now)
    return order


def start_order(order_id: int, *, ends_at: datetime | None = None, odometer_km: int | None = None, by: Viewer, now: datetime) -> WorkOrder:
    """The vehicle is in the workshop, kept back until `ends_at` or as planned, or until whoever has booked it next: they are hit.

    Raises Conflict, RuleBroken, VehicleTaken.
    """
    order, vehicle = _open(order_id)
    _begin(order, vehicle, ends_at, odometer_km, by=by, now=now)
    if vehicle.stage == IN_SERVICE:
        note_step(vehicle, WORKSHOP, on=paris_day(now), note=order.number, by=by, now=now)
    return order


def begin_stay(vehicle: Vehicle, *, ends_at: datetime | None, description: str | None, by: Viewer, now: datetime) -> WorkOrder:
    """An order that starts at once, for a locked vehicle sent to the workshop. Raises what `open_order` and `start_order` raise."""
    order = open_order(vehicle.id, subject="other", description=description, by=by, now=now)
    db.session.flush()
    _begin(order, vehicle, ends_at, None, by=by, now=now)
    return order


def prolong_stay(order_id: int, *, by: Viewer, now: datetime) -> bool:
    """The work lasts longer than was said: its vehicle is kept back for another day, or until whoever has booked it next: they are hit.

    False where that was seen to meanwhile, or where something else holds it.
    """
    order, vehicle = _open(order_id)
    if not overruns(order, now):
        return False
    others = list_kept_back(vehicle.id, now, apart_from=order.block_id)
    held = live_block(order, now)
    until = min([blocks.until_next(vehicle, instant_of(paris_day(now) + 2 * ONE_DAY), now=now), *(other.starts_at for other in others)])
    if until <= (held.ends_at if held else now):
        return False
    _keep_back(order, now, until, by=by, now=now)
    audit.record("keep", order, by=by, now=now)
    return True


def end_stay(vehicle: Vehicle, *, by: Viewer, now: datetime) -> None:
    """A locked vehicle leaves the workshop: what kept it there is done."""
    for order in list_stays(vehicle.id):
        _end(order, vehicle, None, by=by, now=now)


def _begin(order: WorkOrder, vehicle: Vehicle, ends_at: datetime | None, odometer_km: int | None, *, by: Viewer, now: datetime) -> None:
    order.status, order.started_at = after(START, order.status), now
    _read(order, vehicle, odometer_km, by=by, now=now)
    planned = live_block(order, now)
    until = ends_at or (planned.ends_at if planned else None)
    if until is None:
        raise RuleBroken("Dites jusqu’à quand le véhicule reste à l’atelier.", field="ends_at")
    if planned is None or planned.starts_at > now or planned.ends_at != until:
        _keep_in(order, vehicle, until, by=by, now=now)
    audit.record("start", order, by=by, now=now)


def _keep_in(order: WorkOrder, vehicle: Vehicle, ends_at: datetime, *, by: Viewer, now: datetime) -> None:
    """It is there: what kept it back without an order gives way, and so does the end when somebody has booked it before."""
    for block in list_standing(vehicle.id, now):
        blocks.lift(block.id, by=by, now=now)
    until = blocks.until_next(vehicle, ends_at, now=now)
    if until > now or ends_at <= now:
        _keep_back(order, now, until, by=by, now=now)


def _end(order: WorkOrder, vehicle: Vehicle, odometer_km: int | None, *, by: Viewer, now: datetime) -> None:
    order.status, order.done_at = after(FINISH, order.status), now
    _read(order, vehicle, odometer_km, by=by, now=now)
    _let_go(order, by=by, now=now)
    audit.record("finish", order, by=by, now=now)


def finish_order(order_id: int, *, odometer_km: int | None = None, by: Viewer, now: datetime) -> WorkOrder:
    """The work is done and the vehicle can be used again, from now on. Raises Conflict, RuleBroken."""
    order, vehicle = _open(order_id)
    _end(order, vehicle, odometer_km, by=by, now=now)
    if vehicle.stage == WORKSHOP and not list_stays(vehicle.id):
        note_step(vehicle, IN_SERVICE, on=paris_day(now), note=order.number, by=by, now=now)
    return order


def close_order(order_id: int, *, inspection_until: date | None = None, by: Viewer, now: datetime) -> WorkOrder:
    """Its cost counts and its item of the plan is done; an inspection that was held says until when it is valid, for the sheet.

    One that never went to the workshop is given up. Raises Conflict, RuleBroken on `inspection_until`.
    """
    order, vehicle = _open(order_id)
    order.status, order.closed_at = after(CLOSE, order.status), now
    _let_go(order, by=by, now=now)
    if order.done_at is not None:
        _renew(order, vehicle, paris_day(order.done_at), inspection_until, by=by, now=now)
    note_order_cost(order, by=by, now=now)
    audit.record("close", order, by=by, now=now)
    return order


def _renew(order: WorkOrder, vehicle: Vehicle, done_on: date, inspection_until: date | None, *, by: Viewer, now: datetime) -> None:
    """What was done begins anew: by its rhythm, or until the day its paper says."""
    if order.subject in PLANNED:
        km = order.odometer_km if order.odometer_km is not None else last_km(vehicle.id)
        note_done(vehicle.id, item=order.subject, done_on=done_on, km=km, work_order_id=order.id, by=by, now=now)
    elif order.subject in papers_of(get_kind(vehicle.kind)):
        if inspection_until is None:
            raise RuleBroken("Dites jusqu’à quand le contrôle est valable : le procès-verbal le dit.", field="inspection_until")
        renew_paper(vehicle.id, item=order.subject, until_on=inspection_until, from_on=done_on, field="inspection_until", by=by, now=now)


def add_part(order_id: int, *, label: str, quantity: int, unit_cents: int, by: Viewer, now: datetime) -> WorkLine:
    """A part, at its price. Raises NotFound, Conflict once the order is closed."""
    return _write(order_id, PART, label, quantity, unit_cents, by=by, now=now)


def add_labour(order_id: int, *, label: str, quarters: int, hour_cents: int, by: Viewer, now: datetime) -> WorkLine:
    """Time spent, in quarter hours, at the price of an hour. Raises NotFound, Conflict once the order is closed."""
    return _write(order_id, LABOUR, label, quarters, hour_cents, by=by, now=now)


def drop_line(order_id: int, line_id: int, *, by: Viewer, now: datetime) -> None:
    """A line written by mistake goes. Raises NotFound, Conflict once the order is closed."""
    order, _ = _open(order_id)
    after(WRITE, order.status)
    line = db.session.get(WorkLine, line_id)
    if line is None or line.work_order_id != order.id:
        raise NotFound("Cette ligne n’est plus là.")
    audit.record("drop", line, by=by, now=now)
    db.session.delete(line)
    db.session.flush()


def _write(order_id: int, kind: str, label: str, quantity: int, unit_cents: int, *, by: Viewer, now: datetime) -> WorkLine:
    order, _ = _open(order_id)
    after(WRITE, order.status)
    cents = line_cents(kind, quantity, unit_cents)
    if cents > MAX_CENTS:
        raise RuleBroken("Ce montant n’est pas possible ici.", field="unit_cents" if kind == PART else "hour_cents")
    line = WorkLine(work_order_id=order.id, kind=kind, label=label, quantity=quantity, unit_cents=unit_cents, amount_cents=cents)
    line.added_at, line.added_by = now, by.account_id
    db.session.add(line)
    audit.record("add", line, by=by, now=now)
    return line


def _open(order_id: int) -> tuple[WorkOrder, Vehicle]:
    """The order as it stands now, its vehicle locked: two acts on one order come one after the other."""
    order = get_order(order_id)
    vehicle = lock_vehicle(order.vehicle_id)
    db.session.refresh(order)
    return order, vehicle


def _give_to(order: WorkOrder, garage_id: int | None) -> None:
    if garage_id is not None and garage_id != order.garage_id and get_garage(garage_id).closed_at is not None:
        raise RuleBroken("Ce garage ne travaille plus pour la plateforme.", field="garage_id")
    order.garage_id = garage_id if garage_id is not None else order.garage_id


def _read(order: WorkOrder, vehicle: Vehicle, odometer_km: int | None, *, by: Viewer, now: datetime) -> None:
    if odometer_km is not None:
        order.odometer_km = read_apart(vehicle, odometer_km=odometer_km, source="workshop", by=by, now=now).km


def _keep_back(order: WorkOrder, starts_at: datetime, ends_at: datetime, *, by: Viewer, now: datetime) -> None:
    _let_go(order, by=by, now=now)
    made: Block = blocks.block(
        order.vehicle_id, reason=blocked_for(order.subject), starts_at=starts_at, ends_at=ends_at, note=order.number, by=by, now=now
    )
    order.block_id = made.id


def _let_go(order: WorkOrder, *, by: Viewer, now: datetime) -> None:
    held = live_block(order, now)
    if held is not None:
        blocks.lift(held.id, by=by, now=now)
