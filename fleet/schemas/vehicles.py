"""What vehicles and blocks take and answer; one shape for forms and JSON."""

from marshmallow import Schema, fields

from fleet.blocks import BLOCK_REASONS
from fleet.checks import FUEL_NAMES
from fleet.kinds import KIND_CODES
from fleet.vehicle_life import FIRST_STAGES, IN_SERVICE, STAGE_NAMES
from fleet.vehicle_sheet import ENERGIES, EQUIPMENT, GEARBOXES, KEEPERS, OWNED, OWNERSHIPS
from mobility.web.fields import Cents, Choice, Day, InputSchema, Moment, QueryInput, Text, Whole, YesNo


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
    parking = Text(longest=120, load_default=None)
    frame_number = Text(longest=40, load_default=None)
    ownership = Choice(OWNERSHIPS, load_default=OWNED)
    lessor = Text(longest=120, load_default=None)
    lease_until = Day(load_default=None)
    lease_cents = Cents(load_default=None)
    keeper = Choice(KEEPERS, load_default="platform")
    energy = Choice(ENERGIES, load_default=None)
    level = Choice(FUEL_NAMES, load_default=None)
    equipment = fields.List(Choice(EQUIPMENT), load_default=list)
    double_controls = YesNo(load_default=False)
    adaptations = Text(longest=200, load_default=None)
    purchased_on = Day(load_default=None)
    purchase_cents = Cents(load_default=None)
    co2_g_km = Whole(maximum=1000, load_default=None)


class VehicleSchema(ChangeVehicleSchema):
    """A new vehicle, in service already or only ordered."""

    kind = Choice(KIND_CODES, required=True)
    stage = Choice(FIRST_STAGES, load_default=IN_SERVICE)


class StepSchema(InputSchema):
    """The next step of a vehicle's life: which, from which day, and a factual note; for the workshop, until when."""

    to = Choice(STAGE_NAMES, required=True)
    on = Day(required=True)
    ends_at = Moment(load_default=None)
    note = Text(longest=200, load_default=None)


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
    parking = fields.String(allow_none=True)
    frame_number = fields.String(allow_none=True)
    stage = fields.String()
    ownership = fields.String()
    lessor = fields.String(allow_none=True)
    lease_until = fields.Date(allow_none=True)
    lease_cents = fields.Integer(allow_none=True)
    keeper = fields.String()
    energy = fields.String()
    level = fields.String(allow_none=True)
    equipment = fields.List(fields.String())
    double_controls = fields.Boolean()
    adaptations = fields.String(allow_none=True)
    purchased_on = fields.Date(allow_none=True)
    purchase_cents = fields.Integer(allow_none=True)
    co2_g_km = fields.Integer(allow_none=True)


class StepOut(Schema):
    """A step of a vehicle's life as the API shows it."""

    id = fields.Integer()
    stage = fields.String()
    on = fields.Date()
    note = fields.String(allow_none=True)
    noted_at = fields.AwareDateTime()


class SheetAskedSchema(QueryInput):
    """The kind of file."""

    format = Choice(("xlsx", "csv"), required=True)


class VehicleLineOut(Schema):
    """A line of a fleet's spreadsheet: new, changed, same or refused, and why."""

    number = fields.Integer()
    name = fields.String()
    verdict = fields.String()
    sentence = fields.String()


class VehicleImportOut(Schema):
    """A fleet's spreadsheet; once it is taken its lines are gone, and `counts` says what was done."""

    id = fields.Integer()
    file_name = fields.String()
    taken_at = fields.AwareDateTime(allow_none=True)
    counts = fields.Dict()
    lines = fields.List(fields.Nested(VehicleLineOut))


class BlockOut(Schema):
    """A block as the API shows it."""

    id = fields.Integer()
    vehicle_id = fields.Integer()
    reason = fields.String()
    note = fields.String(allow_none=True)
    starts_at = fields.AwareDateTime()
    ends_at = fields.AwareDateTime()
    lifted_at = fields.AwareDateTime(allow_none=True)


class DowntimeOut(Schema):
    """How long a vehicle stood still over the past year, in how many stops, and the share of its time in thousandths."""

    hours = fields.Function(lambda found: int(found.span.total_seconds() // 3600))
    stops = fields.Integer()
    permille = fields.Integer()
    sentence = fields.String()
