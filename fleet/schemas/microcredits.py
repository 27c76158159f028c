"""What a microcredit's file takes and answers; one shape for the forms and for JSON."""

from marshmallow import Schema, fields

from billing.schemas.simulations import LoanSchema
from fleet.microcredits import LINES, REFUSALS, STATUS_NAMES
from mobility.web.fields import Cents, Choice, Day, InputSchema, Text, Whole, YesNo


class PrepareSchema(LoanSchema):
    """The loan asked for, the vehicle's quote, and the lines that the person chose, none until then."""

    seller = Text(required=True)
    vehicle = Text(required=True)
    price_cents = Cents(minimum=1, required=True)
    quote_id = Whole(minimum=1, load_default=None)
    lines = fields.List(Choice(LINES), load_default=list, error_messages={"invalid": "Choisissez parmi les réponses proposées."})
    agreed = YesNo(load_default=False)


class SendSchema(InputSchema):
    """To whom, and on which day."""

    lender = Text(required=True)
    on = Day(required=True)


class AnswerSchema(InputSchema):
    """Yes, or no and why."""

    accepted = YesNo(required=True)
    on = Day(required=True)
    reason = Choice(REFUSALS, load_default=None, allow_none=True)


class PaidSchema(InputSchema):
    """The day the money came."""

    on = Day(required=True)


class MicrocreditOut(Schema):
    """A file and where it stands."""

    id = fields.Integer()
    number = fields.String()
    booking_id = fields.Integer()
    beneficiary_id = fields.Integer()
    status = fields.String(metadata={"enum": list(STATUS_NAMES)})
    principal_cents = fields.Integer()
    rate_millionths = fields.Integer()
    months = fields.Integer()
    seller = fields.String()
    vehicle = fields.String()
    price_cents = fields.Integer()
    quote_id = fields.Integer(allow_none=True)
    lines = fields.List(fields.String())
    agreed_at = fields.AwareDateTime()
    lender = fields.String(allow_none=True)
    sent_on = fields.Date(allow_none=True)
    answered_on = fields.Date(allow_none=True)
    refused_reason = fields.String(allow_none=True)
    paid_on = fields.Date(allow_none=True)
