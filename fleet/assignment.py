"""Who gets which vehicle so that the most job starts are kept: an assignment over intervals, solved by HiGHS. Facts in, proposal out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

from mobility.later import later
from mobility.periods import Period

if TYPE_CHECKING:
    import highspy
else:
    highspy = later("highspy")

HALF = 0.5  # between what the solver calls 0 and 1
START = 1_000_000  # a job start kept weighs more than everything else of a whole plan together


@dataclass(frozen=True, kw_only=True)
class Need:
    """Somebody needs one of these vehicles over a period; `points` below START say how much, `starts_job` whether a job hangs on it.

    `has` is the vehicle that a booking holds for them already: they never lose it without another.
    """

    id: int
    period: Period
    fits: frozenset[int]
    points: int = 0
    starts_job: bool = False
    has: int | None = None


def gain(need: Need, vehicle: int) -> int:
    """What it is worth that a need has a vehicle; staying with the one they have is worth a little more than moving."""
    return (START if need.starts_job else 0) + 2 * need.points + (1 if need.has == vehicle else 2 if need.has is None else 0)


def assign(needs: Iterable[Need]) -> dict[int, int]:
    """By need: its vehicle; never two at once on one, never one that does not fit. The same answer for the same facts."""
    asked = sorted(needs, key=lambda need: need.id)
    pairs = _pairs(asked)
    return {pairs[place][0].id: pairs[place][1] for place in solve(*model_of(asked))} if pairs else {}


def model_of(asked: Sequence[Need]) -> tuple[list[int], list[tuple[int, list[int]]]]:
    """What is asked of the solver: the gain of each pair of a need and a vehicle, and what must hold among them."""
    pairs = _pairs(asked)
    return [gain(need, vehicle) for need, vehicle in pairs], _rows(asked, pairs)


def _pairs(asked: Sequence[Need]) -> list[tuple[Need, int]]:
    return [(need, vehicle) for need in asked for vehicle in sorted(need.fits)]


def cliques(needs: Sequence[Need]) -> list[list[Need]]:
    """The largest sets of needs that all hold at one instant: at most one of each set can have a vehicle."""
    found: list[list[Need]] = []
    running: list[Need] = []
    for need in sorted(needs, key=lambda need: (need.period.starts_at, need.id)):
        going_on = [other for other in running if other.period.ends_at > need.period.starts_at]
        if len(going_on) < len(running):  # somebody is done: those before them were together for the last time
            found.append(running)
        running = [*going_on, need]
    return [*found, running] if running else found


def _rows(asked: Sequence[Need], pairs: Sequence[tuple[Need, int]]) -> list[tuple[int, list[int]]]:
    """What must hold: as (at least, columns), each sum at most 1. A need has one vehicle, and those who have one keep one."""
    column = {(need.id, vehicle): place for place, (need, vehicle) in enumerate(pairs)}
    rows = [(int(need.has is not None), [column[need.id, vehicle] for vehicle in sorted(need.fits)]) for need in asked if need.fits]
    by_vehicle: dict[int, list[Need]] = {}
    for need, vehicle in pairs:
        by_vehicle.setdefault(vehicle, []).append(need)
    for vehicle, wanting in by_vehicle.items():
        rows += [(0, [column[need.id, vehicle] for need in together]) for together in cliques(wanting) if len(together) > 1]
    return rows


def solve(gains: Sequence[int], rows: Sequence[tuple[int, list[int]]]) -> list[int]:
    """The columns chosen; one thread and one seed, so that the same question has the same answer."""
    solver, model = highspy.Highs(), highspy.HighsLp()
    for option, value in (("output_flag", False), ("threads", 1), ("random_seed", 1), ("mip_rel_gap", 0.0)):
        solver.setOptionValue(option, value)
    model.num_col_, model.num_row_, model.sense_ = len(gains), len(rows), highspy.ObjSense.kMaximize
    model.col_cost_, model.col_lower_, model.col_upper_ = list(gains), [0] * len(gains), [1] * len(gains)
    model.integrality_ = [highspy.HighsVarType.kInteger] * len(gains)
    model.row_lower_, model.row_upper_ = [low for low, _ in rows], [1] * len(rows)
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_ = [0, *accumulate(len(columns) for _, columns in rows)]
    model.a_matrix_.index_ = [column for _, columns in rows for column in columns]
    model.a_matrix_.value_ = [1] * sum(len(columns) for _, columns in rows)
    solver.passModel(model)
    solver.run()
    return [column for column, value in enumerate(solver.getSolution().col_value) if value > HALF]
