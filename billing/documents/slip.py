"""The deposit slip of cheques (bordereau de remise): each cheque, how many, and what they come to."""

from dataclasses import dataclass
from datetime import datetime

from mobility.documents.papers import Letterhead
from mobility.documents.render import render


@dataclass(frozen=True, kw_only=True)
class SlipCheque:
    """A cheque as the bank reads it."""

    number: str
    bank: str
    drawn_by: str
    paid_cents: int


@dataclass(frozen=True, kw_only=True)
class SlipPaper:
    """A slip, for the bank and for the books."""

    platform: Letterhead
    number: int
    made_at: datetime
    count: int
    total_cents: int
    cheques: tuple[SlipCheque, ...]


def slip_pdf(paper: SlipPaper) -> bytes:
    """The slip as an A4 PDF/UA."""
    return render("billing/documents/slip.typ", paper, title=f"Remise de chèques n° {paper.number}", dated_at=paper.made_at)
