"""Payers' invoices in JSON: the pages' own actions and schemas."""

from typing import Any

from billing.actions import invoices as actions
from billing.invoices import Claims
from billing.queries.claims import sum_claims
from billing.queries.invoices import InvoiceRow, all_invoices, find_row
from billing.schemas import invoices as out
from billing.views.invoice_list import INVOICES
from billing.views.money import BOOKS
from mobility.clock import now, today
from mobility.web.access import allow
from mobility.web.api import Blueprint
from mobility.web.lists import list_of, told
from mobility.web.viewer import viewer

blp = Blueprint("invoices_api", __name__, url_prefix="/api/v1/p/<slug>/money", description="Factures aux tiers payeurs")


@blp.get("/invoices")
@blp.arguments(INVOICES.schema(), location="query")
@blp.response(200, list_of(out.InvoiceOutSchema))
@allow(*BOOKS)
def index(asked: dict[str, Any]) -> dict[str, Any]:
    """The invoices and credit notes, the latest first, fifty a page."""
    return told(INVOICES, all_invoices(), asked)


@blp.get("/claims")
@blp.response(200, out.ClaimsSchema)
@allow(*BOOKS)
def claims() -> Claims:
    """What payers owe by the age of the invoices that ask it, and what they were not asked yet."""
    return sum_claims(today())


@blp.post("/payers/<int:payer_id>/invoices")
@blp.arguments(out.InvoiceSchema)
@blp.response(201, out.InvoiceOutSchema)
@allow(*BOOKS)
def create(asked: dict[str, Any], payer_id: int) -> InvoiceRow:
    """Issue the invoice of a month that is over: what was not asked yet of its days and those before."""
    return find_row(actions.issue_invoice(payer_id, **asked, by=viewer(), now=now()).number)


@blp.get("/invoices/<int:number>")
@blp.response(200, out.InvoiceOutSchema)
@allow(*BOOKS)
def show(number: int) -> InvoiceRow:
    """An invoice or a credit note, and how it fares."""
    return find_row(number)


@blp.post("/invoices/<int:number>/paid")
@blp.arguments(out.InvoicePaidSchema)
@blp.response(200, out.InvoiceOutSchema)
@allow(*BOOKS)
def receive(asked: dict[str, Any], number: int) -> InvoiceRow:
    """The payer paid, in whole or in part."""
    actions.receive(number, **asked, by=viewer(), now=now())
    return find_row(number)


@blp.post("/invoices/<int:number>/dispute")
@blp.arguments(out.ReasonSchema)
@blp.response(200, out.InvoiceOutSchema)
@allow(*BOOKS)
def dispute(asked: dict[str, Any], number: int) -> InvoiceRow:
    """The payer disputes it."""
    actions.dispute(number, **asked, by=viewer(), now=now())
    return find_row(number)


@blp.post("/invoices/<int:number>/credit")
@blp.arguments(out.CreditSchema)
@blp.response(201, out.InvoiceOutSchema)
@allow(*BOOKS)
def credit(asked: dict[str, Any], number: int) -> InvoiceRow:
    """Give up lines, an amount of one, or all that is left, by a numbered credit note, which is answered; the person owes none of it."""
    return find_row(actions.credit(number, **asked, by=viewer(), now=now()).number)
