"""What stands in the way of a period, and what fits whom."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from fleet.kinds import Kind, get_kind
from fleet.licences import Driver, may_drive
from fleet.lifecycle import HOLDING
from mobility.periods import Period, paris_day, say_day

INSPECTION, INSURANCE = "inspection", "insurance"
UNKNOWN = {INSPECTION: "date du contrôle technique inconnue", INSURANCE: "date d’assurance inconnue"}
OFFERS_UNKNOWN = {code: f"fleet.offers_unknown_{code}" for code in UNKNOWN}  # the dated settings that say whether it is offered


@dataclass(frozen=True, kw_only=True)
class Occupied:
    """A stretch of a vehicle's time: its period, its status and what the planner calls it."""

    period: Period
    status: str
    label: str = ""


@dataclass(frozen=True, kw_only=True)
class VehicleFacts:
    """What decides whether a vehicle can be offered: days are the last on which its papers hold (None: nobody has said)."""

    id: int
    kind: str
    gearbox: str = "manual"
    inspection_until_on: date | None = None
    insured_until_on: date | None = None
    leased_until_on: date | None = None
    is_owned: bool = True


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


def obstacles(vehicle: VehicleFacts, period: Period, *, driver: Driver, unknown: Collection[str] = ()) -> list[Obstacle]:
    """Every reason not to offer this vehicle to this person for this period; an empty list means that it fits.

    `unknown` are the papers whose day has to be known.
    """
    licence = licence_obstacles(get_kind(vehicle.kind), vehicle.gearbox, period, driver=driver)
    return [*licence, *paper_obstacles(vehicle, paris_day(period.ends_at), unknown)]


def licence_obstacles(kind: Kind, gearbox: str, period: Period, *, driver: Driver) -> list[Obstacle]:
    """What the law says against this person driving such a vehicle over the period."""
    answer = may_drive(driver, kind, first_on=paris_day(period.starts_at), last_on=paris_day(period.ends_at), gearbox=gearbox)
    return [] if answer.allowed else [Obstacle(code="licence", sentence=answer.sentence)]


def paper_obstacles(vehicle: VehicleFacts, last_on: date, unknown: Collection[str] = ()) -> list[Obstacle]:
    """Which of the vehicle's papers end before the last day, or have to be known and are not."""
    kind = get_kind(vehicle.kind)
    found = []
    papers = (
        (INSPECTION, "Le contrôle technique", vehicle.inspection_until_on),
        (INSURANCE, "L’assurance", vehicle.insured_until_on),
        ("lease", "Le contrat du loueur", vehicle.leased_until_on),
    )
    for code, name, until_on in papers:
        if until_on is not None and until_on < last_on:
            found.append(Obstacle(code=code, sentence=f"{name} {kind.of_the} s’arrête le {say_day(until_on)}, avant le retour prévu."))
    asked = doubts(vehicle) if unknown else ()
    return [*found, *(doubt for doubt in asked if doubt.code in unknown and (vehicle.is_owned or doubt.code != INSURANCE))]


def doubts(vehicle: VehicleFacts) -> list[Obstacle]:
    """The papers that a vehicle with a motor has to have, and whose last day nobody has noted: not known is not the same as none."""
    if None not in (vehicle.inspection_until_on, vehicle.insured_until_on) or not get_kind(vehicle.kind).needs_licence:
        return []
    days = ((INSPECTION, vehicle.inspection_until_on), (INSURANCE, vehicle.insured_until_on))
    return [Obstacle(code=code, sentence=f"{UNKNOWN[code].capitalize()} : notez-la sur sa fiche.") for code, until in days if until is None]
