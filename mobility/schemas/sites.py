"""Poles, as typed or sent."""

from marshmallow import Schema, fields

from mobility.web.fields import InputSchema, Text


class SiteSchema(InputSchema):
    """A pole: its name on the board and on papers, and its address, from which distances are told."""

    name = Text(longest=120, required=True)
    address = Text(longest=300, load_default=None, allow_none=True)
    postcode = Text(longest=5, pattern=r"[0-9]{5}", hint="Un code postal a cinq chiffres.", load_default=None, allow_none=True)
    commune = Text(longest=120, load_default=None, allow_none=True)


class SiteOut(Schema):
    """A pole, and where it stands when its address is known."""

    id = fields.Integer()
    name = fields.String()
    address = fields.String(allow_none=True)
    postcode = fields.String(allow_none=True)
    commune = fields.String(allow_none=True)
    lat = fields.Float(allow_none=True)
    lon = fields.Float(allow_none=True)
