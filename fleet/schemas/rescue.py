"""What a breakdown answers."""

from marshmallow import Schema, fields


class ReplacementOut(Schema):
    """The vehicle that would do best, and how far its pole is by road, as an estimate."""

    vehicle_id = fields.Integer()
    label = fields.String()
    site = fields.String()
    is_here = fields.Boolean()
    road_km = fields.Float(allow_none=True)


class StrandedOut(Schema):
    """Somebody hit: their booking, the first day they need a vehicle, and the best other one."""

    booking_id = fields.Integer(attribute="booking.id")
    number = fields.String(attribute="booking.number")
    beneficiary_id = fields.Integer(attribute="person.id")
    shift_on = fields.Date()
    is_away = fields.Boolean()
    best = fields.Nested(ReplacementOut, allow_none=True)
