"""A letter in paragraphs, for who has neither mail nor telephone."""

from dataclasses import dataclass
from datetime import datetime

from mobility.documents.papers import Letterhead
from mobility.documents.render import render


@dataclass(frozen=True, kw_only=True)
class Letter:
    """To whom, and what it says; `number` is what stands at its foot, the person's."""

    platform: Letterhead
    number: str
    written_at: datetime
    to: tuple[str, ...]
    paragraphs: tuple[str, ...]


def letter_pdf(paper: Letter, *, title: str) -> bytes:
    """The letter as an A4 PDF/UA."""
    return render("mobility/documents/letter.typ", paper, title=title, dated_at=paper.written_at)
