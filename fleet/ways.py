"""What could carry somebody to their work at their hours: each kind of vehicle, what it lacks, and how to get it (domain.md §2.3)."""

from dataclasses import dataclass
from datetime import time

from fleet.kinds import Kind
from mobility.geo.places import RoadDistance, say_km

DAY_FROM, DAY_UNTIL = time(6), time(21)
CYCLES = frozenset({"bike", "ebike", "cargo_bike"})
TWO_WHEELS = CYCLES | {"moped", "scooter", "scooter125"}


@dataclass(frozen=True, kw_only=True)
class Work:
    """The way to work, one way in tenths of a kilometre (None: not known), and the hours on site."""

    one_way_tenths: int | None
    begins: time
    ends: time

    @property
    def is_at_night(self) -> bool:
        """Whether one of the two trips is ridden in the dark hours, when few lines run."""
        return self.begins < DAY_FROM or self.ends > DAY_UNTIL or self.ends <= self.begins


@dataclass(frozen=True, kw_only=True)
class Missing:
    """One thing that is missing, and how to get it."""

    sentence: str
    remedy: str


@dataclass(frozen=True, kw_only=True)
class Standing:
    """How a kind stands for a person on some dates: reach in km (None: any), what the law and the assessment say, what is free.

    `lacks` is what was asked for and those that are free do not have.
    """

    reach_km: int | None
    licence: Missing | None
    clearance: Missing | None
    free: int
    lacks: str = ""
    nearest: RoadDistance | None = None


@dataclass(frozen=True, kw_only=True)
class Way:
    """One kind: what is missing, what to know, and how many vehicles could leave."""

    kind: Kind
    missing: tuple[Missing, ...]
    notes: tuple[str, ...]
    free: int

    @property
    def fits(self) -> bool:
        """Whether nothing is missing."""
        return not self.missing


def judge(kind: Kind, work: Work, standing: Standing) -> Way:
    """A kind against the work: everything that is missing, never the first thing alone."""
    asked = (_too_far(kind, work, standing.reach_km), standing.licence, standing.clearance, _none_free(standing.free, standing.lacks))
    return Way(kind=kind, missing=tuple(m for m in asked if m), notes=tuple(_notes(kind, work, standing)), free=standing.free)


def say_transit(work: Work) -> str:
    """Public transport comes first; what to look at before a vehicle is lent."""
    first = "Les transports en commun d’abord : cherchez ensemble une ligne qui arrive avant la prise de poste et repart après."
    return f"{first} À ces heures, peu de lignes circulent." if work.is_at_night else first


def _too_far(kind: Kind, work: Work, reach_km: int | None) -> Missing | None:
    if not reach_km or work.one_way_tenths is None or work.one_way_tenths <= 10 * reach_km:
        return None
    return Missing(
        sentence=f"Le trajet fait {say_km(work.one_way_tenths / 10)} à l’aller ; {kind.a} convient jusqu’à {reach_km} km.",
        remedy="Regardez le véhicule suivant, ou un trajet combiné avec une ligne ou un covoiturage.",
    )


def _none_free(free: int, lacks: str) -> Missing | None:
    if free:
        return None
    if lacks:
        return Missing(sentence=f"Aucun de ceux qui sont libres n’a tout : {lacks}.", remedy="La recherche dit ce qui manque à chacun.")
    return Missing(sentence="Aucun n’est libre sur ces dates.", remedy="Changez les dates, ou voyez sur le planning ce qui se libère.")


def _notes(kind: Kind, work: Work, standing: Standing) -> list[str]:
    notes = []
    if work.one_way_tenths is None and standing.reach_km:
        notes.append(f"Distance à vérifier : {kind.a} convient jusqu’à {standing.reach_km} km à l’aller.")
    if work.is_at_night and kind.code in TWO_WHEELS:
        notes.append("Trajet de nuit : voyez ensemble l’itinéraire, l’éclairage et le gilet.")
    if standing.nearest is not None:
        notes.append(f"Le plus proche attend à {standing.nearest.sentence}, du domicile.")
    return notes
