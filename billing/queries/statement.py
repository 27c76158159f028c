"""One account told to its person: what is due today and why, what came and went, what lies ahead."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select

from billing.ledger import OF_CHARGES
from billing.models import BillingAccount, Charge, JournalEntry, LedgerLine, Payment, Receipt
from billing.owing import Forecast, Owing, days_ahead, months_ahead, owing
from billing.queries.accounts import list_charges, settled
from billing.queries.names import list_owed, told_charges
from billing.queries.tariffs import tier_spans
from billing.reckoning import Stay, held_months
from billing.schedule import end_early
from billing.terms import AMIE, thaw
from mobility.db import db
from mobility.periods import instant_of, paris_day


@dataclass(frozen=True, kw_only=True)
class StatementLine:
    """One movement: when, what in words, cents (a charge above zero, money received below), the balance after it, its receipt's number."""

    at: datetime
    text: str
    cents: int
    balance_cents: int
    receipt_number: int | None = None

    @property
    def on(self) -> date:
        """The day of the movement."""
        return paris_day(self.at)


def due_now(account_id: int) -> Owing:
    """What is to be paid today on an account, with its sentence."""
    came = settled(account_id)
    return owing(list_owed(account_id, dated=True), paid_cents=came.cents, lost_cents=came.lost_cents)


def statement(account_id: int) -> list[StatementLine]:
    """The account's movements in order, free weeks included, each with the balance after it."""
    moves = sorted([*_charged(account_id), *_received(account_id)], key=lambda move: move[0])
    lines: list[StatementLine] = []
    balance_cents = 0
    for at, text, cents, number in moves:
        balance_cents += cents
        lines.append(StatementLine(at=at, text=text, cents=cents, balance_cents=balance_cents, receipt_number=number))
    return lines


def forecast(account: BillingAccount) -> Forecast | None:
    """What lies ahead until the foreseen return, at today's tiers; None once returned, or when no return is foreseen."""
    if account.closed_at is not None or (account.last_on is None and account.programme != AMIE):
        return None
    return forecast_between(account, account.first_on, account.last_on)


def forecast_between(account: BillingAccount, first_on: date, last_on: date | None) -> Forecast:
    """What would lie ahead if the stay were foreseen on these days: a day that was handed over on stays the first."""
    stay = _stay(account, account.started_at or instant_of(first_on))
    charges = list_charges(account.id)
    if stay.terms.programme is None:
        assert last_on is not None
        spans = tier_spans(account.beneficiary_id, qpv=account.qpv)
        return days_ahead(stay, spans, charged=charged_by_day(charges), last_on=last_on)
    posted = {charge.key for charge in charges}
    months = held_months(stay)
    months = end_early(months, last_on) if last_on and last_on >= stay.first_on else months
    return months_ahead(month for month in months if f"month-{month.month}" not in posted)


def stay_of(account: BillingAccount) -> Stay | None:
    """The account's stay as the rules read it, None before the handover."""
    return _stay(account, account.started_at) if account.started_at else None


def foreseen_stay(account: BillingAccount) -> Stay:
    """The stay as it is, or as it is foreseen before the handover."""
    return _stay(account, account.started_at or instant_of(account.first_on))


def idle_days(account: BillingAccount) -> frozenset[date]:
    """The days on which the vehicle was out of service."""
    return days_of_spans(account.out_of_service)


def days_of_spans(frozen: list[list[str]]) -> frozenset[date]:
    """The days of spans as an account keeps them, both ends included."""
    spans = [(date.fromisoformat(first), date.fromisoformat(last)) for first, last in frozen]
    return frozenset(first + timedelta(days=count) for first, last in spans for count in range((last - first).days + 1))


def charged_by_day(charges: list[Charge]) -> dict[date, int]:
    """Cents charged so far by day (by a month's first day in the programme), credits taken off."""
    net: dict[date, int] = {}
    for charge in charges:
        for part in charge.days:
            day = date.fromisoformat(part["day"])
            net[day] = net.get(day, 0) + part["cents"]
    return net


def _stay(account: BillingAccount, handed_over_at: datetime) -> Stay:
    return Stay(
        kind=account.kind,
        terms=thaw(account.terms),
        handed_over_at=handed_over_at,
        returned_at=account.ended_at,
        idle=idle_days(account),
    )


def shared_by_day(charges: list[Charge]) -> dict[date, dict[int, int]]:
    """Cents the payers were charged so far by day and agreement, what was given back taken off."""
    net: dict[date, dict[int, int]] = {}
    for charge in charges:
        for part in charge.days:
            for share in part.get("shares", ()):
                of_day = net.setdefault(date.fromisoformat(part["day"]), {})
                of_day[share["agreement"]] = of_day.get(share["agreement"], 0) + share["cents"]
    return net


Move = tuple[datetime, str, int, int | None]


def _charged(account_id: int) -> list[Move]:
    return [(charge.posted_at, text, charge.cents, None) for charge, text in told_charges(account_id, dated=True)]


def _received(account_id: int) -> list[Move]:
    """Everything that moved the person's account but the sales: payments, refunds, a deposit kept, a loss."""
    query = (
        select(JournalEntry.at, JournalEntry.label, LedgerLine.debit_cents - LedgerLine.credit_cents, Receipt.number)
        .join(LedgerLine, LedgerLine.entry_number == JournalEntry.number)
        .outerjoin(Payment, Payment.entry_number == JournalEntry.number)
        .outerjoin(Receipt, Receipt.payment_id == Payment.id)
        .filter(LedgerLine.account_id == account_id, LedgerLine.ledger_code == "411", JournalEntry.journal.not_in(OF_CHARGES))
    )
    return [(at, label, int(cents), number) for at, label, cents, number in db.session.execute(query.order_by(JournalEntry.number))]
