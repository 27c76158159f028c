"""The tongue that a person asks to be written in too."""

from marshmallow import Schema, fields

from mobility.tongues import OTHERS
from mobility.web.fields import Choice, InputSchema


class TongueSchema(InputSchema):
    """One of the tongues beside French; none: French alone."""

    tongue = Choice(OTHERS, load_default=None)


class TongueOut(Schema):
    """The tongue of one's messages beside French; null: French alone."""

    tongue = fields.String(required=True, allow_none=True)
