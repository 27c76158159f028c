"""The kinds of vehicle with all that the platform asks of each: one page, a new value from a day on, nothing rewritten."""

from flask import Blueprint, render_template

from fleet.queries.kind_rules import list_kinds
from mobility.clock import today
from mobility.dated import say_value
from mobility.rights import Role
from mobility.web.access import allow

pages = Blueprint("vehicle_kinds", __name__)


@pages.get("/p/<slug>/vehicle-kinds")
@allow(Role.MANAGER)
def index() -> str:
    """Every kind: the law's licence, the price of a day, the sketch, and each rule with its change."""
    return render_template("fleet/vehicle_kinds.html", kinds=list_kinds(today()), say=say_value, today=today())
