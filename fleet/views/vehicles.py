"""The fleet's pages: the list, a vehicle, what is due, who holds it, and keeping it back."""

from dataclasses import replace
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from fleet.actions import blocks, vehicles
from fleet.availability import doubts
from fleet.blocks import BLOCK_REASONS
from fleet.checks import FUEL_NAMES
from fleet.defects import PARTS, STATE_NAMES, STATE_TONES
from fleet.due import list_due
from fleet.kinds import KIND_CODES, KINDS, Kind, get_kind
from fleet.lists import VEHICLES
from fleet.models import Vehicle
from fleet.patterns import say_pattern
from fleet.queries.bookings import list_holders
from fleet.queries.costs import figures_of, list_costs, usual_span
from fleet.queries.defects import list_open_defects
from fleet.queries.downtime import downtime_of
from fleet.queries.rescue import AHEAD, count_hit
from fleet.queries.vehicles import all_vehicles, facts_of, full_name, get_vehicle, list_steps
from fleet.schemas.vehicles import BlockSchema, ChangeVehicleSchema, StepSchema, VehicleSchema
from fleet.vehicle_life import FIRST_STAGES, STAGE_NAMES, STAGE_TONES, STEP_NAMES, WORKSHOP, following, stage_on
from fleet.vehicle_sheet import ENERGIES, EQUIPMENT, GEARBOXES, KEEPERS, OWNERSHIPS, energies_of, equipment_of, fields_of
from fleet.views.vehicle_facts import sheet_facts
from mobility.clock import now, today
from mobility.periods import PARIS
from mobility.queries.sites import list_sites
from mobility.rights import STAFF, Role
from mobility.web.access import allow
from mobility.web.forms import Form, from_form, or_again
from mobility.web.lists import show as show_list
from mobility.web.viewer import viewer

pages = Blueprint("vehicles", __name__)


@pages.get("/p/<slug>/vehicles")
@allow(*STAFF)
def index() -> ResponseReturnValue:
    """The vehicles, by kind."""
    return show_list(VEHICLES, all_vehicles(), "fleet/vehicles.html")


@pages.get("/p/<slug>/vehicles/new")
@allow(Role.MANAGER, Role.ADVISER, Role.MECHANIC)
def new(form: Form | None = None) -> str:
    """A vehicle joins the fleet: its kind first, then what such a vehicle has."""
    asked = form.values.get("kind") if form else request.args.get("kind")
    kind = get_kind(asked) if asked in KIND_CODES else None
    usual = {"kind": asked, "stage": FIRST_STAGES[0], "in_service_on": today(), **_USUAL}
    usual |= {"energy": energies_of(kind)[0]} if kind else {}
    template = "fleet/vehicle_form.html" if kind else "fleet/vehicle_kind.html"
    return render_template(template, vehicle=None, form=form or Form(values=usual), **_sheet_choices(kind))


@pages.post("/p/<slug>/vehicles/new")
@allow(Role.MANAGER, Role.ADVISER, Role.MECHANIC)
@or_again(new)
def create() -> ResponseReturnValue:
    """Enter it."""
    vehicle = vehicles.add_vehicle(**from_form(VehicleSchema()), by=viewer(), now=now())
    flash("Le véhicule est dans le parc.", "fine")
    return redirect(url_for("vehicles.show", vehicle_id=vehicle.id), code=303)


@pages.get("/p/<slug>/vehicles/<int:vehicle_id>")
@allow(*STAFF)
def show(vehicle_id: int, form: Form | None = None, life: Form | None = None) -> str:
    """One vehicle: what is due, what holds it, what can be done."""
    vehicle = get_vehicle(vehicle_id)
    soon = {"starts_at": now().astimezone(PARIS).strftime("%Y-%m-%dT%H:00")}
    stage, span = stage_on(today(), stage=vehicle.stage, out_of_service_on=vehicle.out_of_service_on), usual_span(today())
    return render_template(
        "fleet/vehicle.html",
        vehicle=vehicle,
        kind=get_kind(vehicle.kind),
        due=list_due(facts_of(vehicle), today()),
        doubts=doubts(facts_of(vehicle)),
        holders=list_holders(vehicle.id, now()),
        say_pattern=say_pattern,
        form=form or Form(values=soon),
        life=life or Form(values={"on": today()}, prefix="life"),
        now=now(),
        facts=sheet_facts(vehicle),
        steps=list_steps(vehicle),
        costs=figures_of(vehicle, span, list_costs(vehicle.id, span), today()),
        downtime=downtime_of(vehicle, now()),
        defects=list_open_defects(vehicle.id),
        defect_words=(PARTS, STATE_NAMES, STATE_TONES),
        stage=stage,
        next_steps=[(code, STEP_NAMES[code].capitalize()) for code in following(stage)],
        stage_names=STAGE_NAMES,
        stage_tones=STAGE_TONES,
        **choices(),
    )


@pages.get("/p/<slug>/vehicles/<int:vehicle_id>/edit")
@allow(Role.MANAGER, Role.ADVISER, Role.MECHANIC)
def edit(vehicle_id: int, form: Form | None = None) -> str:
    """What is known of a vehicle, to put right."""
    vehicle = get_vehicle(vehicle_id)
    return render_template(
        "fleet/vehicle_form.html", vehicle=vehicle, form=form or Form(values=_values(vehicle)), **_sheet_choices(get_kind(vehicle.kind))
    )


@pages.post("/p/<slug>/vehicles/<int:vehicle_id>/edit")
@allow(Role.MANAGER, Role.ADVISER, Role.MECHANIC)
@or_again(edit)
def change(vehicle_id: int) -> ResponseReturnValue:
    """Put it right."""
    vehicles.change_vehicle(vehicle_id, **from_form(ChangeVehicleSchema()), by=viewer(), now=now())
    flash("Le véhicule est à jour.", "fine")
    return redirect(url_for("vehicles.show", vehicle_id=vehicle_id), code=303)


def _show_life(vehicle_id: int, form: Form) -> str:
    return show(vehicle_id, life=replace(form, prefix="life"))


@pages.post("/p/<slug>/vehicles/<int:vehicle_id>/steps")
@allow(Role.MANAGER, Role.ADVISER, Role.MECHANIC)
@or_again(_show_life)
def step(vehicle_id: int) -> ResponseReturnValue:
    """The next step of its life."""
    noted = vehicles.step_vehicle(vehicle_id, **from_form(StepSchema()), by=viewer(), now=now())
    flash(f"C’est noté : ce véhicule est {STAGE_NAMES[noted.stage]}.", "fine")
    if noted.stage == WORKSHOP and viewer().may(Role.ADVISER, Role.MANAGER) and count_hit(vehicle_id, until=now() + AHEAD, now=now()):
        return redirect(url_for("rescue.show", vehicle_id=vehicle_id), code=303)
    return redirect(url_for("vehicles.show", vehicle_id=vehicle_id), code=303)


@pages.post("/p/<slug>/vehicles/<int:vehicle_id>/blocks")
@allow(Role.MANAGER, Role.ADVISER, Role.MECHANIC)
@or_again(show)
def block(vehicle_id: int) -> ResponseReturnValue:
    """Keep it back."""
    blocks.block(vehicle_id, **from_form(BlockSchema()), by=viewer(), now=now())
    flash("Le véhicule est immobilisé.", "fine")
    return redirect(url_for("vehicles.show", vehicle_id=vehicle_id), code=303)


@pages.post("/p/<slug>/blocks/<int:block_id>/lift")
@allow(Role.MANAGER, Role.ADVISER, Role.MECHANIC)
def lift(block_id: int) -> ResponseReturnValue:
    """Give it back."""
    lifted = blocks.lift(block_id, by=viewer(), now=now())
    flash("Le véhicule est de nouveau disponible.", "fine")
    return redirect(url_for("vehicles.show", vehicle_id=lifted.vehicle_id), code=303)


def choices() -> dict[str, object]:
    """What the forms' lists offer, and the poles' and vehicles' names."""
    sites = list_sites()
    return {
        "kinds": [(kind.code, kind.name.capitalize()) for kind in KINDS],
        "sites": [(site.id, site.name) for site in sites],
        "site_names": {site.id: site.name for site in sites},
        "kind_names": {kind.code: kind.name.capitalize() for kind in KINDS},
        "block_reasons": list(BLOCK_REASONS.items()),
        "full_name": full_name,
    }


_USUAL = {"ownership": "owned", "keeper": "platform", "gearbox": "manual"}


def _sheet_choices(kind: Kind | None) -> dict[str, Any]:
    """What the form of a vehicle of this kind offers."""
    if kind is None:
        return choices()
    offered = {
        "gearboxes": GEARBOXES,
        "ownerships": OWNERSHIPS,
        "keepers": KEEPERS,
        "energies": {code: ENERGIES[code] for code in energies_of(kind)},
        "levels": FUEL_NAMES,
        "equipment": {code: EQUIPMENT[code] for code in equipment_of(kind)},
        "stages": {code: STAGE_NAMES[code] for code in FIRST_STAGES},
    }
    named = {name: [(code, words.capitalize()) for code, words in names.items()] for name, names in offered.items()}
    return choices() | named | {"kind": kind, "has": fields_of(kind)}


def _values(vehicle: Vehicle) -> dict[str, object]:
    values = {name: getattr(vehicle, name) for name in ChangeVehicleSchema().fields}
    amounts = {name: values[name] for name in ("excess_cents", "lease_cents", "purchase_cents") if values[name] is not None}
    return values | {name: f"{cents // 100},{cents % 100:02d}" for name, cents in amounts.items()}
