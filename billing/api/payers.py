"""Third-party payers in JSON: the pages' own actions and schemas."""

from typing import Any

from billing.actions import payers as actions
from billing.models import Payer, PayerAgreement
from billing.queries.accounts import get_account
from billing.queries.claims import PayerLine, list_payers, not_invoiced_of
from billing.queries.payers import agreements_with, get_payer, list_agreements
from billing.schemas import payers as out
from billing.views.money import BOOKS, MONEY
from mobility.clock import now
from mobility.web.access import allow
from mobility.web.api import Blueprint
from mobility.web.looks import look, look_at_lines
from mobility.web.viewer import viewer

blp = Blueprint("payers_api", __name__, url_prefix="/api/v1/p/<slug>/money", description="Tiers payeurs et prises en charge")


@blp.get("/payers")
@blp.response(200, out.PayerLineSchema(many=True))
@allow(*BOOKS)
def index() -> list[PayerLine]:
    """The payers by name, and what each owes."""
    return list_payers()


@blp.post("/payers")
@blp.arguments(out.PayerSchema)
@blp.response(201, out.PayerOutSchema)
@allow(*BOOKS)
def create(asked: dict[str, Any]) -> Payer:
    """Add a payer; a public one with its SIRET."""
    return actions.add_payer(**asked, by=viewer(), now=now())


@blp.get("/payers/<int:payer_id>")
@blp.response(200, out.PayerWithAgreementsSchema)
@allow(*BOOKS)
def show(payer_id: int) -> dict[str, Any]:
    """A payer and its agreements, the latest first."""
    payer = get_payer(payer_id)
    lines = agreements_with(payer.id)
    look_at_lines({line.person.id for line in lines}, page="money")
    told = {name: getattr(payer, name) for name in ("id", *actions.IDENTITY)}
    return told | {"not_invoiced": not_invoiced_of(payer.id), "agreements": [line.agreement for line in lines]}


@blp.put("/payers/<int:payer_id>")
@blp.arguments(out.PayerSchema)
@blp.response(200, out.PayerOutSchema)
@allow(*BOOKS)
def change(asked: dict[str, Any], payer_id: int) -> Payer:
    """Who they are, told anew and whole."""
    return actions.change_payer(payer_id, **asked, by=viewer(), now=now())


@blp.get("/accounts/<int:account_id>/agreements")
@blp.response(200, out.AgreementOutSchema(many=True))
@allow(*MONEY)
def agreements(account_id: int) -> list[PayerAgreement]:
    """Who else pays this rental."""
    account = get_account(account_id, viewer())
    look(account.beneficiary_id, page="money")
    return list_agreements(account.id)


@blp.post("/accounts/<int:account_id>/agreements")
@blp.arguments(out.AgreementSchema)
@blp.response(201, out.AgreementOutSchema)
@allow(*MONEY)
def agree(asked: dict[str, Any], account_id: int) -> PayerAgreement:
    """An agreement, also backdated: what it takes over of days already charged is credited."""
    return actions.agree(account_id, **asked, by=viewer(), now=now())


@blp.post("/agreements/<int:agreement_id>/end")
@blp.arguments(out.EndOfAgreementSchema)
@blp.response(200, out.AgreementOutSchema)
@allow(*MONEY)
def end(asked: dict[str, Any], agreement_id: int) -> PayerAgreement:
    """The last day that is shared, once the person was told."""
    return actions.end_agreement(agreement_id, **asked, by=viewer(), now=now())
