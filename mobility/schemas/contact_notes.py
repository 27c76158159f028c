"""An exchange with a person, as typed and as told."""

from marshmallow import Schema, fields

from mobility.contact_notes import LONGEST, SIDES, SUBJECTS, WAYS
from mobility.web.fields import Choice, InputSchema, Moment, Text


class ContactNoteSchema(InputSchema):
    """About what, how, who began; a few factual words that the person reads; now unless said."""

    subject = Choice(SUBJECTS, required=True)
    way = Choice(WAYS, required=True)
    side = Choice(SIDES, required=True)
    at = Moment(load_default=None, allow_none=True)
    note = Text(longest=LONGEST, load_default=None, allow_none=True)


class ContactNoteOut(Schema):
    """An exchange; `note` is null once its words have expired, or when there were none."""

    id = fields.Integer()
    beneficiary_id = fields.Integer()
    at = fields.DateTime(format="iso")
    subject = fields.String()
    way = fields.String()
    side = fields.String()
    note = fields.String(allow_none=True)
    noted_at = fields.DateTime(format="iso")
