"""The plan of the coming two weeks: worked out when asked, kept, and read line by line, each with its reason and its yes."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from fleet.actions import proposals
from fleet.actions.plan import keep_plan
from fleet.queries.kept_plan import read_plan
from fleet.queries.plan import draw_plan
from fleet.queries.vehicles import full_name, get_vehicle
from fleet.schemas.waiting import GiveSchema
from fleet.schemas.work_orders import NothingSchema
from mobility.clock import now
from mobility.db import transaction
from mobility.rights import Role
from mobility.web.access import allow, own_transactions
from mobility.web.forms import Form, from_form, or_again
from mobility.web.viewer import viewer

pages = Blueprint("plan", __name__)


@pages.get("/p/<slug>/waiting/plan")
@allow(Role.ADVISER, Role.MANAGER)
def show(form: Form | None = None, request_id: int | None = None) -> str:
    """The last plan, each line with what became of it since; nothing moves without a yes."""
    return render_template("fleet/plan.html", plan=read_plan(now()), form=form or Form(), full_name=full_name)


@pages.post("/p/<slug>/waiting/plan")
@allow(Role.ADVISER, Role.MANAGER)
@own_transactions
@or_again(show)
def draw() -> ResponseReturnValue:
    """Work the plan out, while everybody else goes on writing, and keep it."""
    from_form(NothingSchema())
    drawn, who = draw_plan(now()), viewer()
    with transaction():
        keep_plan(drawn, by=who, now=now())
    flash("Le plan est calculé.", "fine")
    return redirect(url_for("plan.show"), code=303)


@pages.post("/p/<slug>/waiting/<int:request_id>/give")
@allow(Role.ADVISER, Role.MANAGER)
@or_again(show)
def give(request_id: int) -> ResponseReturnValue:
    """Yes to one line: the vehicle is held for them."""
    asked = from_form(GiveSchema())
    proposals.give(request_id, **asked, by=viewer(), now=now())
    flash(f"{full_name(get_vehicle(asked['vehicle_id']))} est gardé pour cette personne : préparez la réservation avec elle.", "fine")
    return redirect(url_for("waiting.show", request_id=request_id), code=303)
