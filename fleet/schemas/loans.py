"""What loans between platforms take and answer; one shape for forms and JSON."""

from marshmallow import Schema, fields

from fleet.kinds import KIND_CODES
from fleet.loans import REFUSALS, STEPS
from mobility.web.fields import Choice, InputSchema, Moment, Whole, YesNo


class LoanSchema(InputSchema):
    """A wish: whom to ask, which kind, from when to when."""

    lender_id = Whole(minimum=1, required=True)
    kind = Choice(KIND_CODES, required=True)
    starts_at = Moment(required=True)
    ends_at = Moment(required=True)


class LoanStepSchema(InputSchema):
    """The next step; `vehicle_id` to accept, `refusal` to refuse, `site_id` to receive."""

    to = Choice(STEPS, required=True)
    vehicle_id = Whole(minimum=1, load_default=None)
    site_id = Whole(minimum=1, load_default=None)
    refusal = Choice(REFUSALS, load_default=None)


class LongerLoanSchema(InputSchema):
    """A later end of a loan."""

    ends_at = Moment(required=True)


class LongerLoanAnswerSchema(InputSchema):
    """The lender's answer to it."""

    agreed = YesNo(required=True)


class LoanOut(Schema):
    """A loan as each of its platforms sees it; `vehicle_id` is the lender's, `counterpart_id` the borrower's."""

    id = fields.Integer()
    lender_id = fields.Integer()
    borrower_id = fields.Integer()
    kind = fields.String()
    starts_at = fields.AwareDateTime()
    ends_at = fields.AwareDateTime()
    wanted_until = fields.AwareDateTime(allow_none=True)
    status = fields.String()
    refusal = fields.String(allow_none=True)
    vehicle_id = fields.Integer(allow_none=True)
    counterpart_id = fields.Integer(allow_none=True)
    sheet = fields.Dict()
    asked_at = fields.AwareDateTime()
    moved_at = fields.AwareDateTime()
    received_at = fields.AwareDateTime(allow_none=True)
    given_back_at = fields.AwareDateTime(allow_none=True)


class PartnerOut(Schema):
    """A platform that may be asked."""

    id = fields.Integer()
    name = fields.String()
