"""What people ask to have put right, as JSON."""

from collections.abc import Sequence
from typing import Any

from mobility.actions.corrections import answer_correction, ask_correction
from mobility.clock import now
from mobility.models import CorrectionRequest
from mobility.queries.corrections import list_corrections
from mobility.queries.people import get_beneficiary
from mobility.rights import Role
from mobility.schemas.corrections import CorrectionAnswerSchema, CorrectionOut, CorrectionSchema
from mobility.views.consents import ADVISERS, own_id
from mobility.web.access import allow
from mobility.web.api import Blueprint
from mobility.web.looks import look
from mobility.web.viewer import viewer

blp = Blueprint("corrections_api", __name__, url_prefix="/api/v1/p/<slug>", description="Les corrections demandées")


@blp.get("/me/corrections")
@blp.response(200, CorrectionOut(many=True))
@allow(Role.BENEFICIARY)
def own() -> Sequence[CorrectionRequest]:
    """One's own, the latest first."""
    return list_corrections(own_id())


@blp.post("/me/corrections")
@blp.arguments(CorrectionSchema)
@blp.response(201, CorrectionOut)
@allow(Role.BENEFICIARY)
def ask(sent: dict[str, Any]) -> CorrectionRequest:
    """Ask for something to be put right."""
    return ask_correction(own_id(), **sent, by=viewer(), now=now())


@blp.get("/people/<int:beneficiary_id>/corrections")
@blp.response(200, CorrectionOut(many=True))
@allow(*ADVISERS)
def of_person(beneficiary_id: int) -> Sequence[CorrectionRequest]:
    """A person's, the latest first; the look at the file is noted."""
    person = get_beneficiary(beneficiary_id, viewer())
    look(person.id, page="corrections")
    return list_corrections(person.id)


@blp.post("/corrections/<int:correction_id>/answer")
@blp.arguments(CorrectionAnswerSchema)
@blp.response(200, CorrectionOut)
@allow(*ADVISERS)
def answer(sent: dict[str, Any], correction_id: int) -> CorrectionRequest:
    """Done, or refused with a reason; the person is told."""
    return answer_correction(correction_id, **sent, by=viewer(), now=now())[0]
