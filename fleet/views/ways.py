"""What could carry a person to their work: every kind of vehicle on one page, the greenest first."""

from datetime import timedelta

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from fleet.queries.applicants import find_job
from fleet.queries.ways import ask_ways
from fleet.schemas.ways import WaysSchema
from mobility.clock import now, today
from mobility.errors import DomainError
from mobility.models import Beneficiary
from mobility.periods import ONE_DAY
from mobility.queries.people import get_beneficiary
from mobility.rights import Role
from mobility.web.access import allow
from mobility.web.forms import Form, load, refused
from mobility.web.looks import look
from mobility.web.viewer import viewer

pages = Blueprint("ways", __name__)


@pages.get("/p/<slug>/people/<int:beneficiary_id>/ways")
@allow(Role.ADVISER, Role.MANAGER)
def show(beneficiary_id: int) -> ResponseReturnValue:
    """The question in the address; asked with nothing, the person's job and the coming four weeks."""
    person = get_beneficiary(beneficiary_id, viewer())
    look(person.id, page="booking")
    typed = _usual(person) | request.args.to_dict()
    try:
        answer = ask_ways(person, **load(WaysSchema(), typed), now=now())
    except DomainError as error:
        return render_template("fleet/ways.html", person=person, form=refused(error, MultiDict(typed)), answer=None), error.status
    return render_template("fleet/ways.html", person=person, form=Form(values=typed), answer=answer)


def _usual(person: Beneficiary) -> dict[str, str]:
    start, job = today() + ONE_DAY, find_job(person.id, today())
    known = {"one_way_tenths": f"{job.one_way_tenths / 10:.1f}".replace(".", ",")} if job and job.one_way_tenths is not None else {}
    hours = {"work_from": "08:00", "work_to": "17:00"}
    return {"starts_at": f"{start}T09:00", "ends_at": f"{start + timedelta(days=28)}T09:00"} | hours | known
