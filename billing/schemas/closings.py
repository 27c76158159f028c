"""Closings of the books: what is asked, what is answered."""

from marshmallow import Schema, fields

from billing.closings import KINDS
from mobility.web.fields import Choice, Day, InputSchema, YesNo


class ClosingSchema(InputSchema):
    """What to close: the kind of period, its last day, and that it cannot be undone."""

    kind = Choice(KINDS, required=True)
    last_on = Day(required=True)
    for_good = YesNo(load_default=False)


class ClosingOutSchema(Schema):
    """A closing; `sums` is each ledger account's debit and credit in cents, `running_cents` the debit of all entries since the first."""

    kind = fields.String()
    first_on = fields.Date()
    last_on = fields.Date()
    closed_at = fields.DateTime()
    closed_by = fields.Integer(allow_none=True)
    last_entry = fields.Integer()
    last_hash = fields.String()
    sums = fields.Dict(keys=fields.String(), values=fields.List(fields.Integer()))
    running_cents = fields.Integer()
    hash = fields.String()
