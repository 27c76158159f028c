"""Imports, as the API shows them."""

from marshmallow import Schema, fields


class RunOut(Schema):
    """An import: how far it is, what it took; `failed` says why it stopped."""

    id = fields.Integer()
    source = fields.String()
    started_at = fields.AwareDateTime()
    finished_at = fields.AwareDateTime(allow_none=True)
    lines_total = fields.Integer()
    lines_done = fields.Integer()
    counts = fields.Dict(keys=fields.String(), values=fields.Integer())
    failed = fields.String(allow_none=True)


class DoubtOut(Schema):
    """A line to look at."""

    file = fields.String()
    line = fields.Integer()
    reason = fields.String()
    taken = fields.Boolean()
