"""The platform's analytic codes, which of them a line carries, and what a year's lines come to under each."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, select

from billing.analytic import CODED, DEFAULTS, analytic_key, code_of
from billing.fec import LedgerRow
from billing.models import BillingAccount, JournalEntry, LedgerLine, Payer
from billing.queries.figures import in_year
from billing.shares import party_of
from mobility import practice
from mobility.db import db, total_of

CodeOf = Callable[[str, str | None, str | None, date], str]


@dataclass(frozen=True, kw_only=True)
class AnalyticCode:
    """An action or a kind of funder, the platform's code and words for it, and the setting that holds them."""

    subject: str
    code: str
    label: str
    key: str


@dataclass(frozen=True, kw_only=True)
class CodeSum:
    """What a year's lines under one code come to on one of our accounts, in cents."""

    code: str
    account: str
    debit_cents: int
    credit_cents: int


def list_codes(on: date) -> list[AnalyticCode]:
    """Every code as it stands on a day."""
    found = []
    for subject in DEFAULTS:
        code, _, label = practice.value_on(analytic_key(subject), on).partition(" ")
        found.append(AnalyticCode(subject=subject, code=code, label=label, key=analytic_key(subject)))
    return found


def line_codes() -> Callable[[LedgerRow], str]:
    """The code of a line, looked up once for many; none for balances carried over, which are no movement of their year."""
    coded = _coded()
    return lambda line: coded(line.account, line.programme, line.party, line.on) if line.number else ""


def sums_of(year: int) -> list[CodeSum]:
    """What the lines of a year come to, by code and account: together, what the books hold on these accounts."""
    coded = _coded()
    sums: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
    for account, programme, party, on, debit_cents, credit_cents in db.session.execute(_by_day(year)):
        held = sums[coded(account, programme, party, on), account]
        held[0] += int(debit_cents)
        held[1] += int(credit_cents)
    return [CodeSum(code=code, account=account, debit_cents=d, credit_cents=c) for (code, account), (d, c) in sorted(sums.items())]


def _coded() -> CodeOf:
    readers = {subject: practice.reader_of(analytic_key(subject)) for subject in DEFAULTS}
    kinds = {party_of(id_): kind for id_, kind in db.session.execute(select(Payer.id, Payer.kind))}

    def coded(account: str, programme: str | None, party: str | None, on: date) -> str:
        subject = code_of(account, programme=programme, funder=kinds.get(party or ""))
        return readers[subject](on).partition(" ")[0] if subject else ""

    return coded


def _by_day(year: int) -> Select[*tuple[Any, ...]]:
    """By day, for a code may change from one day to the next."""
    what = (LedgerLine.ledger_code, BillingAccount.programme, LedgerLine.subject_number, JournalEntry.on)
    lines = (
        select(*what, total_of(LedgerLine.debit_cents), total_of(LedgerLine.credit_cents))
        .join(LedgerLine, LedgerLine.entry_number == JournalEntry.number)
        .outerjoin(BillingAccount, BillingAccount.id == LedgerLine.account_id)
        .filter(LedgerLine.ledger_code.in_(CODED))
    )
    found: Select[*tuple[Any, ...]] = in_year(lines, year).group_by(*what)
    return found
