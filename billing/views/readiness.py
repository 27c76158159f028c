"""Ready to buy: for an adviser and the person together, what was paid and when, a budget, and a loan beside the rent."""

from typing import TYPE_CHECKING, Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from marshmallow import Schema
from werkzeug.wrappers import Response

from billing.actions.budgets import erase_budget, keep_budget
from billing.budgets import COSTS, INCOMES
from billing.models import BillingAccount, Budget
from billing.payment_record import LATE, LOST, ON_TIME, OPEN, OVERDUE
from billing.queries.accounts import get_account
from billing.queries.readiness import Readiness, aimed_loan, readiness
from billing.queries.tariffs import may_read
from billing.repayment import repay, say_rate
from billing.schedule import Loan
from billing.schemas.readiness import BudgetSchema
from billing.schemas.simulations import LoanSchema
from billing.views.amounts import typed
from billing.views.simulations import Answer, answered
from mobility.clock import now, today
from mobility.later import later
from mobility.rights import Role
from mobility.web.access import allow
from mobility.web.forms import Form, as_json, from_form, or_again
from mobility.web.looks import look
from mobility.web.viewer import viewer

if TYPE_CHECKING:
    from billing.views import stairs as pictures
else:
    pictures = later("billing.views.stairs")

pages = Blueprint("readiness", __name__)
ADVISERS = (Role.ADVISER, Role.MANAGER)
TONES = {ON_TIME: "fine", LATE: "near", OPEN: "waiting", OVERDUE: "over", LOST: "neutral"}


@pages.get("/p/<slug>/money/accounts/<int:account_id>/ready-to-buy")
@allow(*ADVISERS)
def show(account_id: int) -> Answer:
    """What was paid, the budget, and the loan that the address asks about; the one the schedule rises to when it asks none."""
    return _answer(account_id, None)


def again(account_id: int, form: Form) -> str:
    """The page with what was refused."""
    return _answer(account_id, form)[0]


def _answer(account_id: int, form: Form | None) -> Answer:
    account = get_account(account_id, viewer())
    look(account.beneficiary_id, page="ready_to_buy")
    aimed = aimed_loan(account)
    loan_form, asked, status = answered(_loan_asked, LoanSchema(), _checked)
    told = readiness(account, asked or (None if request.args else aimed), today())
    page = render_template(
        "billing/ready_to_buy.html",
        account=account,
        person=may_read(account.beneficiary_id, viewer()),
        told=told,
        tones=TONES,
        picture=_picture(told),
        incomes=INCOMES,
        costs=COSTS,
        loan_form=Form(values=loan_form.values or _typed_loan(aimed), errors=loan_form.errors, sentence=loan_form.sentence, prefix="loan"),
        form=form or Form(values=_typed_budget(told.kept)),
    )
    return page, status


@pages.post("/p/<slug>/money/accounts/<int:account_id>/ready-to-buy")
@allow(*ADVISERS)
@or_again(again)
def keep(account_id: int) -> Response:
    """Keep the budget as the person tells it."""
    account = get_account(account_id, viewer())
    keep_budget(account.beneficiary_id, **from_form(BudgetSchema()), by=viewer(), now=now())
    flash("Le budget est noté.", "fine")
    return _back(account)


@pages.post("/p/<slug>/money/accounts/<int:account_id>/ready-to-buy/erase")
@allow(*ADVISERS)
@or_again(again)
def erase(account_id: int) -> Response:
    """Keep the budget no longer."""
    account = get_account(account_id, viewer())
    erase_budget(account.beneficiary_id, by=viewer(), now=now())
    flash("Le budget est effacé.", "fine")
    return _back(account)


def _back(account: BillingAccount) -> Response:
    return redirect(url_for("readiness.show", account_id=account.id), code=303)


def _loan_asked(schema: Schema) -> dict[str, Any]:
    return as_json(schema, request.args)


def _checked(asked: dict[str, Any]) -> Loan:
    """Raises RuleBroken beside the field."""
    return repay(Loan(**asked)).loan


def _picture(told: Readiness) -> str | None:
    """The rents of until now, then the instalment."""
    if told.repayment is None or not told.rents:
        return None
    return pictures.bars([*told.rents, ("Mensualité", told.repayment.instalment_cents)])


def _typed_loan(loan: Loan | None) -> dict[str, str]:
    if loan is None:
        return {}
    return {"principal_cents": typed(loan.principal_cents), "yearly_rate": say_rate(loan.yearly_rate), "months": str(loan.months)}


def _typed_budget(kept: Budget | None) -> dict[str, str]:
    return {code: typed(cents) for code, cents in kept.lines.items()} if kept else {}
