"""What an assessment opens: for each way to move open, evaluation first or not yet, always with the next step (domain.md §2.3)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from assessments.grid import Grid
from assessments.scoring import Answers, score
from mobility.dated import in_force
from mobility.tongues import say, words

OPEN, EVALUATION, NOT_YET = "open", "evaluation", "not_yet"
STATE_NAMES = words({OPEN: "ouvert", EVALUATION: "évaluation d’abord", NOT_YET: "pas encore"})

TRANSIT = "public_transport"
# The most environment-friendly first: this order is the platform's advice (domain.md §2.3).
GREENEST_FIRST = (TRANSIT, "bike", "ebike", "cargo_bike", "moped", "scooter", "quadricycle", "scooter125", "car")
VEHICLES = tuple(way for way in GREENEST_FIRST if way != TRANSIT)
WAY_NAMES = words(
    {
        TRANSIT: "Transports en commun",
        "bike": "Vélo",
        "ebike": "Vélo électrique",
        "cargo_bike": "Vélo cargo",
        "moped": "Cyclomoteur",
        "scooter": "Scooter",
        "quadricycle": "Voiturette",
        "scooter125": "Scooter 125",
        "car": "Voiture",
    }
)


@dataclass(frozen=True, kw_only=True)
class Threshold:
    """Under `below` on an item or a dimension (by its code), these ways are in `state`, for this reason, and this is the next step."""

    of: str
    below: Fraction
    ways: frozenset[str]
    state: str
    reason: str
    next_step: str


@dataclass(frozen=True, kw_only=True)
class Rules:
    """The thresholds and the distances within reach (one way, km; absent: any) from a day on."""

    from_on: date
    thresholds: tuple[Threshold, ...]
    reach_km: dict[str, int]


@dataclass(frozen=True, kw_only=True)
class Opening:
    """One way to move: its state, why, and what comes next."""

    way: str
    state: str
    reason: str
    next_step: str

    @property
    def label(self) -> str:
        """Its French name."""
        return WAY_NAMES[self.way]


@dataclass(frozen=True, kw_only=True)
class Orientation:
    """What the assessment opens, greenest first, and in plain words what is strong and what comes next."""

    openings: tuple[Opening, ...]
    strengths: tuple[str, ...]
    next_steps: tuple[str, ...]


CYCLES, MOTORBIKES = frozenset({"bike", "ebike", "cargo_bike"}), frozenset({"moped", "scooter", "scooter125"})
QUADRICYCLE, CAR = frozenset({"quadricycle"}), frozenset({"car"})

DEFAULT_RULES = (
    Rules(
        from_on=date(2000, 1, 1),
        thresholds=(
            Threshold(
                of="orientation",
                below=Fraction(2),
                ways=frozenset({TRANSIT}),
                state=EVALUATION,
                reason=say("Lire un plan ou trouver une adresse demande encore de l’aide."),
                next_step=say("Faire le premier trajet ensemble."),
            ),
            Threshold(
                of="cycling",
                below=Fraction(1),
                ways=CYCLES | MOTORBIKES,
                state=NOT_YET,
                reason=say("Tenir l’équilibre sur deux roues reste à apprendre."),
                next_step=say("Commencer par la vélo-école."),
            ),
            Threshold(
                of="cycling",
                below=Fraction(3),
                ways=CYCLES | MOTORBIKES,
                state=EVALUATION,
                reason=say("Rouler au milieu des voitures n’est pas encore une habitude."),
                next_step=say("Faire un essai d’une demi-heure avec un moniteur."),
            ),
            Threshold(
                of="road_rules",
                below=Fraction(2),
                ways=CYCLES | MOTORBIKES | QUADRICYCLE,
                state=EVALUATION,
                reason=say("Les règles de priorité restent à revoir."),
                next_step=say("Suivre l’atelier de sécurité routière, puis faire un essai."),
            ),
            Threshold(
                of="licence_held",
                below=Fraction(4),
                ways=CAR,
                state=NOT_YET,
                reason=say("Il faut le permis B."),
                next_step=say("Préparer le permis ensemble : le code, les aides, l’auto-école sociale."),
            ),
            Threshold(
                of="recent_driving",
                below=Fraction(3),
                ways=CAR,
                state=EVALUATION,
                reason=say("La conduite n’est plus, ou pas encore, une habitude."),
                next_step=say("Faire une évaluation de conduite avec un moniteur."),
            ),
        ),
        # 0: not every platform lends one, so it is chosen with the person, never advised from the grid alone.
        reach_km={"bike": 7, "ebike": 15, "cargo_bike": 0, "moped": 30, "scooter": 30, "quadricycle": 0, "scooter125": 0},
    ),
)

_SEVERITY = (OPEN, EVALUATION, NOT_YET)
_STRONG, _WEAK = Fraction(3), Fraction(2)


def orient(grid: Grid, answers: Answers, *, on: date, rules: Iterable[Rules] = DEFAULT_RULES) -> Orientation:
    """What a final assessment opens on a day. Raises what `scoring.score` raises."""
    scored = {dimension.code: dimension.value for dimension in score(grid, answers).dimensions}
    levels = scored | {code: Fraction(level) for code, level in answers.items()}
    thresholds = in_force(rules, on).thresholds
    counting = [dimension for dimension in grid.dimensions if dimension.counts]
    weakest_first = sorted(counting, key=lambda dimension: scored[dimension.code])
    return Orientation(
        openings=tuple(_open(way, levels, thresholds) for way in GREENEST_FIRST),
        strengths=tuple(dimension.strength for dimension in counting if scored[dimension.code] >= _STRONG),
        next_steps=tuple(dimension.next_step for dimension in weakest_first if scored[dimension.code] < _WEAK),
    )


def _open(way: str, levels: dict[str, Fraction], thresholds: tuple[Threshold, ...]) -> Opening:
    met = [threshold for threshold in thresholds if way in threshold.ways and levels[threshold.of] < threshold.below]
    if not met:
        return Opening(way=way, state=OPEN, reason=say("Rien dans le bilan ne s’y oppose."), next_step=_ready(way))
    worst = max(met, key=lambda threshold: _SEVERITY.index(threshold.state))
    return Opening(way=way, state=worst.state, reason=worst.reason, next_step=worst.next_step)


def _ready(way: str) -> str:
    return say("Choisir la ligne et demander le tarif réduit.") if way == TRANSIT else say("Choisir un véhicule et une date.")


def suggest(
    openings: Iterable[Opening], *, one_way_km: float, has_transit: bool, on: date, rules: Iterable[Rules] = DEFAULT_RULES
) -> Opening | None:
    """The greenest way that is open and reaches the job, transit only where it runs (domain.md §2.3); None when none does."""
    reach_km = in_force(rules, on).reach_km
    for opening in sorted(openings, key=lambda opening: GREENEST_FIRST.index(opening.way)):
        reaches = has_transit if opening.way == TRANSIT else one_way_km <= reach_km.get(opening.way, one_way_km)
        if opening.state == OPEN and reaches:
            return opening
    return None
