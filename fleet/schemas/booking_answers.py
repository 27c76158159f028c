"""What the API answers of bookings: the booking, its chain, a change before it is sent, the conditions, what is free."""

from marshmallow import Schema, fields

from billing.schemas.money import ResidenceOutSchema


class BookingOut(Schema):
    """A booking as the API shows it."""

    id = fields.Integer()
    number = fields.String()
    beneficiary_id = fields.Integer()
    vehicle_id = fields.Integer()
    account_id = fields.Integer(allow_none=True)
    starts_at = fields.AwareDateTime()
    ends_at = fields.AwareDateTime()
    status = fields.String()
    version = fields.Integer()
    programme = fields.String()
    qpv = fields.Boolean()
    pattern = fields.String(allow_none=True)
    new_chain_reason = fields.String(allow_none=True)
    hold_expires_at = fields.AwareDateTime(allow_none=True)
    price_sentence = fields.String()
    eligibility = fields.List(fields.Dict())
    waivers = fields.List(fields.Dict())
    cancel_reason = fields.String(allow_none=True)


class ShownBookingOut(BookingOut):
    """One booking, with what is still to be looked over: `is_unseen`, its vehicle taken in exchange; the one given back, or null."""

    is_unseen = fields.Boolean()
    left_vehicle_id = fields.Integer(allow_none=True)


class ChainedRentalOut(Schema):
    """One rental of a chain, as days."""

    booking_id = fields.Integer()
    number = fields.String()
    begins_on = fields.Date()
    ends_on = fields.Date()


class ChainOut(Schema):
    """How far the chain of a booking may reach, and the rentals it goes on with, the earliest first: days and kilometres so far."""

    last_on = fields.Date()
    sentence = fields.String()
    continues = fields.String()
    days_held = fields.Integer()
    km_before = fields.Integer()
    earlier = fields.List(fields.Nested(ChainedRentalOut))


WHOLE = tuple(BookingOut().fields)
FOR_THE_WORKSHOP = ("id", "number", "beneficiary_id", "vehicle_id", "starts_at", "ends_at", "status", "version")


class TotalOut(Schema):
    """What a booking comes to: charged already, still to come, in all."""

    charged_cents = fields.Integer()
    ahead_cents = fields.Integer()
    cents = fields.Integer()


class ChangeOut(Schema):
    """A change before it is sent: its price against today's, one sentence each, what it would pass beyond; `notes` on its chain."""

    act = fields.String()
    starts_at = fields.AwareDateTime(attribute="change.starts_at")
    ends_at = fields.AwareDateTime(attribute="change.ends_at")
    vehicle_id = fields.Integer(attribute="change.vehicle.id")
    before = fields.Nested(TotalOut, attribute="price.before")
    after = fields.Nested(TotalOut, attribute="price.after")
    difference_cents = fields.Integer(attribute="price.difference_cents")
    sentences = fields.List(fields.String(), attribute="price.sentences")
    warnings = fields.List(fields.String())
    notes = fields.List(fields.String())


class EligibilityOut(Schema):
    """The full list, the price in one sentence, and what the rate of a priority district rests on."""

    conditions = fields.List(fields.Dict())
    price_sentence = fields.String()
    residence = fields.Nested(ResidenceOutSchema, allow_none=True)


class OfferOut(Schema):
    """A free vehicle: whether it fits this person, why not, what nobody has noted of it, and its price in one sentence."""

    vehicle_id = fields.Integer()
    label = fields.String()
    site_id = fields.Integer()
    gearbox = fields.String(allow_none=True)
    fits = fields.Boolean()
    reasons = fields.List(fields.String())
    doubts = fields.List(fields.String())
    price_sentence = fields.String()
    from_home = fields.String(allow_none=True)
    from_site = fields.String(allow_none=True)
