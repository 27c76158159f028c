"""A plain letter: to whom, the facts it is about, what it says, and who signs."""

from dataclasses import dataclass
from datetime import datetime

from mobility.documents.papers import Fact, Letterhead, Signature
from mobility.documents.render import render


@dataclass(frozen=True, kw_only=True)
class LetterPaper:
    """A letter on the platform's paper; `small` is what stands below the signature."""

    platform: Letterhead
    number: str
    written_at: datetime
    to: tuple[str, ...]
    opening: str
    facts: tuple[Fact, ...] = ()
    person: tuple[Fact, ...] = ()
    paragraphs: tuple[str, ...] = ()
    signatures: tuple[Signature, ...] = ()
    small: str | None = None


def letter_pdf(paper: LetterPaper, *, title: str) -> bytes:
    """The letter as an A4 PDF/UA."""
    return render("fleet/documents/letter.typ", paper, title=title, dated_at=paper.written_at)
