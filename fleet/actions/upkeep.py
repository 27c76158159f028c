"""What was done to a vehicle is noted, its rhythm set, and what is due next reckoned anew each time and each night."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import select

from fleet.actions.occupancy import lock_vehicle
from fleet.kinds import get_kind
from fleet.models import UpkeepDone, UpkeepDue, UpkeepException, Vehicle
from fleet.odometer import Reading, list_standing
from fleet.queries.upkeep import ahead_on, last_done, meters_of, plans_of, rhythms_of
from fleet.upkeep import INSPECTION, INSURANCE, Ahead, Done, Due, Plan, check_renewal, due_by_date, measure_use, next_due, papers_of
from mobility import audit
from mobility.db import db
from mobility.errors import RuleBroken
from mobility.periods import paris_day
from mobility.rights import Viewer

CHUNK = 500  # vehicles reckoned at a time


def note_done(
    vehicle_id: int, *, item: str, done_on: date, km: int | None = None, work_order_id: int | None = None, by: Viewer, now: datetime
) -> UpkeepDone:
    """An item of the plan was done to a vehicle. Raises NotFound, RuleBroken for a day to come."""
    if done_on > paris_day(now):
        raise RuleBroken("Ce jour n’est pas encore venu : prévoyez plutôt un passage à l’atelier.", field="done_on")
    vehicle = lock_vehicle(vehicle_id)
    done = UpkeepDone(vehicle_id=vehicle.id, item=item, done_on=done_on, km=km, work_order_id=work_order_id, noted_by=by.account_id)
    db.session.add(done)
    audit.record("note", done, by=by, now=now)
    reckon([vehicle], now=now)
    return done


def renew_paper(
    vehicle_id: int, *, item: str, until_on: date, from_on: date | None = None, field: str = "until_on", by: Viewer, now: datetime
) -> Vehicle:
    """An inspection passed, an insurance renewed, today or on a day gone by: valid until a new day, on the sheet.

    Raises NotFound, RuleBroken on `field`, or on `item` for a paper that such a vehicle does not have.
    """
    vehicle = lock_vehicle(vehicle_id)
    kind = get_kind(vehicle.kind)
    if item not in papers_of(kind):
        raise RuleBroken(f"La loi ne demande pas de contrôle technique pour {kind.a}.", field="item")
    check_renewal(until_on, from_on=from_on or paris_day(now), field=field)
    if item == INSPECTION:
        vehicle.inspection_until = until_on
    else:
        vehicle.insured_until = until_on
    audit.record("renew", vehicle, by=by, now=now)
    reckon([vehicle], now=now)
    return vehicle


def set_rhythm(
    vehicle_id: int, *, item: str, every_km: int | None = None, every_days: int | None = None, by: Viewer, now: datetime
) -> UpkeepException | None:
    """A vehicle keeps to a rhythm of its own for one item; with nothing said, to its kind's again (None). Raises NotFound."""
    vehicle = lock_vehicle(vehicle_id)
    own = rhythms_of([vehicle.id]).get((vehicle.id, item))
    if every_km is None and every_days is None:
        if own is None:
            return None
        _follow_the_kind(own, by=by, now=now)
        own = None
    else:
        own = own or UpkeepException(vehicle_id=vehicle.id, item=item)
        own.every_km, own.every_days = every_km, every_days
        db.session.add(own)
        audit.record("set", own, by=by, now=now)
    reckon([vehicle], now=now)
    return own


def _follow_the_kind(own: UpkeepException, *, by: Viewer, now: datetime) -> None:
    audit.record("drop", own, by=by, now=now)
    db.session.delete(own)
    db.session.flush()


def reckon_all(*, now: datetime) -> int:
    """Each night: what is due next on every vehicle of the platform; how many there are."""
    ids = db.session.scalars(select(Vehicle.id).order_by(Vehicle.id)).all()
    for first in range(0, len(ids), CHUNK):
        wanted = select(Vehicle).filter(Vehicle.id.in_(ids[first : first + CHUNK])).order_by(Vehicle.id).with_for_update()
        reckon(db.session.scalars(wanted).all(), now=now)
    return len(ids)


def reckon(vehicles: Sequence[Vehicle], *, now: datetime) -> None:
    """Say anew what is due next on locked vehicles; nothing is, on one that left the fleet."""
    today, ids = paris_day(now), [vehicle.id for vehicle in vehicles]
    ahead, rhythms, done, meters = ahead_on(today), rhythms_of(ids), last_done(ids), meters_of(ids)
    kept = {(row.vehicle_id, row.item): row for row in db.session.scalars(select(UpkeepDue).filter(UpkeepDue.vehicle_id.in_(ids)))}
    for vehicle in vehicles:
        for due in _due_on(vehicle, plans_of(vehicle, rhythms, today), done, meters.get(vehicle.id, []), ahead, today):
            key = vehicle.id, due.item
            _keep(kept.pop(key) if key in kept else UpkeepDue(vehicle_id=vehicle.id, item=due.item), due)
    for gone in kept.values():
        db.session.delete(gone)
    db.session.flush()


def _due_on(
    vehicle: Vehicle, plans: list[Plan], done: dict[tuple[int, str], Done], meter: list[Reading], ahead: Ahead, today: date
) -> list[Due]:
    if vehicle.out_of_service_on is not None and vehicle.out_of_service_on <= today:
        return []
    use, standing = measure_use(meter, today), list_standing(meter)
    new = Done(on=vehicle.in_service_on, km=standing[0].km if standing else None)  # what is not known is counted from its arrival
    planned = [next_due(plan, done.get((vehicle.id, plan.item), new), use, ahead=ahead, today=today) for plan in plans]
    papers = ((INSPECTION, vehicle.inspection_until), (INSURANCE, vehicle.insured_until))
    dated = [due_by_date(item, until_on, ahead=ahead) for item, until_on in papers if until_on is not None]
    return [due for due in planned if due is not None] + dated


def _keep(row: UpkeepDue, due: Due) -> None:
    row.due_on, row.due_km, row.remind_on, row.sentence = due.on, due.km, due.remind_on, due.sentence
    db.session.add(row)
