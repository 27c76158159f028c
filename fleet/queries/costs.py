"""What vehicles cost, as lists and figures read it."""

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import Select, select

from fleet.costs import YEARS, Figures, Price, Span, reckon, spread
from fleet.models import Vehicle, VehicleCost
from fleet.queries.readings import list_readings, plain
from mobility import practice
from mobility.db import db
from mobility.errors import NotFound
from mobility.models import Site

USUAL_DAYS = 365


def get_cost(vehicle_id: int, cost_id: int) -> VehicleCost:
    """An expense of a vehicle. Raises NotFound."""
    found = db.session.get(VehicleCost, cost_id)
    if found is None or found.vehicle_id != vehicle_id:
        raise NotFound("Ce coût n’est plus là.")
    return found


def all_costs() -> Select[VehicleCost, Vehicle, Site]:
    """The expenses of the platform's vehicles, to be narrowed and put in order."""
    return select(VehicleCost, Vehicle, Site).join(Vehicle, Vehicle.id == VehicleCost.vehicle_id).join(Site, Site.id == Vehicle.site_id)


def list_costs(vehicle_id: int, span: Span) -> Sequence[VehicleCost]:
    """A vehicle's expenses of a span, the latest first."""
    asked = select(VehicleCost).filter(VehicleCost.vehicle_id == vehicle_id, VehicleCost.on >= span.since, VehicleCost.on <= span.until)
    return db.session.scalars(asked.order_by(VehicleCost.on.desc(), VehicleCost.id.desc())).all()


def usual_span(today: date, since: date | None = None, until: date | None = None) -> Span:
    """The days asked for; without an answer the last 365, today included. Raises RuleBroken on field `until`."""
    last = until or today
    return Span(since=since or last - timedelta(days=USUAL_DAYS - 1), until=last)


def price_of(vehicle: Vehicle) -> Price | None:
    """What was paid for a vehicle, over the years in force on its day of service; None when it is not counted."""
    came_on = vehicle.in_service_on
    return spread(vehicle.purchase_cents, came_on=came_on, years=practice.value_on(YEARS, came_on))


def figures_of(vehicle: Vehicle, span: Span, costs: Sequence[VehicleCost], today: date) -> Figures:
    """What a vehicle cost over a span."""
    return reckon(
        [(cost.on, cost.kind, cost.cents) for cost in costs],
        plain(list_readings(vehicle_id=vehicle.id)),
        span,
        came_on=vehicle.in_service_on,
        left_on=vehicle.out_of_service_on,
        today=today,
        price=price_of(vehicle),
        month_rent_cents=vehicle.lease_cents,
    )
