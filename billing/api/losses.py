"""Writing off and recovering in JSON: the pages' own actions."""

from typing import Any

from billing.actions.losses import take_back, write_off
from billing.actions.recoveries import recover
from billing.queries.accounts import get_account, settled
from billing.queries.losses import LossLine, all_losses, list_losses
from billing.schemas.losses import LossOutSchema, RecoveredSchema, RecoverySchema, TakeBackSchema, WriteOffSchema
from billing.views.loss_list import LOSSES
from billing.views.money import BOOKS
from mobility.clock import now
from mobility.rights import Role
from mobility.web.access import allow
from mobility.web.api import Blueprint
from mobility.web.lists import list_of, told
from mobility.web.looks import look
from mobility.web.viewer import viewer

blp = Blueprint("losses_api", __name__, url_prefix="/api/v1/p/<slug>", description="Pertes et recouvrements")


@blp.get("/money/losses")
@blp.arguments(LOSSES.schema(), location="query")
@blp.response(200, list_of(LossOutSchema))
@allow(*BOOKS)
def list_all(asked: dict[str, Any]) -> dict[str, Any]:
    """What was written off and recovered, the latest first, fifty a page."""
    return told(LOSSES, all_losses(), asked)


@blp.get("/money/accounts/<int:account_id>/losses")
@blp.response(200, LossOutSchema(many=True))
@allow(*BOOKS)
def show(account_id: int) -> list[LossLine]:
    """An account's, the latest first."""
    look(get_account(account_id, viewer()).beneficiary_id, page="losses")
    return list_losses(account_id)


@blp.post("/money/accounts/<int:account_id>/losses")
@blp.arguments(WriteOffSchema)
@blp.response(201, LossOutSchema)
@allow(Role.MANAGER)
def create(asked: dict[str, Any], account_id: int) -> LossLine:
    """Write off what is owed, or a part of it, the oldest charges first."""
    write_off(account_id, **asked, by=viewer(), now=now())
    return list_losses(account_id)[0]


@blp.post("/money/accounts/<int:account_id>/losses/take-back")
@blp.arguments(TakeBackSchema)
@blp.response(201, LossOutSchema)
@allow(Role.MANAGER)
def undo(asked: dict[str, Any], account_id: int) -> LossLine:
    """Ask again for what was written off by mistake."""
    take_back(account_id, **asked, by=viewer(), now=now())
    return list_losses(account_id)[0]


@blp.post("/money/accounts/<int:account_id>/recoveries")
@blp.arguments(RecoverySchema)
@blp.response(201, RecoveredSchema)
@allow(*BOOKS)
def recovered(asked: dict[str, Any], account_id: int) -> dict[str, int]:
    """Take money for what was written off; its receipt is made."""
    receipt = recover(account_id, **asked, by=viewer(), now=now())
    return {"receipt_number": receipt.number, "lost_cents": settled(account_id).lost_cents}
