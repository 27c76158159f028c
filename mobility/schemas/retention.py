"""Warnings before a file is to be erased: as JSON, and what is told about them."""

from typing import Any

from marshmallow import Schema, fields

from mobility.clock import today
from mobility.queries.retention import NoticeLine
from mobility.retention import BY_HAND, KEEP_REASONS, state_of
from mobility.web.fields import Choice, Day, InputSchema


class ToldSchema(InputSchema):
    """How the person was told."""

    how = Choice(BY_HAND, required=True)


class KeepSchema(InputSchema):
    """Why a file is kept, and to which day."""

    reason = Choice(KEEP_REASONS, required=True)
    until_on = Day(required=True)


class NoticeOut(Schema):
    """A warning, and where it stands today."""

    id = fields.Integer(required=True, attribute="notice.id")
    person = fields.String(required=True, attribute="person.number")
    beneficiary_id = fields.Integer(required=True, attribute="person.id")
    state = fields.Function(lambda line: state_today(line), metadata={"type": "string"}, required=True)
    last_on = fields.Date(required=True, attribute="notice.last_on")
    last_what = fields.String(required=True, attribute="notice.last_what")
    due_on = fields.Date(required=True, attribute="notice.due_on")
    told_at = fields.DateTime(required=True, allow_none=True, format="iso", attribute="notice.told_at")
    told_how = fields.String(required=True, allow_none=True, attribute="notice.told_how")
    erase_on = fields.Date(required=True, allow_none=True, attribute="notice.erase_on")
    closed_at = fields.DateTime(required=True, allow_none=True, format="iso", attribute="notice.closed_at")
    closed_by = fields.String(required=True, allow_none=True, attribute="by_name")
    reason = fields.String(required=True, allow_none=True, attribute="notice.reason")
    kept_until = fields.Date(required=True, allow_none=True, attribute="notice.kept_until")


class StandingOut(Schema):
    """How long a file is kept: its last trace, the first day without a reason to, what is open, the warning that stands."""

    last_on = fields.Date(required=True, attribute="stands.last_on")
    last_what = fields.String(required=True, attribute="stands.last_what")
    due_on = fields.Date(required=True, attribute="stands.due_on")
    open = fields.List(fields.String(), required=True, attribute="stands.open")
    erase_on = fields.Date(required=True, allow_none=True)
    notice_id = fields.Integer(required=True, allow_none=True)


def state_today(line: NoticeLine) -> str:
    """One of STATES."""
    notice: Any = line.notice
    return state_of(told=notice.told_at is not None, erase_on=notice.erase_on, closed_as=notice.closed_as, today=today())
