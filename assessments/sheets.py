"""A finished assessment as people read it: dimensions in words, those that count over 100, needs without a figure (domain.md §9 "Data")."""

from dataclasses import dataclass
from fractions import Fraction

from assessments.grid import Dimension, Grid
from assessments.orientation import EVALUATION, NOT_YET, OPEN, STATE_NAMES, Opening, Orientation
from assessments.scoring import MAX_LEVEL, Answers, Comparison, Score, list_unanswered
from mobility.errors import NotFound
from mobility.money import round_half_up
from mobility.tongues import say

TONES = {OPEN: "fine", EVALUATION: "near", NOT_YET: "neutral"}


@dataclass(frozen=True, kw_only=True)
class Said:
    """A question and its answer, in the grid's own words."""

    question: str
    answer: str


@dataclass(frozen=True, kw_only=True)
class Line:
    """One dimension: what was said, and 0–100 at this assessment and at the entry; a declared need has no figure."""

    label: str
    said: tuple[Said, ...]
    percent: int | None = None
    entry_percent: int | None = None


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """Everything a finished assessment says. `comparison` is with the entry, `no_comparison` the sentence that says why there is none."""

    lines: tuple[Line, ...]
    potential: int
    orientation: Orientation
    comparison: Comparison | None = None
    no_comparison: str = ""

    @property
    def counted(self) -> tuple[Line, ...]:
        """The dimensions that enter the potential."""
        return tuple(line for line in self.lines if line.percent is not None)

    @property
    def needs(self) -> tuple[Line, ...]:
        """What the person declared, without a figure."""
        return tuple(line for line in self.lines if line.percent is None)

    @property
    def sentence(self) -> str:
        """The potential in one sentence, with what has changed since the entry."""
        return say_potential(self.potential, self.comparison)


def list_lines(grid: Grid, answers: Answers, scored: Score, entry: Score | None = None) -> tuple[Line, ...]:
    """A line a dimension, in the order of the sheet; `entry` on the same version of the grid, or None."""
    entries = {dimension.code: dimension.value for dimension in entry.dimensions} if entry else {}
    values = {dimension.code: dimension.value for dimension in scored.dimensions}
    return tuple(
        Line(
            label=dimension.label,
            said=tuple(Said(question=item.label, answer=item.levels[answers[item.code]]) for item in dimension.items),
            percent=_percent(values[dimension.code]) if dimension.counts else None,
            entry_percent=_percent(entries[dimension.code]) if dimension.counts and entries else None,
        )
        for dimension in grid.dimensions
    )


def _percent(value: Fraction) -> int:
    return round_half_up(100 * value.numerator, MAX_LEVEL * value.denominator)


def say_potential(potential: int, comparison: Comparison | None = None) -> str:
    """ "Potentiel de mobilité : 69 sur 100, contre 52 à l’entrée : 17 points gagnés."."""
    if comparison is None:
        return say("Potentiel de mobilité : %(points)s sur 100.", points=potential)
    told = {"points": potential, "entry": comparison.entry, "change": say_change(comparison.effectiveness)}
    return say("Potentiel de mobilité : %(points)s sur 100, contre %(entry)s à l’entrée : %(change)s.", **told)


def say_change(points: int) -> str:
    """The effectiveness in words: "17 points gagnés", "1 point perdu", "pas de changement"."""
    if points == 0:
        return say("pas de changement")
    count = abs(points)
    if points > 0:
        return say("%(count)s points gagnés", count=count) if count > 1 else say("1 point gagné")
    return say("%(count)s points perdus", count=count) if count > 1 else say("1 point perdu")


def say_line(line: Line) -> str:
    """What was said of a dimension, in one paragraph of the paper: each question with its answer."""
    return " ".join(f"{one.question} : {one.answer[0].lower()}{one.answer[1:]}" for one in line.said)


def say_opening(opening: Opening) -> str:
    """One way to move, in one line of the paper: what, its state, why, what next."""
    return f"{opening.label} : {STATE_NAMES[opening.state]}. {opening.reason} {opening.next_step}"


def say_suggestion(now: Opening | None, after: Opening | None, one_way_tenths: int) -> str:
    """What fits the trip to work, the greenest first (domain.md §2.3): what is open now, and what an evaluation would open."""
    whole, tenth = divmod(one_way_tenths, 10)
    far = f"Travail à {whole},{tenth} km" if tenth else f"Travail à {whole} km"
    ways = [f"« {now.label} » convient tout de suite"] if now else []
    if after and after != now:
        ways.append(f"« {after.label} »{', plus sobre,' if now else ''} après une évaluation")
    return f"{far}, si aucun bus n’y mène : {' ; '.join(ways) or 'rien n’est encore ouvert pour cette distance'}."


@dataclass(frozen=True, kw_only=True)
class Stop:
    """One dimension on the way through the grid: its place from 1, and how many of its answers are missing."""

    place: int
    dimension: Dimension
    left: int


def find_stop(grid: Grid, answers: Answers, code: str) -> Stop:
    """The stop of a dimension. Raises NotFound."""
    found = next((stop for stop in list_stops(grid, answers) if stop.dimension.code == code), None)
    if found is None:
        raise NotFound
    return found


def list_stops(grid: Grid, answers: Answers) -> tuple[Stop, ...]:
    """The dimensions in order, with what is left in each."""
    left = {item.code for item in list_unanswered(grid, answers)}
    return tuple(
        Stop(place=place, dimension=dimension, left=sum(item.code in left for item in dimension.items))
        for place, dimension in enumerate(grid.dimensions, start=1)
    )
