"""People, their papers, jobs, actions and meetings as JSON, for the platform's advisers."""

from collections.abc import Sequence
from typing import Any

from flask import Response

from mobility.actions import meetings, paths, people
from mobility.actions.access_letters import make_access_letter
from mobility.actions.meeting_reminders import note_reminder_said
from mobility.clock import now
from mobility.documents.access_letter import access_letter_pdf
from mobility.lists import PEOPLE
from mobility.models import Action, Beneficiary, Document, Job, Meeting
from mobility.queries.paths import list_actions, list_meetings
from mobility.queries.people import get_beneficiary, list_documents, list_jobs, people_of
from mobility.queries.trips import measure_trip
from mobility.rights import Role
from mobility.schemas.liaison import NothingSchema
from mobility.schemas.paths import ActionOut, ActionSchema, EndSchema, HoldSchema, MeetingOut, MeetingSchema
from mobility.schemas.people import (
    DocumentOut,
    DocumentSchema,
    JobOut,
    JobSchema,
    PersonChangeSchema,
    PersonOut,
    PersonSchema,
    TripOut,
    TripSchema,
    WithoutBankSchema,
)
from mobility.web.access import allow
from mobility.web.api import Blueprint
from mobility.web.lists import list_of, told
from mobility.web.looks import look
from mobility.web.once import shown_once
from mobility.web.viewer import viewer

blp = Blueprint("people_api", __name__, url_prefix="/api/v1/p/<slug>", description="Personnes et parcours")

ADVISERS = (Role.ADVISER, Role.MANAGER)


@blp.get("/beneficiaries")
@blp.arguments(PEOPLE.schema(), location="query")
@blp.response(200, list_of(PersonOut))
@allow(*ADVISERS)
def find(asked: dict[str, Any]) -> dict[str, Any]:
    """People, fifty a page: those whose name, phone or number holds the words of `q`, everybody without it."""
    return told(PEOPLE, people_of(viewer()), asked)


@blp.post("/beneficiaries")
@blp.arguments(PersonSchema)
@blp.response(201, PersonOut)
@allow(*ADVISERS)
def create(sent: dict[str, Any]) -> Beneficiary:
    """Open a person's file."""
    return people.register_beneficiary(**sent, by=viewer(), now=now())


@blp.get("/beneficiaries/<int:beneficiary_id>")
@blp.response(200, PersonOut)
@allow(*ADVISERS)
def show(beneficiary_id: int) -> Beneficiary:
    """One person; the look is noted."""
    person = get_beneficiary(beneficiary_id, viewer())
    look(person.id, page="api")
    return person


@blp.patch("/beneficiaries/<int:beneficiary_id>")
@blp.arguments(PersonChangeSchema)
@blp.response(200, PersonOut)
@allow(*ADVISERS)
def update(sent: dict[str, Any], beneficiary_id: int) -> Beneficiary:
    """Change what is told, leave the rest."""
    return people.update_beneficiary(beneficiary_id, **sent, by=viewer(), now=now())


@blp.post("/beneficiaries/<int:beneficiary_id>/without-bank")
@blp.arguments(WithoutBankSchema)
@blp.response(200, PersonOut)
@allow(*ADVISERS)
def without_bank(sent: dict[str, Any], beneficiary_id: int) -> Beneficiary:
    """Note the declaration that lets cash be taken."""
    return people.declare_without_bank(beneficiary_id, sent["on"], by=viewer(), now=now())


@blp.post("/beneficiaries/<int:beneficiary_id>/access-letter")
@blp.arguments(NothingSchema)
@blp.response(200, content_type="application/pdf", description="La lettre d’accès en PDF : son code n’est montré que là")
@allow(*ADVISERS)
def access_letter(sent: dict[str, Any], beneficiary_id: int) -> Response:
    """Open the person's own space, or draw a new code for it, and answer with the letter."""
    paper = make_access_letter(beneficiary_id, by=viewer(), now=now())
    return shown_once(Response(access_letter_pdf(paper), mimetype="application/pdf"))


@blp.get("/beneficiaries/<int:beneficiary_id>/documents")
@blp.response(200, DocumentOut(many=True))
@allow(*ADVISERS)
def documents(beneficiary_id: int) -> Sequence[Document]:
    """Papers seen."""
    return list_documents(_looked_at(beneficiary_id))


@blp.post("/beneficiaries/<int:beneficiary_id>/documents")
@blp.arguments(DocumentSchema)
@blp.response(201, DocumentOut)
@allow(*ADVISERS)
def see_document(sent: dict[str, Any], beneficiary_id: int) -> Document:
    """Note a paper seen and not kept."""
    return people.see_document(beneficiary_id, **sent, by=viewer(), now=now())


@blp.get("/beneficiaries/<int:beneficiary_id>/jobs")
@blp.response(200, JobOut(many=True))
@allow(*ADVISERS)
def jobs(beneficiary_id: int) -> Sequence[Job]:
    """Jobs and trainings."""
    return list_jobs(_looked_at(beneficiary_id))


@blp.post("/beneficiaries/<int:beneficiary_id>/jobs")
@blp.arguments(JobSchema)
@blp.response(201, JobOut)
@allow(*ADVISERS)
def record_job(sent: dict[str, Any], beneficiary_id: int) -> Job:
    """Note a job, a promise or a training."""
    return people.record_job(beneficiary_id, **sent, by=viewer(), now=now())


@blp.get("/beneficiaries/<int:beneficiary_id>/actions")
@blp.response(200, ActionOut(many=True))
@allow(*ADVISERS)
def actions(beneficiary_id: int) -> Sequence[Action]:
    """The path."""
    return list_actions(_looked_at(beneficiary_id))


@blp.post("/beneficiaries/<int:beneficiary_id>/actions")
@blp.arguments(ActionSchema)
@blp.response(201, ActionOut)
@allow(*ADVISERS)
def start_action(sent: dict[str, Any], beneficiary_id: int) -> Action:
    """Begin an action."""
    return paths.start_action(beneficiary_id, **sent, by=viewer(), now=now())


@blp.post("/actions/<int:action_id>/end")
@blp.arguments(EndSchema)
@blp.response(200, ActionOut)
@allow(*ADVISERS)
def end_action(sent: dict[str, Any], action_id: int) -> Action:
    """End an action."""
    return paths.end_action(action_id, **sent, by=viewer(), now=now())


@blp.get("/beneficiaries/<int:beneficiary_id>/meetings")
@blp.response(200, MeetingOut(many=True))
@allow(*ADVISERS)
def list_of_meetings(beneficiary_id: int) -> Sequence[Meeting]:
    """The latest appointments."""
    return list_meetings(_looked_at(beneficiary_id))


@blp.post("/beneficiaries/<int:beneficiary_id>/meetings")
@blp.arguments(MeetingSchema)
@blp.response(201, MeetingOut)
@allow(*ADVISERS)
def plan_meeting(sent: dict[str, Any], beneficiary_id: int) -> Meeting:
    """Plan an appointment."""
    return meetings.plan_meeting(beneficiary_id, **sent, by=viewer(), now=now())


@blp.post("/meetings/<int:meeting_id>/hold")
@blp.arguments(HoldSchema)
@blp.response(200, MeetingOut)
@allow(*ADVISERS)
def hold_meeting(sent: dict[str, Any], meeting_id: int) -> Meeting:
    """Note that the person came, or came late."""
    return meetings.hold_meeting(meeting_id, **sent, by=viewer(), now=now())


@blp.post("/meetings/<int:meeting_id>/reminded")
@blp.arguments(NothingSchema)
@blp.response(200, MeetingOut)
@allow(*ADVISERS)
def meeting_reminded(sent: dict[str, Any], meeting_id: int) -> Meeting:
    """The call was made, or the letter is on its way."""
    return note_reminder_said(meeting_id, by=viewer(), now=now())


@blp.post("/meetings/<int:meeting_id>/miss")
@blp.arguments(NothingSchema)
@blp.response(200, MeetingOut)
@allow(*ADVISERS)
def miss_meeting(sent: dict[str, Any], meeting_id: int) -> Meeting:
    """Note that the person did not come."""
    return meetings.miss_meeting(meeting_id, by=viewer(), now=now())


@blp.post("/meetings/<int:meeting_id>/cancel")
@blp.arguments(NothingSchema)
@blp.response(200, MeetingOut)
@allow(*ADVISERS)
def cancel_meeting(sent: dict[str, Any], meeting_id: int) -> Meeting:
    """Cancel an appointment."""
    return meetings.cancel_meeting(meeting_id, by=viewer(), now=now())


@blp.get("/trips")
@blp.arguments(TripSchema, location="query")
@blp.response(200, TripOut)
@allow(*ADVISERS)
def trip(asked: dict[str, Any]) -> object:
    """One way by road between two addresses; an estimate says so."""
    return measure_trip(asked["start"], asked["end"])


def _looked_at(beneficiary_id: int) -> int:
    """The person's id once found, the look noted."""
    person = get_beneficiary(beneficiary_id, viewer())
    look(person.id, page="api")
    return person.id
