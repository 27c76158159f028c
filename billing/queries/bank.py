"""What the bank's statements say came in: what waits for a decision with the guesses, and everything by state."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, select

from billing.matching import Awaited, Claim, Owing, Proposal, Seen, propose
from billing.models import BankLine, PayerInvoice, PayerInvoiceStep, Payment
from billing.queries.figures import OWED_CENTS, all_accounts, read_account_line
from billing.queries.invoices import all_invoices, read_invoice
from billing.queries.payments import list_announced
from mobility.db import db
from mobility.errors import NotFound

OPEN, RECORDED, ASIDE = "open", "recorded", "aside"
STATES = {OPEN: "à rapprocher", RECORDED: "enregistré", ASIDE: "laissé de côté"}
TONES = {OPEN: "waiting", RECORDED: "fine", ASIDE: "neutral"}
SHOWN = 50


@dataclass(frozen=True, kw_only=True)
class Guessed:
    """A line that waits, and what it may pay."""

    line: BankLine
    guesses: tuple[Proposal, ...]


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """The first lines that wait, the oldest first; how many wait in all, and for how many cents."""

    shown: list[Guessed]
    count: int
    cents: int


@dataclass(frozen=True, kw_only=True)
class BankRow:
    """A line in a list, with the payment or the invoice it was recorded on."""

    line: BankLine
    payment_reference: str | None
    invoice_number: int | None


def find_waiting() -> Waiting:
    """What waits for a decision. Every line is guessed about, so that one reference on two lines shows wherever they stand."""
    lines = list(db.session.scalars(select(BankLine).filter(BankLine.state == OPEN).order_by(BankLine.on, BankLine.id)))
    guesses = _guess(lines) if lines else {}
    shown = [Guessed(line=line, guesses=guesses[line.id]) for line in lines[:SHOWN]]
    return Waiting(shown=shown, count=len(lines), cents=sum(line.cents for line in lines))


def _guess(lines: Sequence[BankLine]) -> dict[int, tuple[Proposal, ...]]:
    awaited = [
        Awaited(
            payment_id=each.payment.id,
            account_id=each.account.id,
            reference=each.payment.reference,
            cents=each.payment.cents,
            first_name=each.person.first_name,
            last_name=each.person.last_name,
        )
        for each in list_announced()
    ]
    owed = map(read_account_line, db.session.execute(all_accounts().filter(OWED_CENTS > 0)))
    owing = [
        Owing(
            account_id=each.account.id,
            label=each.account.label,
            cents=each.balance_cents,
            first_name=each.person.first_name,
            last_name=each.person.last_name,
            number=each.person.number,
        )
        for each in owed
    ]
    rows = map(read_invoice, db.session.execute(all_invoices().filter(PayerInvoice.cents > 0).order_by(PayerInvoice.number)))
    claims = [
        Claim(number=each.invoice.number, payer=each.payer.name, left_cents=each.progress.left_cents)
        for each in rows
        if each.progress.left_cents
    ]
    seen = [Seen(line_id=line.id, cents=line.cents, label=line.label, payer=line.payer) for line in lines]
    return propose(seen, awaited, owing, claims)


def list_ibans() -> list[str]:
    """The accounts that statements named so far."""
    return list(db.session.scalars(select(BankLine.iban).filter(BankLine.iban != "").distinct().order_by(BankLine.iban)))


def marks_among(iban: str, marks: Sequence[str]) -> set[str]:
    """Which of these lines an account has already, or a file that named no account."""
    return set(db.session.scalars(select(BankLine.mark).filter(BankLine.iban.in_({iban, ""}), BankLine.mark.in_(marks))))


def get_row(line_id: int) -> BankRow:
    """A line as lists show it. Raises NotFound."""
    row = db.session.execute(all_lines().filter(BankLine.id == line_id)).first()
    if row is None:
        raise NotFound
    return read_row(row)


def all_lines() -> Select[*tuple[Any, ...]]:
    """Every line with what it was recorded on: what lists narrow and order."""
    return (
        select(BankLine, Payment.reference, PayerInvoice.number)
        .outerjoin(Payment, Payment.id == BankLine.payment_id)
        .outerjoin(PayerInvoiceStep, PayerInvoiceStep.id == BankLine.invoice_step_id)
        .outerjoin(PayerInvoice, PayerInvoice.id == PayerInvoiceStep.invoice_id)
    )


def read_row(row: Any) -> BankRow:
    """A line as lists show it."""
    line, reference, number = row
    return BankRow(line=line, payment_reference=reference, invoice_number=number)
