"""Files sent ahead of a form."""

from marshmallow import Schema, fields

from mobility.web.fields import Choice, QueryInput, Text, Whole


class AttachmentSchema(QueryInput):
    """What a file shows (its kind's code), and whom it is about."""

    kind = Text(longest=20, required=True)
    beneficiary_id = Whole(minimum=1)


class AttachmentAskedSchema(QueryInput):
    """The whole file, or the small picture."""

    size = Choice(("whole", "small"), load_default="whole")


class AttachmentOut(Schema):
    """A file kept; `width` and `height` in pixels for a picture. It goes after two days unless an act claims it."""

    id = fields.Integer()
    kind = fields.String()
    beneficiary_id = fields.Integer(allow_none=True)
    media_type = fields.String()
    size = fields.Integer(metadata={"description": "en octets"})
    width = fields.Integer(allow_none=True)
    height = fields.Integer(allow_none=True)
    added_at = fields.AwareDateTime()
    claimed_at = fields.AwareDateTime(allow_none=True)
