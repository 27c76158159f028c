"""A correction asked, and its answer."""

from datetime import date

from marshmallow import Schema, fields

from mobility.corrections import OUTCOMES, SUBJECTS, answer_due_on
from mobility.models import CorrectionRequest
from mobility.periods import paris_day
from mobility.web.fields import Choice, InputSchema, Text


class CorrectionSchema(InputSchema):
    """About what, and what is right."""

    subject = Choice(SUBJECTS, required=True)
    words = Text(longest=300, required=True)


class CorrectionAnswerSchema(InputSchema):
    """Done, or refused with a reason."""

    outcome = Choice(OUTCOMES, required=True)
    reason = Text(longest=300, load_default=None)


class CorrectionOut(Schema):
    """A correction asked, until when it is answered, and its answer."""

    id = fields.Integer(required=True)
    subject = fields.String(required=True)
    words = fields.String(required=True)
    asked_at = fields.DateTime(required=True, format="iso")
    due_on = fields.Function(lambda row: due_on(row).isoformat(), metadata={"type": "string", "format": "date"}, required=True)
    answered_at = fields.DateTime(required=True, allow_none=True, format="iso")
    outcome = fields.String(required=True, allow_none=True)
    reason = fields.String(required=True, allow_none=True)


def due_on(row: CorrectionRequest) -> date:
    """The last day to answer it."""
    return answer_due_on(paris_day(row.asked_at))
