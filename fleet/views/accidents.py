"""Accidents as pages: the list, a statement, and what follows until it is closed; the person prints their own."""

from dataclasses import replace
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from fleet.accidents import CIRCUMSTANCES, MOST_PHOTOS, NEXT, OPEN, OUTCOMES, clock_of, may
from fleet.actions import accidents
from fleet.documents.letter import letter_pdf
from fleet.holders import TWICE, which_of
from fleet.lifecycle import LATE, OUT
from fleet.models import Accident
from fleet.queries import accidents as queries
from fleet.queries.holders import read_booking
from fleet.queries.vehicles import full_name, get_vehicle
from fleet.queries.workshop import get_order
from fleet.schemas.accidents import AccidentSchema, CloseSchema, CompleteSchema, CorrectSchema, DeclareSchema
from fleet.schemas.work_orders import NothingSchema
from fleet.views.accident_list import ACCIDENTS, accident_state
from fleet.views.rentals import pdf
from mobility.clock import now, today
from mobility.periods import PARIS
from mobility.rights import Role
from mobility.web.access import allow
from mobility.web.forms import Form, from_form, or_again
from mobility.web.lists import show as show_list
from mobility.web.looks import look
from mobility.web.pictures import form_with_pictures
from mobility.web.viewer import viewer

pages = Blueprint("accidents", __name__)
READERS = (Role.ADVISER, Role.MANAGER)
_LATER = ("third_name", "third_plate", "third_insurer", "third_policy", "police_report", "expert", "expert_on", "liability_percent")


@pages.get("/p/<slug>/accidents")
@allow(*READERS)
def index() -> ResponseReturnValue:
    """Those still open, then all of them."""
    return show_list(ACCIDENTS, queries.all_accidents(), "fleet/accidents.html")


@pages.get("/p/<slug>/vehicles/<int:vehicle_id>/accidents/new")
@allow(*READERS)
def new(vehicle_id: int, form: Form | None = None) -> str:
    """What happened to a vehicle."""
    vehicle, at = get_vehicle(vehicle_id), now().astimezone(PARIS)
    form = form or Form(values={"on": at.date().isoformat(), "hour": at.strftime("%H:%M")})
    return render_template("fleet/accident_new.html", vehicle=vehicle, name=full_name(vehicle), form=form, **_words())


@pages.post("/p/<slug>/vehicles/<int:vehicle_id>/accidents/new")
@allow(*READERS)
@or_again(new)
def create(vehicle_id: int) -> ResponseReturnValue:
    """Keep the statement."""
    accident = accidents.record_accident(vehicle_id, **form_with_pictures(AccidentSchema(), accidents.PHOTO), by=viewer(), now=now())
    return _done(accident.id, f"L’accident {accident.number} est noté. Déclarez-le maintenant à l’assureur.")


@pages.get("/p/<slug>/accidents/<int:accident_id>")
@allow(*READERS)
def show(accident_id: int, form: Form | None = None) -> str:
    """One accident: its clock, the rental's way on, and the next act."""
    accident = _looked_at(accident_id)
    vehicle, found = get_vehicle(accident.vehicle_id), read_booking(accident.booking_id)
    return render_template(
        "fleet/accident.html",
        accident=accident,
        vehicle=vehicle,
        name=full_name(vehicle),
        booking=found[0] if found else None,
        person=found[1] if found else None,
        runs=found is not None and found[0].status in (OUT, LATE) and found[0].vehicle_id == vehicle.id,
        clock=clock_of(accident.due_on, today()) if accident.status == OPEN else None,
        state=accident_state(accident),
        order=get_order(accident.work_order_id) if accident.work_order_id else None,
        photos=queries.list_photos(accident.id),
        acts={act: may(act, accident.status) for act in NEXT},
        **_words(),
        **_forms(accident, form),
    )


@pages.post("/p/<slug>/accidents/<int:accident_id>/correct")
@allow(*READERS)
@or_again(show)
def correct(accident_id: int) -> ResponseReturnValue:
    """The facts told again."""
    accidents.correct(accident_id, **from_form(CorrectSchema()), by=viewer(), now=now())
    return _done(accident_id, "Les faits sont corrigés.")


@pages.post("/p/<slug>/accidents/<int:accident_id>/complete")
@allow(*READERS)
@or_again(show)
def complete(accident_id: int) -> ResponseReturnValue:
    """What came later."""
    accidents.complete(accident_id, **form_with_pictures(CompleteSchema(), accidents.PHOTO), by=viewer(), now=now())
    return _done(accident_id, "C’est noté.")


@pages.post("/p/<slug>/accidents/<int:accident_id>/declare")
@allow(*READERS)
@or_again(show)
def declare(accident_id: int) -> ResponseReturnValue:
    """The insurer knows."""
    accidents.declare(accident_id, **from_form(DeclareSchema()), by=viewer(), now=now())
    return _done(accident_id, "La déclaration à l’assureur est notée.")


@pages.post("/p/<slug>/accidents/<int:accident_id>/keep-back")
@allow(*READERS)
@or_again(show)
def keep_back(accident_id: int) -> ResponseReturnValue:
    """The vehicle does not move."""
    from_form(NothingSchema())
    accidents.keep_back(accident_id, by=viewer(), now=now())
    return _done(accident_id, "Le véhicule est immobilisé pour une semaine, et son ordre de réparation est ouvert.")


@pages.post("/p/<slug>/accidents/<int:accident_id>/close")
@allow(*READERS)
@or_again(show)
def close(accident_id: int) -> ResponseReturnValue:
    """Nothing more is to come."""
    accident = accidents.close(accident_id, **from_form(CloseSchema()), by=viewer(), now=now())
    return _done(accident_id, f"Le dossier {accident.number} est clos.")


@pages.get("/p/<slug>/accidents/<int:accident_id>.pdf")
@allow(*READERS, Role.BENEFICIARY)
def paper(accident_id: int) -> ResponseReturnValue:
    """The statement on paper, for advisers and for its own person."""
    accident = queries.read_accident(accident_id, viewer())
    if accident.beneficiary_id is not None:
        look(accident.beneficiary_id, page="accident")
    title = f"Relevé d’accident {accident.number}"
    return pdf(letter_pdf(queries.statement_paper(accident), title=title), f"accident-{accident.number}")


def _looked_at(accident_id: int) -> Accident:
    accident = queries.get_accident(accident_id)
    if accident.beneficiary_id is not None:
        look(accident.beneficiary_id, page="accident")
    return accident


def _done(accident_id: int, sentence: str) -> ResponseReturnValue:
    flash(sentence, "fine")
    return redirect(url_for("accidents.show", accident_id=accident_id), code=303)


def _facts(accident: Accident) -> dict[str, Any]:
    """What stands in the statement, as its form takes it."""
    at = accident.happened_at.astimezone(PARIS)
    facts = {
        "on": at.date().isoformat(),
        "hour": at.strftime("%H:%M"),
        "which": which_of(at),
        "injured": "yes" if accident.injured else None,
    }
    facts |= {name: getattr(accident, name) for name in ("place", "circumstances", "account")}
    return {name: value for name, value in facts.items() if value is not None}


def _words() -> dict[str, Any]:
    return {"circumstances": CIRCUMSTANCES, "outcomes": OUTCOMES, "twice": list(TWICE.items()), "most": MOST_PHOTOS}


def _forms(accident: Accident, refused: Form | None) -> dict[str, Any]:
    """A form an act; the one that was refused keeps what was typed, and says why above them all."""
    usual: dict[str, dict[str, Any]] = {"declare": {"declared_on": str(today())}}
    usual["correct"] = _facts(accident)
    usual["complete"] = {name: value for name in _LATER if (value := getattr(accident, name)) is not None}
    forms = {act: Form(prefix=act, values=usual.get(act, {})) for act in NEXT | {"keep_back": {}}}
    act = (request.endpoint or "").partition(".")[2]
    if refused is not None and act in forms:
        forms[act] = replace(refused, prefix=act)
    return {"forms": forms, "tried": forms.get(act, Form())}
