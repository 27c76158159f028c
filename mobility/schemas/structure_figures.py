"""A structure's own figures, as they are asked and answered."""

from marshmallow import Schema, fields

from mobility.schemas.reports import YearSchema
from mobility.web.fields import Whole


class FiguresQuery(YearSchema):
    """Of which year, and of which structure: without one, of all that may be seen."""

    structure_id = Whole(minimum=1)


class FiguresOut(Schema):
    """Forms by what became of them; `days` from the form to the meeting, the middle of them."""

    year = fields.Integer()
    sent = fields.Integer()
    waiting = fields.Integer()
    expired = fields.Integer()
    met = fields.Integer()
    accepted = fields.Integer()
    redirected = fields.Dict(keys=fields.String(), values=fields.Integer())
    refused = fields.Dict(keys=fields.String(), values=fields.Integer())
    days = fields.Integer(allow_none=True)
    outcomes = fields.Dict(keys=fields.String(), values=fields.Integer())
