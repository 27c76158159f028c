"""The page of one account's plans for what it owes."""

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from billing.actions.plans import agree_plan, end_plan
from billing.plans import STATE_LABELS, STATE_TONES
from billing.queries.accounts import get_account
from billing.queries.plans import list_plans
from billing.queries.statement import due_now
from billing.queries.tariffs import may_read
from billing.schemas.plans import PlanEndSchema, PlanSchema
from billing.views.amounts import typed
from billing.views.money import MONEY
from mobility.clock import now, today
from mobility.periods import months_after
from mobility.web.access import allow
from mobility.web.forms import Form, from_form, or_again
from mobility.web.looks import look
from mobility.web.viewer import viewer

pages = Blueprint("plans", __name__)


@pages.get("/p/<slug>/money/accounts/<int:account_id>/plans")
@allow(*MONEY)
def show(account_id: int, form: Form | None = None, plan_id: int | None = None) -> str:
    """The plans so far, and the form of the next one while none runs."""
    account = get_account(account_id, viewer())
    look(account.beneficiary_id, page="plans")
    due = due_now(account_id)
    usual = {"cents": typed(due.cents) if due.cents > 0 else "", "months": 3, "first_on": months_after(today(), 1)}
    return render_template(
        "billing/plans.html",
        account=account,
        person=may_read(account.beneficiary_id, viewer()),
        due=due,
        plans=list_plans(account_id),
        form=form or Form(values=usual),
        labels=STATE_LABELS,
        tones=STATE_TONES,
    )


@pages.post("/p/<slug>/money/accounts/<int:account_id>/plans")
@allow(*MONEY)
@or_again(show)
def create(account_id: int) -> Response:
    """Agree on a plan."""
    agree_plan(account_id, **from_form(PlanSchema()), by=viewer(), now=now())
    flash("Le plan est noté. Les paiements à venir le tiennent d’eux-mêmes.", "fine")
    return redirect(url_for("plans.show", account_id=account_id), code=303)


@pages.post("/p/<slug>/money/accounts/<int:account_id>/plans/<int:plan_id>/end")
@allow(*MONEY)
@or_again(show)
def end(account_id: int, plan_id: int) -> Response:
    """Stop a plan."""
    end_plan(account_id, plan_id, **from_form(PlanEndSchema()), by=viewer(), now=now())
    flash("Le plan est arrêté : un autre peut être convenu.", "fine")
    return redirect(url_for("plans.show", account_id=account_id), code=303)
