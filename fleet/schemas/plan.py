"""What the plan of the coming two weeks answers."""

from marshmallow import Schema, fields


class GivenOut(Schema):
    """A vehicle for who waits: `POST /waiting/<request_id>/give` with the vehicle says yes."""

    request_id = fields.Integer(attribute="request.id")
    beneficiary_id = fields.Integer(attribute="person.id")
    vehicle_id = fields.Integer(attribute="vehicle.id")
    label = fields.String(attribute="vehicle.label")
    why = fields.String()
    no_longer = fields.String(allow_none=True)
    waits = fields.Boolean(metadata={"description": "A swap of this plan comes first."})


class SwappedOut(Schema):
    """Another vehicle for a booking: `POST /bookings/<booking_id>/swap` with the vehicle says yes."""

    booking_id = fields.Integer(attribute="booking.id")
    version = fields.Integer(attribute="booking.version")
    beneficiary_id = fields.Integer(attribute="person.id")
    vehicle_id = fields.Integer(attribute="vehicle.id")
    label = fields.String(attribute="vehicle.label")
    leaves_id = fields.Integer(attribute="leaves.id")
    why = fields.String()
    no_longer = fields.String(allow_none=True)


class WithoutOut(Schema):
    """Somebody for whom nothing was found, and why."""

    request_id = fields.Integer(attribute="waiting.request.id")
    beneficiary_id = fields.Integer(attribute="waiting.person.id")
    why = fields.String()


class PlanOut(Schema):
    """Swaps first, for they make room; then who gets what; then who goes without. Nothing moves without a yes to its line.

    As it was when last drawn (null: never); `no_longer` says why a line holds no more, `newcomers` how many wait since.
    """

    drawn_at = fields.AwareDateTime(allow_none=True)
    newcomers = fields.Integer()

    swaps = fields.List(fields.Nested(SwappedOut))
    gives = fields.List(fields.Nested(GivenOut))
    without = fields.List(fields.Nested(WithoutOut))
