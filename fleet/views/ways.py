"""What could carry a person to their work: every kind of vehicle on one page, the greenest first."""

from datetime import timedelta
from typing import Any

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from billing.terms import DAILY
from fleet.needs import NEEDS
from fleet.queries.applicants import find_job
from fleet.queries.chain import chain_from
from fleet.queries.ways import ask_ways
from fleet.renewal import NEW_CHAIN_REASONS
from fleet.schemas.ways import WaysSchema
from mobility.clock import now, today
from mobility.codes import choices
from mobility.errors import DomainError
from mobility.models import Beneficiary
from mobility.periods import ONE_DAY, paris_day
from mobility.queries.people import get_beneficiary
from mobility.rights import Role
from mobility.web.access import allow
from mobility.web.forms import Form, as_json, load, refused, shown
from mobility.web.looks import look
from mobility.web.viewer import viewer

pages = Blueprint("ways", __name__)


@pages.get("/p/<slug>/people/<int:beneficiary_id>/ways")
@allow(Role.ADVISER, Role.MANAGER)
def show(beneficiary_id: int) -> ResponseReturnValue:
    """The question in the address; asked with nothing, the person's job and the coming four weeks."""
    person = get_beneficiary(beneficiary_id, viewer())
    look(person.id, page="booking")
    typed = MultiDict(request.args)
    for name, usual in _usual(person).items():
        typed.setdefault(name, usual)
    asked: dict[str, Any] = {}
    answer, form, status = None, Form(values=shown(typed)), 200
    try:
        asked = load(WaysSchema(), as_json(WaysSchema(), typed))
        answer = ask_ways(person, **asked, now=now())
    except DomainError as error:
        form, status = refused(error, typed), error.status
    begins_on = paris_day(asked.get("starts_at") or now() + ONE_DAY)
    told = {"continues": chain_from(begins_on, DAILY, now(), beneficiary_id=person.id).continues, "needs": choices(NEEDS)}
    return render_template(
        "fleet/ways.html", person=person, **told, new_chains=choices(NEW_CHAIN_REASONS), form=form, answer=answer
    ), status


def _usual(person: Beneficiary) -> dict[str, str]:
    start, job = today() + ONE_DAY, find_job(person.id, today())
    known = {"one_way_tenths": f"{job.one_way_tenths / 10:.1f}".replace(".", ",")} if job and job.one_way_tenths is not None else {}
    hours = {"work_from": "08:00", "work_to": "17:00"}
    return {"starts_at": f"{start}T09:00", "ends_at": f"{start + timedelta(days=28)}T09:00"} | hours | known
