"""Liaison forms as JSON: a prescriber's token sends and reads their structure's own."""

from typing import Any

from flask import Response

from mobility.actions import liaison
from mobility.clock import now
from mobility.documents.liaison_form import liaison_form_pdf
from mobility.lists import OWN_FORMS
from mobility.models import LiaisonForm
from mobility.queries.liaison import Line, for_viewer, forms_of, get_line
from mobility.queries.liaison_paper import paper_of
from mobility.queries.timeline import timeline_of
from mobility.rights import Role
from mobility.schemas.liaison import (
    FollowedOut,
    FormOut,
    LiaisonFormSchema,
    MeetSchema,
    NothingSchema,
    RedirectSchema,
    RefuseSchema,
)
from mobility.web.access import allow
from mobility.web.api import Blueprint
from mobility.web.lists import list_of, told
from mobility.web.looks import look
from mobility.web.viewer import viewer

blp = Blueprint("liaison_api", __name__, url_prefix="/api/v1/p/<slug>/liaison-forms", description="Fiches de liaison")


@blp.get("")
@blp.arguments(OWN_FORMS.schema(), location="query")
@blp.response(200, list_of(FormOut))
@allow(Role.PRESCRIBER, Role.ADVISER, Role.MANAGER)
def index(asked: dict[str, Any]) -> dict[str, Any]:
    """Forms, fifty a page, the latest first; `status` may be `waiting`."""
    who = viewer()
    return told(OWN_FORMS, forms_of(who), asked, lambda line: for_viewer(line, who))


@blp.post("")
@blp.arguments(LiaisonFormSchema)
@blp.response(201, FormOut)
@allow(Role.PRESCRIBER, Role.ADVISER, Role.MANAGER)
def create(sent: dict[str, Any]) -> Line:
    """Send a form; its number is the receipt."""
    return _line(liaison.send_liaison_form(**sent, by=viewer(), now=now()))


@blp.get("/<int:form_id>")
@blp.response(200, FollowedOut)
@allow(Role.PRESCRIBER, Role.ADVISER, Role.MANAGER)
def show(form_id: int) -> dict[str, Any]:
    """Where a form stands, step by step."""
    line = get_line(form_id, viewer())
    look(line.person.id, page="liaison_form")
    return vars(line) | {"steps": timeline_of(line.form)}


@blp.get("/<int:form_id>/paper")
@blp.response(200, content_type="application/pdf", description="La fiche en PDF, pour le dossier de la structure")
@allow(Role.PRESCRIBER, Role.ADVISER, Role.MANAGER)
def paper(form_id: int) -> Response:
    """The form as a PDF."""
    line = get_line(form_id, viewer())
    look(line.person.id, page="liaison_form")
    return Response(liaison_form_pdf(paper_of(line)), mimetype="application/pdf")


@blp.post("/<int:form_id>/meet")
@blp.arguments(MeetSchema)
@blp.response(200, FormOut)
@allow(Role.ADVISER, Role.MANAGER)
def meet(sent: dict[str, Any], form_id: int) -> Line:
    """Note the day the person was met."""
    return _line(liaison.meet(form_id, **sent, by=viewer(), now=now()))


@blp.post("/<int:form_id>/accept")
@blp.arguments(NothingSchema)
@blp.response(200, FormOut)
@allow(Role.ADVISER, Role.MANAGER)
def accept(sent: dict[str, Any], form_id: int) -> Line:
    """Take the person in."""
    return _line(liaison.accept(form_id, by=viewer(), now=now()))


@blp.post("/<int:form_id>/redirect")
@blp.arguments(RedirectSchema)
@blp.response(200, FormOut)
@allow(Role.ADVISER, Role.MANAGER)
def redirect_elsewhere(sent: dict[str, Any], form_id: int) -> Line:
    """Direct the person to another offer."""
    return _line(liaison.redirect_elsewhere(form_id, **sent, by=viewer(), now=now()))


@blp.post("/<int:form_id>/refuse")
@blp.arguments(RefuseSchema)
@blp.response(200, FormOut)
@allow(Role.ADVISER, Role.MANAGER)
def refuse(sent: dict[str, Any], form_id: int) -> Line:
    """Refuse with a coded reason and another offer."""
    return _line(liaison.refuse(form_id, **sent, by=viewer(), now=now()))


@blp.post("/<int:form_id>/close")
@blp.arguments(NothingSchema)
@blp.response(200, FormOut)
@allow(Role.ADVISER, Role.MANAGER)
def close(sent: dict[str, Any], form_id: int) -> Line:
    """Close an answered form."""
    return _line(liaison.close(form_id, by=viewer(), now=now()))


def _line(form: LiaisonForm) -> Line:
    return get_line(form.id, viewer())
