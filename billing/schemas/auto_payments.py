"""Payments by a card on file: what is asked, what is answered."""

from marshmallow import Schema, fields

from mobility.web.fields import Cents, InputSchema, YesNo


class MandateSchema(InputSchema):
    """The most a week, in cents, and that the person agrees to the words."""

    most_cents = Cents(minimum=1, required=True)
    agreed = YesNo(load_default=False)


class MandateOutSchema(Schema):
    """An agreement, its words as they were read; it runs until `ended_at` says otherwise."""

    id = fields.Integer()
    most_cents = fields.Integer()
    words = fields.String(allow_none=True)
    agreed_at = fields.DateTime()
    ended_at = fields.DateTime(allow_none=True)
    ended_reason = fields.String(allow_none=True)


class AutoPaymentOutSchema(Schema):
    """A week's payment: `cents` is the most it takes, on `next_on`; announced, asked, again, confirm, paid, stopped or dropped."""

    id = fields.Integer()
    account_id = fields.Integer()
    week_on = fields.Date()
    cents = fields.Integer()
    status = fields.String()
    reason = fields.String(allow_none=True)
    told_at = fields.DateTime()
    next_on = fields.Date(allow_none=True)
    ended_at = fields.DateTime(allow_none=True)
    seen_at = fields.DateTime(allow_none=True)


class AutoLineSchema(Schema):
    """A week's payment in the list, whose it is, and what is owed by now."""

    weekly = fields.Nested(AutoPaymentOutSchema)
    person_id = fields.Integer(attribute="person.id")
    owed_cents = fields.Integer()


class PersonAutoSchema(Schema):
    """A person's agreements and weeks, the latest first, and the words that they would agree to (null with no card on file)."""

    words = fields.String(allow_none=True)
    mandates = fields.List(fields.Nested(MandateOutSchema))
    weeks = fields.List(fields.Nested(AutoPaymentOutSchema))
