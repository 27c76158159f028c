"""What payers owe, by how long they have been asked for it; what is to be deducted; what they were not asked for yet (domain.md §9)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, case, select

from billing.arrears import AGES, first_days
from billing.invoices import BACK, Claims
from billing.ledger import OF_PAYERS
from billing.models import LedgerLine, Payer, PayerInvoice
from billing.queries.figures import DEBIT_LESS_CREDIT, balance_of
from billing.queries.invoices import ASKED_CENTS, IS_NOTE, all_invoices, claims_on
from billing.shares import party_of
from mobility.clock import today
from mobility.db import db, total_of
from mobility.periods import instant_of


@dataclass(frozen=True, kw_only=True)
class PayerLine:
    """A payer, and what it owes in cents by the ledger, of which it was not asked so much yet (below zero: days given back since)."""

    payer: Payer
    owed_cents: int
    not_invoiced_cents: int

    @property
    def party(self) -> str:
        """The payer as the ledger names it."""
        return party_of(self.payer.id)


def sum_claims(on: date) -> Claims:
    """What payers owe on a day by age, as the lists of `of_age` add up; with what is not invoiced it comes to the ledger's 4112."""
    sums = (total_of(case((narrow, ASKED_CENTS), else_=0)).label(age) for age, narrow in _ages(on).items())
    parts = db.session.execute(all_invoices().with_only_columns(*sums)).one()._asdict()
    return Claims(**parts, not_invoiced=balance_of(OF_PAYERS) - sum(parts.values()))


def of_age(query: Any, age: str) -> Any:
    """The invoices of which something is left, asked so long ago; or those that give back more than they ask."""
    return query.filter(_ages(today())[age])


def list_payers() -> list[PayerLine]:
    """The platform's payers by name, each with what it owes."""
    owed = select(LedgerLine.subject_number, total_of(DEBIT_LESS_CREDIT)).filter(LedgerLine.ledger_code == OF_PAYERS)
    by_party = {party: cents for party, cents in db.session.execute(owed.group_by(LedgerLine.subject_number))}
    asked = _asked_by_payer()
    payers = [(payer, by_party.get(party_of(payer.id), 0)) for payer in db.session.scalars(select(Payer).order_by(Payer.name))]
    return [PayerLine(payer=payer, owed_cents=cents, not_invoiced_cents=cents - asked.get(payer.id, 0)) for payer, cents in payers]


def not_invoiced_of(payer_id: int) -> Mapping[int, int]:
    """Cents of days charged that a payer was not asked for yet, by agreement; below zero when days were given back since."""
    left = {one: sum(claim.to_ask for claim in by_day.values()) for one, by_day in claims_on(payer_id).items()}
    return {agreement_id: cents for agreement_id, cents in left.items() if cents}


def _ages(on: date) -> dict[str, ColumnElement[bool]]:
    """Which invoices each figure is made of: by the day they were issued, as what people owe is by the day it was charged."""
    month, two_months, old = (PayerInvoice.issued_at >= instant_of(day) for day in first_days(on))
    spans = (month, and_(~month, two_months), and_(~two_months, old), ~old)
    is_left = and_(PayerInvoice.cents > 0, ASKED_CENTS > 0)
    by_age = {age: and_(is_left, span) for age, span in zip(AGES, spans, strict=True)}
    return by_age | {BACK: and_(PayerInvoice.cents < 0, ~IS_NOTE)}


def _asked_by_payer() -> dict[int, int]:
    """Cents each payer was asked and has not paid, what was given up or back taken off."""
    sums = all_invoices().filter(~IS_NOTE).with_only_columns(PayerInvoice.payer_id, total_of(ASKED_CENTS)).group_by(PayerInvoice.payer_id)
    return {payer_id: cents for payer_id, cents in db.session.execute(sums)}
