"""Vehicles as pages and rules read them."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import ColumnElement, Select, bindparam, func, or_, select

from fleet.availability import OFFERS_UNKNOWN, Obstacle, VehicleFacts
from fleet.kinds import KINDS
from fleet.models import Vehicle, VehicleStep
from fleet.needs import ADAPTED, AUTOMATIC, DOUBLE_CONTROLS, NEED, Need
from fleet.vehicle_life import IN_SERVICE, keys_stay, stage_on
from fleet.vehicle_sheet import OWNED
from mobility import practice
from mobility.db import Kept, db
from mobility.errors import NotFound
from mobility.models import Site
from mobility.periods import paris_day

S = TypeVar("S", bound=Select[*tuple[Any, ...]])


class FreeVehicle(NamedTuple):
    """A vehicle as it is offered: what decides whether it can be, and what it is called."""

    id: int
    kind: str
    label: str
    plate: str | None
    site_id: int
    gearbox: str | None
    inspection_until: date | None
    insured_until: date | None
    lease_until: date | None
    ownership: str | None
    double_controls: bool
    adaptations: str | None
    equipment: list[str]


def get_vehicle(vehicle_id: int) -> Vehicle:
    """The vehicle. Raises NotFound."""
    found = db.session.get(Vehicle, vehicle_id)
    if found is None:
        raise NotFound("Ce véhicule n’existe pas ici.")
    return found


def all_vehicles() -> Select[Vehicle, Site]:
    """The platform's vehicles, each with its pole, to be narrowed and put in order."""
    return select(Vehicle, Site).join(Site, Site.id == Vehicle.site_id)


def holds(words: str) -> ColumnElement[bool]:
    """Whether a vehicle's label or plate holds the words, however the plate is typed."""
    plate = words.upper().replace("-", "").replace(" ", "")
    by_plate = func.replace(Vehicle.plate, "-", "").contains(plate, autoescape=True)
    return or_(by_plate, func.lower(Vehicle.label).contains(words.strip().lower(), autoescape=True))


def matching(asked: S, words: str) -> S:
    """Those whose label or plate holds the words."""
    return asked.filter(holds(words))


def facts_of(vehicle: Vehicle | FreeVehicle) -> VehicleFacts:
    """What decides whether it can be offered."""
    return VehicleFacts(
        id=vehicle.id,
        kind=vehicle.kind,
        gearbox=vehicle.gearbox or "manual",
        inspection_until_on=vehicle.inspection_until,
        insured_until_on=vehicle.insured_until,
        leased_until_on=vehicle.lease_until,
        is_owned=vehicle.ownership in (None, OWNED),
    )


def to_be_known(day: date) -> frozenset[str]:
    """The papers whose last day has to be known for a vehicle to be offered, as the platform says on a day."""
    return frozenset(code for code, key in OFFERS_UNKNOWN.items() if not practice.value_on(key, day))


_UNDATED = Kept(
    select(Vehicle)
    .filter(Vehicle.kind.in_([kind.code for kind in KINDS if kind.needs_licence]), Vehicle.stage == IN_SERVICE)
    .filter(or_(Vehicle.inspection_until.is_(None), Vehicle.insured_until.is_(None)))
    .filter(or_(Vehicle.out_of_service_on.is_(None), Vehicle.out_of_service_on > bindparam("today")))
    .order_by(Vehicle.label, Vehicle.id)
    .limit(bindparam("limit"))
)


def list_undated(today: date, limit: int = 12) -> Sequence[Vehicle]:
    """Vehicles in service of which nobody has said until when they are insured, or inspected, by name."""
    return _UNDATED(today=today, limit=limit).scalars().all()


def lacks(vehicle: Vehicle | FreeVehicle, need: Need) -> list[Obstacle]:
    """What is missing of a vehicle for a need, in one sentence."""
    lacking = need.lacking(set(_has(vehicle)), vehicle.adaptations or "")
    return [Obstacle(code=NEED, sentence=f"Il lui manque : {', '.join(lacking)}.")] if lacking else []


def _has(vehicle: Vehicle | FreeVehicle) -> Iterator[str]:
    """What can be asked of it; what has no gearbox asks for no change of gears."""
    if vehicle.gearbox in (None, AUTOMATIC):
        yield AUTOMATIC
    if vehicle.double_controls:
        yield DOUBLE_CONTROLS
    if vehicle.adaptations:
        yield ADAPTED
    yield from vehicle.equipment


def why_keys_stay(vehicle: Vehicle, now: datetime) -> str | None:
    """Why the keys of a vehicle go to nobody at this moment; None where they may."""
    return keys_stay(stage_on(paris_day(now), stage=vehicle.stage, out_of_service_on=vehicle.out_of_service_on))


def list_steps(vehicle: Vehicle) -> list[VehicleStep]:
    """The steps of its life, the latest first."""
    asked = select(VehicleStep).filter(VehicleStep.vehicle_id == vehicle.id)
    return list(db.session.scalars(asked.order_by(VehicleStep.on.desc(), VehicleStep.id.desc())))


def last_step_on(vehicle: Vehicle) -> date:
    """The day of its last step; of a vehicle older than its history, the day it came."""
    last = select(func.max(VehicleStep.on)).filter(VehicleStep.vehicle_id == vehicle.id)
    return db.session.scalar(last) or vehicle.in_service_on


def full_name(vehicle: Vehicle | FreeVehicle) -> str:
    """Label and plate, as people call it."""
    return f"{vehicle.label}, {vehicle.plate}" if vehicle.plate else vehicle.label
