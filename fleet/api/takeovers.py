"""Starting from a platform's own spreadsheet by JSON: sent, matched, looked at, taken, undone; the pages' actions."""

from typing import Any

from fleet.actions.takeovers import match_columns, why_not_undone
from fleet.actions.takeovers import take as take_all
from fleet.actions.takeovers import undo as undo_all
from fleet.models import Takeover
from fleet.queries.takeovers import get_takeover, lines_of
from fleet.schemas.takeovers import MatchingSchema, TakeoverOut
from fleet.takeover_lines import count
from fleet.views.takeovers import keep_sent
from mobility.clock import now
from mobility.rights import Role
from mobility.web.access import allow
from mobility.web.api import Blueprint
from mobility.web.viewer import viewer

blp = Blueprint("takeovers_api", __name__, url_prefix="/api/v1/p/<slug>/takeovers", description="Partir de son propre tableau")


@blp.post("")
@blp.response(201, TakeoverOut)
@allow(Role.MANAGER)
def send() -> dict[str, Any]:
    """Send a CSV or XLSX file as `file` of a multipart/form-data body; the answer says how its columns were guessed."""
    return _told(keep_sent())


@blp.get("/<int:takeover_id>")
@blp.response(200, TakeoverOut)
@allow(Role.MANAGER)
def show(takeover_id: int) -> dict[str, Any]:
    """What each line would do today, or what was done."""
    return _told(get_takeover(takeover_id))


@blp.put("/<int:takeover_id>/columns")
@blp.arguments(MatchingSchema)
@blp.response(200, TakeoverOut)
@allow(Role.MANAGER)
def match(data: dict[str, Any], takeover_id: int) -> dict[str, Any]:
    """Say what each column means; those not named are left aside."""
    return _told(match_columns(takeover_id, **data, by=viewer(), now=now()))


@blp.post("/<int:takeover_id>/take")
@blp.response(200, TakeoverOut)
@allow(Role.MANAGER)
def take(takeover_id: int) -> dict[str, Any]:
    """Do it, as a whole."""
    return _told(take_all(takeover_id, by=viewer(), now=now()))


@blp.post("/<int:takeover_id>/undo")
@blp.response(200, TakeoverOut)
@allow(Role.MANAGER)
def undo(takeover_id: int) -> dict[str, Any]:
    """Take it all away again, as long as nobody has built on it."""
    return _told(undo_all(takeover_id, by=viewer(), now=now()))


def _told(kept: Takeover) -> dict[str, Any]:
    lines = [] if kept.taken_at else lines_of(kept, now=now())
    sheets = zip(kept.sheets, kept.matching, strict=True)
    return {
        **{name: getattr(kept, name) for name in ("id", "file_name", "manner", "matched_at", "taken_at", "undone_at")},
        "sheets": [{"title": sheet["title"], "headings": sheet["headings"], "matching": matching} for sheet, matching in sheets],
        "counts": kept.counts or count(lines),
        "lines": lines,
        "kept_from_undoing": why_not_undone(kept) if kept.taken_at and not kept.undone_at else "",
    }
