"""Whether somebody is ready to buy: what they paid and when, their budget, and a loan beside their rent (domain.md §3.3)."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from sqlalchemy import bindparam, select

from billing.budgets import MonthBudget
from billing.ledger import OF_CHARGES, OF_LOSSES
from billing.models import BillingAccount, Budget, Charge, JournalEntry, LedgerLine
from billing.owing import say_charge
from billing.payment_record import DAYS, Fallen, PaymentRecord, Received, payment_record, record_lines
from billing.queries.accounts import list_charges
from billing.queries.statement import charged_by_day, foreseen_stay
from billing.repayment import Repayment, compare, month_of_days, repay
from billing.schedule import Loan, plan
from billing.terms import thaw
from mobility import practice
from mobility.db import Kept, db
from mobility.periods import paris_day

_CHARGED = Kept(
    select(Charge)
    .join(BillingAccount, BillingAccount.id == Charge.account_id)
    .filter(BillingAccount.beneficiary_id == bindparam("beneficiary_id"))
    .order_by(Charge.id)
)
_LOST = select(LedgerLine.entry_number).filter(LedgerLine.ledger_code.in_(OF_LOSSES)).scalar_subquery()
_RECEIVED = Kept(
    select(LedgerLine.account_id, JournalEntry.on, LedgerLine.credit_cents - LedgerLine.debit_cents, JournalEntry.number.in_(_LOST))
    .join(JournalEntry, JournalEntry.number == LedgerLine.entry_number)
    .join(BillingAccount, BillingAccount.id == LedgerLine.account_id)
    .filter(BillingAccount.beneficiary_id == bindparam("beneficiary_id"))
    .filter(LedgerLine.ledger_code == "411", JournalEntry.journal.not_in(OF_CHARGES))
    .order_by(JournalEntry.number)
)


@dataclass(frozen=True, kw_only=True)
class Readiness:
    """What the page "ready to buy" says of an account's person; the sentences are None while what they are about is not known."""

    record: PaymentRecord
    kept: Budget | None
    rent_cents: int | None
    rents: tuple[tuple[str, int], ...]
    repayment: Repayment | None

    @property
    def budget(self) -> MonthBudget | None:
        """The budget as the rules read it."""
        return MonthBudget(lines=self.kept.lines) if self.kept else None

    @property
    def comparison(self) -> str | None:
        """The rent beside the instalment."""
        if self.repayment is None or self.rent_cents is None:
            return None
        return compare(self.rent_cents, self.repayment.instalment_cents)

    @property
    def after(self) -> str | None:
        """What the instalment leaves of the budget."""
        return self.budget.say_after(self.repayment.instalment_cents) if self.budget and self.repayment else None


def readiness(account: BillingAccount, loan: Loan | None, today: date) -> Readiness:
    """An account's person and rent beside a loan, if one is asked about."""
    rents = _rents(account, today)
    return Readiness(
        record=record_of(account.beneficiary_id, today),
        kept=find_budget(account.beneficiary_id),
        rent_cents=rents[-1][1] if rents else None,
        rents=rents,
        repayment=repay(loan) if loan else None,
    )


def aimed_loan(account: BillingAccount) -> Loan | None:
    """The loan that the account's schedule rises to, if it has one."""
    return thaw(account.terms).loan


def find_budget(beneficiary_id: int) -> Budget | None:
    """What the person told of their month; None when they told nothing."""
    return db.session.scalar(select(Budget).filter(Budget.beneficiary_id == beneficiary_id))


def record_of(beneficiary_id: int, today: date) -> PaymentRecord:
    """Every charge of the person's rentals, free ones left out, and how it was paid."""
    fallen, received = defaultdict(list), defaultdict(list)
    for charge in _CHARGED(beneficiary_id=beneficiary_id).scalars():
        label = say_charge(charge.key, charge.first_on, charge.last_on, charge.sentence)
        fallen[charge.account_id].append(Fallen(label=label, on=paris_day(charge.posted_at), cents=charge.cents))
    for account_id, on, cents, is_loss in _RECEIVED(beneficiary_id=beneficiary_id):
        received[account_id].append(Received(on=on, cents=cents, is_loss=is_loss))
    days = practice.value_on(DAYS, today)
    return payment_record(line for each in fallen for line in record_lines(fallen[each], received[each], days=days, today=today))


def _rents(account: BillingAccount, today: date) -> tuple[tuple[str, int], ...]:
    """The rent month by month until today; of a rental by the day, what 30 days cost by the last ones charged."""
    programme = thaw(account.terms).programme
    if programme is not None:
        until = min(today, paris_day(account.ended_at)) if account.ended_at else today
        months = [month for month in plan(programme, foreseen_stay(account).first_on) if month.first_on <= until]
        return tuple((f"Mois {month.month}", month.rent_cents) for month in months)
    cents = month_of_days(charged_by_day([charge for charge in list_charges(account.id) if charge.kind in ("rental", "credit")]))
    return () if cents is None else (("30 jours", cents),)
