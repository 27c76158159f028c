"""Loans between platforms as JSON: the page's actions and schemas."""

from collections.abc import Sequence
from typing import Any

from fleet.actions import loan_extensions
from fleet.actions.loans import ask_loan, step_loan
from fleet.models import VehicleLoan
from fleet.queries.loans import list_loans, list_partners
from fleet.schemas.loans import LoanOut, LoanSchema, LoanStepSchema, LongerLoanAnswerSchema, LongerLoanSchema, PartnerOut
from mobility.clock import now
from mobility.rights import Role
from mobility.web.access import allow
from mobility.web.api import Blueprint
from mobility.web.viewer import viewer

blp = Blueprint("loans_api", __name__, url_prefix="/api/v1/p/<slug>", description="Prêts entre plateformes")


@blp.get("/vehicle-loans")
@blp.response(200, LoanOut(many=True))
@allow(Role.MANAGER)
def index() -> Sequence[VehicleLoan]:
    """What this platform lends and borrows, the latest asked first."""
    return list_loans()


@blp.get("/vehicle-loans/partners")
@blp.response(200, PartnerOut(many=True))
@allow(Role.MANAGER)
def partners() -> list[dict[str, Any]]:
    """The platforms that may be asked."""
    return [{"id": id_, "name": name} for id_, name in list_partners().items()]


@blp.post("/vehicle-loans")
@blp.arguments(LoanSchema)
@blp.response(201, LoanOut)
@allow(Role.MANAGER)
def ask(asked: dict[str, Any]) -> VehicleLoan:
    """Ask another platform for a vehicle."""
    return ask_loan(**asked, by=viewer(), now=now())


@blp.post("/vehicle-loans/<int:loan_id>/steps")
@blp.arguments(LoanStepSchema)
@blp.response(200, LoanOut)
@allow(Role.MANAGER)
def step(asked: dict[str, Any], loan_id: int) -> VehicleLoan:
    """The next step, by the platform whose it is."""
    return step_loan(loan_id, **asked, by=viewer(), now=now())


@blp.post("/vehicle-loans/<int:loan_id>/extension")
@blp.arguments(LongerLoanSchema)
@blp.response(200, LoanOut)
@allow(Role.MANAGER)
def ask_longer(asked: dict[str, Any], loan_id: int) -> VehicleLoan:
    """The borrower asks for a later end."""
    return loan_extensions.ask_longer(loan_id, **asked, by=viewer(), now=now())


@blp.post("/vehicle-loans/<int:loan_id>/extension/answer")
@blp.arguments(LongerLoanAnswerSchema)
@blp.response(200, LoanOut)
@allow(Role.MANAGER)
def answer_longer(asked: dict[str, Any], loan_id: int) -> VehicleLoan:
    """The lender answers."""
    return loan_extensions.answer_longer(loan_id, **asked, by=viewer(), now=now())
