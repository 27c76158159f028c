"""The AMIE schedule on paper: five months that rise like stairs (domain.md §3.3, §10.3)."""

from dataclasses import dataclass
from datetime import date, datetime

from mobility.documents.papers import Letterhead, Person
from mobility.documents.render import render


@dataclass(frozen=True, kw_only=True)
class Month:
    """One step: its first and last day, its rent, and what it covers in words ("location", "carburant")."""

    number: int
    first_on: date
    last_on: date
    rent_cents: int
    covers: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class SchedulePaper:
    """The plan a person receives.

    `loan_sentence` says which loan the last step prepares, `fuel_allowance_cents` what month 1 gives back.
    """

    platform: Letterhead
    number: str
    issued_at: datetime
    person: Person
    sentence: str
    months: tuple[Month, ...]
    total_cents: int
    loan_sentence: str | None = None
    fuel_allowance_cents: int | None = None


def schedule_pdf(paper: SchedulePaper) -> bytes:
    """The schedule as an A4 PDF/UA: the stairs and their table."""
    return render("billing/documents/schedule.typ", paper, title=f"Échéancier {paper.number}", dated_at=paper.issued_at)
