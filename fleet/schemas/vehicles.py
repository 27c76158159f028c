"""What vehicles and blocks take and answer; one shape for forms and JSON."""

from marshmallow import Schema, fields

from fleet.actions.vehicles import GEARBOXES
from fleet.blocks import BLOCK_REASONS
from fleet.kinds import KIND_CODES
from mobility.web.fields import Cents, Choice, Day, InputSchema, Moment, Text, Whole


class ChangeVehicleSchema(InputSchema):
    """What is known of a vehicle; what is left out of a form is taken off."""

    label = Text(longest=80, required=True)
    plate = Text(longest=20, load_default=None)
    site_id = Whole(minimum=1, required=True)
    gearbox = Choice(GEARBOXES, load_default=None)
    in_service_on = Day(required=True)
    out_of_service_on = Day(load_default=None)
    inspection_until = Day(load_default=None)
    insured_until = Day(load_default=None)
    insurer = Text(longest=120, load_default=None)
    policy = Text(longest=60, load_default=None)
    excess_cents = Cents(load_default=None)
    keys_place = Text(longest=80, load_default=None)


class VehicleSchema(ChangeVehicleSchema):
    """A new vehicle."""

    kind = Choice(KIND_CODES, required=True)


class BlockSchema(InputSchema):
    """A vehicle kept back: why, from when to when, and a factual note."""

    reason = Choice(BLOCK_REASONS, required=True)
    starts_at = Moment(required=True)
    ends_at = Moment(required=True)
    note = Text(longest=300, load_default=None)


class VehicleOut(Schema):
    """A vehicle as the API shows it."""

    id = fields.Integer()
    kind = fields.String()
    label = fields.String()
    plate = fields.String(allow_none=True)
    site_id = fields.Integer()
    gearbox = fields.String(allow_none=True)
    in_service_on = fields.Date()
    out_of_service_on = fields.Date(allow_none=True)
    inspection_until = fields.Date(allow_none=True)
    insured_until = fields.Date(allow_none=True)
    insurer = fields.String(allow_none=True)
    policy = fields.String(allow_none=True)
    excess_cents = fields.Integer(allow_none=True)
    keys_place = fields.String(allow_none=True)


class BlockOut(Schema):
    """A block as the API shows it."""

    id = fields.Integer()
    vehicle_id = fields.Integer()
    reason = fields.String()
    note = fields.String(allow_none=True)
    starts_at = fields.AwareDateTime()
    ends_at = fields.AwareDateTime()
    lifted_at = fields.AwareDateTime(allow_none=True)
