"""The list of everything the bank's statements told."""

from functools import partial
from typing import Any

from flask import url_for
from sqlalchemy import or_

from billing.models import BankLine
from billing.queries.bank import STATES, TONES, BankRow, read_row
from mobility.cells import Euros, Said
from mobility.listing import Column, Filter, Listing
from mobility.web.fields import Choice, Text


def _holding(query: Any, words: str) -> Any:
    return query.filter(or_(*(column.icontains(words.strip(), autoescape=True) for column in (BankLine.label, BankLine.payer))))


def _recorded_on(row: BankRow) -> str:
    if row.invoice_number is not None:
        return f"Facture {row.invoice_number}"
    if row.payout_reference is not None:
        return "Versement du prestataire de cartes"
    return row.payment_reference or row.line.reason or ""


def _link(row: BankRow) -> str | None:
    if row.line.payment_id is not None:
        return url_for("payments.show", payment_id=row.line.payment_id)
    if row.payout_reference is not None:
        return url_for("gateway_books.payouts")
    return url_for("invoices.show", number=row.invoice_number) if row.invoice_number is not None else None


BANK_LINES = Listing(
    name="virements-recus",
    title="Crédits des relevés",
    columns=[
        Column("on", "Le", lambda row: row.line.on, [BankLine.on], short=True),
        Column(
            "label", "Libellé", lambda row: row.line.label, [BankLine.label], lambda row: url_for("bank.line", bank_line_id=row.line.id)
        ),
        Column("payer", "Émetteur", lambda row: row.line.payer, [BankLine.payer]),
        Column("cents", "Montant", lambda row: Euros(row.line.cents), [BankLine.cents], number=True),
        Column("state", "État", lambda row: Said(STATES[row.line.state], TONES[row.line.state]), [BankLine.state]),
        Column("recorded", "Sur, ou pourquoi", _recorded_on, (), _link),
    ],
    filters=[
        Filter("q", "Libellé ou émetteur", partial(Text, longest=80), _holding),
        Filter(
            "state",
            "État",
            partial(Choice, STATES),
            lambda query, state: query.filter(BankLine.state == state),
            lambda: list(STATES.items()),
            every="Tous",
        ),
    ],
    sort="-on",
    tie=BankLine.id,
    read=read_row,
    amount=BankLine.cents,
)
