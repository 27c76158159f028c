"""The liaison form (fiche de liaison) on paper, for the structure's own file (domain.md §2.1)."""

from dataclasses import dataclass
from datetime import date, datetime

from mobility.documents.papers import Fact, Letterhead, Person
from mobility.documents.render import render


@dataclass(frozen=True, kw_only=True)
class LiaisonFormPaper:
    """What a prescriber sent; `answer` is the platform's, in one sentence, once there is one."""

    platform: Letterhead
    number: str
    received_at: datetime
    structure: str
    referent: str
    referent_contact: str
    follows: tuple[Fact, ...] = ()  # who follows the person, when it is not who prescribes
    person: Person
    reached: str | None = None  # as this form says it
    need: str
    situation: tuple[Fact, ...]
    job: tuple[Fact, ...] = ()  # empty: the form may come before a job exists
    job_starts_on: date | None = None
    agreed: tuple[Fact, ...]  # each agreement as it stands
    status: str
    answer: str | None = None


def liaison_form_pdf(paper: LiaisonFormPaper) -> bytes:
    """The form as an A4 PDF/UA."""
    title = f"Fiche de liaison {paper.number}"
    return render("mobility/documents/liaison_form.typ", paper, title=title, dated_at=paper.received_at)
