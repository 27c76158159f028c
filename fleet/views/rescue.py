"""A vehicle cannot run: everybody hit on one page, each with the best other vehicle and the act that gives it."""

from datetime import timedelta

from flask import Blueprint, render_template

from fleet.kinds import get_kind
from fleet.lifecycle import SWAP
from fleet.queries.rescue import list_stranded
from fleet.queries.vehicles import full_name, get_vehicle
from mobility.clock import now
from mobility.phones import say_phone
from mobility.rights import Role
from mobility.web.access import allow
from mobility.web.forms import Form

pages = Blueprint("rescue", __name__)
AHEAD = timedelta(days=30)  # who comes later is seen to once the workshop has spoken


@pages.get("/p/<slug>/vehicles/<int:vehicle_id>/rescue")
@allow(Role.ADVISER, Role.MANAGER)
def show(vehicle_id: int) -> str:
    """Who needs a vehicle first; nothing moves by itself."""
    vehicle = get_vehicle(vehicle_id)
    return render_template(
        "fleet/rescue.html",
        vehicle=vehicle,
        name=full_name(vehicle),
        kind=get_kind(vehicle.kind),
        stranded=list_stranded(vehicle_id, until=now() + AHEAD, now=now()),
        form=Form(),
        say_phone=say_phone,
        swap=SWAP,
    )
