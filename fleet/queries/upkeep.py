"""Plans, what was done, and what is due, as the rules and the pages read them."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date

from sqlalchemy import Row, Select, bindparam, select

from fleet.availability import Occupied
from fleet.models import Occupancy, OdometerReading, UpkeepDone, UpkeepDue, UpkeepException, Vehicle, is_holding
from fleet.odometer import Reading
from fleet.queries.readings import plain
from fleet.queries.vehicles import get_vehicle
from fleet.upkeep import PLANNED, USUAL, Ahead, Done, Plan, first_free_day, search_until, setting_key
from mobility import practice
from mobility.db import Kept, db
from mobility.models import Site
from mobility.periods import ONE_DAY, Period, instant_of

Rhythms = Mapping[tuple[int, str], UpkeepException]


def plans_of(vehicle: Vehicle, rhythms: Rhythms, day: date) -> list[Plan]:
    """What a vehicle's plan asks on a day: its own rhythm where it has one, else its kind's."""
    return [_plan(vehicle, item, rhythms.get((vehicle.id, item)), day) for item in PLANNED]


def _plan(vehicle: Vehicle, item: str, own: UpkeepException | None, day: date) -> Plan:
    if own is not None:
        return Plan(item=item, every_km=own.every_km, every_days=own.every_days)
    usual = dict(zip(("km", "days"), USUAL[vehicle.kind].get(item, (0, 0)), strict=True))
    said = {unit: practice.value_on(setting_key(vehicle.kind, item, unit), day) if every else 0 for unit, every in usual.items()}
    return Plan(item=item, every_km=said["km"] or None, every_days=said["days"] or None)


def ahead_on(day: date) -> Ahead:
    """How early the platform wants to hear of it."""
    return Ahead(days=practice.value_on("fleet.upkeep_days_ahead", day), km=practice.value_on("fleet.upkeep_km_ahead", day))


def rhythms_of(vehicle_ids: Collection[int]) -> Rhythms:
    """The rhythms that vehicles have of their own, by vehicle and item."""
    found = db.session.scalars(select(UpkeepException).filter(UpkeepException.vehicle_id.in_(vehicle_ids)))
    return {(row.vehicle_id, row.item): row for row in found}


def last_done(vehicle_ids: Collection[int]) -> dict[tuple[int, str], Done]:
    """When each item was last done, by vehicle and item."""
    rows = select(UpkeepDone).filter(UpkeepDone.vehicle_id.in_(vehicle_ids)).order_by(UpkeepDone.done_on, UpkeepDone.id)
    return {(row.vehicle_id, row.item): Done(on=row.done_on, km=row.km) for row in db.session.scalars(rows)}


def meters_of(vehicle_ids: Collection[int]) -> dict[int, list[Reading]]:
    """The readings of vehicles, each oldest first."""
    rows = select(OdometerReading).filter(OdometerReading.vehicle_id.in_(vehicle_ids))
    found: dict[int, list[OdometerReading]] = defaultdict(list)
    for row in db.session.scalars(rows.order_by(OdometerReading.read_at, OdometerReading.id)):
        found[row.vehicle_id].append(row)
    return {id_: plain(read) for id_, read in found.items()}


def all_upkeep() -> Select[UpkeepDue, Vehicle, Site]:
    """What is due next on the platform's vehicles, to be narrowed and put in order."""
    return select(UpkeepDue, Vehicle, Site).join(Vehicle, Vehicle.id == UpkeepDue.vehicle_id).join(Site, Site.id == Vehicle.site_id)


_PRESSING = Kept(
    all_upkeep().filter(UpkeepDue.remind_on <= bindparam("today")).order_by(UpkeepDue.due_on, UpkeepDue.id).limit(bindparam("limit"))
)


def list_pressing(today: date, limit: int = 12) -> Sequence[Row[UpkeepDue, Vehicle, Site]]:
    """What somebody should see to, the first due first."""
    return _PRESSING(today=today, limit=limit).all()


def list_upkeep_of(vehicle_id: int) -> Sequence[UpkeepDue]:
    """What is due next on a vehicle, the first due first. Raises NotFound."""
    get_vehicle(vehicle_id)
    return db.session.scalars(select(UpkeepDue).filter(UpkeepDue.vehicle_id == vehicle_id).order_by(UpkeepDue.due_on, UpkeepDue.id)).all()


def propose_days(vehicle_id: int, due: Sequence[UpkeepDue], today: date) -> dict[str, Period]:
    """For each item, the first working day from tomorrow on which nothing holds the vehicle."""
    if not due:
        return {}
    from_on, until_on = today + ONE_DAY, max(search_until(row.due_on, today) for row in due)
    rows = select(Occupancy).filter(
        Occupancy.vehicle_id == vehicle_id,
        is_holding(),
        Occupancy.starts_at < instant_of(until_on + ONE_DAY),
        Occupancy.ends_at > instant_of(from_on),
    )
    busy = [Occupied(period=Period(starts_at=r.starts_at, ends_at=r.ends_at), status=r.status) for r in db.session.scalars(rows)]
    found = {row.item: first_free_day(busy, from_on=from_on, until_on=search_until(row.due_on, today)) for row in due}
    return {item: period for item, period in found.items() if period is not None}
