"""Erasing a person, as JSON: the page's own action."""

from typing import Any

from mobility.actions.erasure import erase
from mobility.clock import now
from mobility.queries.people import get_beneficiary
from mobility.rights import ARCHIVE_READERS, Role
from mobility.schemas.erasure import ErasureOut, ErasureSchema
from mobility.views.erasure import told_of
from mobility.web.access import allow
from mobility.web.api import Blueprint
from mobility.web.looks import look
from mobility.web.viewer import viewer

blp = Blueprint("erasure_api", __name__, url_prefix="/api/v1/p/<slug>", description="Effacement d’une personne")


@blp.get("/people/<int:beneficiary_id>/erasure")
@blp.response(200, ErasureOut)
@allow(*ARCHIVE_READERS)
def show(beneficiary_id: int) -> dict[str, Any]:
    """What an erasure would do, or did; the look is noted."""
    look(get_beneficiary(beneficiary_id, viewer()).id, page="erasure")
    return told_of(beneficiary_id)


@blp.post("/people/<int:beneficiary_id>/erasure")
@blp.arguments(ErasureSchema)
@blp.response(200, ErasureOut)
@allow(Role.MANAGER)
def make(sent: dict[str, Any], beneficiary_id: int) -> dict[str, Any]:
    """Erase a person, for good."""
    erase(beneficiary_id, **sent, by=viewer(), now=now())
    return told_of(beneficiary_id)
