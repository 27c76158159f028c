"""The public simulators as pages: a question in the address, an answer under it, nothing kept."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from flask import Blueprint, render_template, request
from marshmallow import Schema
from werkzeug.datastructures import MultiDict

from billing.api.simulations import rental_price, schedule_plan
from billing.price_sentence import say_price
from billing.schedule import COVER_LABELS
from billing.schemas.simulations import RentalSimulationSchema, ScheduleSimulationSchema, TierSpanSchema, schedule_asked
from billing.tariffs import KIND_LABELS, REFERENCE_KINDS
from mobility.errors import DomainError, InputRefused
from mobility.later import later
from mobility.web.access import public
from mobility.web.forms import Form, as_json, load

if TYPE_CHECKING:
    from billing.views import stairs as pictures
else:
    pictures = later("billing.views.stairs")

pages = Blueprint("simulation_pages", __name__)
Answer = tuple[str, int]
_ALWAYS = "1900-01-01"
# What the API calls a field, and where it stands on the page.
_FIELD_OF = {
    "tiers": "to_on",
    "tiers.0.from": "from_on",
    "tiers.0.to": "to_on",
}


@pages.get("/simulations/rental")
@public
def rental() -> Answer:
    """What a rental would cost."""
    form, price, status = answered(_rental_asked, RentalSimulationSchema(), rental_price)
    page = render_template(
        "billing/simulation_rental.html",
        form=form,
        kinds=[(kind, KIND_LABELS[kind]) for kind in REFERENCE_KINDS],
        price=price,
        sentence=say_price(price) if price else None,
    )
    return page, status


@pages.get("/simulations/schedule")
@public
def schedule() -> Answer:
    """What five months would cost."""
    form, plan, status = answered(_schedule_asked, ScheduleSimulationSchema(), schedule_plan)
    picture = pictures.stairs(month.rent_cents for month in plan.months) if plan else None
    return render_template("billing/simulation_schedule.html", form=form, plan=plan, picture=picture, covers=COVER_LABELS), status


def answered(read: Callable[[Schema], dict[str, Any]], schema: Schema, act: Callable[[dict[str, Any]], Any]) -> tuple[Form, Any, int]:
    """The form as typed, what was found or None, and the status: nothing asked yet is no error."""
    if not request.args:
        return Form(), None, 200
    try:
        return Form(values=request.args), act(load(schema, read(schema))), 200
    except DomainError as error:
        messages = error.messages if isinstance(error, InputRefused) else {error.field or "": error.sentence}
        errors = {_FIELD_OF.get(name, name): said for name, said in messages.items() if name}
        return Form(values=request.args, errors=errors, sentence=error.sentence), None, error.status


def _rental_asked(schema: Schema) -> dict[str, Any]:
    """RSA first, so that its faults are those of `tiers.0`; a ticked district holds on every day."""
    asked = as_json(schema, _answers("kind", "first_day", "last_day"))
    rsa = as_json(TierSpanSchema(), _answers("from_on", "to_on"))
    spans = {"from": rsa.get("from_on"), "to": rsa.get("to_on")}
    asked["tiers"] = [{"tier": "rsa"} | {name: day for name, day in spans.items() if day}] if rsa else []
    if request.args.get("qpv"):
        asked["tiers"].append({"tier": "qpv", "from": _ALWAYS})
    return asked


def _schedule_asked(schema: Schema) -> dict[str, Any]:
    return schedule_asked(schema, request.args)


def _answers(*names: str) -> "MultiDict[str, str]":
    return MultiDict({name: request.args.get(name, "") for name in names})
