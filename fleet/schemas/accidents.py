"""What accidents take and answer; one shape for forms and JSON."""

from marshmallow import Schema, fields

from fleet.accidents import CIRCUMSTANCES, OUTCOMES
from fleet.schemas.bookings import VersionSchema
from fleet.schemas.fines import HourSchema
from mobility.web.fields import Choice, Day, InputSchema, Text, Whole, YesNo


class LaterSchema(InputSchema):
    """What may be known at once or come later: the other party, the police's number, pictures sent before."""

    third_name = Text(longest=120, load_default=None)
    third_plate = Text(longest=20, load_default=None)
    third_insurer = Text(longest=120, load_default=None)
    third_policy = Text(longest=60, load_default=None)
    police_report = Text(longest=40, load_default=None)
    photos = fields.List(Whole(minimum=1), load_default=list)


class FactsSchema(HourSchema):
    """What happened, when and where."""

    place = Text(longest=200, required=True)
    circumstances = Choice(CIRCUMSTANCES, required=True)
    account = Text(longest=300, lines=True, load_default=None)
    injured = YesNo(load_default=False)


class AccidentSchema(FactsSchema, LaterSchema):
    """A statement: facts, and who else was there."""


class CorrectSchema(FactsSchema, VersionSchema):
    """The facts as they should have been told."""


class CompleteSchema(LaterSchema, VersionSchema):
    """The same, and what the insurer says."""

    expert = Text(longest=120, load_default=None)
    expert_on = Day(load_default=None)
    liability_percent = Whole(maximum=100, load_default=None)


class DeclareSchema(InputSchema):
    """When the insurer was told, and the number it gave."""

    declared_on = Day(required=True)
    claim_number = Text(longest=40, load_default=None)


class CloseSchema(InputSchema):
    """How it ended."""

    outcome = Choice(OUTCOMES, required=True)


class AccidentOut(Schema):
    """An accident as the API shows it."""

    id = fields.Integer()
    number = fields.String()
    vehicle_id = fields.Integer()
    booking_id = fields.Integer(allow_none=True)
    beneficiary_id = fields.Integer(allow_none=True)
    status = fields.String()
    happened_at = fields.AwareDateTime()
    place = fields.String()
    circumstances = fields.String()
    account = fields.String(allow_none=True)
    injured = fields.Boolean()
    third_name = fields.String(allow_none=True)
    third_plate = fields.String(allow_none=True)
    third_insurer = fields.String(allow_none=True)
    third_policy = fields.String(allow_none=True)
    police_report = fields.String(allow_none=True)
    insurer = fields.String(allow_none=True)
    policy = fields.String(allow_none=True)
    excess_cents = fields.Integer(allow_none=True)
    due_on = fields.Date()
    declared_on = fields.Date(allow_none=True)
    claim_number = fields.String(allow_none=True)
    expert = fields.String(allow_none=True)
    expert_on = fields.Date(allow_none=True)
    liability_percent = fields.Integer(allow_none=True)
    work_order_id = fields.Integer(allow_none=True)
    outcome = fields.String(allow_none=True)
    closed_at = fields.AwareDateTime(allow_none=True)
    version = fields.Integer()
