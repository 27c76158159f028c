"""What could carry somebody to their work at their hours: each kind of vehicle, what it lacks, and how to get it (domain.md §2.3)."""

from dataclasses import dataclass
from datetime import time

from assessments.orientation import TRANSIT
from fleet.kinds import Kind
from fleet.modes import CARPOOL, CHILD, MODE_NAMES, NO, TOOLS, UNKNOWN, WALK, YES, Effort
from mobility.geo.places import RoadDistance, say_km

DAY_FROM, DAY_UNTIL = time(6), time(21)
CYCLES = frozenset({"bike", "ebike", "cargo_bike"})
MOTORBIKES = frozenset({"moped", "scooter", "scooter125"})
TWO_WHEELS = CYCLES | MOTORBIKES
WALKABLE_KM = 3
FITS, TO_SEE, LACKS = "fits", "to_see", "lacks"


@dataclass(frozen=True, kw_only=True)
class Line:
    """What a timetable says of a way to work: whether a direct ride runs on every day worked, and the sentence."""

    runs: bool
    sentence: str


@dataclass(frozen=True, kw_only=True)
class Work:
    """The way to work, one way in tenths of a kilometre (None: not known), the hours on site, the days a week; what has to come along
    (a code of LOADS), and whether a line runs at those hours: what the adviser says (a code of TRANSIT_WORDS), what a timetable says."""

    one_way_tenths: int | None
    begins: time
    ends: time
    days_a_week: int = 5
    carrying: str = ""
    transit: str = UNKNOWN
    line: Line | None = None

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

    `lacks` is what was asked for and those that are free do not have; `is_lent`: the platform gives it a price.
    """

    reach_km: int | None
    licence: Missing | None
    clearance: Missing | None
    free: int
    lacks: str = ""
    is_lent: bool = True
    nearest: RoadDistance | None = None


@dataclass(frozen=True, kw_only=True)
class Way:
    """One mode: what is missing, what has to be found out first, what to know, and what it asks for (None: the way is not measured).

    Of what platforms lend, its kind and how many vehicles could leave.
    """

    mode: str
    missing: tuple[Missing, ...] = ()
    to_see: Missing | None = None
    notes: tuple[str, ...] = ()
    kind: Kind | None = None
    free: int = 0
    effort: Effort | None = None

    @property
    def name(self) -> str:
        """In French."""
        return MODE_NAMES[self.mode]

    @property
    def state(self) -> str:
        """FITS, TO_SEE or LACKS."""
        return LACKS if self.missing else TO_SEE if self.to_see else FITS

    @property
    def fits(self) -> bool:
        """Whether nothing is missing, nor left to find out."""
        return self.state == FITS


def judge(kind: Kind, work: Work, standing: Standing) -> Way:
    """A kind against the work: everything that is missing, never the first thing alone."""
    too_far, loaded = _too_far(kind.a, work, standing.reach_km), _cannot_carry(kind.code, work.carrying)
    asked = (too_far, loaded, standing.licence, standing.clearance, _none_free(standing))
    notes = tuple(_notes(kind, work, standing))
    return Way(mode=kind.code, kind=kind, missing=tuple(m for m in asked if m), notes=notes, free=standing.free)


def judge_walk(work: Work) -> Way:
    """On foot, before anything else."""
    asked = (_too_far("la marche", work, WALKABLE_KM), _cannot_carry(WALK, work.carrying))
    notes = () if work.one_way_tenths is not None else (f"Distance à vérifier : la marche convient jusqu’à {WALKABLE_KM} km à l’aller.",)
    return Way(mode=WALK, missing=tuple(m for m in asked if m), notes=notes)


def judge_transit(work: Work) -> Way:
    """A line that runs at those hours, as far as somebody has looked."""
    is_found = work.transit == YES or (work.transit == UNKNOWN and work.line is not None and work.line.runs)
    notes = ("Demandez le tarif réduit ; l’employeur rembourse la moitié de l’abonnement.",) if is_found else ()
    none = Missing(
        sentence="Aucune ligne ne circule à ces heures.",
        remedy="Un vélo jusqu’à la gare, un covoiturage ou le véhicule suivant peuvent convenir.",
    )
    return Way(
        mode=TRANSIT,
        missing=(none,) if work.transit == NO else (),
        to_see=_line_to_see(work) if work.transit == UNKNOWN and not is_found else None,
        notes=(work.line.sentence, *notes) if work.line and is_found else notes,
    )


def _line_to_see(work: Work) -> Missing:
    if work.line is None:
        return Missing(sentence=say_transit(work), remedy="")
    return Missing(sentence=work.line.sentence, remedy="Une correspondance existe peut-être : cherchez-la ensemble.")


def judge_carpool(work: Work) -> Way:
    """Somebody who goes there anyway: to be looked for, never promised."""
    shift = " Dans une équipe, les mêmes horaires aident." if work.is_at_night else ""
    looked_for = f"À chercher : un collègue, ou le site de covoiturage du département.{shift}"
    return Way(mode=CARPOOL, to_see=Missing(sentence=looked_for, remedy=""))


def _cannot_carry(mode: str, load: str) -> Missing | None:
    """What cannot come along, and on what it could."""
    if load == TOOLS and mode in {WALK, "bike", "ebike"} | MOTORBIKES:
        return Missing(sentence="Des outils ou du matériel ne s’y portent pas.", remedy="Un vélo cargo, ou un casier sur place.")
    if load == CHILD and mode in MOTORBIKES:
        return Missing(sentence="Un enfant ne s’y dépose pas.", remedy="Un vélo avec un siège enfant, un vélo cargo, ou la voiture.")
    return None


def say_transit(work: Work) -> str:
    """Public transport comes first; what to look at before a vehicle is lent."""
    first = "Les transports en commun d’abord : cherchez ensemble une ligne qui arrive avant la prise de poste et repart après."
    return f"{first} À ces heures, peu de lignes circulent." if work.is_at_night else first


def _too_far(what: str, work: Work, reach_km: int | None) -> Missing | None:
    if not reach_km or work.one_way_tenths is None or work.one_way_tenths <= 10 * reach_km:
        return None
    return Missing(
        sentence=f"Le trajet fait {say_km(work.one_way_tenths / 10)} à l’aller ; {what} convient jusqu’à {reach_km} km.",
        remedy="Regardez le véhicule suivant, ou un trajet combiné avec une ligne ou un covoiturage.",
    )


def _none_free(standing: Standing) -> Missing | None:
    if standing.free:
        return None
    if standing.lacks:
        return Missing(
            sentence=f"Aucun de ceux qui sont libres n’a tout : {standing.lacks}.", remedy="La recherche dit ce qui manque à chacun."
        )
    if not standing.is_lent:
        return Missing(sentence="La plateforme n’en prête pas.", remedy="Un partenaire en prête peut-être.")
    return Missing(sentence="Aucun n’est libre sur ces dates.", remedy="Changez les dates, ou voyez sur le planning ce qui se libère.")


def _notes(kind: Kind, work: Work, standing: Standing) -> list[str]:
    notes = []
    if work.one_way_tenths is None and standing.reach_km:
        notes.append(f"Distance à vérifier : {kind.a} convient jusqu’à {standing.reach_km} km à l’aller.")
    if work.is_at_night and kind.code in TWO_WHEELS:
        notes.append("Trajet de nuit : voyez ensemble l’itinéraire, l’éclairage et le gilet.")
    if work.carrying == CHILD and kind.code in CYCLES:
        notes.append("Demandez un siège enfant : il se coche plus haut.")
    if standing.nearest is not None:
        notes.append(f"Le plus proche attend à {standing.nearest.sentence}, du domicile.")
    return notes
