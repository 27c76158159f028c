"""What could carry a person to their work: every kind of vehicle on one page, the greenest first."""

from datetime import timedelta
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from billing.terms import DAILY
from fleet.actions.modes import choose_mode
from fleet.modes import CHOICE_REASONS, LOADS, MODE_NAMES, NOTHING, TRANSIT_WORDS, UNKNOWN
from fleet.needs import NEEDS
from fleet.queries.applicants import find_job
from fleet.queries.chain import chain_from
from fleet.queries.modes import list_choices
from fleet.queries.ways import ask_ways
from fleet.renewal import NEW_CHAIN_REASONS
from fleet.schemas.ways import ChosenSchema, WaysSchema
from mobility.clock import now, today
from mobility.codes import choices
from mobility.errors import DomainError
from mobility.models import Beneficiary
from mobility.periods import ONE_DAY, paris_day
from mobility.queries.people import get_beneficiary
from mobility.rights import Role
from mobility.web.access import allow
from mobility.web.forms import Form, as_json, from_form, load, or_again, refused, shown
from mobility.web.looks import look
from mobility.web.viewer import viewer
from mobility.work_hours import usual_span

pages = Blueprint("ways", __name__)
WORDS = {
    "needs": choices(NEEDS),
    "new_chains": choices(NEW_CHAIN_REASONS),
    "loads": choices(LOADS),
    "transits": choices(TRANSIT_WORDS),
    "modes": choices(MODE_NAMES),
    "reasons": choices(CHOICE_REASONS),
}


@pages.get("/p/<slug>/people/<int:beneficiary_id>/ways")
@allow(Role.ADVISER, Role.MANAGER)
def show(beneficiary_id: int) -> ResponseReturnValue:
    """The question in the address; asked with nothing, the person's job and the coming four weeks."""
    return _page(beneficiary_id, Form())


def _again(beneficiary_id: int, form: Form) -> str:
    return _page(beneficiary_id, form)[0]


def _page(beneficiary_id: int, choice: Form) -> tuple[str, int]:
    """The question, its answer, and the choice as it was typed."""
    person = get_beneficiary(beneficiary_id, viewer())
    look(person.id, page="booking")
    typed = _typed(person)
    asked: dict[str, Any] = {}
    answer, form, status = None, Form(values=shown(typed), once=""), 200
    try:
        asked = load(WaysSchema(), as_json(WaysSchema(), typed))
        answer = ask_ways(person, **asked, now=now())
    except DomainError as error:
        form, status = refused(error, typed), error.status
    begins_on = paris_day(asked.get("starts_at") or now() + ONE_DAY)
    told = {"continues": chain_from(begins_on, DAILY, now(), beneficiary_id=person.id).continues, "form": form, "answer": answer}
    told |= {"choice": choice, "chosen": next((MODE_NAMES[one.mode] for one in list_choices(person.id)), "")}
    asked_in: dict[str, Any] = typed.to_dict(flat=False)
    here = url_for("ways.show", beneficiary_id=person.id, **asked_in)
    return render_template("fleet/ways.html", person=person, here=here, **told, **WORDS), status


@pages.post("/p/<slug>/people/<int:beneficiary_id>/ways")
@allow(Role.ADVISER, Role.MANAGER)
@or_again(_again)
def choose(beneficiary_id: int) -> Response:
    """The person chose: the question is in the address still."""
    person = get_beneficiary(beneficiary_id, viewer())
    question = load(WaysSchema(), as_json(WaysSchema(), _typed(person)))
    row = choose_mode(person.id, **from_form(ChosenSchema()), **question, by=viewer(), now=now())
    flash(f"Le choix est noté : {MODE_NAMES[row.mode].lower()}.", "fine")
    return redirect(url_for("files.show", beneficiary_id=person.id), code=303)


def _typed(person: Beneficiary) -> MultiDict[str, str]:
    """What the address asks, and what is usual where it says nothing."""
    typed = MultiDict(request.args)
    for name, usual in _usual(person).items():
        typed.setdefault(name, usual)
    return typed


def _usual(person: Beneficiary) -> dict[str, str]:
    start, job = today() + ONE_DAY, find_job(person.id, today())
    known = {"one_way_tenths": f"{job.one_way_tenths / 10:.1f}".replace(".", ",")} if job and job.one_way_tenths is not None else {}
    known |= {"days_a_week": str(job.weekdays.bit_count())} if job and job.weekdays else {"days_a_week": "5"}
    hours = {"work_from": "08:00", "work_to": "17:00"} | usual_hours(job.hours if job else None)
    asked = {"starts_at": f"{start}T09:00", "ends_at": f"{start + timedelta(days=28)}T09:00", "carrying": NOTHING, "transit": UNKNOWN}
    return asked | hours | known


def usual_hours(words: str | None) -> dict[str, str]:
    """The hours of a job as the fields of a question, where what was typed of them is understood."""
    span = usual_span(words)
    return {"work_from": f"{span[0]:%H:%M}", "work_to": f"{span[1]:%H:%M}"} if span else {}
