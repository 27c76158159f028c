"""The lists of orders to hirers and of their invoices."""

from functools import partial
from typing import Any

from flask import url_for

from billing.hires import STATES, TONES
from billing.models import HireOrder, Hirer, HireStep
from billing.queries.hires import BILL_LEFT, GUARANTEED_CENTS, LEFT_CENTS, STATE, due_back, read_bill, read_hire, said_return
from mobility.cells import Euros, Said
from mobility.clock import today
from mobility.listing import Column, Filter, Listing
from mobility.lists import BY_NAME, period_filters
from mobility.web.fields import Choice

_TO_PAY, _PAID = "to_pay", "paid"
_BACK = {"due": "à rendre bientôt, ou en retard"}
_LEFT = {_TO_PAY: "à payer", _PAID: "soldées"}


def _to_order(row: Any) -> str:
    return url_for("hires.show", hire_id=row.order.id)


def _return(row: Any) -> Said | None:
    said = said_return(row, today())
    return Said(*said) if said else None


def _of_left(query: Any, left: str) -> Any:
    return query.filter(BILL_LEFT > 0 if left == _TO_PAY else BILL_LEFT == 0)


HIRES = Listing(
    name="commandes-aux-loueurs",
    title="Commandes aux loueurs",
    columns=[
        Column(
            "number", "N°", lambda row: row.number, [HireOrder.number], lambda row: url_for("hires.show", hire_id=row.order.id), short=True
        ),
        Column("hirer", "Loueur", lambda row: row.hirer.name, [Hirer.name]),
        Column("person", "Personne", lambda row: f"{row.person.first_name} {row.person.last_name}", BY_NAME),
        Column("first", "Du", lambda row: row.order.first_on, [HireOrder.first_on], short=True),
        Column("last", "Au", lambda row: row.order.last_on, [HireOrder.last_on], short=True),
        Column("return", "Retour", _return),
        Column("state", "État", lambda row: Said(STATES[row.state], TONES.get(row.state, "neutral")), [STATE]),
        Column("left", "Dû au loueur", lambda row: Euros(row.left_cents), [LEFT_CENTS], number=True),
        Column("guaranteed", "Garanti", lambda row: Euros(row.guaranteed_cents), [GUARANTEED_CENTS], number=True),
    ],
    filters=[
        Filter("state", "État", partial(Choice, STATES), lambda q, v: q.filter(v == STATE), lambda: list(STATES.items())),
        Filter("return", "Retour", partial(Choice, _BACK), lambda q, v: due_back(q, today()), lambda: list(_BACK.items())),
        *period_filters(HireOrder.ordered_at, "Commandées depuis le"),
    ],
    sort="-number",
    tie=HireOrder.id,
    read=read_hire,
    person=lambda row: int(row.person.id),
)
HIRE_BILLS = Listing(
    name="factures-des-loueurs",
    title="Factures des loueurs",
    columns=[
        Column(
            "number",
            "Facture",
            lambda row: row.step.reference,
            [HireStep.reference],
            _to_order,
            short=True,
        ),
        Column("hirer", "Loueur", lambda row: row.hirer.name, [Hirer.name]),
        Column("person", "Personne", lambda row: f"{row.person.first_name} {row.person.last_name}", BY_NAME),
        Column("on", "Du", lambda row: row.step.on, [HireStep.on], short=True),
        Column("cents", "Montant", lambda row: Euros(row.step.cents), [HireStep.cents], number=True),
        Column("left", "Reste", lambda row: Euros(row.left_cents), [BILL_LEFT], number=True),
    ],
    filters=[
        Filter("left", "Reste", partial(Choice, _LEFT), _of_left, lambda: list(_LEFT.items()), every="Toutes"),
        *period_filters(HireStep.at, "Enregistrées depuis le"),
    ],
    sort="-on",
    tie=HireStep.id,
    read=read_bill,
    person=lambda row: int(row.person.id),
)
