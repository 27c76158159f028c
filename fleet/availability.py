"""What stands in the way of a period, and what fits whom."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from fleet.kinds import get_kind
from fleet.licences import Driver, may_drive
from fleet.lifecycle import HOLDING
from mobility.periods import Period, paris_day, say_day


@dataclass(frozen=True, kw_only=True)
class Occupied:
    """A stretch of a vehicle's time: its period, its status and what the planner calls it."""

    period: Period
    status: str
    label: str = ""


@dataclass(frozen=True, kw_only=True)
class VehicleFacts:
    """What decides whether a vehicle can be offered: days are the last on which its papers hold (None: no end known)."""

    id: int
    kind: str
    gearbox: str = "manual"
    inspection_until_on: date | None = None
    insured_until_on: date | None = None
    leased_until_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Obstacle:
    """Why a vehicle is not offered: a code and a French sentence."""

    code: str
    sentence: str


def clashes(period: Period, occupied: Iterable[Occupied]) -> list[Occupied]:
    """What stands in the way of a period, earliest first; what does not hold the vehicle never does."""
    return sorted((o for o in occupied if o.status in HOLDING and o.period.overlaps(period)), key=lambda o: o.period.starts_at)


def free_windows(within: Period, occupied: Iterable[Occupied]) -> list[Period]:
    """The parts of a period in which nothing holds the vehicle, in order."""
    windows, free_from = [], within.starts_at
    for busy in clashes(within, occupied):
        if busy.period.starts_at > free_from:
            windows.append(Period(starts_at=free_from, ends_at=busy.period.starts_at))
        free_from = max(free_from, busy.period.ends_at)
    if free_from < within.ends_at:
        windows.append(Period(starts_at=free_from, ends_at=within.ends_at))
    return windows


def obstacles(vehicle: VehicleFacts, period: Period, *, driver: Driver) -> list[Obstacle]:
    """Every reason not to offer this vehicle to this person for this period; an empty list means that it fits."""
    first_on, last_on = paris_day(period.starts_at), paris_day(period.ends_at)
    kind = get_kind(vehicle.kind)
    answer = may_drive(driver, kind, first_on=first_on, last_on=last_on, gearbox=vehicle.gearbox)
    found = [] if answer.allowed else [Obstacle(code="licence", sentence=answer.sentence)]
    papers = (
        ("inspection", f"Le contrôle technique {kind.of_the}", vehicle.inspection_until_on),
        ("insurance", f"L’assurance {kind.of_the}", vehicle.insured_until_on),
        ("lease", f"Le contrat du loueur {kind.of_the}", vehicle.leased_until_on),
    )
    for code, name, until_on in papers:
        if until_on is not None and until_on < last_on:
            found.append(Obstacle(code=code, sentence=f"{name} s’arrête le {say_day(until_on)}, avant le retour prévu."))
    return found
