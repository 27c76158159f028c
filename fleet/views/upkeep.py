"""What is to be foreseen: on the whole fleet as a list, on one vehicle with a free day proposed and what was done to note."""

from dataclasses import replace
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from fleet.actions import upkeep
from fleet.actions.work_orders import open_planned
from fleet.kinds import get_kind
from fleet.lists import UPKEEP
from fleet.queries.readings import last_km
from fleet.queries.rescue import AHEAD, count_hit
from fleet.queries.upkeep import all_upkeep, last_done, list_upkeep_of, plans_of, propose_days, rhythms_of
from fleet.queries.vehicles import full_name, get_vehicle
from fleet.schemas.upkeep import PlanUpkeepSchema, RenewalSchema, RhythmSchema, UpkeepDoneSchema
from fleet.upkeep import INSURANCE, ITEM_NAMES, PLANNED, judge_day, papers_of
from fleet.views.work_orders import REPAIRERS
from mobility.clock import now, today
from mobility.rights import STAFF
from mobility.web.access import allow
from mobility.web.forms import Form, from_form, or_again
from mobility.web.lists import show as show_list
from mobility.web.viewer import viewer

pages = Blueprint("upkeep", __name__)


@pages.get("/p/<slug>/upkeep")
@allow(*STAFF)
def index() -> ResponseReturnValue:
    """What presses first."""
    return show_list(UPKEEP, all_upkeep(), "fleet/upkeep.html")


@pages.get("/p/<slug>/vehicles/<int:vehicle_id>/upkeep")
@allow(*STAFF)
def show(vehicle_id: int, form: Form | None = None) -> str:
    """One vehicle: what is due and why, the first free day, its plan, and what was done."""
    vehicle, due = get_vehicle(vehicle_id), list_upkeep_of(vehicle_id)
    rhythms = rhythms_of([vehicle_id])
    return render_template(
        "fleet/upkeep_vehicle.html",
        vehicle=vehicle,
        name=full_name(vehicle),
        due=[(row, *judge_day(row.due_on, row.remind_on, today())) for row in due],
        free=propose_days(vehicle_id, due, today()),
        plans=[(plan, (vehicle_id, plan.item) in rhythms) for plan in plans_of(vehicle, rhythms, today())],
        done={item: done for (_, item), done in last_done([vehicle_id]).items()},
        item_names=ITEM_NAMES,
        items=[(item, ITEM_NAMES[item].capitalize()) for item in PLANNED],
        papers=[(item, ITEM_NAMES[item].capitalize()) for item in papers_of(get_kind(vehicle.kind))],
        insurance=INSURANCE,
        last_km=last_km(vehicle_id),
        touched=count_hit(vehicle_id, until=now() + AHEAD, now=now()),
        **_forms(form),
    )


@pages.post("/p/<slug>/vehicles/<int:vehicle_id>/upkeep/plan")
@allow(*REPAIRERS)
@or_again(show)
def plan(vehicle_id: int) -> ResponseReturnValue:
    """The day proposed is taken: a work order, and the vehicle kept back."""
    order = open_planned(vehicle_id, **from_form(PlanUpkeepSchema()), by=viewer(), now=now())
    flash(f"L’ordre de réparation {order.number} est prévu et le véhicule immobilisé pour ce temps.", "fine")
    return redirect(url_for("work_orders.show", order_id=order.id), code=303)


@pages.post("/p/<slug>/vehicles/<int:vehicle_id>/upkeep/done")
@allow(*REPAIRERS)
@or_again(show)
def done(vehicle_id: int) -> ResponseReturnValue:
    """It was done."""
    upkeep.note_done(vehicle_id, **from_form(UpkeepDoneSchema()), by=viewer(), now=now())
    flash("C’est noté, la prochaine échéance est recalculée.", "fine")
    return redirect(url_for("upkeep.show", vehicle_id=vehicle_id), code=303)


@pages.post("/p/<slug>/vehicles/<int:vehicle_id>/upkeep/renew")
@allow(*REPAIRERS)
@or_again(show)
def renew(vehicle_id: int) -> ResponseReturnValue:
    """The paper has a new last day."""
    upkeep.renew_paper(vehicle_id, **from_form(RenewalSchema()), by=viewer(), now=now())
    flash("La nouvelle date est sur la fiche, l’échéance est recalculée.", "fine")
    return redirect(url_for("upkeep.show", vehicle_id=vehicle_id), code=303)


@pages.post("/p/<slug>/vehicles/<int:vehicle_id>/upkeep/rhythm")
@allow(*REPAIRERS)
@or_again(show)
def rhythm(vehicle_id: int) -> ResponseReturnValue:
    """This one keeps to a rhythm of its own."""
    upkeep.set_rhythm(vehicle_id, **from_form(RhythmSchema()), by=viewer(), now=now())
    flash("Le rythme de ce véhicule est noté, ses échéances sont recalculées.", "fine")
    return redirect(url_for("upkeep.show", vehicle_id=vehicle_id), code=303)


def _forms(refused: Form | None) -> dict[str, Any]:
    """A form an act; the one that was refused keeps what was typed, and says why above them all."""
    forms = {name: Form(prefix=name) for name in ("plan", "renew", "rhythm")} | {"done": Form(prefix="done", values={"done_on": today()})}
    name = (request.endpoint or "").partition(".")[2]
    if refused is not None and name in forms:
        forms[name] = replace(refused, prefix=name)
    return {"forms": forms, "tried": forms.get(name, Form())}
