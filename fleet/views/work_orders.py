"""Work orders as pages: the list, one order and its lines, the acts of its life, its paper."""

from dataclasses import replace
from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from fleet.actions import work_orders
from fleet.documents.work_order import work_order_pdf
from fleet.kinds import get_kind
from fleet.lists import WORK_ORDERS, work_state
from fleet.models import WorkOrder
from fleet.queries.readings import last_km
from fleet.queries.rescue import AHEAD, count_hit
from fleet.queries.vehicles import full_name, get_vehicle
from fleet.queries.work_papers import order_paper
from fleet.queries.workshop import all_orders, cost_of, get_garage, get_order, list_garages, list_lines, live_block
from fleet.schemas.work_orders import (
    CloseOrderSchema,
    FinishOrderSchema,
    LabourSchema,
    NothingSchema,
    OpenOrderSchema,
    PartSchema,
    PlanOrderSchema,
    StartOrderSchema,
)
from fleet.upkeep import papers_of
from fleet.views.rentals import pdf
from fleet.work import CLOSE, FINISH, LABOUR, LINE_NAMES, PLAN, START, SUBJECTS, WRITE, downtime, may, say_hours, say_span
from mobility.clock import now
from mobility.periods import PARIS
from mobility.rights import STAFF, Role
from mobility.web.access import allow
from mobility.web.forms import Form, from_form, or_again
from mobility.web.lists import show as show_list
from mobility.web.viewer import viewer

pages = Blueprint("work_orders", __name__)
REPAIRERS = (Role.MECHANIC, Role.MANAGER, Role.ADVISER)


@pages.get("/p/<slug>/work-orders")
@allow(*STAFF)
def index() -> ResponseReturnValue:
    """What the workshop has to do, then all it did."""
    return show_list(WORK_ORDERS, all_orders(), "fleet/work_orders.html")


@pages.get("/p/<slug>/vehicles/<int:vehicle_id>/work-orders/new")
@allow(*REPAIRERS)
def new(vehicle_id: int, form: Form | None = None) -> str:
    """What is to be done to a vehicle."""
    vehicle, form = get_vehicle(vehicle_id), form or Form(values=request.args.to_dict())
    return render_template("fleet/work_order_new.html", vehicle=vehicle, name=full_name(vehicle), form=form, **_choices())


@pages.post("/p/<slug>/vehicles/<int:vehicle_id>/work-orders/new")
@allow(*REPAIRERS)
@or_again(new)
def create(vehicle_id: int) -> ResponseReturnValue:
    """Open the order."""
    order = work_orders.open_order(vehicle_id, **from_form(OpenOrderSchema()), by=viewer(), now=now())
    return _done(order, f"L’ordre de réparation {order.number} est ouvert.")


@pages.get("/p/<slug>/work-orders/<int:order_id>")
@allow(*STAFF)
def show(order_id: int, form: Form | None = None) -> str:
    """One order: where it stands, the next act, its lines and what they cost."""
    order = get_order(order_id)
    vehicle, lines, span = get_vehicle(order.vehicle_id), list_lines(order_id), downtime(order.started_at, order.done_at, now())
    return render_template(
        "fleet/work_order.html",
        order=order,
        vehicle=vehicle,
        name=full_name(vehicle),
        garage=get_garage(order.garage_id) if order.garage_id else None,
        block=live_block(order, now()),
        state=work_state(order),
        is_inspected=order.subject in papers_of(get_kind(vehicle.kind)),
        lines=lines,
        cost=cost_of(lines),
        span=say_span(span) if span is not None else None,
        last_km=last_km(vehicle.id),
        touched=count_hit(vehicle.id, until=now() + AHEAD, now=now()) if may(PLAN, order.status) else 0,
        acts={act: may(act, order.status) for act in (PLAN, START, FINISH, CLOSE, WRITE)},
        **_words(),
        **_choices(),
        **_forms(order, form),
    )


@pages.post("/p/<slug>/work-orders/<int:order_id>/plan")
@allow(*REPAIRERS)
@or_again(show)
def plan(order_id: int) -> ResponseReturnValue:
    """Say when and where."""
    order = work_orders.plan_order(order_id, **from_form(PlanOrderSchema()), by=viewer(), now=now())
    return _done(order, "Le passage à l’atelier est prévu et le véhicule immobilisé pour ce temps.")


@pages.post("/p/<slug>/work-orders/<int:order_id>/start")
@allow(*REPAIRERS)
@or_again(show)
def start(order_id: int) -> ResponseReturnValue:
    """The vehicle is in."""
    order = work_orders.start_order(order_id, **from_form(StartOrderSchema()), by=viewer(), now=now())
    return _done(order, "Le véhicule est à l’atelier.")


@pages.post("/p/<slug>/work-orders/<int:order_id>/finish")
@allow(*REPAIRERS)
@or_again(show)
def finish(order_id: int) -> ResponseReturnValue:
    """The work is done."""
    order = work_orders.finish_order(order_id, **from_form(FinishOrderSchema()), by=viewer(), now=now())
    return _done(order, "Les travaux sont terminés : le véhicule est de nouveau disponible.")


@pages.post("/p/<slug>/work-orders/<int:order_id>/close")
@allow(*REPAIRERS)
@or_again(show)
def close(order_id: int) -> ResponseReturnValue:
    """Nothing more is to come."""
    order = work_orders.close_order(order_id, **from_form(CloseOrderSchema()), by=viewer(), now=now())
    return _done(order, f"L’ordre de réparation {order.number} est clos.")


@pages.post("/p/<slug>/work-orders/<int:order_id>/parts")
@allow(*REPAIRERS)
@or_again(show)
def part(order_id: int) -> ResponseReturnValue:
    """A part."""
    work_orders.add_part(order_id, **from_form(PartSchema()), by=viewer(), now=now())
    return _done(get_order(order_id), "La pièce est notée.")


@pages.post("/p/<slug>/work-orders/<int:order_id>/labour")
@allow(*REPAIRERS)
@or_again(show)
def labour(order_id: int) -> ResponseReturnValue:
    """Time spent."""
    work_orders.add_labour(order_id, **from_form(LabourSchema()), by=viewer(), now=now())
    return _done(get_order(order_id), "Le temps passé est noté.")


@pages.post("/p/<slug>/work-orders/<int:order_id>/lines/<int:line_id>/drop")
@allow(*REPAIRERS)
def drop(order_id: int, line_id: int) -> ResponseReturnValue:
    """A line written by mistake goes."""
    from_form(NothingSchema())
    work_orders.drop_line(order_id, line_id, by=viewer(), now=now())
    return _done(get_order(order_id), "La ligne est retirée.")


@pages.get("/p/<slug>/work-orders/<int:order_id>.pdf")
@allow(*STAFF)
def paper(order_id: int) -> Response:
    """The order on paper, for the garage and the file."""
    order = get_order(order_id)
    return pdf(work_order_pdf(order_paper(order, now())), f"ordre-de-reparation-{order.number}")


def _done(order: WorkOrder, sentence: str) -> ResponseReturnValue:
    flash(sentence, "fine")
    return redirect(url_for("work_orders.show", order_id=order.id), code=303)


def _choices() -> dict[str, Any]:
    return {
        "subjects": [(code, name.capitalize()) for code, name in SUBJECTS.items()],
        "garages": [(garage.id, garage.name) for garage in list_garages()],
    }


def _words() -> dict[str, Any]:
    return {"line_names": LINE_NAMES, "labour_code": LABOUR, "say_hours": say_hours, "subject_names": SUBJECTS}


def _forms(order: WorkOrder, refused: Form | None) -> dict[str, Any]:
    """A form an act; the one that was refused keeps what was typed, and says why above them all."""
    soon = now().astimezone(PARIS).strftime("%Y-%m-%dT%H:00")
    usual: dict[str, dict[str, Any]] = {"plan": {"starts_at": soon, "garage_id": order.garage_id}, "part": {"quantity": 1}}
    names = ("plan", "accept", "start", "finish", "close", "part", "labour")
    forms = {name: Form(prefix=name, values=usual.get(name, {})) for name in names}
    name = (request.endpoint or "").partition(".")[2]
    if refused is not None and name in forms:
        forms[name] = replace(refused, prefix=name)
    return {"forms": forms, "tried": forms.get(name, Form())}
