"""A paper of a liaison form."""

from marshmallow import Schema, fields

from mobility.liaison_papers import KINDS
from mobility.web.fields import Choice, Day, QueryInput


class LiaisonPaperSchema(QueryInput):
    """Which paper, and the day it was seen; its file, where one is sent, is `file` of the body."""

    kind = Choice(KINDS, required=True)
    seen_on = Day(required=True)


class LiaisonPaperOut(Schema):
    """A paper: seen by its sender on a day, its file while it waits here, and when the platform saw it or its file went unseen."""

    id = fields.Integer(required=True)
    kind = fields.String(required=True)
    seen_on = fields.Date(required=True)
    by_platform = fields.Boolean(required=True)
    attachment_id = fields.Integer(allow_none=True, required=True)
    added_at = fields.DateTime(required=True, format="iso")
    checked_at = fields.DateTime(required=True, allow_none=True, format="iso")
    dropped_at = fields.DateTime(required=True, allow_none=True, format="iso")
