"""What the upkeep of vehicles takes and answers; one shape for forms and JSON."""

from marshmallow import Schema, fields

from fleet.upkeep import INSURANCE, ITEM_NAMES, PAPERS, PLANNED
from mobility.web.fields import Choice, Day, InputSchema, Km, Moment, Whole


class UpkeepDoneSchema(InputSchema):
    """An item done, the day, and what the odometer said."""

    item = Choice(PLANNED, required=True)
    done_on = Day(required=True)
    km = Km(load_default=None)


class RenewalSchema(InputSchema):
    """An inspection or an insurance, valid until a new day."""

    item = Choice(PAPERS, required=True)
    until_on = Day(required=True)


class RhythmSchema(InputSchema):
    """A vehicle's own rhythm for an item; left empty, its kind's."""

    item = Choice(PLANNED, required=True)
    every_km = Whole(minimum=1, maximum=200_000, load_default=None)
    every_days = Whole(minimum=1, maximum=7_300, load_default=None)


class PlanUpkeepSchema(InputSchema):
    """An item to be done in the workshop, from when to when."""

    subject = Choice([item for item in ITEM_NAMES if item != INSURANCE], required=True)
    starts_at = Moment(required=True)
    ends_at = Moment(required=True)


class UpkeepDueOut(Schema):
    """An item due as the API shows it: the day, the kilometres that make it so, why in words, and the day to speak of it."""

    vehicle_id = fields.Integer()
    item = fields.String()
    due_on = fields.Date()
    due_km = fields.Integer(allow_none=True)
    remind_on = fields.Date()
    sentence = fields.String()


class UpkeepDoneOut(Schema):
    """An item done as the API shows it."""

    id = fields.Integer()
    vehicle_id = fields.Integer()
    item = fields.String()
    done_on = fields.Date()
    km = fields.Integer(allow_none=True)


class RhythmOut(Schema):
    """A vehicle's own rhythm for an item; nothing when it follows its kind."""

    item = fields.String()
    every_km = fields.Integer(allow_none=True)
    every_days = fields.Integer(allow_none=True)
