"""A garage under test: vehicles, and people whom nothing keeps from the keys."""

from datetime import date, datetime, timedelta
from typing import Any

from assessments.models import Assessment, Clearance
from fleet.actions import vehicles
from fleet.kinds import KINDS
from fleet.models import Vehicle
from mobility.db import db
from mobility.models import Beneficiary, Document
from mobility.periods import instant_of
from mobility.rights import Role
from tests.house import House, make_beneficiary

MONDAY = date(2026, 3, 2)  # the day the tests' clock stands at


def at(day: int, hour: int = 9, month: int = 3) -> datetime:
    """An hour of a day of March 2026, in Paris."""
    return instant_of(date(2026, month, 1)) + timedelta(days=day - 1, hours=hour)


def make_vehicle(house: House, label: str = "Citadine 1", kind: str = "car", **more: Any) -> Vehicle:
    """A vehicle of the house's site, through the action; inside `writing`."""
    plain: dict[str, Any] = {"site_id": house.site_id, "in_service_on": date(2025, 1, 1)}
    return vehicles.add_vehicle(kind=kind, label=label, by=house.viewer(Role.MANAGER), now=house.clock(), **(plain | more))


def make_person(house: House, number: int, **more: Any) -> Beneficiary:
    """Another invented person; inside `writing`."""
    person = make_beneficiary(house.clock, number=f"P-{number:05d}", identity_key=f"essai|{number}", **more)
    db.session.add(person)
    db.session.flush()
    return person


def clear_person(house: House, beneficiary_id: int) -> None:
    """Everything asked of a driver is there: assessment, clearances, papers, membership; inside `writing`."""
    now = house.clock()
    assessment = Assessment(
        number=f"B-{beneficiary_id:05d}",
        beneficiary_id=beneficiary_id,
        kind="entry",
        grid_version="2026-1",
        held_on=MONDAY,
        answers={},
        potential=60,
        finished_at=now,
    )
    db.session.add(assessment)
    db.session.flush()
    for kind in KINDS:
        db.session.add(
            Clearance(
                beneficiary_id=beneficiary_id,
                assessment_id=assessment.id,
                kind=kind.code,
                state="open",
                reason="bilan",
                next_step="",
                decided_at=now,
            )
        )
    for paper, more in _PAPERS.items():
        db.session.add(Document(beneficiary_id=beneficiary_id, kind=paper, seen_at=now, **more))
    db.session.flush()


_PAPERS: dict[str, dict[str, Any]] = {
    "identity": {},
    "licence": {"category": "B", "issued_on": date(2015, 6, 1)},
    "home": {"issued_on": date(2026, 2, 1)},
    "job": {"issued_on": date(2026, 2, 20)},
    "membership": {"issued_on": MONDAY, "valid_until": date(2027, 3, 1)},
}
