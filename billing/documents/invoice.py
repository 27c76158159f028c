"""A payer's invoice of a month, or the credit note on one."""

from dataclasses import dataclass
from datetime import datetime

from mobility.documents.papers import Letterhead
from mobility.documents.render import render


@dataclass(frozen=True, kw_only=True)
class PaperLine:
    """What is asked under one decision: whose, which, what in words, how many days."""

    person: str
    reference: str
    what: str
    days: str
    amount_cents: int


@dataclass(frozen=True, kw_only=True)
class InvoicePaper:
    """An invoice with a public payer's identifiers; a credit note names the invoice it `credits`, and why."""

    platform: Letterhead
    number: int
    issued_at: datetime
    month: str
    payer: str
    address: str
    siret: str | None
    service_code: str | None
    commitment: str | None
    lines: tuple[PaperLine, ...]
    total_cents: int
    credits: int | None
    reason: str | None
    tax_sentence: str


def invoice_pdf(paper: InvoicePaper) -> bytes:
    """The invoice as an A4 PDF/UA."""
    title = f"{'Avoir' if paper.total_cents < 0 else 'Facture'} n° {paper.number}"
    return render("billing/documents/invoice.typ", paper, title=title, dated_at=paper.issued_at)
