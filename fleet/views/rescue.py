"""A vehicle cannot run: everybody hit on one page, each with the best other vehicle, another way to work, and what was decided."""

from collections.abc import Callable
from dataclasses import replace

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from fleet.actions import rescue
from fleet.checks import WITHOUT_ODOMETER
from fleet.kinds import get_kind
from fleet.models import Rescue
from fleet.queries.rescue import AHEAD, list_decided, list_stranded
from fleet.queries.vehicles import full_name, get_vehicle
from fleet.rescue import OTHER_WAYS, WAY_NAMES
from fleet.schemas.rescue import GiveOtherSchema, OtherWaySchema, WriteOffSchema
from fleet.vehicle_life import OUT, stage_on
from mobility.channels import CALL, CHANNEL_WORDS
from mobility.clock import now, today
from mobility.phones import say_phone
from mobility.rights import Role
from mobility.web.access import allow
from mobility.web.forms import Form, from_form, or_again
from mobility.web.viewer import viewer

pages = Blueprint("rescue", __name__)


@pages.get("/p/<slug>/vehicles/<int:vehicle_id>/rescue")
@allow(Role.ADVISER, Role.MANAGER)
def show(vehicle_id: int, forms: dict[str, Form] | None = None) -> str:
    """Who needs a vehicle first; nothing moves by itself."""
    vehicle, refused = get_vehicle(vehicle_id), forms or {}
    return render_template(
        "fleet/rescue.html",
        vehicle=vehicle,
        name=full_name(vehicle),
        kind=get_kind(vehicle.kind),
        reads_meters=vehicle.kind not in WITHOUT_ODOMETER,
        is_gone=stage_on(today(), stage=vehicle.stage, out_of_service_on=vehicle.out_of_service_on) == OUT,
        stranded=list_stranded(vehicle_id, until=now() + AHEAD, now=now()),
        decided=list_decided(vehicle_id),
        form_of=lambda prefix: refused.get(prefix) or Form(prefix=prefix),
        refused=next(iter(refused.values()), Form()),
        say_phone=say_phone,
        ways=[(code, words.capitalize()) for code, words in OTHER_WAYS.items()],
        way_names=WAY_NAMES,
        channels=CHANNEL_WORDS,
    )


def _again(act: str) -> Callable[..., str]:
    def page(vehicle_id: int, form: Form, booking_id: int = 0) -> str:
        prefix = f"{act}{booking_id or ''}"
        return show(vehicle_id, forms={prefix: replace(form, prefix=prefix)})

    return page


@pages.post("/p/<slug>/vehicles/<int:vehicle_id>/rescue/<int:booking_id>/swap")
@allow(Role.ADVISER, Role.MANAGER)
@or_again(_again("swap"))
def give(vehicle_id: int, booking_id: int) -> ResponseReturnValue:
    """Give the other vehicle."""
    return _said(rescue.give_other(vehicle_id, booking_id, **from_form(GiveOtherSchema()), by=viewer(), now=now()))


@pages.post("/p/<slug>/vehicles/<int:vehicle_id>/rescue/<int:booking_id>/other-way")
@allow(Role.ADVISER, Role.MANAGER)
@or_again(_again("way"))
def send(vehicle_id: int, booking_id: int) -> ResponseReturnValue:
    """Tell another way to work."""
    return _said(rescue.send_another_way(vehicle_id, booking_id, **from_form(OtherWaySchema()), by=viewer(), now=now()))


@pages.post("/p/<slug>/vehicles/<int:vehicle_id>/write-off")
@allow(Role.ADVISER, Role.MANAGER)
@or_again(_again("end"))
def write_off(vehicle_id: int) -> ResponseReturnValue:
    """It runs no more."""
    lines = rescue.write_off(vehicle_id, **from_form(WriteOffSchema()), by=viewer(), now=now())
    flash(f"Le véhicule est sorti du parc. Personnes prévenues ou à prévenir : {len(lines)}.", "fine")
    return redirect(url_for("rescue.show", vehicle_id=vehicle_id), code=303)


def _said(line: Rescue) -> ResponseReturnValue:
    how = "Dites-le à la personne" if line.channel == CALL else f"Message {CHANNEL_WORDS[line.channel]}"
    flash(f"C’est noté. {how} : « {line.told} »", "fine")
    return redirect(url_for("rescue.show", vehicle_id=line.vehicle_id), code=303)
