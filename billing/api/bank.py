"""The bank's statements in JSON: the pages' own actions."""

from typing import Any

from billing.actions.bank import record_transfers, reopen_line, set_aside
from billing.queries.bank import BankRow, Waiting, all_lines, find_waiting, get_row
from billing.schemas import bank as schemas
from billing.views.bank import keep_sent
from billing.views.bank_list import BANK_LINES
from billing.views.money import BOOKS
from mobility.clock import now
from mobility.web.access import allow
from mobility.web.api import Blueprint
from mobility.web.lists import list_of, told
from mobility.web.viewer import viewer

blp = Blueprint("bank_api", __name__, url_prefix="/api/v1/p/<slug>/money/bank", description="Relevés bancaires")


@blp.get("")
@blp.response(200, schemas.BankWaitingSchema)
@allow(*BOOKS)
def show() -> Waiting:
    """The credits that wait, each with what it may pay and why."""
    return find_waiting()


@blp.post("")
@blp.response(201, schemas.BankStatementOutSchema)
@allow(*BOOKS)
def send() -> dict[str, int]:
    """Send a CAMT.053 or CSV statement as `file` of a multipart/form-data body; `other_account` "yes" takes another account's."""
    kept, known = keep_sent()
    return {"kept": kept, "known": known}


@blp.get("/lines")
@blp.arguments(BANK_LINES.schema(), location="query")
@blp.response(200, list_of(schemas.BankLineOutSchema))
@allow(*BOOKS)
def index(asked: dict[str, Any]) -> dict[str, Any]:
    """Everything the statements told, the latest first, fifty a page."""
    return told(BANK_LINES, all_lines(), asked)


@blp.post("/record")
@blp.arguments(schemas.BankAcceptedSchema)
@blp.response(200, schemas.BankRecordedSchema)
@allow(*BOOKS)
def record(asked: dict[str, Any]) -> dict[str, Any]:
    """Record lines on what they pay, all of them or none."""
    return {"lines": [get_row(line.id) for line in record_transfers(**asked, by=viewer(), now=now())]}


@blp.get("/<int:bank_line_id>")
@blp.response(200, schemas.BankLineOutSchema)
@allow(*BOOKS)
def line(bank_line_id: int) -> BankRow:
    """One line, and what it was recorded on."""
    return get_row(bank_line_id)


@blp.post("/<int:bank_line_id>/aside")
@blp.arguments(schemas.BankAsideSchema)
@blp.response(200, schemas.BankLineOutSchema)
@allow(*BOOKS)
def aside(asked: dict[str, Any], bank_line_id: int) -> BankRow:
    """A line that pays nothing here."""
    return get_row(set_aside(bank_line_id, **asked, by=viewer(), now=now()).id)


@blp.post("/<int:bank_line_id>/reopen")
@blp.response(200, schemas.BankLineOutSchema)
@allow(*BOOKS)
def reopen(bank_line_id: int) -> BankRow:
    """A line set aside by mistake waits again."""
    return get_row(reopen_line(bank_line_id, by=viewer(), now=now()).id)
