"""What a waiting request takes and answers; one shape for forms and JSON."""

from marshmallow import Schema, fields

from fleet.kinds import KIND_CODES
from fleet.lifecycle import CANCEL_REASONS
from fleet.schemas.needs import NeedSchema
from fleet.waiting import FIRST_FOR, WITHDRAWN_FOR
from mobility.web.fields import Choice, Day, Hour, InputSchema, Whole, YesNo


class WaitingSchema(NeedSchema):
    """Which kind and what it has to have, from the first to the last day, at one pole or at any, and the hours on site if known.

    `automatic_only` says what "automatic" among the needs says too.
    """

    kind = Choice(KIND_CODES, required=True)
    first_on = Day(required=True)
    last_on = Day(required=True)
    automatic_only = YesNo(load_default=False)
    site_id = Whole(minimum=1, load_default=None)
    work_from = Hour(load_default=None)
    work_to = Hour(load_default=None)
    with_children = YesNo(load_default=False)


class ChangeWaitingSchema(WaitingSchema):
    """What is wanted from now on; `version` is the request's, as it was read."""

    version = Whole(minimum=1, required=True)


class PutFirstSchema(InputSchema):
    """Why somebody passes before the others."""

    reason = Choice(FIRST_FOR, required=True)


class WithdrawSchema(InputSchema):
    """Why nobody waits for it any more."""

    reason = Choice(WITHDRAWN_FOR, required=True)


class DeclineSchema(InputSchema):
    """Why the vehicle proposed is not wanted."""

    reason = Choice(CANCEL_REASONS, required=True)


class GiveSchema(InputSchema):
    """The vehicle that the plan gives."""

    vehicle_id = Whole(minimum=1, required=True)


class ProposalOut(Schema):
    """A vehicle held for a request until somebody answers: `POST /bookings/<booking_id>/confirm` is a yes."""

    request_id = fields.Integer()
    booking_id = fields.Integer()
    vehicle_id = fields.Integer()
    label = fields.String()
    until = fields.AwareDateTime()


class ProposedOut(Schema):
    """What was proposed; null when no free vehicle fits anybody who waits."""

    proposal = fields.Nested(ProposalOut, allow_none=True)


class ReasonOut(Schema):
    """A criterion met."""

    code = fields.String()
    points = fields.Integer()
    sentence = fields.String()


class StandingOut(Schema):
    """The place among those who wait for the same kind, and why."""

    place = fields.Integer()
    of = fields.Integer()
    points = fields.Integer()
    first_for = fields.String(allow_none=True)
    reasons = fields.List(fields.Nested(ReasonOut))
    sentence = fields.String(attribute="why")


class RequestOut(Schema):
    """A request; `standing` is null for one that does not wait, `proposal` without a vehicle held for it."""

    id = fields.Integer()
    beneficiary_id = fields.Integer()
    kind = fields.String()
    automatic_only = fields.Boolean()
    needs = fields.List(fields.String())
    adaptation = fields.String(allow_none=True)
    first_on = fields.Date()
    last_on = fields.Date()
    site_id = fields.Integer(allow_none=True)
    work_from = fields.String(allow_none=True)
    work_to = fields.String(allow_none=True)
    with_children = fields.Boolean()
    version = fields.Integer()
    state = fields.String()
    asked_at = fields.AwareDateTime()
    standing = fields.Nested(StandingOut, allow_none=True)
    proposal = fields.Nested(ProposalOut, allow_none=True)
