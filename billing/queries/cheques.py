"""Cheques received, by the entry that put each among those to take to the bank: those that wait, and those of a slip."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, exists, select

from billing.documents.slip import SlipCheque, SlipPaper
from billing.ledger import CHEQUES
from billing.models import BankedCheque, Banking, BillingAccount, JournalEntry, LedgerLine, Payment, PaymentRefund
from mobility.db import db
from mobility.errors import NotFound
from mobility.models import Beneficiary
from mobility.queries.letterhead import letterhead


@dataclass(frozen=True, kw_only=True)
class Cheque:
    """A cheque: its entry, whose debt it paid, what stands on it, and its place on a slip once it has one."""

    entry_number: int
    account_id: int
    person: Beneficiary
    received_on: date
    cents: int
    number: str
    bank: str | None
    drawn_by: str
    payment_id: int | None
    banked: BankedCheque | None

    @property
    def said(self) -> str:
        """What stands on it, in a few words."""
        return ", ".join(part for part in (self.drawn_by, self.bank, f"n° {self.number}") if part)


_CHEQUES = (
    select(LedgerLine.entry_number, LedgerLine.account_id, LedgerLine.debit_cents, JournalEntry, Beneficiary, Payment, BankedCheque)
    .join(JournalEntry, JournalEntry.number == LedgerLine.entry_number)
    .join(BillingAccount, BillingAccount.id == LedgerLine.account_id)
    .join(Beneficiary, Beneficiary.id == BillingAccount.beneficiary_id)
    .outerjoin(Payment, Payment.entry_number == LedgerLine.entry_number)
    .outerjoin(BankedCheque, BankedCheque.entry_number == LedgerLine.entry_number)
    .filter(LedgerLine.ledger_code == CHEQUES, LedgerLine.debit_cents > 0)
    .order_by(LedgerLine.entry_number)
)
_HANDED_BACK = exists().where(
    PaymentRefund.payment_id == Payment.id, PaymentRefund.cents == Payment.cents, PaymentRefund.status == "settled"
)


def list_waiting() -> list[Cheque]:
    """The cheques on no slip yet, the oldest first; one handed back to its person waits no more."""
    return _read(_CHEQUES.filter(BankedCheque.id.is_(None), ~_HANDED_BACK))


def list_of_slip(banking_id: int) -> list[Cheque]:
    """The cheques of a slip, in the order they were received."""
    return _read(_CHEQUES.filter(BankedCheque.banking_id == banking_id))


def get_slip(number: int) -> Banking:
    """A slip of cheques by its number. Raises NotFound, for cash too."""
    found = db.session.scalar(select(Banking).filter(Banking.number == number, Banking.made_entry.is_(None)))
    if found is None:
        raise NotFound
    return found


def is_on_slip(payment: Payment) -> bool:
    """Whether the cheque of a payment has left for the bank."""
    asked = select(BankedCheque.id).filter(BankedCheque.entry_number == payment.entry_number)
    return db.session.scalar(asked) is not None


def slip_paper(number: int) -> SlipPaper:
    """A slip as the bank wants it. Raises NotFound."""
    slip = get_slip(number)
    cheques = list_of_slip(slip.id)
    return SlipPaper(
        platform=letterhead(),
        number=slip.number,
        made_at=slip.made_at,
        count=len(cheques),
        total_cents=slip.cents,
        cheques=tuple(
            SlipCheque(number=each.number, bank=each.bank or "–", drawn_by=each.drawn_by, paid_cents=each.cents) for each in cheques
        ),
    )


def _read(query: Select[*tuple[Any, ...]]) -> list[Cheque]:
    return [_cheque(*row) for row in db.session.execute(query)]


def _cheque(
    number: int, account_id: int, cents: int, entry: JournalEntry, person: Beneficiary, payment: Payment | None, banked: BankedCheque | None
) -> Cheque:
    """A cheque of a deposit that was cashed has no payment: its deposit's reference stands for it."""
    return Cheque(
        entry_number=number,
        account_id=account_id,
        person=person,
        received_on=entry.on,
        cents=cents,
        number=(payment.voucher if payment else None) or entry.reference,
        bank=payment.bank if payment else None,
        drawn_by=(payment.drawn_by if payment else None) or f"{person.first_name} {person.last_name}",
        payment_id=payment.id if payment else None,
        banked=banked,
    )
