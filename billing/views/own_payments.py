"""One's own money: what is owed and why, and the way to pay it by card."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, Response, render_template
from werkzeug.wrappers import Response as BaseResponse

from billing.actions import cards
from billing.documents.deposit_receipt import deposit_receipt_pdf
from billing.keeping import KEPT_REASONS
from billing.models import BillingAccount, Deposit
from billing.payments import OPEN_CARD, STATUS_LABELS, STATUS_TONES
from billing.queries import papers
from billing.queries.accounts import balance_cents, get_account, list_accounts
from billing.queries.auto_payments import find_open
from billing.queries.deposits import KeptPart, deposit_of, get_deposit, list_kept
from billing.queries.means import takes_cards
from billing.queries.payments import list_payments_of
from billing.schemas.payments import CardPaymentSchema
from billing.views.amounts import proposing
from billing.views.checkout import key_of_request, to_gateway
from mobility.clock import now
from mobility.db import transaction
from mobility.errors import NotFound
from mobility.rights import Role
from mobility.web.access import allow, own_transactions
from mobility.web.forms import Form, from_form, or_again
from mobility.web.looks import look
from mobility.web.tongue import in_every_tongue
from mobility.web.viewer import viewer

pages = Blueprint("own_payments", __name__)


@dataclass(frozen=True, kw_only=True)
class Owed:
    """One rental of one's own: what is due and why, its deposit and what was kept of it, and a form for each when a card may pay it."""

    account: BillingAccount
    due_cents: int
    lines: list[papers.Owed]
    form: Form
    deposit: Deposit | None
    kept: list[KeptPart]
    deposit_form: Form | None


@pages.get("/p/<slug>/me/pay")
@allow(Role.BENEFICIARY)
@in_every_tongue
def show(form: Form | None = None, account_id: int | None = None, deposit_id: int | None = None) -> str:
    """What is owed on each rental, deposits, payments made."""
    me = viewer().beneficiary_id
    if me is None:
        raise NotFound
    return render_template(
        "billing/own_pay.html",
        form=form or Form(),
        owed=_all_owed(list_accounts(me, viewer()), form, account_id, deposit_id),
        payments=list_payments_of(me),
        takes_cards=takes_cards(),
        weekly=find_open(me),
        labels=STATUS_LABELS,
        tones=STATUS_TONES,
        open_statuses=OPEN_CARD,
        kept_reasons=KEPT_REASONS,
    )


@pages.post("/p/<slug>/me/pay/<int:account_id>")
@allow(Role.BENEFICIARY)
@in_every_tongue
@own_transactions
@or_again(show)
def pay(account_id: int) -> BaseResponse:
    """To the gateway's page with what is owed, or a part of it."""
    cents, key = from_form(CardPaymentSchema())["cents"], key_of_request()
    with transaction():
        get_account(account_id, viewer())
        payment_id = cards.pay_own(account_id, cents=cents, key=key, by=viewer(), now=now()).id
    return to_gateway(payment_id)


@pages.post("/p/<slug>/me/deposits/<int:deposit_id>/pay")
@allow(Role.BENEFICIARY)
@in_every_tongue
@own_transactions
@or_again(show)
def pay_deposit(deposit_id: int) -> BaseResponse:
    """To the gateway's page with what is missing of a card deposit, or a part of it."""
    cents, key = from_form(CardPaymentSchema())["cents"], key_of_request()
    with transaction():
        account_id = get_deposit(deposit_id, viewer()).account_id
        payment_id = cards.pay_own(account_id, cents=cents, deposit_id=deposit_id, key=key, by=viewer(), now=now()).id
    return to_gateway(payment_id)


@pages.get("/p/<slug>/deposits/receipts/<int:step_id>.pdf")
@allow(Role.ADVISER, Role.TREASURER, Role.MANAGER, Role.BENEFICIARY)
def deposit_receipt(step_id: int) -> Response:
    """The receipt of a part of a deposit."""
    deposit = get_deposit(papers.deposit_of_step(step_id), viewer())
    look(get_account(deposit.account_id, viewer()).beneficiary_id, page="deposit")
    return Response(deposit_receipt_pdf(papers.deposit_paper(step_id)), mimetype="application/pdf")


def _all_owed(accounts: Sequence[BillingAccount], refused: Form | None, account_id: int | None, deposit_id: int | None) -> list[Owed]:
    """One's rentals, the latest first; a deposit that follows over several is shown with the latest."""
    found, seen = [], set()
    for account in accounts:
        deposit = deposit_of(account.id)
        is_new = deposit is not None and deposit.id not in seen
        seen |= {deposit.id} if deposit else set()
        here, there = account.id == account_id, deposit is not None and deposit.id == deposit_id
        found.append(_owed(account, deposit if is_new else None, refused if here else None, refused if there else None))
    return found


def _owed(account: BillingAccount, deposit: Deposit | None, refused: Form | None, refused_deposit: Form | None) -> Owed:
    due_cents = max(balance_cents(account.id), 0)
    awaited = deposit is not None and deposit.kind == "card" and deposit.status in ("due", "partly_held", "deferred")
    return Owed(
        account=account,
        due_cents=due_cents,
        lines=papers.note_lines(account.id, due_cents) if due_cents else [],
        form=proposing(due_cents, prefix=f"account-{account.id}", refused=refused),
        deposit=deposit,
        kept=list_kept(deposit.id) if deposit else [],
        deposit_form=proposing(deposit.due_cents - deposit.held_cents, prefix=f"deposit-{deposit.id}", refused=refused_deposit)
        if deposit and awaited
        else None,
    )
