"""The analytic codes, and what a year comes to under each."""

from flask import Blueprint, make_response, render_template, request
from flask.typing import ResponseReturnValue

from billing.queries.analytic import list_codes, sums_of
from billing.views.money import BOOKS
from mobility.clock import today
from mobility.errors import InputRefused
from mobility.rights import Role
from mobility.schemas.reports import YearSchema, asked_year
from mobility.web.access import allow
from mobility.web.forms import Form, load, refused
from mobility.web.viewer import viewer

pages = Blueprint("analytic", __name__)


@pages.get("/p/<slug>/money/analytic")
@allow(*BOOKS)
def show() -> ResponseReturnValue:
    """Each code as it stands today, which the manager changes from a day on; and a year's sums."""
    told = {"codes": list_codes(today()), "may_change": viewer().may(Role.MANAGER)}
    try:
        year = asked_year(load(YearSchema(), request.args))
    except InputRefused as error:
        return make_response(render_template("billing/analytic.html", sums=(), form=refused(error, request.args), **told), error.status)
    return render_template("billing/analytic.html", sums=sums_of(year), year=year, form=Form(values={"year": year}), **told)
