"""Reminders: what is asked, what is answered."""

from marshmallow import Schema, fields

from billing.reminders import HOLD_REASONS
from mobility.web.fields import Choice, InputSchema


class ReminderHoldSchema(InputSchema):
    """Why an account's reminders are kept back."""

    reason = Choice(HOLD_REASONS, required=True)


class ReminderHoldOutSchema(Schema):
    """When and why reminders were kept back; they are until `ended_at` says otherwise."""

    id = fields.Integer()
    reason = fields.String()
    held_at = fields.DateTime()
    ended_at = fields.DateTime(allow_none=True)


class ReminderOutSchema(Schema):
    """A reminder; `channel` is sms, mail, call or letter, the last two said by somebody at `said_at`; `step` is null when sent by hand."""

    id = fields.Integer()
    account_id = fields.Integer()
    due_on = fields.Date()
    step = fields.Integer(allow_none=True)
    cents = fields.Integer()
    channel = fields.String()
    sentence = fields.String()
    sent_at = fields.DateTime()
    said_at = fields.DateTime(allow_none=True)


class ReminderLineSchema(Schema):
    """A reminder in the list, whose it is, and what is owed by now."""

    reminder = fields.Nested(ReminderOutSchema)
    person_id = fields.Integer(attribute="person.id")
    owed_cents = fields.Integer()


class AccountRemindersSchema(Schema):
    """An account's reminders, the latest first, when they were kept back, and what comes next in words."""

    next = fields.String()
    reminders = fields.List(fields.Nested(ReminderOutSchema))
    holds = fields.List(fields.Nested(ReminderHoldOutSchema))
