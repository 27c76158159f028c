"""Passer en perte, recouvrement: one account's page, and the list of all."""

from dataclasses import replace

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from billing.actions.losses import write_off
from billing.actions.recoveries import recover
from billing.losses import ACT_LABELS, ACT_TONES, REASONS
from billing.queries.accounts import get_account, settled
from billing.queries.losses import all_losses, list_losses
from billing.queries.papers import means_of
from billing.queries.statement import due_now
from billing.queries.tariffs import may_read
from billing.schemas.losses import RecoverySchema, WriteOffSchema
from billing.views.amounts import typed
from billing.views.loss_list import LOSSES
from billing.views.money import BOOKS
from mobility.clock import now, today
from mobility.rights import Role
from mobility.web.access import allow
from mobility.web.forms import Form, from_form, or_again
from mobility.web.lists import show as show_list
from mobility.web.looks import look
from mobility.web.viewer import viewer

pages = Blueprint("losses", __name__)


@pages.get("/p/<slug>/money/losses")
@allow(*BOOKS)
def index() -> ResponseReturnValue:
    """What was written off and recovered, the latest first."""
    return show_list(LOSSES, all_losses(), "billing/losses.html")


@pages.get("/p/<slug>/money/accounts/<int:account_id>/losses")
@allow(*BOOKS)
def show(account_id: int, lost: Form | None = None, back: Form | None = None) -> str:
    """What an account owes and lost so far, and the form of what may be done now."""
    account = get_account(account_id, viewer())
    look(account.beneficiary_id, page="losses")
    due, lost_cents = due_now(account_id), settled(account_id).lost_cents
    return render_template(
        "billing/account_losses.html",
        account=account,
        person=may_read(account.beneficiary_id, viewer()),
        due=due,
        lost_cents=lost_cents,
        losses=list_losses(account_id),
        lost=lost or Form(values={"cents": typed(due.cents) if due.cents > 0 else "", "decided_on": today()}, prefix="lost"),
        back=back or Form(values={"cents": typed(lost_cents)}, prefix="back"),
        means=[(each.code, each.label) for each in means_of(account, now=now()) if each.is_allowed and each.code != "card"],
        may_write_off=viewer().may(Role.MANAGER),
        reasons=list(REASONS.items()),
        reason_labels=REASONS,
        acts=ACT_LABELS,
        tones=ACT_TONES,
    )


def _lost_again(account_id: int, form: Form) -> str:
    return show(account_id, lost=replace(form, prefix="lost"))


def _back_again(account_id: int, form: Form) -> str:
    return show(account_id, back=replace(form, prefix="back"))


@pages.post("/p/<slug>/money/accounts/<int:account_id>/losses")
@allow(Role.MANAGER)
@or_again(_lost_again)
def create(account_id: int) -> Response:
    """Write off."""
    write_off(account_id, **from_form(WriteOffSchema()), by=viewer(), now=now())
    flash("C’est passé en perte : cette somme n’est plus demandée.", "fine")
    return redirect(url_for("losses.show", account_id=account_id), code=303)


@pages.post("/p/<slug>/money/accounts/<int:account_id>/recoveries")
@allow(*BOOKS)
@or_again(_back_again)
def recovered(account_id: int) -> Response:
    """Take money for what was written off."""
    receipt = recover(account_id, **from_form(RecoverySchema()), by=viewer(), now=now())
    flash(f"Le recouvrement est reçu : reçu n° {receipt.number}.", "fine")
    return redirect(url_for("payments.receipt", number=receipt.number), code=303)
