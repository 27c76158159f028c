"""Cheques and their slips: what is asked, what is answered."""

from marshmallow import Schema, fields

from billing.schemas.drawer import BankingOutSchema
from mobility.web.fields import InputSchema, Text, Whole


class SlipSchema(InputSchema):
    """The cheques to put on a slip, by the entries that received them."""

    cheques = fields.List(Whole(minimum=1), load_default=list, error_messages={"invalid": "Choisissez parmi les chèques qui attendent."})


class ReturnedSchema(InputSchema):
    """A cheque of a slip that came back, and why the bank refused it."""

    cheque = Whole(minimum=1, required=True)
    reason = Text(longest=200, required=True)


class ChequeOutSchema(Schema):
    """A cheque; `returned_at` when the bank sent it back unpaid."""

    entry_number = fields.Integer()
    account_id = fields.Integer()
    payment_id = fields.Integer(allow_none=True)
    received_on = fields.Date()
    cents = fields.Integer()
    number = fields.String()
    bank = fields.String(allow_none=True)
    drawn_by = fields.String()
    returned_at = fields.DateTime(attribute="banked.returned_at", allow_none=True)


class WaitingChequesSchema(Schema):
    """The cheques that wait, and what they come to."""

    cents = fields.Integer()
    cheques = fields.List(fields.Nested(ChequeOutSchema))


class SlipOutSchema(BankingOutSchema):
    """A slip with its cheques."""

    cheques = fields.List(fields.Nested(ChequeOutSchema))


class ReturnedOutSchema(Schema):
    """A cheque that came back, and the entry that undoes it."""

    entry_number = fields.Integer()
    cents = fields.Integer()
    returned_at = fields.DateTime()
    returned_entry = fields.Integer()
    returned_reason = fields.String()
