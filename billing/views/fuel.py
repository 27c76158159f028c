"""The fuel of an AMIE rental: what is left of the allowance, the receipts, and a new one."""

from dataclasses import replace

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from billing.actions.fuel import record_fuel, withdraw_fuel
from billing.fuel import WORDS
from billing.queries.accounts import get_account
from billing.queries.fuel import fuel_of, list_fuel_receipts
from billing.queries.tariffs import may_read
from billing.schemas.fuel import FuelReceiptSchema, FuelWithdrawalSchema
from billing.views.money import MONEY
from mobility.clock import now, today
from mobility.errors import NotFound
from mobility.money import euros
from mobility.web.access import allow
from mobility.web.forms import Form, from_form, or_again
from mobility.web.looks import look
from mobility.web.viewer import viewer

pages = Blueprint("fuel", __name__)
NO_FUEL = "Cette location ne prend pas de carburant en charge."


@pages.get("/p/<slug>/money/accounts/<int:account_id>/fuel")
@allow(*MONEY)
def show(account_id: int, receipt_id: int | None = None, form: Form | None = None) -> str:
    """What is left, a receipt to record, and those noted by mistake to take back."""
    account = get_account(account_id, viewer())
    granted = fuel_of(account)
    if granted is None:
        raise NotFound(NO_FUEL)
    look(account.beneficiary_id, page="fuel")
    receipts = list_fuel_receipts(account_id)
    return render_template(
        "billing/fuel.html",
        account=account,
        person=may_read(account.beneficiary_id, viewer()),
        granted=granted,
        receipts=receipts,
        words=WORDS,
        form=form if form and not receipt_id else Form(values={"spent_on": min(today(), granted.last_on).isoformat()}),
        withdrawing={each.id: _withdrawing(each.id, form if each.id == receipt_id else None) for each in receipts},
    )


@pages.post("/p/<slug>/money/accounts/<int:account_id>/fuel")
@allow(*MONEY)
@or_again(show)
def create(account_id: int) -> Response:
    """Record a receipt seen and paid."""
    get_account(account_id, viewer())
    receipt = record_fuel(account_id, **from_form(FuelReceiptSchema()), by=viewer(), now=now())
    flash(f"Le reçu est noté : {euros(receipt.covered_cents)} pris en charge.", "fine")
    return redirect(url_for("fuel.show", account_id=account_id), code=303)


@pages.post("/p/<slug>/money/accounts/<int:account_id>/fuel/<int:receipt_id>/withdrawal")
@allow(*MONEY)
@or_again(show)
def withdraw(account_id: int, receipt_id: int) -> Response:
    """Take back a receipt noted by mistake."""
    get_account(account_id, viewer())
    receipt = withdraw_fuel(account_id, receipt_id, **from_form(FuelWithdrawalSchema()), by=viewer(), now=now())
    flash(f"Le reçu est retiré : {euros(receipt.covered_cents)} de nouveau disponibles.", "fine")
    return redirect(url_for("fuel.show", account_id=account_id), code=303)


def _withdrawing(receipt_id: int, refused: Form | None) -> Form:
    form = Form(prefix=f"withdraw-{receipt_id}")
    return replace(refused, prefix=form.prefix) if refused else form
