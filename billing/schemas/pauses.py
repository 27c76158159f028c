"""Pauses in asking for what is owed: what is asked, what is answered."""

from marshmallow import Schema, fields

from billing.pauses import REASONS
from mobility.web.fields import Choice, Day, InputSchema


class PauseSchema(InputSchema):
    """Why, and through which day."""

    reason = Choice(REASONS, required=True)
    until_on = Day(required=True)


class PauseOutSchema(Schema):
    """A pause; it is over after `until_on`, or when `ended_at` says so."""

    id = fields.Integer()
    reason = fields.String()
    until_on = fields.Date()
    paused_at = fields.DateTime()
    ended_at = fields.DateTime(allow_none=True)
