"""A microcredit's file in JSON: the page's actions and schemas."""

from collections.abc import Sequence
from typing import Any

from flask import Response

from fleet.actions import microcredits as actions
from fleet.documents.microcredit import microcredit_pdf
from fleet.models import Microcredit
from fleet.queries.microcredit_papers import paper_of, quote_of
from fleet.queries.microcredits import list_microcredits, read_microcredit
from fleet.queries.rentals import get_rental
from fleet.schemas import microcredits as shapes
from fleet.views.rentals import ADVISERS, pdf
from mobility.clock import now
from mobility.rights import Role
from mobility.web.access import allow
from mobility.web.api import Blueprint
from mobility.web.looks import look
from mobility.web.viewer import viewer

blp = Blueprint("microcredits_api", __name__, url_prefix="/api/v1/p/<slug>", description="Dossiers de microcrédit")


@blp.get("/bookings/<int:booking_id>/microcredits")
@blp.response(200, shapes.MicrocreditOut(many=True))
@allow(*ADVISERS, Role.BENEFICIARY)
def index(booking_id: int) -> Sequence[Microcredit]:
    """The files of a rental's person, the latest first."""
    person_id = get_rental(booking_id, viewer()).person.id
    look(person_id, page="microcredit")
    return list_microcredits(person_id)


@blp.post("/bookings/<int:booking_id>/microcredit")
@blp.arguments(shapes.PrepareSchema)
@blp.response(201, shapes.MicrocreditOut)
@allow(*ADVISERS)
def prepare(asked: dict[str, Any], booking_id: int) -> Microcredit:
    """Prepare the file, or anew while it is not sent; `quote_id` is an attachment of the kind "quote"."""
    return actions.prepare(booking_id, **asked, by=viewer(), now=now())


@blp.post("/bookings/<int:booking_id>/microcredit/send")
@blp.arguments(shapes.SendSchema)
@blp.response(200, shapes.MicrocreditOut)
@allow(*ADVISERS)
def send(asked: dict[str, Any], booking_id: int) -> Microcredit:
    """It went to a lender: from now on it does not change."""
    return actions.send(booking_id, **asked, by=viewer(), now=now())


@blp.post("/bookings/<int:booking_id>/microcredit/answer")
@blp.arguments(shapes.AnswerSchema)
@blp.response(200, shapes.MicrocreditOut)
@allow(*ADVISERS)
def answer(asked: dict[str, Any], booking_id: int) -> Microcredit:
    """What the lender said; a refusal has its reason."""
    return actions.answer(booking_id, **asked, by=viewer(), now=now())


@blp.post("/bookings/<int:booking_id>/microcredit/paid")
@blp.arguments(shapes.PaidSchema)
@blp.response(200, shapes.MicrocreditOut)
@allow(*ADVISERS)
def pay_out(asked: dict[str, Any], booking_id: int) -> Microcredit:
    """The lender paid."""
    return actions.pay_out(booking_id, **asked, by=viewer(), now=now())


@blp.post("/bookings/<int:booking_id>/microcredit/drop")
@blp.response(200, shapes.MicrocreditOut)
@allow(*ADVISERS)
def drop(booking_id: int) -> Microcredit:
    """The person goes no further with it."""
    return actions.drop(booking_id, by=viewer(), now=now())


@blp.get("/microcredits/<int:microcredit_id>/pdf")
@allow(*ADVISERS, Role.BENEFICIARY)
def paper(microcredit_id: int) -> Response:
    """The file on paper, PDF/UA."""
    row = read_microcredit(microcredit_id, viewer())
    look(row.beneficiary_id, page="microcredit")
    written = microcredit_pdf(paper_of(row, by=viewer(), now=now()), quote_of(row, by=viewer()))
    return pdf(written, f"microcredit-{row.number}")
