"""What a calendar's address takes and answers; one shape for forms and JSON."""

from marshmallow import Schema, fields

from fleet.calendars import WORDS
from mobility.web.fields import Choice, InputSchema, Whole


class CalendarSchema(InputSchema):
    """Whose calendar: one's own, a pole's (`site_id`), a vehicle's (`vehicle_id`)."""

    what = Choice(WORDS, required=True)
    site_id = Whole(minimum=1, load_default=None)
    vehicle_id = Whole(minimum=1, load_default=None)


class CalendarOut(Schema):
    """A calendar of the token's own account."""

    id = fields.Integer()
    what = fields.String()
    name = fields.String()
    site_id = fields.Integer(allow_none=True)
    vehicle_id = fields.Integer(allow_none=True)
    made_at = fields.AwareDateTime()
    expires_at = fields.AwareDateTime()


class CalendarMadeOut(CalendarOut):
    """With its address, in this answer only."""

    address = fields.String()
