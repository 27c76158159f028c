"""The garages that work for the platform."""

from datetime import datetime
from typing import Any

from sqlalchemy import select

from fleet.models import Garage
from fleet.queries.workshop import get_garage
from mobility import audit
from mobility.db import db
from mobility.errors import Conflict
from mobility.rights import Viewer


def add_garage(*, by: Viewer, now: datetime, **values: Any) -> Garage:
    """A garage works for the platform from now on. Raises Conflict when its name is known."""
    garage = Garage()
    _fill(garage, **values)
    db.session.add(garage)
    audit.record("add", garage, by=by, now=now)
    return garage


def change_garage(garage_id: int, *, by: Viewer, now: datetime, is_open: bool = True, **values: Any) -> Garage:
    """What is known of it is put right; one that works no more is offered no more. Raises NotFound, Conflict."""
    garage = get_garage(garage_id)
    _fill(garage, **values)
    garage.closed_at = None if is_open else garage.closed_at or now
    audit.record("change", garage, by=by, now=now)
    return garage


def _fill(garage: Garage, **values: Any) -> None:
    if db.session.scalar(select(Garage.id).filter(Garage.name == values["name"], Garage.id != (garage.id or 0))):
        raise Conflict("Un garage porte déjà ce nom.", field="name")
    for name, value in values.items():
        setattr(garage, name, value)
