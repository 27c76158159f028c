"""Workshops, seats and attendance, as typed or sent, and as told."""

from datetime import date
from typing import Any

from marshmallow import Schema, fields, post_load

from mobility.group_trips import MOST_STOPS, MOST_WEEKS
from mobility.web.fields import Choice, Day, InputSchema, Moment, Text, Whole, YesNo
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


class TripSchema(InputSchema):
    """An accompanied trip to plan: its day, for how many weeks, its stops one a line with their hour ("7:10 Gare")."""

    title = Text(longest=120, required=True)
    on = Day(required=True)
    weeks = Whole(minimum=1, maximum=MOST_WEEKS, load_default=1)
    stops = Text(longest=1_200, lines=True, required=True)
    place = Text(longest=200, required=True)
    places = Whole(minimum=1, maximum=MOST_PLACES, required=True)
    open_to = Choice(PUBLICS, load_default="everybody")


class CancelWorkshopSchema(InputSchema):
    """Why it will not take place."""

    reason = Choice(CANCELLATIONS, required=True)


class InviteSchema(InputSchema):
    """Who is asked."""

    beneficiary_id = Whole(minimum=1, maximum=2**62, required=True)
    board = Whole(minimum=0, maximum=MOST_STOPS, load_default=None, allow_none=True)
    alight = Whole(minimum=0, maximum=MOST_STOPS, load_default=None, allow_none=True)

    @post_load
    def _as_leg(self, data: dict[str, Any], **kwargs: Any) -> dict[str, Any]:
        """Where they get on and off together; nothing said, from end to end."""
        board, alight = data.pop("board"), data.pop("alight")
        return data | {"leg": None if alight is None else (board or 0, alight)}


class AskedToSchema(InputSchema):
    """To which workshop somebody is asked."""

    workshop_id = Whole(minimum=1, maximum=2**62, required=True)


class AnswerSchema(InputSchema):
    """Whether they come."""

    coming = YesNo(required=True)
    charter = YesNo(load_default=False)


class HereSchema(InputSchema):
    """The code shown at the workshop."""

    code = Text(longest=200, required=True)


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
    stops = fields.List(fields.Dict(), allow_none=True)
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
    board = fields.Integer(allow_none=True)
    alight = fields.Integer(allow_none=True)
    charter_on = fields.Date(allow_none=True)
    mark = fields.String(allow_none=True)
    told_by = fields.String(allow_none=True)
    asked_at = fields.DateTime(format="iso")
    answered_at = fields.DateTime(format="iso", allow_none=True)
    reminded_at = fields.DateTime(format="iso", allow_none=True)


class OwnSeatOut(Schema):
    """A person's own seat, and its workshop."""

    seat = fields.Nested(SeatOut)
    workshop = fields.Nested(WorkshopOut)
