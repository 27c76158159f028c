"""How long files are kept, as JSON: the pages' own actions."""

from typing import Any

from mobility.actions.retention import keep_on, keep_own, note_told
from mobility.clock import now, today
from mobility.queries.people import get_beneficiary
from mobility.queries.retention import NoticeLine, all_notices, line_of
from mobility.rights import Role
from mobility.schemas.liaison import NothingSchema
from mobility.schemas.retention import KeepSchema, NoticeOut, StandingOut, ToldSchema
from mobility.views.consents import ADVISERS, own_id
from mobility.views.retention import standing_of
from mobility.views.retention_list import NOTICES
from mobility.web.access import allow
from mobility.web.api import Blueprint
from mobility.web.lists import list_of, told
from mobility.web.looks import look
from mobility.web.viewer import viewer

blp = Blueprint("retention_api", __name__, url_prefix="/api/v1/p/<slug>", description="Durée de conservation")


@blp.get("/retention")
@blp.arguments(NOTICES.schema(), location="query")
@blp.response(200, list_of(NoticeOut))
@allow(*ADVISERS)
def list_all(asked: dict[str, Any]) -> dict[str, Any]:
    """Warnings that stand, the first due first, fifty a page."""
    return told(NOTICES, all_notices(), asked)


@blp.get("/retention/<int:notice_id>")
@blp.response(200, NoticeOut)
@allow(*ADVISERS)
def show(notice_id: int) -> NoticeLine:
    """One warning; the look at the file is noted."""
    line = line_of(notice_id)
    look(line.person.id, page="retention")
    return line


@blp.post("/retention/<int:notice_id>/told")
@blp.arguments(ToldSchema)
@blp.response(200, NoticeOut)
@allow(*ADVISERS)
def tell(sent: dict[str, Any], notice_id: int) -> NoticeLine:
    """Note that the person was told, or could not be reached."""
    return line_of(note_told(notice_id, **sent, by=viewer(), now=now()).id)


@blp.post("/retention/<int:notice_id>/keep")
@blp.arguments(KeepSchema)
@blp.response(200, NoticeOut)
@allow(*ADVISERS)
def keep(sent: dict[str, Any], notice_id: int) -> NoticeLine:
    """Have the file kept to a day."""
    return line_of(keep_on(notice_id, **sent, by=viewer(), now=now()).id)


@blp.get("/people/<int:beneficiary_id>/retention")
@blp.response(200, StandingOut)
@allow(*ADVISERS)
def of_person(beneficiary_id: int) -> dict[str, Any]:
    """Where a person's file stands; the look is noted."""
    person = get_beneficiary(beneficiary_id, viewer())
    look(person.id, page="retention")
    return standing_of(person.id, today())


@blp.get("/me/retention")
@blp.response(200, StandingOut)
@allow(Role.BENEFICIARY)
def own() -> dict[str, Any]:
    """Where one's own file stands."""
    return standing_of(own_id(), today())


@blp.post("/me/retention/keep")
@blp.arguments(NothingSchema)
@blp.response(200, StandingOut)
@allow(Role.BENEFICIARY)
def keep_mine(sent: dict[str, Any]) -> dict[str, Any]:
    """Have one's own file kept."""
    keep_own(own_id(), by=viewer(), now=now())
    return standing_of(own_id(), today())
