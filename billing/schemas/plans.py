"""Plans for what is owed: what is asked, what is answered."""

from marshmallow import Schema, fields

from billing.plans import MOST_MONTHS
from mobility.web.fields import Cents, Day, InputSchema, Text, Whole, YesNo


class PlanSchema(InputSchema):
    """How much, in how many monthly parts, from which day, and that the person agrees."""

    cents = Cents(minimum=1, required=True)
    months = Whole(minimum=1, maximum=MOST_MONTHS, required=True)
    first_on = Day(required=True)
    agreed = YesNo(load_default=False)


class PlanEndSchema(InputSchema):
    """Why a plan is stopped."""

    reason = Text(longest=200, required=True)


class PlanPartSchema(Schema):
    """A part and its day."""

    due_on = fields.Date()
    cents = fields.Integer()


class StandingSchema(Schema):
    """Where a plan stands today: kept, late, done or ended; the parts still to come, and what should have come by now."""

    state = fields.String()
    left = fields.List(fields.Nested(PlanPartSchema))
    late_cents = fields.Integer()
    sentence = fields.String()


class PlanOutSchema(Schema):
    """A plan as it was agreed, and where it stands."""

    id = fields.Integer(attribute="plan.id")
    cents = fields.Integer(attribute="plan.cents")
    agreed_at = fields.DateTime(attribute="plan.agreed_at")
    ended_at = fields.DateTime(attribute="plan.ended_at", allow_none=True)
    ended_reason = fields.String(attribute="plan.ended_reason", allow_none=True)
    parts = fields.List(fields.Nested(PlanPartSchema))
    standing = fields.Nested(StandingSchema)
