"""What assessments hold about people, table by table (mobility/held.py), and their papers."""

from collections.abc import Iterator
from functools import partial

from assessments.booklet import queries as booklet
from assessments.booklet.competences import label_of
from assessments.booklet.contents import EXPERIENCE_KINDS
from assessments.documents.assessment import assessment_pdf
from assessments.documents.booklet import booklet_pdf
from assessments.grids import find_grid
from assessments.moments import MOMENT_NAMES
from assessments.orientation import STATE_NAMES, WAY_NAMES
from assessments.queries import paper_of
from assessments.queries.held import list_finished
from mobility.clock import now
from mobility.db import db
from mobility.held import Held, Row
from mobility.models import Beneficiary
from mobility.slots import Paper


def _in_words(row: Row) -> Row:
    """Questions and answers as they were read to the person."""
    grid = find_grid(row["grid_version"])
    items = grid.items() if grid else ()
    said = {item.label: item.levels[row["answers"][item.code]] for item in items if item.code in row["answers"]}
    return row | {"moment": MOMENT_NAMES[row["kind"]], "answers_in_words": said}


def _opened(row: Row) -> Row:
    return row | {"vehicle": WAY_NAMES[row["kind"]], "state_in_words": STATE_NAMES[row["state"]]}


def _experience(row: Row) -> Row:
    return row | {"kind_in_words": EXPERIENCE_KINDS.get(row["kind"], row["kind"])}


def _competence(row: Row) -> Row:
    return row | {"label": label_of(row["code"])}


HELD = (
    Held(table="assessment", title="Bilans de mobilité", words=_in_words),
    Held(table="clearance", title="Véhicules ouverts", words=_opened),
    Held(table="experience", title="Livret de mobilité : expériences", words=_experience),
    Held(table="competence", title="Livret de mobilité : compétences", words=_competence),
    Held(table="confirmation", title="Livret de mobilité : confirmations", column="competence_id", into="competence"),
    Held(table="booklet_share", title="Livret de mobilité : partages"),
    Held(table="booklet_look", title="Livret de mobilité : consultations", column="booklet_share_id", into="booklet_share"),
)


def papers_of(beneficiary_id: int) -> Iterator[Paper]:
    """The booklet that somebody began, and every finished assessment whose grid can be read; the others leave as the answers they hold."""
    if booklet.list_competences(beneficiary_id) or booklet.list_experiences(beneficiary_id):
        person = db.session.get_one(Beneficiary, beneficiary_id)
        yield Paper(name=f"livret-{person.number}", read=partial(booklet.paper_of, person, now()), draw=booklet_pdf)
    for one in list_finished(beneficiary_id):
        if find_grid(one.grid_version) is None:
            continue
        yield Paper(name=f"bilan-{one.number}", read=partial(paper_of, one), draw=assessment_pdf)
