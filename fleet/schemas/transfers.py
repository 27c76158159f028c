"""What the transfer of a vehicle takes and answers; one shape for forms and JSON."""

from marshmallow import Schema, fields

from fleet.transfers import ASKED_REASONS
from mobility.web.fields import Choice, Day, InputSchema, Text, Whole, YesNo


class TransferSchema(InputSchema):
    """Where to, from which day, why; `seen` says that the bookings to come were read (asked when there are any)."""

    to_site_id = Whole(minimum=1, required=True)
    on = Day(required=True)
    reason = Choice(ASKED_REASONS, required=True)
    note = Text(longest=200, load_default=None)
    seen = YesNo(load_default=False)


class TransferOut(Schema):
    """A move as the API shows it."""

    id = fields.Integer()
    vehicle_id = fields.Integer()
    from_site_id = fields.Integer()
    to_site_id = fields.Integer()
    on = fields.Date()
    reason = fields.String()
    note = fields.String(allow_none=True)
