"""The chart of accounts: ours, and the accountant's numbers and labels for it."""

from flask import Blueprint, render_template

from billing.queries.chart import list_chart
from billing.views.money import BOOKS
from mobility.clock import today
from mobility.rights import Role
from mobility.web.access import allow
from mobility.web.viewer import viewer

pages = Blueprint("chart", __name__)


@pages.get("/p/<slug>/money/chart")
@allow(*BOOKS)
def show() -> str:
    """Each account as it is named today; the manager changes it from a day on."""
    return render_template("billing/chart.html", accounts=list_chart(today()), may_change=viewer().may(Role.MANAGER))
