"""What "who had it" and notices of offences take and answer; one shape for forms, addresses and JSON."""

from marshmallow import Schema, fields

from fleet.fines import HOW_NAMED, HOW_TOLD, OUTCOMES, REFUSALS, ROUTES
from fleet.holders import TWICE
from mobility.web.fields import Cents, Choice, Day, Hour, InputSchema, QueryInput, Text, Whole


class HourSchema(InputSchema):
    """A day and an hour in Paris; `which` for the hour of October that comes twice."""

    on = Day(required=True)
    hour = Hour(required=True)
    which = Choice(TWICE, load_default=None)


class InstantSchema(HourSchema):
    """The same, and a plate."""

    plate = Text(longest=20, required=True)


class WhoHadSchema(InstantSchema, QueryInput):
    """The question in an address."""


class FineSchema(InstantSchema):
    """A notice as it came."""

    notice_number = Text(longest=40, required=True)
    sent_on = Day(required=True)
    route = Choice(ROUTES, load_default=None)
    hirer_on = Day(load_default=None)
    place = Text(longest=200, load_default=None)
    offence = Text(longest=120, load_default=None)
    amount_cents = Cents(load_default=None)
    points = Whole(maximum=12, load_default=None)


class AssignSchema(InputSchema):
    """Whose booking it was, or the loan by which another platform had the vehicle."""

    booking_number = Text(longest=20, load_default=None)
    loan_id = Whole(minimum=1, load_default=None)


class TellSchema(InputSchema):
    """How the person is told."""

    how = Choice(HOW_TOLD, required=True)


class NameSchema(InputSchema):
    """How and when the driver was named."""

    how = Choice(HOW_NAMED, required=True)
    named_on = Day(required=True)


class RefuseSchema(InputSchema):
    """When and why the authority refused the naming, and until when it may be answered if the letter says so."""

    refused_on = Day(required=True)
    reason = Choice(REFUSALS, required=True)
    answer_by = Day(load_default=None)


class ContestSchema(InputSchema):
    """When it was contested."""

    contested_on = Day(required=True)


class SettleSchema(InputSchema):
    """How it ended."""

    outcome = Choice(OUTCOMES, required=True)


class NamingLetterSchema(InputSchema):
    """What the letter needs and nobody keeps: it is typed for it and goes with it."""

    birth_place = Text(longest=80, load_default=None)
    licence_number = Text(longest=20, load_default=None)


class HolderOut(Schema):
    """Who held the vehicle: "person", "lent" (to `borrower`), "workshop" or "nobody"; the bookings just before and after when none did."""

    vehicle_id = fields.Integer()
    at = fields.AwareDateTime()
    state = fields.String()
    booking_id = fields.Integer(allow_none=True)
    beneficiary_id = fields.Integer(allow_none=True)
    before_id = fields.Integer(allow_none=True)
    after_id = fields.Integer(allow_none=True)
    loan_id = fields.Integer(allow_none=True)
    borrower = fields.String(allow_none=True)


class FineOut(Schema):
    """A notice as the API shows it."""

    id = fields.Integer()
    number = fields.String()
    notice_number = fields.String()
    vehicle_id = fields.Integer()
    booking_id = fields.Integer(allow_none=True)
    beneficiary_id = fields.Integer(allow_none=True)
    loan_id = fields.Integer(allow_none=True)
    status = fields.String()
    route = fields.String()
    offence_at = fields.AwareDateTime()
    place = fields.String(allow_none=True)
    offence = fields.String(allow_none=True)
    amount_cents = fields.Integer(allow_none=True)
    points = fields.Integer(allow_none=True)
    sent_on = fields.Date()
    due_on = fields.Date()
    hirer_on = fields.Date(allow_none=True)
    told_at = fields.AwareDateTime(allow_none=True)
    told_how = fields.String(allow_none=True)
    named_on = fields.Date(allow_none=True)
    named_how = fields.String(allow_none=True)
    refused_on = fields.Date(allow_none=True)
    refused_reason = fields.String(allow_none=True)
    contested_on = fields.Date(allow_none=True)
    settled_at = fields.AwareDateTime(allow_none=True)
    outcome = fields.String(allow_none=True)
