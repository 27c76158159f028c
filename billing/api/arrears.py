"""What is owed by its age, in JSON: the page's own list, and its sums."""

from typing import Any

from billing.arrears import Aged
from billing.lists import ARREARS
from billing.queries.arrears import arrears, sum_arrears
from billing.schemas.arrears import AgedSchema, ArrearLineSchema
from billing.views.money import BOOKS
from mobility.clock import today
from mobility.web.access import allow
from mobility.web.api import Blueprint
from mobility.web.lists import list_of, told

blp = Blueprint("arrears_api", __name__, url_prefix="/api/v1/p/<slug>", description="Ce qui est dû, par ancienneté")


@blp.get("/money/arrears")
@blp.arguments(ARREARS.schema(), location="query")
@blp.response(200, list_of(ArrearLineSchema))
@allow(*BOOKS)
def list_arrears(asked: dict[str, Any]) -> dict[str, Any]:
    """The accounts that owe, the oldest debts first, fifty a page."""
    return told(ARREARS, arrears(today()), asked)


@blp.get("/money/arrears/sums")
@blp.response(200, AgedSchema)
@allow(*BOOKS)
def sums() -> Aged:
    """What all of them come to, by age."""
    return sum_arrears(today())
