"""What a monthly review takes and answers; one shape for the form and for JSON."""

from typing import Any

from marshmallow import Schema, fields

from fleet.reviews import AGREED, BUDGETS, HELD_HOW, JOBS, STEPS_TAKEN, WHY_UNTOLD
from mobility.web.fields import Choice, Day, InputSchema, Text, Whole, YesNo

_OUTSIDE: dict[str, str | list[Any] | dict[Any, Any]] = {"invalid": "Choisissez parmi les réponses proposées."}


class ReviewSchema(InputSchema):
    """A month's review; `version` is the one it corrects, 0 for none."""

    held_on = Day(required=True)
    held_how = Choice(HELD_HOW, required=True)
    job = Choice(JOBS, required=True)
    steps = fields.List(Choice(STEPS_TAKEN), load_default=list, error_messages=_OUTSIDE)
    budget = Choice(BUDGETS, required=True)
    agreed = fields.List(Choice(AGREED), load_default=list, error_messages=_OUTSIDE)
    note = Text(longest=300, lines=True)
    opposed = YesNo(load_default=False)
    version = Whole(minimum=0, load_default=0)


class ReviewOut(Schema):
    """A version of a month's review, with the feedback and where it went, or why not."""

    id = fields.Integer()
    booking_id = fields.Integer()
    month = fields.Integer()
    version = fields.Integer()
    held_on = fields.Date()
    held_how = fields.String()
    job = fields.String()
    steps = fields.List(fields.String())
    budget = fields.String()
    agreed = fields.List(fields.String())
    note = fields.String(allow_none=True)
    opposed = fields.Boolean()
    said = fields.String()
    told_to = fields.String(allow_none=True)
    untold = fields.String(allow_none=True, metadata={"enum": [*WHY_UNTOLD, None]})
    recorded_at = fields.AwareDateTime()
