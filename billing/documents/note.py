"""The detailed note that is due before payment from 25 € (domain.md §9 "Cash")."""

from dataclasses import dataclass
from datetime import date, datetime

from mobility.documents.papers import Letterhead, Person
from mobility.documents.render import render


@dataclass(frozen=True, kw_only=True)
class NoteLine:
    """One service: its quantity in words ("4 jours"), the price of one, and the amount."""

    label: str
    quantity: str
    unit_cents: int
    amount_cents: int


@dataclass(frozen=True, kw_only=True)
class NotePaper:
    """What is owed and why, before it is paid; `due_on` is None of what is asked no more."""

    platform: Letterhead
    number: str
    issued_at: datetime
    person: Person
    sentence: str
    lines: tuple[NoteLine, ...]
    total_cents: int
    due_on: date | None
    means: tuple[str, ...]
    tax_sentence: str


def note_pdf(paper: NotePaper) -> bytes:
    """The note as an A4 PDF/UA."""
    return render("billing/documents/note.typ", paper, title=f"Note détaillée {paper.number}", dated_at=paper.issued_at)
