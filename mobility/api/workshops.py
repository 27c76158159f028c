"""Collective workshops as JSON: the calendar and attendance for the advisers, one's own invitations for a person."""

from collections.abc import Sequence
from typing import Any

from flask import Response

from mobility.actions import workshop_doors, workshops
from mobility.actions.group_trips import plan_trips
from mobility.clock import now
from mobility.documents.attendance import attestation_pdf, sheet_pdf
from mobility.errors import NotFound
from mobility.models import GroupWorkshop, WorkshopSeat
from mobility.queries.attendance import attestation_of, sheet_of
from mobility.queries.people import get_beneficiary
from mobility.queries.workshops import get_planned, list_seats, list_seats_of, workshops_here
from mobility.rights import Role
from mobility.schemas.workshops import (
    AnswerSchema,
    CancelWorkshopSchema,
    HereSchema,
    InviteSchema,
    MarkSchema,
    OwnSeatOut,
    PlannedOut,
    SeatOut,
    TripSchema,
    WorkshopOut,
    WorkshopSchema,
)
from mobility.views.workshop_list import WORKSHOPS
from mobility.web.access import allow
from mobility.web.api import Blueprint
from mobility.web.lists import list_of, told
from mobility.web.looks import look
from mobility.web.viewer import viewer
from mobility.web.workshop_codes import workshop_of

blp = Blueprint("workshops_api", __name__, url_prefix="/api/v1/p/<slug>", description="Ateliers collectifs")

ADVISERS = (Role.ADVISER, Role.MANAGER)


@blp.get("/workshops")
@blp.arguments(WORKSHOPS.schema(), location="query")
@blp.response(200, list_of(PlannedOut))
@allow(*ADVISERS)
def index(asked: dict[str, Any]) -> dict[str, Any]:
    """Workshops by day, fifty a page; those to come unless asked otherwise."""
    return told(WORKSHOPS, workshops_here(), asked)


@blp.post("/workshops")
@blp.arguments(WorkshopSchema)
@blp.response(201, WorkshopOut)
@allow(*ADVISERS)
def create(sent: dict[str, Any]) -> GroupWorkshop:
    """Plan a workshop, led by whoever plans it."""
    return workshops.plan_workshop(**sent, by=viewer(), now=now())


@blp.get("/workshops/<int:workshop_id>")
@blp.response(200, PlannedOut)
@allow(*ADVISERS)
def show(workshop_id: int) -> object:
    """One of them."""
    return get_planned(workshop_id)


@blp.get("/workshops/<int:workshop_id>/seats")
@blp.response(200, SeatOut(many=True))
@allow(*ADVISERS)
def seats(workshop_id: int) -> Sequence[WorkshopSeat]:
    """Everybody asked, in the order of the waiting list."""
    get_planned(workshop_id)
    return [seat for seat, _ in list_seats(workshop_id)]


@blp.post("/workshops/<int:workshop_id>/seats")
@blp.arguments(InviteSchema)
@blp.response(201, SeatOut)
@allow(*ADVISERS)
def invite(sent: dict[str, Any], workshop_id: int) -> WorkshopSeat:
    """Ask somebody: a seat, or a rank on the waiting list."""
    return workshops.invite(workshop_id, **sent, by=viewer(), now=now())


@blp.post("/trips")
@blp.arguments(TripSchema)
@blp.response(201, WorkshopOut(many=True))
@allow(*ADVISERS)
def create_trips(sent: dict[str, Any]) -> Sequence[GroupWorkshop]:
    """Plan an accompanied trip, on a day and the same day of the weeks after."""
    return plan_trips(**sent, by=viewer(), now=now())


@blp.post("/workshops/<int:workshop_id>/cancel")
@blp.arguments(CancelWorkshopSchema)
@blp.response(200, WorkshopOut)
@allow(*ADVISERS)
def cancel(sent: dict[str, Any], workshop_id: int) -> GroupWorkshop:
    """Cancel it and tell everybody."""
    return workshops.cancel_workshop(workshop_id, **sent, by=viewer(), now=now())


@blp.post("/workshop-seats/<int:seat_id>/answer")
@blp.arguments(AnswerSchema)
@blp.response(200, SeatOut)
@allow(*ADVISERS, Role.BENEFICIARY)
def answer(sent: dict[str, Any], seat_id: int) -> WorkshopSeat:
    """Whether they come: a person says it of their own seat, an adviser of any."""
    return workshops.answer_invitation(seat_id, **sent, by=viewer(), now=now())


@blp.post("/workshops/here")
@blp.arguments(HereSchema)
@blp.response(200, SeatOut)
@allow(Role.BENEFICIARY)
def come(sent: dict[str, Any]) -> WorkshopSeat:
    """One is there: the code shown at the workshop says at which."""
    return workshop_doors.come(workshop_of(sent["code"]), by=viewer(), now=now())


@blp.post("/workshop-seats/<int:seat_id>/mark")
@blp.arguments(MarkSchema)
@blp.response(200, SeatOut)
@allow(*ADVISERS)
def mark(sent: dict[str, Any], seat_id: int) -> WorkshopSeat:
    """Whether they came."""
    return workshops.mark_attendance(seat_id, **sent, by=viewer(), now=now())


@blp.get("/workshops/<int:workshop_id>/sheet")
@blp.response(200, content_type="application/pdf", description="La feuille de présence à faire signer")
@allow(*ADVISERS)
def sheet(workshop_id: int) -> Response:
    """Who is expected, each with a place to sign."""
    return Response(sheet_pdf(sheet_of(workshop_id, now())), mimetype="application/pdf")


@blp.get("/beneficiaries/<int:beneficiary_id>/attendance")
@blp.response(200, content_type="application/pdf", description="L’attestation de présence, en heures")
@allow(*ADVISERS, Role.BENEFICIARY)
def attestation(beneficiary_id: int) -> Response:
    """The workshops a person came to, in hours."""
    person = get_beneficiary(beneficiary_id, viewer())
    look(person.id, page="api")
    return Response(attestation_pdf(attestation_of(person, now())), mimetype="application/pdf")


@blp.get("/me/workshops")
@blp.response(200, OwnSeatOut(many=True))
@allow(Role.BENEFICIARY)
def own() -> list[dict[str, Any]]:
    """One's own invitations, the latest workshop first."""
    person_id = viewer().beneficiary_id
    if person_id is None:
        raise NotFound
    return [{"seat": seat, "workshop": workshop} for seat, workshop in list_seats_of(person_id)]
