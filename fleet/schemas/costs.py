"""What the costs of vehicles take and answer; one shape for forms and JSON."""

from marshmallow import Schema, fields

from fleet.costs import NOTED_NAMES
from mobility.web.fields import Cents, Choice, Day, InputSchema, QueryInput, Text, Whole


class CostSchema(InputSchema):
    """An expense: its day, what for, its amount; a note, the paper's number, and its picture or PDF sent ahead."""

    on = Day(required=True)
    kind = Choice(NOTED_NAMES, required=True)
    cents = Cents(minimum=1, required=True)
    note = Text(longest=200, load_default=None)
    document_number = Text(longest=40, load_default=None)
    attachment_id = Whole(minimum=1, load_default=None)


class SpanSchema(QueryInput):
    """The days looked at, both included; without them the last 365."""

    since = Day(load_default=None)
    until = Day(load_default=None)


class CostOut(Schema):
    """An expense as the API shows it; a work order's names it."""

    id = fields.Integer()
    vehicle_id = fields.Integer()
    on = fields.Date()
    kind = fields.String()
    cents = fields.Integer()
    note = fields.String(allow_none=True)
    document_number = fields.String(allow_none=True)
    work_order_id = fields.Integer(allow_none=True)
    attachment_id = fields.Integer(allow_none=True)


class VehicleCostsOut(Schema):
    """A vehicle's expenses over some days, by kind in cents, per kilometre read and per day in the fleet (none without any).

    `by_kind` holds the share of the price paid for it too ("purchase"), which is no expense of these days.
    """

    since = fields.Date()
    until = fields.Date()
    costs = fields.List(fields.Nested(CostOut))
    by_kind = fields.Dict(keys=fields.String(), values=fields.Integer())
    cents = fields.Integer()
    km = fields.Integer()
    days = fields.Integer()
    km_cents = fields.Integer(allow_none=True)
    day_cents = fields.Integer(allow_none=True)
