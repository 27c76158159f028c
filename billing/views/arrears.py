"""The treasurer's list of what is owed, by how long it has been."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from billing.lists import ARREARS
from billing.queries.arrears import arrears
from billing.views.money import BOOKS
from mobility.clock import today
from mobility.web.access import allow
from mobility.web.lists import show as show_list

pages = Blueprint("arrears", __name__)


@pages.get("/p/<slug>/money/arrears")
@allow(*BOOKS)
def show() -> ResponseReturnValue:
    """The accounts that owe, the oldest debts first."""
    return show_list(ARREARS, arrears(today()), "billing/arrears.html")
