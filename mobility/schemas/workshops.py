"""Workshops, seats and attendance, as typed or sent, and as told."""

from datetime import date

from marshmallow import Schema, fields

from mobility.web.fields import Choice, InputSchema, Moment, Text, Whole, YesNo
from mobility.workshops import CANCELLATIONS, LEAST_MINUTES, MARKS, MINUTES, MOST_MINUTES, MOST_PLACES, PUBLICS, subjects_on


class WorkshopSchema(InputSchema):
    """A workshop to plan: at a pole, or at a place in words."""

    subject = Choice(subjects_on(date.max), required=True)
    title = Text(longest=120, required=True)
    starts_at = Moment(required=True)
    minutes = Whole(minimum=LEAST_MINUTES, maximum=MOST_MINUTES, load_default=MINUTES)
    site_id = Whole(minimum=1, maximum=2**62, load_default=None, allow_none=True)
    place = Text(longest=200, load_default=None, allow_none=True)
    places = Whole(minimum=1, maximum=MOST_PLACES, required=True)
    open_to = Choice(PUBLICS, load_default="everybody")


class CancelWorkshopSchema(InputSchema):
    """Why it will not take place."""

    reason = Choice(CANCELLATIONS, required=True)


class InviteSchema(InputSchema):
    """Who is asked."""

    beneficiary_id = Whole(minimum=1, maximum=2**62, required=True)


class AskedToSchema(InputSchema):
    """To which workshop somebody is asked."""

    workshop_id = Whole(minimum=1, maximum=2**62, required=True)


class AnswerSchema(InputSchema):
    """Whether they come."""

    coming = YesNo(required=True)


class MarkSchema(InputSchema):
    """Whether they came."""

    mark = Choice(MARKS, required=True)


class WorkshopOut(Schema):
    """A workshop."""

    id = fields.Integer()
    subject = fields.String()
    title = fields.String()
    starts_at = fields.DateTime(format="iso")
    minutes = fields.Integer()
    site_id = fields.Integer(allow_none=True)
    place = fields.String(allow_none=True)
    places = fields.Integer()
    open_to = fields.String()
    held_at = fields.DateTime(format="iso", allow_none=True)
    cancelled_at = fields.DateTime(format="iso", allow_none=True)
    cancel_reason = fields.String(allow_none=True)


class PlannedOut(Schema):
    """A workshop, the seats taken and how many came."""

    workshop = fields.Nested(WorkshopOut)
    taken = fields.Integer()
    came = fields.Integer()


class SeatOut(Schema):
    """Somebody asked to a workshop: `state` and, once it began, `mark`."""

    id = fields.Integer()
    group_workshop_id = fields.Integer()
    beneficiary_id = fields.Integer()
    state = fields.String()
    mark = fields.String(allow_none=True)
    told_by = fields.String(allow_none=True)
    asked_at = fields.DateTime(format="iso")
    answered_at = fields.DateTime(format="iso", allow_none=True)
    reminded_at = fields.DateTime(format="iso", allow_none=True)


class OwnSeatOut(Schema):
    """A person's own seat, and its workshop."""

    seat = fields.Nested(SeatOut)
    workshop = fields.Nested(WorkshopOut)
