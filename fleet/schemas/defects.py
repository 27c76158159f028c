"""What telling and judging a defect takes and answers; one shape for forms and JSON."""

from marshmallow import Schema, fields

from fleet.defects import MOST_WORDS, PARTS, VERDICTS
from mobility.web.fields import Choice, InputSchema, Moment, Text, Whole


class TellDefectSchema(InputSchema):
    """What is wrong, where, and the number of a picture sent ahead."""

    part = Choice(PARTS, required=True)
    words = Text(longest=MOST_WORDS, load_default=None)
    photo = Whole(minimum=1, load_default=None)


class JudgeDefectSchema(InputSchema):
    """What the workshop makes of it, what the person reads, and until when the vehicle stays out of service."""

    state = Choice(VERDICTS, required=True)
    answer = Text(longest=200, load_default=None)
    ends_at = Moment(load_default=None)


class DefectOut(Schema):
    """A report as the API shows it: the vehicle, never the person."""

    id = fields.Integer()
    vehicle_id = fields.Integer()
    part = fields.String()
    words = fields.String(allow_none=True)
    photo_id = fields.Integer(allow_none=True)
    state = fields.String()
    answer = fields.String(allow_none=True)
    block_id = fields.Integer(allow_none=True)
    told_at = fields.AwareDateTime()
    judged_at = fields.AwareDateTime(allow_none=True)
