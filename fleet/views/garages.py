"""The garages that work for the platform: a page to see them, to add one, to put one right."""

from dataclasses import replace

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from fleet.actions import garages
from fleet.actions.garage_links import LASTS, mail_link
from fleet.queries.workshop import get_garage, list_garages
from fleet.schemas.work_orders import ChangeGarageSchema, GarageSchema, NothingSchema
from fleet.views.work_orders import REPAIRERS
from mobility.clock import now
from mobility.web.access import allow
from mobility.web.forms import Form, from_form, or_again
from mobility.web.viewer import viewer

pages = Blueprint("garages", __name__)


@pages.get("/p/<slug>/garages")
@allow(*REPAIRERS)
def index(form: Form | None = None) -> str:
    """The garages, and a form for a new one."""
    return render_template("fleet/garages.html", garages=list_garages(only_open=False), form=form or Form())


@pages.post("/p/<slug>/garages")
@allow(*REPAIRERS)
@or_again(index)
def create() -> ResponseReturnValue:
    """A garage works for the platform."""
    garage = garages.add_garage(**from_form(GarageSchema()), by=viewer(), now=now())
    flash(f"{garage.name} peut recevoir des véhicules.", "fine")
    return redirect(url_for("garages.index"), code=303)


@pages.get("/p/<slug>/garages/<int:garage_id>")
@allow(*REPAIRERS)
def edit(garage_id: int, form: Form | None = None, link: Form | None = None) -> str:
    """One garage, to put right."""
    garage = get_garage(garage_id)
    values = {name: getattr(garage, name) for name in ("name", "email", "phone", "address")}
    ticked = {name: "yes" for name, yes in (("is_solidarity", garage.is_solidarity), ("is_open", garage.closed_at is None)) if yes}
    form = form or Form(values=values | ticked)
    return render_template("fleet/garage.html", garage=garage, form=form, link_form=link or Form(prefix="link"), days=LASTS.days)


@pages.post("/p/<slug>/garages/<int:garage_id>")
@allow(*REPAIRERS)
@or_again(edit)
def change(garage_id: int) -> ResponseReturnValue:
    """Put it right."""
    garages.change_garage(garage_id, **from_form(ChangeGarageSchema()), by=viewer(), now=now())
    flash("Le garage est à jour.", "fine")
    return redirect(url_for("garages.index"), code=303)


def _not_sent(garage_id: int, form: Form) -> str:
    return edit(garage_id, link=replace(form, prefix="link"))


@pages.post("/p/<slug>/garages/<int:garage_id>/link")
@allow(*REPAIRERS)
@or_again(_not_sent)
def send_link(garage_id: int) -> ResponseReturnValue:
    """Mail it the link to its own page."""
    from_form(NothingSchema())
    sent = mail_link(garage_id, by=viewer(), now=now())
    flash(f"Le lien part vers {sent.recipient}.", "fine")
    return redirect(url_for("garages.edit", garage_id=garage_id), code=303)
