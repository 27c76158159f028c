"""What goes to a hirer on paper: the order, and the letter by which the association stands for the person (domain.md §3.5)."""

from dataclasses import dataclass
from datetime import datetime

from mobility.documents.papers import Fact, Letterhead, Signature
from mobility.documents.render import render


@dataclass(frozen=True, kw_only=True)
class HirePaper:
    """An order or a guarantee to a hirer: one sentence first, its facts, then what it says."""

    platform: Letterhead
    title: str
    written_at: datetime
    to: tuple[str, ...]
    opening: str
    facts: tuple[Fact, ...]
    paragraphs: tuple[str, ...]
    signatures: tuple[Signature, ...]


def hire_pdf(paper: HirePaper) -> bytes:
    """It as an A4 PDF/UA."""
    return render("billing/documents/hire.typ", paper, title=paper.title, dated_at=paper.written_at)
