"""What vehicles cost: the list of all expenses with its export, and one vehicle's with its figures and the form."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from fleet.actions import costs
from fleet.actions.costs import BILL, SPENDERS
from fleet.costs import FIGURE_NAMES, NOTED_NAMES
from fleet.queries.costs import all_costs, figures_of, list_costs, price_of, usual_span
from fleet.queries.vehicles import full_name, get_vehicle
from fleet.schemas.costs import CostSchema, SpanSchema
from fleet.schemas.work_orders import NothingSchema
from fleet.views.cost_list import COSTS
from mobility.actions.attachments import keep_attachment
from mobility.clock import now, today
from mobility.errors import DomainError
from mobility.rights import STAFF
from mobility.web.access import allow
from mobility.web.forms import Form, as_json, from_form, load, or_again, refused
from mobility.web.lists import show as show_list
from mobility.web.viewer import viewer

pages = Blueprint("costs", __name__)


@pages.get("/p/<slug>/vehicle-costs")
@allow(*STAFF)
def index() -> ResponseReturnValue:
    """Every expense, the latest first; filtered by vehicle, kind, pole and day, and taken along as a file."""
    return show_list(COSTS, all_costs(), "fleet/vehicle_costs.html")


@pages.get("/p/<slug>/vehicles/<int:vehicle_id>/costs")
@allow(*STAFF)
def of_vehicle(vehicle_id: int, form: Form | None = None) -> ResponseReturnValue:
    """One vehicle: what it cost over the days in the address, by kind, per kilometre and per day."""
    vehicle, fault = get_vehicle(vehicle_id), None
    try:
        span = usual_span(today(), **load(SpanSchema(), request.args))
    except DomainError as error:
        span, fault = usual_span(today()), error
    rows = list_costs(vehicle_id, span)
    asked = refused(fault, request.args) if fault else Form(values={"since": span.since, "until": span.until}, prefix="days")
    page = render_template(
        "fleet/costs.html",
        vehicle=vehicle,
        name=full_name(vehicle),
        span=span,
        asked=asked,
        rows=rows,
        figures=figures_of(vehicle, span, rows, today()),
        price=price_of(vehicle),
        names=FIGURE_NAMES,
        kinds=[(code, name.capitalize()) for code, name in NOTED_NAMES.items()],
        may_note=viewer().may(*SPENDERS),
        form=form or Form(values={"on": today()}),
    )
    return (page, fault.status) if fault else page


@pages.post("/p/<slug>/vehicles/<int:vehicle_id>/costs")
@allow(*SPENDERS)
@or_again(of_vehicle)
def note(vehicle_id: int) -> ResponseReturnValue:
    """An expense, with the bill that the form carries."""
    typed, bill = MultiDict(request.form), request.files.get("bill")
    if bill is not None and bill.filename:
        kept = keep_attachment(bill.read(), kind=BILL.code, field="bill", by=viewer(), now=now())
        typed["attachment_id"] = str(kept.id)
    schema = CostSchema()
    costs.note_cost(vehicle_id, **load(schema, as_json(schema, typed)), by=viewer(), now=now())
    return _done(vehicle_id, "La dépense est notée.")


@pages.post("/p/<slug>/vehicles/<int:vehicle_id>/costs/<int:cost_id>/drop")
@allow(*SPENDERS)
@or_again(lambda vehicle_id, cost_id, form: of_vehicle(vehicle_id, form=form))
def drop(vehicle_id: int, cost_id: int) -> ResponseReturnValue:
    """An expense noted by mistake goes."""
    from_form(NothingSchema())
    costs.drop_cost(vehicle_id, cost_id, by=viewer(), now=now())
    return _done(vehicle_id, "La dépense est retirée.")


def _done(vehicle_id: int, sentence: str) -> ResponseReturnValue:
    flash(sentence, "fine")
    return redirect(url_for("costs.of_vehicle", vehicle_id=vehicle_id), code=303)
