"""The mobility assessment (bilan de compétences mobilité) on paper (domain.md §2.2, §2.7, §9 "Data")."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from mobility.documents.papers import Letterhead, Person, Signature
from mobility.documents.render import render
from mobility.later import later

if TYPE_CHECKING:
    import segno
else:
    segno = later("segno")


@dataclass(frozen=True, kw_only=True)
class Dimension:
    """One line of the grid: what was seen, in words; 0–100 at this assessment and, on a review or an exit, at the entry.

    A declared need (psychomotor, confidence) has no figure: `percent` None, and only its words are printed.
    """

    label: str
    words: str
    percent: int | None
    entry_percent: int | None = None


@dataclass(frozen=True, kw_only=True)
class _Printed:
    platform: Letterhead
    number: str
    bilan: "AssessmentPaper"
    picture: str


@dataclass(frozen=True, kw_only=True)
class AssessmentPaper:
    """A finished assessment; `moment` as its title says it: "d’entrée", "intermédiaire", "de sortie"; `column` names it beside its entry.

    `situation`, `objective` and `progress` say it as France Travail's diagnosis does; `authority` is the prescriber's authorisation
    (list or order, date), or None: then nothing is said of it. `proof` is the address that says whether the paper is genuine.
    """

    platform: Letterhead
    number: str
    dated_at: datetime
    held_on: date
    valid_until: date
    situation: str = ""
    objective: str = ""
    progress: str = ""
    proof: str
    moment: str = "d’entrée"
    column: str = "Sortie"
    person: Person
    adviser: str
    grid: str
    dimensions: tuple[Dimension, ...]
    potential: int
    entry_potential: int | None = None
    opens: tuple[str, ...]
    authority: str | None = None
    signatures: tuple[Signature, ...] = ()


def assessment_pdf(paper: AssessmentPaper) -> bytes:
    """The assessment as an A4 PDF/UA: the table, and beside it the radar of the dimensions that count."""
    title = f"Bilan de compétences mobilité {paper.moment}"
    picture = segno.make(paper.proof, error="m", micro=False).svg_inline(border=0, dark="#14213D")
    printed = _Printed(platform=paper.platform, number=paper.number, bilan=paper, picture=picture)
    return render("assessments/documents/assessment.typ", printed, title=title, dated_at=paper.dated_at)
