"""The cash drawer and the money taken to the bank: what is asked, what is answered."""

from marshmallow import Schema, fields

from mobility.web.fields import Cents, Day, InputSchema, Text


class CountSchema(InputSchema):
    """What was counted, and why it is not what the books say; what they say is never asked."""

    counted_cents = Cents(required=True)
    reason = Text(longest=200, load_default=None)


class TakenSchema(InputSchema):
    """How much cash leaves the drawer for the bank."""

    cents = Cents(required=True, minimum=1)


class BankedSchema(InputSchema):
    """Since when the bank has it."""

    banked_on = Day(required=True)


class CountOutSchema(Schema):
    """A count of the drawer, odd numbers opening it; `entry_number` is the entry of its difference."""

    number = fields.Integer()
    at = fields.DateTime()
    expected_cents = fields.Integer()
    counted_cents = fields.Integer()
    reason = fields.String(allow_none=True)
    entry_number = fields.Integer(allow_none=True)


class CashMoveSchema(Schema):
    """A line of the books that moved cash."""

    number = fields.Integer()
    on = fields.Date()
    label = fields.String()
    reference = fields.String()
    debit_cents = fields.Integer()
    credit_cents = fields.Integer()


class DrawerNowSchema(Schema):
    """The drawer at this moment: its number, its last count, what the books say is in it, what moved since that count."""

    is_open = fields.Boolean()
    number = fields.Integer()
    expected_cents = fields.Integer()
    last = fields.Nested(CountOutSchema, allow_none=True)
    moves = fields.List(fields.Nested(CashMoveSchema))


class DrawerLineSchema(Schema):
    """A drawer closed, with the counts that opened and closed it."""

    number = fields.Integer()
    opening = fields.Nested(CountOutSchema)
    closing = fields.Nested(CountOutSchema)
    difference_cents = fields.Integer()


class BankingOutSchema(Schema):
    """Cash taken to the bank, with its entries; `banked_on` once the bank has it."""

    number = fields.Integer()
    cents = fields.Integer()
    made_at = fields.DateTime()
    made_entry = fields.Integer(allow_none=True)
    banked_on = fields.Date(allow_none=True)
    banked_entry = fields.Integer(allow_none=True)
