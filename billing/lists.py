"""Money's lists: deposits."""

from functools import partial
from typing import Any

from flask import url_for
from sqlalchemy import or_

from billing.deposits import DEPOSIT_KIND_LABELS, STATE_LABELS, STATE_TONES
from billing.models import BillingAccount, Deposit
from mobility.cells import Euros, Said
from mobility.listing import Column, Filter, Listing
from mobility.lists import BY_NAME
from mobility.models import Beneficiary
from mobility.names import fold
from mobility.periods import paris_day
from mobility.web.fields import Choice, Text


def _matching(query: Any, words: str) -> Any:
    """Narrow to lines whose person's name or number, or whose rental, holds the words."""
    held = [column.icontains(words.strip(), autoescape=True) for column in (Beneficiary.number, BillingAccount.label)]
    return query.filter(or_(Beneficiary.search_key.contains(fold(words), autoescape=True), *held))


def _one_of(name: str, label: str, labels: dict[str, str], column: Any) -> Filter:
    return Filter(name, label, partial(Choice, labels), lambda q, v: q.filter(column == v), lambda: list(labels.items()), every="Toutes")


DEPOSITS = Listing(
    name="cautions",
    title="Toutes les cautions",
    columns=[
        Column(
            "person",
            "Personne",
            lambda row: f"{row[2].first_name} {row[2].last_name}",
            BY_NAME,
            lambda row: url_for("deposits.show", deposit_id=row[0].id),
        ),
        Column("label", "Véhicule", lambda row: row[1].label, [BillingAccount.label]),
        Column("opened", "Compte ouvert le", lambda row: paris_day(row[1].opened_at), [BillingAccount.opened_at, Deposit.id]),
        Column("kind", "Sorte", lambda row: DEPOSIT_KIND_LABELS[row[0].kind], [Deposit.kind]),
        Column("due", "Demandée", lambda row: Euros(row[0].due_cents), [Deposit.due_cents], number=True),
        Column("held", "Reçue", lambda row: Euros(row[0].held_cents), [Deposit.held_cents], number=True),
        Column("status", "État", lambda row: Said(STATE_LABELS[row[0].status], STATE_TONES[row[0].status])),
        Column("release", "À rendre le", lambda row: row[0].release_on, [Deposit.release_on]),
    ],
    filters=[
        Filter("q", "Nom ou véhicule", partial(Text, longest=80), _matching),
        _one_of("status", "État", STATE_LABELS, Deposit.status),
        _one_of("kind", "Sorte", DEPOSIT_KIND_LABELS, Deposit.kind),
    ],
    sort="-opened",
    tie=Deposit.id,
    person=lambda row: int(row[2].id),
)
