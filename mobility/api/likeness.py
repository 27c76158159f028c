"""Perhaps known already, as JSON: the files that look alike, and the adviser's word."""

from typing import Any

from mobility.actions.likeness import tell_apart
from mobility.clock import now
from mobility.queries.likeness import Alike, list_alike
from mobility.queries.people import get_beneficiary
from mobility.rights import Role
from mobility.schemas.liaison import NothingSchema
from mobility.schemas.people import AlikeOut
from mobility.web.access import allow
from mobility.web.api import Blueprint
from mobility.web.looks import look
from mobility.web.viewer import viewer

blp = Blueprint("likeness_api", __name__, url_prefix="/api/v1/p/<slug>", description="Personnes et parcours")

ADVISERS = (Role.ADVISER, Role.MANAGER)


@blp.get("/beneficiaries/<int:beneficiary_id>/likeness")
@blp.response(200, AlikeOut(many=True))
@allow(*ADVISERS)
def show(beneficiary_id: int) -> list[Alike]:
    """The files that may be about the same person, each with its reasons."""
    person = get_beneficiary(beneficiary_id, viewer())
    found = list_alike(person)
    for seen in (person, *(alike.person for alike in found)):
        look(seen.id, page="likeness")
    return found


@blp.post("/beneficiaries/<int:beneficiary_id>/likeness/<int:other_id>/apart")
@blp.arguments(NothingSchema)
@blp.response(204)
@allow(*ADVISERS)
def apart(sent: dict[str, Any], beneficiary_id: int, other_id: int) -> None:
    """Say that they are two people: not asked again."""
    tell_apart(beneficiary_id, other_id, by=viewer(), now=now())
