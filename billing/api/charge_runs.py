"""The runs of the weekly charges in JSON: the page's own action and list."""

from typing import Any

from billing.actions.charge_runs import Posted, run_charges
from billing.lists import CHARGE_RUNS
from billing.queries.charge_runs import all_runs
from billing.schemas.charge_runs import ChargeRunSchema, PostedSchema
from billing.views.money import BOOKS
from mobility.clock import now
from mobility.web.access import allow, own_transactions
from mobility.web.api import Blueprint
from mobility.web.lists import list_of, told
from mobility.web.viewer import viewer

blp = Blueprint("charge_runs_api", __name__, url_prefix="/api/v1/p/<slug>", description="Semaines et mois comptés")


@blp.get("/money/charge-runs")
@blp.arguments(CHARGE_RUNS.schema(), location="query")
@blp.response(200, list_of(ChargeRunSchema))
@allow(*BOOKS)
def list_runs(asked: dict[str, Any]) -> dict[str, Any]:
    """The runs, the latest first, fifty a page; the one under way says how far it has come."""
    return told(CHARGE_RUNS, all_runs(), asked, lambda row: row[0])


@blp.post("/money/charge-runs")
@blp.response(200, PostedSchema)
@allow(*BOOKS)
@own_transactions
def run() -> Posted:
    """Charge now every week and month that is over and not charged yet; again, it adds nothing."""
    return run_charges(now=now(), by=viewer())
