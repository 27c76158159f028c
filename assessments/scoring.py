"""The mobility potential: exact fractions, one rounding at the end, and no comparing across versions (domain.md §10.7)."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from assessments.grid import LEVELS, Dimension, Grid, Item
from mobility.errors import DomainError, RuleBroken
from mobility.money import round_half_up
from mobility.tongues import say

MAX_LEVEL = LEVELS[-1]

Answers = Mapping[str, int]


class Unanswered(RuleBroken):
    """A final assessment lacks answers; `items` are those still open."""

    def __init__(self, items: tuple[Item, ...]) -> None:
        names = ", ".join(f"« {item.label} »" for item in items)
        super().__init__(f"Il reste {len(items)} {'réponse' if len(items) == 1 else 'réponses'} à donner : {names}.", field=items[0].code)
        self.items = items


class OtherGrid(DomainError):
    """Two assessments on different versions of the grid do not compare (422)."""


@dataclass(frozen=True, kw_only=True)
class DimensionScore:
    """The mean of a dimension's items, an exact fraction from 0 to 4; a declared need does not count."""

    code: str
    label: str
    value: Fraction
    counts: bool


@dataclass(frozen=True, kw_only=True)
class Score:
    """A scored assessment: its grid's version, every dimension in order, and the potential from 0 to 100."""

    version: str
    dimensions: tuple[DimensionScore, ...]
    potential: int


@dataclass(frozen=True, kw_only=True)
class DimensionChange:
    """One dimension that counts, at entry and at exit."""

    code: str
    label: str
    entry: Fraction
    exit: Fraction


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """Entry and exit side by side; effectiveness is exit potential − entry potential (domain.md §2.7)."""

    entry: int
    exit: int
    dimensions: tuple[DimensionChange, ...]

    @property
    def effectiveness(self) -> int:
        """In points of potential; negative when something was lost on the way."""
        return self.exit - self.entry


def check_answers(grid: Grid, answers: Answers) -> None:
    """Raises RuleBroken beside the item for a level outside 0–4 or an item that the grid does not have; a draft may lack some."""
    for code, level in answers.items():
        if code not in grid.item_codes:
            raise RuleBroken("Cette question n’est pas dans la grille.", field=code)
        if type(level) is not int or level not in LEVELS:
            raise RuleBroken(f"Choisissez une réponse de 0 à {MAX_LEVEL}.", field=code)


def list_unanswered(grid: Grid, answers: Answers) -> tuple[Item, ...]:
    """The items without an answer, in the order of the sheet."""
    return tuple(item for item in grid.items() if item.code not in answers)


def score(grid: Grid, answers: Answers) -> Score:
    """A final assessment's score. Raises RuleBroken for a bad answer and Unanswered for a missing one, declared needs included."""
    check_answers(grid, answers)
    missing = list_unanswered(grid, answers)
    if missing:
        raise Unanswered(missing)
    dimensions = tuple(_score_dimension(dimension, answers) for dimension in grid.dimensions)
    return Score(version=grid.version, dimensions=dimensions, potential=_potential(grid, dimensions))


def _score_dimension(dimension: Dimension, answers: Answers) -> DimensionScore:
    value = Fraction(sum(answers[item.code] for item in dimension.items), len(dimension.items))
    return DimensionScore(code=dimension.code, label=dimension.label, value=value, counts=dimension.counts)


def _potential(grid: Grid, scores: tuple[DimensionScore, ...]) -> int:
    weights = [dimension.weight for dimension in grid.dimensions]
    weighted = sum((weight * dimension.value for weight, dimension in zip(weights, scores, strict=True)), Fraction(0))
    share = weighted / (sum(weights) * MAX_LEVEL)
    return round_half_up(100 * share.numerator, share.denominator)


def compare(entry: Score, exit: Score) -> Comparison:
    """Entry against exit, on the dimensions that count. Raises OtherGrid when the versions differ."""
    if entry.version != exit.version:
        told = {"entry": entry.version, "exit": exit.version}
        raise OtherGrid(say("Le bilan d’entrée suit la grille %(entry)s et celui-ci la grille %(exit)s : ils ne se comparent pas.", **told))
    pairs = zip(entry.dimensions, exit.dimensions, strict=True)
    changes = (DimensionChange(code=a.code, label=a.label, entry=a.value, exit=b.value) for a, b in pairs if a.counts)
    return Comparison(entry=entry.potential, exit=exit.potential, dimensions=tuple(changes))
