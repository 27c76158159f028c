"""What the API of a rental answers; kilometres are plain numbers, amounts cents, instants ISO."""

from marshmallow import Schema, fields


class ContractOut(Schema):
    """A version of the contract, its terms as frozen."""

    number = fields.String()
    made_at = fields.AwareDateTime()
    signed_at = fields.AwareDateTime(allow_none=True)
    signed_how = fields.String(allow_none=True)
    signer_name = fields.String(allow_none=True)
    terms = fields.Dict()


class RentalOut(Schema):
    """A booking after the keys changed hands."""

    id = fields.Integer()
    number = fields.String()
    status = fields.String()
    version = fields.Integer()
    handed_over_at = fields.AwareDateTime(allow_none=True)
    returned_at = fields.AwareDateTime(allow_none=True)


class ReadingOut(Schema):
    """A reading: accepted, doubtful with its explanation, or confirmed with its reason."""

    id = fields.Integer()
    km = fields.Integer()
    read_at = fields.AwareDateTime()
    status = fields.String()
    source = fields.String()
    explanation = fields.String(allow_none=True)
    reason = fields.String(allow_none=True)
    supersedes_id = fields.Integer(allow_none=True)


class MileageStateOut(Schema):
    """Kilometres against the cap."""

    driven_km = fields.Float()
    cap_km = fields.Float(allow_none=True)
    ratio = fields.Float(allow_none=True)
    state = fields.String()
    sentence = fields.String()


class MileageOut(Schema):
    """For the last interval, since the keys, and for the chain it goes on with; null while two days have not been read."""

    interval = fields.Nested(MileageStateOut, allow_none=True)
    rental = fields.Nested(MileageStateOut, allow_none=True)
    chain = fields.Nested(MileageStateOut, allow_none=True)
    since_on = fields.Date(allow_none=True)
    unshared_km = fields.Integer()
    is_capped = fields.Boolean()


class PointEtapeOut(Schema):
    """A point-étape with what was done of it."""

    id = fields.Integer()
    planned_at = fields.AwareDateTime()
    held_at = fields.AwareDateTime(allow_none=True)
    mode = fields.String(allow_none=True)
    reading_id = fields.Integer(allow_none=True)
    condition_id = fields.Integer(allow_none=True)
    payment_id = fields.Integer(allow_none=True)
    cap = fields.Dict(allow_none=True)
    job_state = fields.String(allow_none=True)
    next_step = fields.String(allow_none=True)


class AskedPaymentOut(Schema):
    """A payment asked: what is written on a transfer, or the link to a card's page and to whom it was sent (nobody when shown)."""

    payment_id = fields.Integer()
    reference = fields.String()
    cents = fields.Integer()
    status = fields.String()
    url = fields.String(allow_none=True)
    sent_to = fields.String(allow_none=True)


class ConditionOut(Schema):
    """A condition report; `checks` is what its checklist found, by item."""

    id = fields.Integer()
    moment = fields.String()
    zones = fields.Dict()
    checks = fields.Dict(allow_none=True)
    fuel = fields.String(allow_none=True)
    note = fields.String(allow_none=True)
    at = fields.AwareDateTime()
    signed_at = fields.AwareDateTime(allow_none=True)
    signed_how = fields.String(allow_none=True)
    signer_name = fields.String(allow_none=True)
    unsigned_reason = fields.String(allow_none=True)
    signed_on_device_at = fields.AwareDateTime(allow_none=True)
    device_refusal = fields.String(allow_none=True)


class CapDecisionOut(Schema):
    """What was decided over the cap."""

    id = fields.Integer()
    at = fields.AwareDateTime()
    decision = fields.String()
    reason = fields.String(allow_none=True)


class GrantedTripOut(Schema):
    """A trip granted."""

    id = fields.Integer()
    on = fields.Date()
    km = fields.Function(lambda trip: trip.tenths / 10)
    purpose = fields.String(attribute="reason")


class OutcomeOut(Schema):
    """How it ended."""

    id = fields.Integer()
    recorded_on = fields.Date()
    reason = fields.String(attribute="end_reason")
    job_kind = fields.String()
    lasting_solution = fields.String()
