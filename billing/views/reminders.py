"""Reminders: those of one account, one of them with its letter, and the list of all."""

from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response as BaseResponse

from billing.actions.reminders import asking_of, end_hold, hold_reminders, note_reminder_said, send_reminder
from billing.models import BillingAccount
from billing.queries.accounts import get_account
from billing.queries.reminders import ReminderLine, all_reminders, find_hold, get_reminder, list_reminders, outlook
from billing.queries.tariffs import may_read
from billing.reminder_words import paragraphs, short_text, subject_of
from billing.reminders import BY_SOMEBODY, CHANNEL_LABELS, HOLD_REASONS
from billing.schemas.reminders import ReminderHoldSchema
from billing.views.money import MONEY
from billing.views.reminder_list import REMINDERS
from mobility.clock import now, today
from mobility.documents.letter import letter_pdf
from mobility.errors import NotFound
from mobility.queries.letterhead import letter_to
from mobility.web.access import allow
from mobility.web.forms import Form, from_form, or_again
from mobility.web.lists import show as show_list
from mobility.web.looks import look
from mobility.web.viewer import viewer

pages = Blueprint("reminders", __name__)


@pages.get("/p/<slug>/money/reminders")
@allow(*MONEY)
def index() -> ResponseReturnValue:
    """Every reminder, the latest first."""
    return show_list(REMINDERS, all_reminders(), "billing/reminders.html")


@pages.get("/p/<slug>/money/reminders/<int:reminder_id>")
@allow(*MONEY)
def show(reminder_id: int, form: Form | None = None) -> str:
    """One of them: what it says, and the button for who said it."""
    line = looked_at(reminder_id)
    return render_template("billing/reminder.html", line=line, form=form or Form(), channels=CHANNEL_LABELS, by_somebody=BY_SOMEBODY)


@pages.post("/p/<slug>/money/reminders/<int:reminder_id>/said")
@allow(*MONEY)
@or_again(show)
def said(reminder_id: int) -> BaseResponse:
    """The call was made, or the letter handed over."""
    account_id = note_reminder_said(reminder_id, by=viewer(), now=now()).account_id
    flash("C’est noté : le rappel est fait.", "fine")
    return redirect(url_for("money.account", account_id=account_id), code=303)


@pages.get("/p/<slug>/money/reminders/<int:reminder_id>.pdf")
@allow(*MONEY)
def letter(reminder_id: int) -> Response:
    """The letter, with what is owed today. Raises NotFound once nothing is."""
    line = looked_at(reminder_id)
    asked = outlook(line.account, today()).askable
    if asked is None:
        raise NotFound("Plus rien n’est dû : il n’y a plus rien à rappeler.")
    paper = letter_to(line.person, paragraphs(asking_of(line.account, asked)), now=now())
    return Response(letter_pdf(paper, title=subject_of(asked)), mimetype="application/pdf")


@pages.get("/p/<slug>/money/accounts/<int:account_id>/reminders")
@allow(*MONEY)
def of_account(account_id: int, form: Form | None = None) -> str:
    """What left, what comes, and what may be done."""
    account = get_account(account_id, viewer())
    look(account.beneficiary_id, page="reminders")
    return render_template(
        "billing/account_reminders.html",
        account=account,
        person=may_read(account.beneficiary_id, viewer()),
        reminders=list_reminders(account_id),
        hold=find_hold(account_id),
        form=form or Form(),
        reasons=HOLD_REASONS,
        channels=CHANNEL_LABELS,
        **_said_now(account),
    )


@pages.post("/p/<slug>/money/accounts/<int:account_id>/reminders")
@allow(*MONEY)
@or_again(of_account)
def send(account_id: int) -> BaseResponse:
    """One now."""
    sent = send_reminder(account_id, by=viewer(), now=now())
    if sent.channel in BY_SOMEBODY:
        flash("Le rappel est prêt : il reste à le dire ou à l’imprimer.", "fine")
        return redirect(url_for("reminders.show", reminder_id=sent.id), code=303)
    flash(f"Le rappel part {CHANNEL_LABELS[sent.channel]}.", "fine")
    return redirect(url_for("reminders.of_account", account_id=account_id), code=303)


@pages.post("/p/<slug>/money/accounts/<int:account_id>/reminders/hold")
@allow(*MONEY)
@or_again(of_account)
def hold(account_id: int) -> BaseResponse:
    """Keep them back."""
    hold_reminders(account_id, **from_form(ReminderHoldSchema()), by=viewer(), now=now())
    flash("Les rappels sont retenus, jusqu’à ce que quelqu’un les laisse repartir.", "fine")
    return redirect(url_for("reminders.of_account", account_id=account_id), code=303)


@pages.post("/p/<slug>/money/accounts/<int:account_id>/reminders/hold/<int:hold_id>/end")
@allow(*MONEY)
@or_again(of_account)
def let_go(account_id: int, hold_id: int) -> BaseResponse:
    """Let them go on."""
    end_hold(account_id, hold_id, by=viewer(), now=now())
    flash("Les rappels repartent.", "fine")
    return redirect(url_for("reminders.of_account", account_id=account_id), code=303)


def looked_at(reminder_id: int) -> ReminderLine:
    """One of them, its reader kept. Raises NotFound."""
    line = get_reminder(reminder_id)
    look(line.person.id, page="reminders")
    return line


def _said_now(account: BillingAccount) -> dict[str, Any]:
    seen = outlook(account, today())
    may_send = seen.askable is not None and seen.why_not is None and seen.sent_on != today()
    return {"seen": seen, "text": short_text(asking_of(account, seen.askable)) if seen.askable and may_send else None}
