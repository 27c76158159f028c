"""Erasing a person, as JSON: the page's own action."""

from functools import partial
from typing import Any

from mobility.actions.erasure import erase
from mobility.clock import now
from mobility.erased_list import keep_list
from mobility.queries.erasures import all_erasures
from mobility.queries.people import get_beneficiary
from mobility.rights import ARCHIVE_READERS, Role
from mobility.schemas.erasure import ErasedOut, ErasureOut, ErasureSchema
from mobility.views.erasure import told_of
from mobility.views.erasure_list import ERASURES
from mobility.web.access import allow
from mobility.web.api import Blueprint
from mobility.web.edge import after_reading
from mobility.web.lists import list_of, told
from mobility.web.looks import look
from mobility.web.viewer import viewer

blp = Blueprint("erasure_api", __name__, url_prefix="/api/v1/p/<slug>", description="Effacement d’une personne")


@blp.get("/erasures")
@blp.arguments(ERASURES.schema(), location="query")
@blp.response(200, list_of(ErasedOut))
@allow(*ARCHIVE_READERS)
def list_all(asked: dict[str, Any]) -> dict[str, Any]:
    """Erased files by their number, the latest first, fifty a page."""
    return told(ERASURES, all_erasures(), asked)


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
    after_reading(partial(keep_list, now=now()))
    return told_of(beneficiary_id)
