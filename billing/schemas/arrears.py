"""What the API answers about what is owed, by its age, in cents."""

from marshmallow import Schema, fields

from billing.schemas.pauses import PauseOutSchema
from billing.schemas.plans import PlanOutSchema


class AgedSchema(Schema):
    """Parts of an amount: under 30 days, 30 to 59, 60 to 89, 90 and more."""

    new = fields.Integer()
    month = fields.Integer()
    two_months = fields.Integer()
    old = fields.Integer()


class ArrearLineSchema(Schema):
    """An account that owes."""

    account_id = fields.Integer(attribute="account.id")
    label = fields.String(attribute="account.label")
    person_id = fields.Integer(attribute="person.id")
    owed_cents = fields.Integer()
    aged = fields.Nested(AgedSchema)
    plan = fields.Nested(PlanOutSchema, allow_none=True)
    pause = fields.Nested(PauseOutSchema, allow_none=True)
