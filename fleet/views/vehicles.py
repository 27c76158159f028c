"""The fleet's pages: the list, a vehicle, what is due, who holds it, and keeping it back."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from fleet.actions import blocks, vehicles
from fleet.actions.vehicles import GEARBOXES
from fleet.blocks import BLOCK_REASONS
from fleet.due import list_due
from fleet.kinds import KINDS, get_kind
from fleet.lists import VEHICLES
from fleet.models import Vehicle
from fleet.queries.bookings import list_holders
from fleet.queries.vehicles import all_vehicles, facts_of, full_name, get_vehicle
from fleet.schemas.vehicles import BlockSchema, ChangeVehicleSchema, VehicleSchema
from mobility.clock import now, today
from mobility.periods import PARIS
from mobility.queries.files import list_sites
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
    """A vehicle joins the fleet."""
    return render_template("fleet/vehicle_form.html", vehicle=None, form=form or Form(values={"in_service_on": today()}), **choices())


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
def show(vehicle_id: int, form: Form | None = None) -> str:
    """One vehicle: what is due, what holds it, what can be done."""
    vehicle = get_vehicle(vehicle_id)
    soon = {"starts_at": now().astimezone(PARIS).strftime("%Y-%m-%dT%H:00")}
    return render_template(
        "fleet/vehicle.html",
        vehicle=vehicle,
        kind=get_kind(vehicle.kind),
        due=list_due(facts_of(vehicle), today()),
        holders=list_holders(vehicle.id, now()),
        form=form or Form(values=soon),
        now=now(),
        **choices(),
    )


@pages.get("/p/<slug>/vehicles/<int:vehicle_id>/edit")
@allow(Role.MANAGER, Role.ADVISER, Role.MECHANIC)
def edit(vehicle_id: int, form: Form | None = None) -> str:
    """What is known of a vehicle, to put right."""
    vehicle = get_vehicle(vehicle_id)
    return render_template("fleet/vehicle_form.html", vehicle=vehicle, form=form or Form(values=_values(vehicle)), **choices())


@pages.post("/p/<slug>/vehicles/<int:vehicle_id>/edit")
@allow(Role.MANAGER, Role.ADVISER, Role.MECHANIC)
@or_again(edit)
def change(vehicle_id: int) -> ResponseReturnValue:
    """Put it right."""
    vehicles.change_vehicle(vehicle_id, **from_form(ChangeVehicleSchema()), by=viewer(), now=now())
    flash("Le véhicule est à jour.", "fine")
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
        "gearboxes": [(code, name.capitalize()) for code, name in GEARBOXES.items()],
        "block_reasons": list(BLOCK_REASONS.items()),
        "full_name": full_name,
    }


def _values(vehicle: Vehicle) -> dict[str, object]:
    values = {name: getattr(vehicle, name) for name in ChangeVehicleSchema().fields}
    cents = vehicle.excess_cents
    return values | {"excess_cents": None if cents is None else f"{cents // 100},{cents % 100:02d}"}
