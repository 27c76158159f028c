"""Actions, meetings and structures, as typed or sent."""

from typing import Any

from marshmallow import Schema, ValidationError, fields, post_load, validates_schema

from mobility.codes import ACTION_KINDS, MEETING_KINDS, NEEDS_CHARTER, RENTALS
from mobility.web.fields import Choice, Day, InputSchema, Mail, Moment, Text, Whole, YesNo

BY_HAND = {kind: words for kind, words in ACTION_KINDS.items() if kind not in RENTALS}
_DOMAIN = r"[a-z0-9-]+(\.[a-z0-9-]+)+"


class ActionSchema(InputSchema):
    """An action begun by hand; accompanied mobility needs the passenger's charter (domain.md §2.3)."""

    kind = Choice(BY_HAND, required=True)
    started_on = Day(required=True)
    charter_accepted = YesNo(load_default=False)
    liaison_form_id = Whole(minimum=1, maximum=2**62, load_default=None, allow_none=True)

    @validates_schema
    def _check_charter(self, data: dict[str, Any], **kwargs: Any) -> None:
        if data["kind"] in NEEDS_CHARTER and not data["charter_accepted"]:
            raise ValidationError("Le transport accompagné demande que la personne ait accepté la charte.", "charter_accepted")

    @post_load
    def _dated(self, data: dict[str, Any], **kwargs: Any) -> dict[str, Any]:
        accepted = data.pop("charter_accepted")
        return data | {"charter_on": data["started_on"] if accepted and data["kind"] in NEEDS_CHARTER else None}


class EndSchema(InputSchema):
    """The last day of an action."""

    ended_on = Day(required=True)


class MeetingSchema(InputSchema):
    """An appointment at a pole, or elsewhere when none is named."""

    kind = Choice(MEETING_KINDS, required=True)
    starts_at = Moment(required=True)
    site_id = Whole(minimum=1, maximum=2**62, load_default=None, allow_none=True)


class StructureSchema(InputSchema):
    """A structure that prescribes; anybody with an address under its listed domain may ask for a link."""

    name = Text(longest=200, required=True)
    kind = Text(longest=60, required=True)
    commune = Text(longest=120, load_default=None, allow_none=True)
    email = Mail(load_default=None, allow_none=True)
    email_domain = Text(
        longest=120, pattern=_DOMAIN, hint="Un domaine comme mairie.example.org est attendu.", load_default=None, allow_none=True
    )


class ActionOut(Schema):
    """An action of a path."""

    id = fields.Integer()
    beneficiary_id = fields.Integer()
    liaison_form_id = fields.Integer(allow_none=True)
    kind = fields.String()
    started_on = fields.Date()
    ended_on = fields.Date(allow_none=True)
    charter_on = fields.Date(allow_none=True)


class HoldSchema(InputSchema):
    """Whether the person came late."""

    late = YesNo(load_default=False)


class MeetingOut(Schema):
    """An appointment; `reminder_channel` is how its person was reminded: sms, mail, or by somebody (call, letter) once `told_at`."""

    id = fields.Integer()
    beneficiary_id = fields.Integer()
    kind = fields.String()
    starts_at = fields.DateTime(format="iso")
    site_id = fields.Integer(allow_none=True)
    reminded_at = fields.DateTime(format="iso", allow_none=True)
    reminder_channel = fields.String(allow_none=True)
    told_at = fields.DateTime(format="iso", allow_none=True)
    held_at = fields.DateTime(format="iso", allow_none=True)
    came_late = fields.Boolean()
    missed_at = fields.DateTime(format="iso", allow_none=True)
    cancelled_at = fields.DateTime(format="iso", allow_none=True)


class StructureOut(Schema):
    """A structure."""

    id = fields.Integer()
    code = fields.String()
    name = fields.String()
    kind = fields.String()
    commune = fields.String(allow_none=True)
    closed_on = fields.Date(allow_none=True)
