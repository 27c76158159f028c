"""The labels stuck on vehicles: a sheet to print, and where their codes lead, each according to who looks."""

from flask import Blueprint, Response, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from fleet.actions.vehicles import LABEL_CODE
from fleet.documents.label_sheet import Label, LabelSheet, label_sheet_pdf
from fleet.insurance import BREAKDOWN_PHONE
from fleet.queries.labels import MOST_LABELS, find_by_code, has_it_now, list_labelled
from fleet.queries.vehicles import full_name
from fleet.views.rentals import pdf
from mobility import practice
from mobility.clock import now, today
from mobility.errors import NotFound
from mobility.queries.letterhead import letterhead
from mobility.rights import STAFF, Role
from mobility.web.access import allow, public
from mobility.web.viewer import viewer

pages = Blueprint("labels", __name__)


@pages.get("/p/<slug>/vehicles/labels")
@allow(Role.MANAGER, Role.ADVISER, Role.MECHANIC)
def choose() -> str:
    """Which vehicles to print a label for."""
    return render_template("fleet/labels.html", vehicles=list_labelled([], today()), full_name=full_name, most=MOST_LABELS)


@pages.get("/p/<slug>/vehicles/labels.pdf")
@allow(Role.MANAGER, Role.ADVISER, Role.MECHANIC)
def paper() -> Response:
    """The sheet: those chosen (`?vehicle=7&vehicle=9`), else the whole fleet."""
    chosen = [int(asked) for asked in request.args.getlist("vehicle") if asked.isascii() and asked.isdigit() and len(asked) < 18]
    vehicles = list_labelled(chosen, today())
    if not vehicles:
        raise NotFound("Aucun véhicule à étiqueter.")
    head, site = letterhead(), current_app.extensions["settings"].public_url
    labels = tuple(Label(name=v.label, address=site + url_for("labels.scan", code=v.code)) for v in vehicles)
    return pdf(label_sheet_pdf(LabelSheet(platform=head, labels=labels, printed_at=now())), "etiquettes")


@pages.get("/p/<slug>/v/<code>")
@public
def scan(code: str) -> ResponseReturnValue:
    """What a phone opens: the vehicle's page for the staff, help for whoever has it, and for a stranger a number to call."""
    who, vehicle = viewer(), find_by_code(code) if LABEL_CODE.fullmatch(code) else None
    if who.may(*STAFF):
        if vehicle is None:
            raise NotFound("Cette étiquette n’est plus celle d’un véhicule d’ici.")
        return redirect(url_for("vehicles.show", vehicle_id=vehicle.id))
    booking = has_it_now(vehicle, who.beneficiary_id) if vehicle else None
    help_phone = practice.value_on(BREAKDOWN_PHONE, today()) if booking else None
    mine = vehicle if booking else None
    return render_template("fleet/label.html", head=letterhead(), vehicle=mine, booking=booking, breakdown_phone=help_phone)
