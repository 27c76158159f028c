"""What the bank's statements say came in: what waits for a decision with the guesses, and everything by state."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Select, select

from billing.matching import MOST, Awaited, Claim, Owing, Proposal, Seen, propose
from billing.models import BankLine, GatewayPayout, PayerInvoice, PayerInvoiceStep, Payment
from billing.payout_matching import Sent, propose_payouts
from billing.queries.figures import OWED_CENTS, all_accounts, read_account_line
from billing.queries.gateway_books import list_to_bank
from billing.queries.invoices import all_invoices, read_invoice
from billing.queries.payments import list_announced
from mobility.db import db
from mobility.errors import NotFound
from mobility.periods import paris_day

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
    """A line in a list, with the payment, the invoice or the card gateway's payout it was recorded on."""

    line: BankLine
    payment_reference: str | None
    invoice_number: int | None
    payout_reference: str | None


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
    seen = [Seen(line_id=line.id, cents=line.cents, label=line.label, payer=line.payer, on=line.on) for line in lines]
    of_payouts, of_people = propose_payouts(seen, _sent()), propose(seen, awaited, owing, claims)
    return {line.id: _together(of_payouts[line.id], of_people[line.id]) for line in lines}


def _sent() -> list[Sent]:
    return [
        Sent(
            payout_id=each.id,
            reference=each.reference,
            cents=each.cents,
            made_on=paris_day(each.made_at),
            arrives_on=each.arrives_on,
        )
        for each in list_to_bank()
    ]


def _together(payouts: tuple[Proposal, ...], others: tuple[Proposal, ...]) -> tuple[Proposal, ...]:
    """The sure one first; two that are sure are not."""
    told = sorted([*payouts, *others], key=lambda guess: not guess.is_sure)
    if sum(guess.is_sure for guess in told) > 1:
        told = [replace(guess, is_sure=False) for guess in told]
    return tuple(told[:MOST])


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
        select(BankLine, Payment.reference, PayerInvoice.number, GatewayPayout.reference)
        .outerjoin(GatewayPayout, GatewayPayout.bank_line_id == BankLine.id)
        .outerjoin(Payment, Payment.id == BankLine.payment_id)
        .outerjoin(PayerInvoiceStep, PayerInvoiceStep.id == BankLine.invoice_step_id)
        .outerjoin(PayerInvoice, PayerInvoice.id == PayerInvoiceStep.invoice_id)
    )


def read_row(row: Any) -> BankRow:
    """A line as lists show it."""
    line, reference, number, payout = row
    return BankRow(line=line, payment_reference=reference, invoice_number=number, payout_reference=payout)
