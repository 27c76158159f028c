"""Reminders in JSON: the pages' own actions."""

from typing import Any

from billing.actions.reminders import end_hold, hold_reminders, note_reminder_said, send_reminder
from billing.models import PaymentReminder, ReminderHold
from billing.queries.accounts import get_account
from billing.queries.reminders import all_reminders, list_holds, list_reminders, outlook
from billing.schemas.reminders import (
    AccountRemindersSchema,
    ReminderHoldOutSchema,
    ReminderHoldSchema,
    ReminderLineSchema,
    ReminderOutSchema,
)
from billing.views.money import MONEY
from billing.views.reminder_list import REMINDERS
from billing.views.reminders import looked_at
from mobility.clock import now, today
from mobility.web.access import allow
from mobility.web.api import Blueprint
from mobility.web.lists import list_of, told
from mobility.web.looks import look
from mobility.web.viewer import viewer

blp = Blueprint("reminders_api", __name__, url_prefix="/api/v1/p/<slug>", description="Rappels de paiement")


@blp.get("/money/reminders")
@blp.arguments(REMINDERS.schema(), location="query")
@blp.response(200, list_of(ReminderLineSchema))
@allow(*MONEY)
def index(asked: dict[str, Any]) -> dict[str, Any]:
    """Every reminder, the latest first, fifty a page."""
    return told(REMINDERS, all_reminders(), asked)


@blp.get("/money/reminders/<int:reminder_id>")
@blp.response(200, ReminderOutSchema)
@allow(*MONEY)
def show(reminder_id: int) -> PaymentReminder:
    """One of them."""
    return looked_at(reminder_id).reminder


@blp.post("/money/reminders/<int:reminder_id>/said")
@blp.response(200, ReminderOutSchema)
@allow(*MONEY)
def said(reminder_id: int) -> PaymentReminder:
    """The call was made, or the letter handed over."""
    return note_reminder_said(reminder_id, by=viewer(), now=now())


@blp.get("/money/accounts/<int:account_id>/reminders")
@blp.response(200, AccountRemindersSchema)
@allow(*MONEY)
def of_account(account_id: int) -> dict[str, Any]:
    """What left, what comes, and what keeps it back."""
    account = get_account(account_id, viewer())
    look(account.beneficiary_id, page="reminders")
    return {"next": outlook(account, today()).next_said, "reminders": list_reminders(account_id), "holds": list_holds(account_id)}


@blp.post("/money/accounts/<int:account_id>/reminders")
@blp.response(201, ReminderOutSchema)
@allow(*MONEY)
def send(account_id: int) -> PaymentReminder:
    """One now, whatever the rhythm; one a day at most."""
    return send_reminder(account_id, by=viewer(), now=now())


@blp.post("/money/accounts/<int:account_id>/reminders/hold")
@blp.arguments(ReminderHoldSchema)
@blp.response(201, ReminderHoldOutSchema)
@allow(*MONEY)
def hold(asked: dict[str, Any], account_id: int) -> ReminderHold:
    """Keep an account's back until somebody lets them go on."""
    return hold_reminders(account_id, **asked, by=viewer(), now=now())


@blp.post("/money/accounts/<int:account_id>/reminders/hold/<int:hold_id>/end")
@blp.response(200, ReminderHoldOutSchema)
@allow(*MONEY)
def let_go(account_id: int, hold_id: int) -> ReminderHold:
    """Let them go on."""
    return end_hold(account_id, hold_id, by=viewer(), now=now())
