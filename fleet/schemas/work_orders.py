"""What work orders and garages take and answer; one shape for forms and JSON."""

import re
from typing import Any

from marshmallow import Schema, fields

from fleet.work import SUBJECTS
from mobility.web.fields import Cents, Choice, Day, InputSchema, Km, Mail, Moment, Text, Whole, YesNo

_HOURS = re.compile(r"(\d{1,3})(?:[.,](25|5|50|75|0|00))?(?: ?h)?|(?:(\d{1,3}) ?h ?)(00|15|30|45)")
_QUARTERS = {"25": 1, "5": 2, "50": 2, "75": 3, "15": 1, "30": 2, "45": 3}


class Quarters(Whole):
    """Time in quarter hours; typed in a form, it is hours ("1,25", "1 h 30")."""

    def typed(self, text: str) -> Any:
        found = _HOURS.fullmatch(re.sub(r"[\s\u00a0\u202f]+", " ", text)) if not re.search(r"[^\x00-\x7f\u00a0\u202f]", text) else None
        if found is None:
            return text
        hours, rest = found[1] or found[3], found[2] or found[4] or ""
        return int(hours) * 4 + _QUARTERS.get(rest, 0)


class OpenOrderSchema(InputSchema):
    """What is to be done, and by whom."""

    subject = Choice(SUBJECTS, required=True)
    description = Text(longest=300, load_default=None)
    garage_id = Whole(minimum=1, load_default=None)


class PlanOrderSchema(InputSchema):
    """When the vehicle goes to the workshop, until when, and to which garage."""

    starts_at = Moment(required=True)
    ends_at = Moment(required=True)
    garage_id = Whole(minimum=1, load_default=None)


class ProposeSchema(InputSchema):
    """When the garage could take the vehicle."""

    starts_at = Moment(required=True)
    ends_at = Moment(required=True)


class StartOrderSchema(InputSchema):
    """The vehicle comes in: until when it stays, when that was not planned or has changed, and what its odometer says."""

    ends_at = Moment(load_default=None)
    odometer_km = Km(load_default=None)


class FinishOrderSchema(InputSchema):
    """The work is done: what the odometer says."""

    odometer_km = Km(load_default=None)


class NothingSchema(InputSchema):
    """An act that asks nothing."""


class CloseOrderSchema(InputSchema):
    """Nothing more is to come; of an inspection that was held, until when it is valid."""

    inspection_until = Day(load_default=None)


class PartSchema(InputSchema):
    """A part: how many, at which price each."""

    label = Text(longest=120, required=True)
    quantity = Whole(minimum=1, maximum=9_999, required=True)
    unit_cents = Cents(required=True)


class LabourSchema(InputSchema):
    """Time spent, in quarter hours, at the price of an hour."""

    label = Text(longest=120, required=True)
    quarters = Quarters(minimum=1, maximum=4_000, required=True)
    hour_cents = Cents(required=True)


class GarageSchema(InputSchema):
    """A garage: how to reach it."""

    name = Text(longest=120, required=True)
    email = Mail(load_default=None)
    phone = Text(longest=20, load_default=None)
    address = Text(longest=200, load_default=None)
    is_solidarity = YesNo(load_default=False)


class ChangeGarageSchema(GarageSchema):
    """The same, and whether it still works for the platform."""

    is_open = YesNo(load_default=False)


class LinkSentOut(Schema):
    """To whom a link was mailed."""

    recipient = fields.String()


class WorkLineOut(Schema):
    """A line as the API shows it; the quantity of labour is in quarter hours, its unit the price of an hour."""

    id = fields.Integer()
    kind = fields.String()
    label = fields.String()
    quantity = fields.Integer()
    unit_cents = fields.Integer()
    amount_cents = fields.Integer()


class WorkOrderOut(Schema):
    """A work order as the API shows it."""

    id = fields.Integer()
    number = fields.String()
    vehicle_id = fields.Integer()
    subject = fields.String()
    description = fields.String(allow_none=True)
    garage_id = fields.Integer(allow_none=True)
    block_id = fields.Integer(allow_none=True)
    status = fields.String()
    odometer_km = fields.Integer(allow_none=True)
    proposed_starts_at = fields.AwareDateTime(allow_none=True)
    proposed_ends_at = fields.AwareDateTime(allow_none=True)
    told_done_at = fields.AwareDateTime(allow_none=True)
    opened_at = fields.AwareDateTime()
    started_at = fields.AwareDateTime(allow_none=True)
    done_at = fields.AwareDateTime(allow_none=True)
    closed_at = fields.AwareDateTime(allow_none=True)


class WholeOrderOut(WorkOrderOut):
    """One work order with its lines and what they cost."""

    lines = fields.List(fields.Nested(WorkLineOut))
    parts_cents = fields.Integer()
    labour_cents = fields.Integer()
    total_cents = fields.Integer()


class GarageOut(Schema):
    """A garage as the API shows it."""

    id = fields.Integer()
    name = fields.String()
    email = fields.String(allow_none=True)
    phone = fields.String(allow_none=True)
    address = fields.String(allow_none=True)
    is_solidarity = fields.Boolean()
    closed_at = fields.AwareDateTime(allow_none=True)
