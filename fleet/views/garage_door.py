"""A garage's own pages, by its mailed link: its work orders and nothing else, no person."""

from dataclasses import replace
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from fleet.actions import garage_links
from fleet.queries.vehicles import full_name, get_vehicle
from fleet.queries.workshop import cost_of, list_lines, list_orders_for, live_block
from fleet.schemas.work_orders import LabourSchema, NothingSchema, PartSchema, ProposeSchema
from fleet.work import LABOUR, PLAN, STATUS_NAMES, SUBJECTS, WRITE, may, say_hours
from mobility.clock import now
from mobility.periods import PARIS
from mobility.web.access import public
from mobility.web.forms import Form, from_form, or_again

pages = Blueprint("garage_door", __name__)


@pages.get("/p/<slug>/garage/<token>")
@public
def index(token: str) -> str:
    """What the platform gives this garage to do."""
    garage = garage_links.garage_of(token, now=now())
    return render_template(
        "fleet/garage_orders.html", token=token, garage=garage, orders=list_orders_for(garage.id), full_name=full_name, **_WORDS
    )


@pages.get("/p/<slug>/garage/<token>/orders/<int:order_id>")
@public
def show(token: str, order_id: int, form: Form | None = None) -> str:
    """One order: the vehicle, what is to be done, and the garage's own words on it."""
    garage, order = garage_links.order_of(token, order_id, now=now())
    lines = list_lines(order.id)
    return render_template(
        "fleet/garage_order.html",
        token=token,
        garage=garage,
        order=order,
        name=full_name(get_vehicle(order.vehicle_id)),
        block=live_block(order, now()),
        lines=lines,
        cost=cost_of(lines),
        may_plan=may(PLAN, order.status),
        may_write=may(WRITE, order.status),
        **_WORDS,
        **_forms(form),
    )


@pages.post("/p/<slug>/garage/<token>/orders/<int:order_id>/propose")
@public
@or_again(show)
def propose(token: str, order_id: int) -> ResponseReturnValue:
    """Propose a date."""
    garage_links.propose(token, order_id, **from_form(ProposeSchema()), now=now())
    return _said(token, order_id, "Votre proposition est notée : l’atelier de la plateforme vous confirme la date.")


@pages.post("/p/<slug>/garage/<token>/orders/<int:order_id>/parts")
@public
@or_again(show)
def part(token: str, order_id: int) -> ResponseReturnValue:
    """Write a part."""
    garage_links.write_part(token, order_id, **from_form(PartSchema()), now=now())
    return _said(token, order_id, "La pièce est notée.")


@pages.post("/p/<slug>/garage/<token>/orders/<int:order_id>/labour")
@public
@or_again(show)
def labour(token: str, order_id: int) -> ResponseReturnValue:
    """Write time spent."""
    garage_links.write_labour(token, order_id, **from_form(LabourSchema()), now=now())
    return _said(token, order_id, "Le temps passé est noté.")


@pages.post("/p/<slug>/garage/<token>/orders/<int:order_id>/done")
@public
@or_again(show)
def done(token: str, order_id: int) -> ResponseReturnValue:
    """Say that it is done."""
    from_form(NothingSchema())
    garage_links.say_done(token, order_id, now=now())
    return _said(token, order_id, "Merci : la plateforme sait que le véhicule est prêt.")


_WORDS: dict[str, Any] = {"subject_names": SUBJECTS, "status_names": STATUS_NAMES, "labour_code": LABOUR, "say_hours": say_hours}


def _said(token: str, order_id: int, sentence: str) -> ResponseReturnValue:
    flash(sentence, "fine")
    return redirect(url_for("garage_door.show", token=token, order_id=order_id), code=303)


def _forms(refused: Form | None) -> dict[str, Any]:
    """A form an act; the one that was refused keeps what was typed."""
    soon = now().astimezone(PARIS).strftime("%Y-%m-%dT%H:00")
    usual: dict[str, dict[str, Any]] = {"propose": {"starts_at": soon}, "part": {"quantity": 1}}
    forms = {name: Form(prefix=name, values=usual.get(name, {})) for name in ("propose", "part", "labour", "done")}
    name = (request.endpoint or "").partition(".")[2]
    if refused is not None and name in forms:
        forms[name] = replace(refused, prefix=name)
    return {"forms": forms, "tried": forms.get(name, Form())}
