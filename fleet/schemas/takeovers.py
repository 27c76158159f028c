"""What taking a platform's own spreadsheet over asks and answers; one shape for forms and JSON."""

from marshmallow import Schema, fields

from fleet.kinds import KIND_CODES
from fleet.takeover_fields import BY_CODE
from mobility.imports.tables import LONGEST_CELL
from mobility.web.fields import Choice, InputSchema, Text, Whole


class ColumnMeantSchema(InputSchema):
    """What a column of a sheet means; no field: it is left aside. A CSV's one sheet has no name."""

    sheet = Text(longest=31, load_default="")
    heading = Text(longest=LONGEST_CELL, required=True)
    field = Choice(tuple(BY_CODE), load_default=None, allow_none=True)


class MatchingSchema(InputSchema):
    """What each column means, and the pole and kind of the vehicles that say none."""

    columns = fields.List(fields.Nested(ColumnMeantSchema), required=True)
    site_id = Whole(minimum=1, required=True)
    kind = Choice(KIND_CODES, load_default=None, allow_none=True)


class SheetOut(Schema):
    """A sheet: its headings, and the field each is matched with."""

    title = fields.String()
    headings = fields.List(fields.String())
    matching = fields.Dict(keys=fields.String(), values=fields.String())


class TakeoverLineOut(Schema):
    """A line: what is done with it, and its doubts or why it is left."""

    sheet = fields.String()
    number = fields.Integer()
    name = fields.String()
    verdict = fields.String()
    acts = fields.List(fields.String())
    sentence = fields.String()


class TakeoverOut(Schema):
    """A spreadsheet to start from; once it is taken its lines are gone, and `counts` says what was done."""

    id = fields.Integer()
    file_name = fields.String()
    manner = fields.String()
    sheets = fields.List(fields.Nested(SheetOut))
    matched_at = fields.AwareDateTime(allow_none=True)
    taken_at = fields.AwareDateTime(allow_none=True)
    undone_at = fields.AwareDateTime(allow_none=True)
    counts = fields.Dict(keys=fields.String(), values=fields.Integer())
    lines = fields.List(fields.Nested(TakeoverLineOut))
    kept_from_undoing = fields.String()
