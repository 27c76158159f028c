"""The runs of the weekly charges: what is due to be charged, how far a run has come, and a run asked for now."""

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from billing.actions.charge_runs import Posted, run_charges
from billing.lists import CHARGE_RUNS
from billing.queries.charge_runs import all_runs, count_due
from billing.views.money import BOOKS
from mobility.clock import now, today
from mobility.money import euros
from mobility.web.access import allow, own_transactions
from mobility.web.forms import Form
from mobility.web.lists import show as show_list
from mobility.web.viewer import viewer

pages = Blueprint("charge_runs", __name__)


@pages.get("/p/<slug>/money/charge-runs")
@allow(*BOOKS)
def show() -> ResponseReturnValue:
    """The runs, the latest first, and how many rentals wait for one."""
    return show_list(CHARGE_RUNS, all_runs(), "billing/charge_runs.html", form=Form(), waiting=count_due(today()))


@pages.post("/p/<slug>/money/charge-runs")
@allow(*BOOKS)
@own_transactions
def run() -> Response:
    """Charge now what the coming night would."""
    posted = run_charges(now=now(), by=viewer())
    flash(_say(posted) if posted.charges else "Tout était déjà compté.", "fine")
    return redirect(url_for("charge_runs.show"), code=303)


def _say(posted: Posted) -> str:
    several = "s" if posted.charges > 1 else ""
    return f"{posted.charges} montant{several} compté{several}, {euros(posted.cents)} en tout."
