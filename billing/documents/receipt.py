"""The numbered receipt of a payment."""

from dataclasses import dataclass
from datetime import datetime

from mobility.documents.papers import Letterhead, Person
from mobility.documents.render import render


@dataclass(frozen=True, kw_only=True)
class PaidLine:
    """What a part of the payment settles, with the sentence of its price (domain.md §10.2)."""

    label: str
    amount_cents: int


@dataclass(frozen=True, kw_only=True)
class ReceiptPaper:
    """A payment received: `means` in words ("en espèces"), `declaration` when cash needed one (domain.md §9 "Cash")."""

    platform: Letterhead
    number: str
    received_at: datetime
    person: Person
    payer: str | None = None  # when somebody else pays
    lines: tuple[PaidLine, ...]
    total_cents: int
    means: str
    reference: str | None = None
    declaration: str | None = None
    left_cents: int = 0
    tax_sentence: str
    received_by: str


def receipt_pdf(paper: ReceiptPaper) -> bytes:
    """The receipt as an A4 PDF/UA."""
    return render("billing/documents/receipt.typ", paper, title=f"Reçu {paper.number}", dated_at=paper.received_at)
