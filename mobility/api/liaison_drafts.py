"""Liaison forms begun and not sent, as JSON: the token's own account's."""

from collections.abc import Sequence
from typing import Any

from mobility.actions import liaison_drafts
from mobility.clock import now
from mobility.models import LiaisonDraft
from mobility.queries.liaison_drafts import get_draft, list_drafts
from mobility.schemas.liaison_drafts import DraftOut, DraftSchema
from mobility.views.liaison import BOTH
from mobility.web.access import allow
from mobility.web.api import Blueprint
from mobility.web.viewer import viewer

blp = Blueprint("liaison_drafts_api", __name__, url_prefix="/api/v1/p/<slug>/liaison-forms/drafts", description="Fiches commencées")


@blp.get("")
@blp.response(200, DraftOut(many=True))
@allow(*BOTH)
def index() -> Sequence[LiaisonDraft]:
    """One's own, the latest first."""
    return list_drafts(viewer())


@blp.get("/<int:draft_id>")
@blp.response(200, DraftOut)
@allow(*BOTH)
def show(draft_id: int) -> LiaisonDraft:
    """One of one's own."""
    return get_draft(draft_id, viewer())


@blp.post("")
@blp.arguments(DraftSchema)
@blp.response(200, DraftOut)
@allow(*BOTH)
def keep(sent: dict[str, Any]) -> LiaisonDraft:
    """Keep what is typed so far; the same `draft_key` again changes the same draft, and sending the form with it erases it."""
    return liaison_drafts.keep_draft(**sent, by=viewer(), now=now())


@blp.delete("/<int:draft_id>")
@blp.response(204)
@allow(*BOTH)
def erase(draft_id: int) -> None:
    """Erase it for good."""
    liaison_drafts.erase_draft(draft_id, by=viewer(), now=now())
