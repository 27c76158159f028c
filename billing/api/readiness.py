"""Ready to buy in JSON: the same actions and schemas as the page."""

from typing import Any

from billing.actions.budgets import erase_budget, keep_budget
from billing.queries.accounts import get_account
from billing.queries.readiness import Readiness, aimed_loan, readiness
from billing.schedule import Loan
from billing.schemas.readiness import BudgetSchema, ReadinessSchema
from billing.schemas.simulations import LoanSchema
from billing.views.readiness import ADVISERS
from mobility.clock import now, today
from mobility.rights import Role
from mobility.web.access import allow
from mobility.web.api import Blueprint
from mobility.web.looks import look
from mobility.web.viewer import viewer

blp = Blueprint("readiness_api", __name__, url_prefix="/api/v1/p/<slug>", description="Prêt à acheter : paiements, budget, prêt")


@blp.get("/money/accounts/<int:account_id>/ready-to-buy")
@blp.response(200, ReadinessSchema)
@allow(*ADVISERS, Role.BENEFICIARY)
def show(account_id: int) -> Readiness:
    """What was paid and when, the budget, and the loan that the schedule rises to beside the rent."""
    return _told(account_id, None)


@blp.post("/money/accounts/<int:account_id>/ready-to-buy/loan")
@blp.arguments(LoanSchema)
@blp.response(200, ReadinessSchema)
@allow(*ADVISERS)
def simulate(asked: dict[str, Any], account_id: int) -> Readiness:
    """The same beside another loan; nothing of it is kept."""
    return _told(account_id, Loan(**asked))


@blp.post("/money/accounts/<int:account_id>/ready-to-buy/budget")
@blp.arguments(BudgetSchema)
@blp.response(200, ReadinessSchema)
@allow(*ADVISERS)
def keep(asked: dict[str, Any], account_id: int) -> Readiness:
    """Keep the budget as the person tells it, in place of the one before."""
    keep_budget(get_account(account_id, viewer()).beneficiary_id, **asked, by=viewer(), now=now())
    return _told(account_id, None)


@blp.post("/money/accounts/<int:account_id>/ready-to-buy/budget/erase")
@blp.response(204)
@allow(*ADVISERS)
def erase(account_id: int) -> None:
    """Keep the budget no longer."""
    erase_budget(get_account(account_id, viewer()).beneficiary_id, by=viewer(), now=now())


def _told(account_id: int, loan: Loan | None) -> Readiness:
    account = get_account(account_id, viewer())
    look(account.beneficiary_id, page="ready_to_buy")
    return readiness(account, loan or aimed_loan(account), today())
