"""Pauses in JSON: the page's own actions."""

from typing import Any

from billing.actions.pauses import end_pause, pause
from billing.models import ChasePause
from billing.queries.accounts import get_account
from billing.queries.pauses import list_pauses
from billing.schemas.pauses import PauseOutSchema, PauseSchema
from billing.views.money import MONEY
from mobility.clock import now
from mobility.web.access import allow
from mobility.web.api import Blueprint
from mobility.web.looks import look
from mobility.web.viewer import viewer

blp = Blueprint("pauses_api", __name__, url_prefix="/api/v1/p/<slug>", description="Pauses dans ce qui est réclamé")


@blp.get("/money/accounts/<int:account_id>/pauses")
@blp.response(200, PauseOutSchema(many=True))
@allow(*MONEY)
def show(account_id: int) -> list[ChasePause]:
    """An account's pauses, the latest first."""
    look(get_account(account_id, viewer()).beneficiary_id, page="pauses")
    return list_pauses(account_id)


@blp.post("/money/accounts/<int:account_id>/pauses")
@blp.arguments(PauseSchema)
@blp.response(201, PauseOutSchema)
@allow(*MONEY)
def create(asked: dict[str, Any], account_id: int) -> ChasePause:
    """Ask for nothing through a day."""
    return pause(account_id, **asked, by=viewer(), now=now())


@blp.post("/money/accounts/<int:account_id>/pauses/<int:pause_id>/end")
@blp.response(200, PauseOutSchema)
@allow(*MONEY)
def end(account_id: int, pause_id: int) -> ChasePause:
    """Go on before its day."""
    return end_pause(account_id, pause_id, by=viewer(), now=now())
