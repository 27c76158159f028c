"""What assessments hold about people, table by table (mobility/held.py), and their papers."""

from collections.abc import Iterator
from functools import partial

from assessments.documents.assessment import assessment_pdf
from assessments.grids import find_grid
from assessments.moments import MOMENT_NAMES
from assessments.orientation import STATE_NAMES, WAY_NAMES
from assessments.queries import paper_of
from assessments.queries.held import list_finished
from mobility.held import Held, Row
from mobility.slots import Paper


def _in_words(row: Row) -> Row:
    """Questions and answers as they were read to the person."""
    grid = find_grid(row["grid_version"])
    items = grid.items() if grid else ()
    said = {item.label: item.levels[row["answers"][item.code]] for item in items if item.code in row["answers"]}
    return row | {"moment": MOMENT_NAMES[row["kind"]], "answers_in_words": said}


def _opened(row: Row) -> Row:
    return row | {"vehicle": WAY_NAMES[row["kind"]], "state_in_words": STATE_NAMES[row["state"]]}


HELD = (
    Held(table="assessment", title="Bilans de mobilité", words=_in_words),
    Held(table="clearance", title="Véhicules ouverts", words=_opened),
)


def papers_of(beneficiary_id: int) -> Iterator[Paper]:
    """Every finished assessment whose grid can be read; the others leave as the answers they hold."""
    for one in list_finished(beneficiary_id):
        if find_grid(one.grid_version) is None:
            continue
        yield Paper(name=f"bilan-{one.number}", read=partial(paper_of, one), draw=assessment_pdf)
