"""A fuel receipt, typed or sent; and the allowance as the API shows it."""

from marshmallow import Schema, fields

from billing.fuel import PAID_LABELS, WITHDRAWAL_REASONS
from mobility.web.fields import Cents, Choice, Day, InputSchema, YesNo


class FuelReceiptSchema(InputSchema):
    """A receipt seen: its day, its amount, its litres in hundredths when they are read, how it is paid, and that it was to work."""

    spent_on = Day(required=True)
    cents = Cents(minimum=1, required=True)
    centilitres = Cents(minimum=1, load_default=None, allow_none=True)
    paid = Choice(PAID_LABELS, required=True)
    for_work = YesNo(load_default=False)


class FuelWithdrawalSchema(InputSchema):
    """Why a receipt is taken back."""

    reason = Choice(WITHDRAWAL_REASONS, required=True)


class FuelReceiptOutSchema(Schema):
    """A receipt, and what the allowance paid of it."""

    id = fields.Integer()
    spent_on = fields.Date()
    cents = fields.Integer()
    covered_cents = fields.Integer()
    centilitres = fields.Integer(allow_none=True)
    paid = fields.String()
    seen_at = fields.AwareDateTime()
    withdrawn_at = fields.AwareDateTime(allow_none=True)
    withdrawn_reason = fields.String(allow_none=True)


class FuelSchema(Schema):
    """What is left for fuel, in one sentence, and the receipts."""

    allowance_cents = fields.Integer()
    left_cents = fields.Integer()
    first_on = fields.Date()
    last_on = fields.Date()
    sentence = fields.String()
    receipts = fields.List(fields.Nested(FuelReceiptOutSchema))
