"""A vehicle from pole to pole: who leaves from the old one first, then the form, then where it was."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from fleet.actions.transfers import transfer_vehicle
from fleet.queries.transfers import list_coming, list_transfers
from fleet.queries.vehicles import full_name, get_vehicle
from fleet.schemas.transfers import TransferSchema
from fleet.transfers import ASKED_REASONS, REASON_NAMES, say_coming
from fleet.views.work_orders import REPAIRERS
from mobility.clock import now, today
from mobility.queries.sites import list_sites
from mobility.web.access import allow
from mobility.web.forms import Form, from_form, or_again
from mobility.web.viewer import viewer

pages = Blueprint("transfers", __name__)


@pages.get("/p/<slug>/vehicles/<int:vehicle_id>/transfer")
@allow(*REPAIRERS)
def show(vehicle_id: int, form: Form | None = None) -> str:
    """Who comes for it here, where it may go, where it was."""
    vehicle, coming = get_vehicle(vehicle_id), list_coming(vehicle_id, now())
    names = {site.id: site.name for site in list_sites()}
    return render_template(
        "fleet/transfer.html",
        vehicle=vehicle,
        name=full_name(vehicle),
        coming=coming,
        say_coming=say_coming(len(coming)),
        names=names,
        others=[(id_, name) for id_, name in names.items() if id_ != vehicle.site_id],
        reasons=[(code, words.capitalize()) for code, words in ASKED_REASONS.items()],
        reason_names=REASON_NAMES,
        moves=list_transfers(vehicle_id),
        form=form or Form(values={"on": today()}),
    )


@pages.post("/p/<slug>/vehicles/<int:vehicle_id>/transfer")
@allow(*REPAIRERS)
@or_again(show)
def move(vehicle_id: int) -> ResponseReturnValue:
    """It stands at another pole."""
    transfer_vehicle(vehicle_id, **from_form(TransferSchema()), by=viewer(), now=now())
    flash("Le véhicule a changé de pôle. Ses réservations restent telles quelles.", "fine")
    return redirect(url_for("transfers.show", vehicle_id=vehicle_id), code=303)
