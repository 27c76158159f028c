"""Towards a vehicle of one's own: the programme's rents rise to a loan's instalment, a budget is told, a file goes to a lender."""

from decimal import Decimal
from typing import Any

from billing.actions.budgets import keep_budget
from billing.schedule import Loan
from demo.beginnings import Actor
from demo.rentals import hold_weeks, take_keys
from demo.stage import Stage
from demo.timeline import Story
from fleet.actions.microcredits import prepare, send

_LOAN = Loan(principal_cents=450_000, yearly_rate=Decimal("0.04"), months=36)
_QUOTE: dict[str, Any] = {"vehicle": "Citroën C3 de 2015, 98 000 km", "seller": "Garage solidaire de la Vallée", "price_cents": 470_000}
_CHOSEN = ("birth", "contact", "jobs", "contract", "rent", "payments", "instalments", "budget", "quote", "assessment", "point_etapes")
_MONTH = {"wages": 138_000, "benefits": 21_500, "home": 61_000, "living": 42_000, "loans": 4_500, "vehicle": 14_500}


def buying(stage: Stage, actor: Actor, *, begins: int) -> Story:
    """In the third month of the programme: ready to buy, and a lender has the file."""
    yield from take_keys(stage, actor, begins=begins, loan=_LOAN)
    yield from hold_weeks(stage, actor, begins=begins, pays="cheque", drives=0.8)
    yield stage.at(-3, 15, 40)
    keep_budget(actor.id, **_MONTH, by=stage.adviser, now=stage.now)
    prepare(actor.booking_id, **vars(_LOAN), **_QUOTE, lines=_CHOSEN, agreed=True, by=stage.adviser, now=stage.now)
    yield stage.at(-2, 9, 10)
    send(actor.booking_id, lender="Crédit municipal de Valbrume", on=stage.day(-2), by=stage.adviser, now=stage.now)
