"""Passer en perte, recouvrement: one account's page, and the list of all."""

from dataclasses import replace

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from billing.actions.losses import take_back, write_off
from billing.actions.recoveries import recover
from billing.losses import ACT_LABELS, ACT_TONES, REASONS, WRITTEN_OFF
from billing.means import is_note_due
from billing.queries.accounts import get_account, settled
from billing.queries.losses import LossLine, all_losses, list_losses
from billing.queries.papers import means_of
from billing.queries.statement import due_now
from billing.queries.tariffs import may_read
from billing.schemas.losses import RecoverySchema, TakeBackSchema, WriteOffSchema
from billing.views.amounts import typed
from billing.views.loss_list import LOSSES
from billing.views.money import BOOKS
from mobility.clock import now, today
from mobility.money import euros
from mobility.periods import say_day
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
def show(account_id: int, lost: Form | None = None, back: Form | None = None, undo: Form | None = None) -> str:
    """What an account owes and lost so far, and the form of what may be done now."""
    account = get_account(account_id, viewer())
    look(account.beneficiary_id, page="losses")
    due, lost_cents, losses = due_now(account_id), settled(account_id).lost_cents, list_losses(account_id)
    return render_template(
        "billing/account_losses.html",
        account=account,
        person=may_read(account.beneficiary_id, viewer()),
        due=due,
        lost_cents=lost_cents,
        losses=losses,
        undo=undo or Form(prefix="undo"),
        mistakes=_that_may_be_mistakes(losses, lost_cents),
        lost=lost or Form(values={"cents": typed(due.cents) if due.cents > 0 else "", "decided_on": today()}, prefix="lost"),
        note_due=is_note_due(lost_cents, on=today()),
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


def _undo_again(account_id: int, form: Form) -> str:
    return show(account_id, undo=replace(form, prefix="undo"))


def _that_may_be_mistakes(losses: list[LossLine], lost_cents: int) -> list[tuple[str, str]]:
    """The write-offs that can be taken back, by number: nothing came for them, and none was before."""
    undone = {line.step.undoes_number for line in losses}
    steps = [line.step for line in losses if line.step.act == WRITTEN_OFF and line.step.number not in undone]
    return [(str(each.number), f"{euros(each.cents)}, le {say_day(each.decided_on)}") for each in steps if each.cents <= lost_cents]


@pages.post("/p/<slug>/money/accounts/<int:account_id>/losses/take-back")
@allow(Role.MANAGER)
@or_again(_undo_again)
def undo(account_id: int) -> Response:
    """Ask again."""
    take_back(account_id, **from_form(TakeBackSchema()), by=viewer(), now=now())
    flash("La perte est annulée : cette somme est de nouveau demandée.", "fine")
    return redirect(url_for("losses.show", account_id=account_id), code=303)


@pages.post("/p/<slug>/money/accounts/<int:account_id>/recoveries")
@allow(*BOOKS)
@or_again(_back_again)
def recovered(account_id: int) -> Response:
    """Take money for what was written off."""
    receipt = recover(account_id, **from_form(RecoverySchema()), by=viewer(), now=now())
    flash(f"Le recouvrement est reçu : reçu n° {receipt.number}.", "fine")
    return redirect(url_for("payments.receipt", number=receipt.number), code=303)
