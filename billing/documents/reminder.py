"""A reminder as a letter, for who has neither mail nor telephone."""

from dataclasses import dataclass
from datetime import datetime

from mobility.documents.papers import Letterhead
from mobility.documents.render import render


@dataclass(frozen=True, kw_only=True)
class ReminderPaper:
    """To whom, what about, and what it says; `number` is the account's."""

    platform: Letterhead
    number: str
    written_at: datetime
    to: tuple[str, ...]
    paragraphs: tuple[str, ...]


def reminder_pdf(paper: ReminderPaper, *, title: str) -> bytes:
    """The letter as an A4 PDF/UA."""
    return render("billing/documents/reminder.typ", paper, title=title, dated_at=paper.written_at)
