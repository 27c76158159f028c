"""The receipt of a deposit (caution): what was given, what is still to come, when it is given back (domain.md §9 "Deposits")."""

from dataclasses import dataclass
from datetime import date, datetime

from mobility.documents.papers import Letterhead, Person, Signature
from mobility.documents.render import render


@dataclass(frozen=True, kw_only=True)
class Due:
    """A part of the deposit and its day."""

    due_on: date
    amount_cents: int


@dataclass(frozen=True, kw_only=True)
class DepositReceiptPaper:
    """A deposit handed in, whole or in part; `kind` and `means` in words ("chèque non encaissé", "remis en main propre")."""

    platform: Letterhead
    number: str
    received_at: datetime
    person: Person
    contract_number: str
    vehicle: str
    kind: str
    means: str
    agreed_cents: int
    received_cents: int
    left_cents: int = 0
    plan: tuple[Due, ...] = ()
    release_sentence: str
    received_by: str
    signatures: tuple[Signature, ...] = ()


def deposit_receipt_pdf(paper: DepositReceiptPaper) -> bytes:
    """The deposit's receipt as an A4 PDF/UA."""
    title = f"Reçu de caution {paper.number}"
    return render("billing/documents/deposit_receipt.typ", paper, title=title, dated_at=paper.received_at)
