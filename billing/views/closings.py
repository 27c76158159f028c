"""The closings of the books: which periods are closed, since when and by whom, and the next one."""

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from billing.actions.closings import close_period
from billing.closings import CLOSES_BY_ITSELF, KINDS, usual_end
from billing.lists import CLOSINGS
from billing.queries.closings import all_closings
from billing.schemas.closings import ClosingSchema
from billing.views.money import BOOKS
from mobility import practice
from mobility.clock import now, today
from mobility.periods import say_day
from mobility.web.access import allow
from mobility.web.forms import Form, from_form, or_again
from mobility.web.lists import show as show_list
from mobility.web.viewer import viewer

pages = Blueprint("closings", __name__)


@pages.get("/p/<slug>/money/closings")
@allow(*BOOKS)
def show(form: Form | None = None) -> ResponseReturnValue:
    """The closings, the latest first, and a form for the next one."""
    usual = Form(values={"kind": "month", "last_on": usual_end(today())})
    by_itself = practice.value_on(CLOSES_BY_ITSELF, today())
    return show_list(CLOSINGS, all_closings(), "billing/closings.html", form=form or usual, kinds=list(KINDS.items()), by_itself=by_itself)


@pages.post("/p/<slug>/money/closings")
@allow(*BOOKS)
@or_again(show)
def create() -> Response:
    """Close a period, for good."""
    closing = close_period(**from_form(ClosingSchema()), by=viewer(), now=now())
    flash(f"Les livres sont clôturés jusqu’au {say_day(closing.last_on)}.", "fine")
    return redirect(url_for("closings.show"), code=303)
