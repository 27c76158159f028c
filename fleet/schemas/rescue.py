"""What a breakdown takes and answers; one shape for forms and JSON."""

from marshmallow import Schema, fields

from fleet.rescue import OTHER_WAYS
from fleet.schemas.bookings import VersionSchema
from mobility.web.fields import Choice, InputSchema, Km, Text, Whole, YesNo


class GiveOtherSchema(VersionSchema):
    """The other vehicle; once the keys are out, both odometers."""

    other_vehicle_id = Whole(minimum=1, required=True)
    returned_km = Km()
    handed_km = Km()


class OtherWaySchema(VersionSchema):
    """How to go to work meanwhile, with the line and the hour, in a few words that the person reads."""

    way = Choice(OTHER_WAYS, required=True)
    note = Text(longest=160, load_default=None)


class WriteOffSchema(InputSchema):
    """It runs no more: the yes, and why."""

    agreed = YesNo(load_default=False)
    note = Text(longest=200, load_default=None)


class ReplacementOut(Schema):
    """The vehicle that would do best, and how far its pole is by road, as an estimate."""

    vehicle_id = fields.Integer()
    label = fields.String()
    site = fields.String()
    is_here = fields.Boolean()
    road_km = fields.Float(allow_none=True)


class RescueOut(Schema):
    """One decision: the way, the sentence the person was told, and how; `call` has to be said to them."""

    id = fields.Integer()
    vehicle_id = fields.Integer()
    booking_id = fields.Integer()
    way = fields.String()
    other_vehicle_id = fields.Integer(allow_none=True)
    told = fields.String()
    channel = fields.String()
    decided_at = fields.AwareDateTime()


class StrandedOut(Schema):
    """Somebody hit: their booking, their next shift (`shift_at` where its hour is known), the best other vehicle, what was decided last."""

    booking_id = fields.Integer(attribute="booking.id")
    number = fields.String(attribute="booking.number")
    beneficiary_id = fields.Integer(attribute="person.id")
    version = fields.Integer(attribute="booking.version")
    shift_on = fields.Date(attribute="shift.on")
    shift_at = fields.AwareDateTime(attribute="shift.at", allow_none=True)
    is_away = fields.Boolean()
    needed_at = fields.AwareDateTime(allow_none=True)
    best = fields.Nested(ReplacementOut, allow_none=True)
    decided = fields.Nested(RescueOut, allow_none=True)
