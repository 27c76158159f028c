"""What the API answers about analytic codes."""

from marshmallow import Schema, fields


class AnalyticCodeSchema(Schema):
    """An action or a kind of funder (`subject`), its code and words, and the key of the setting that holds them."""

    subject = fields.String()
    code = fields.String()
    label = fields.String()
    key = fields.String()


class CodeSumSchema(Schema):
    """What a year's lines under one code come to on one account."""

    code = fields.String()
    account = fields.String()
    debit_cents = fields.Integer()
    credit_cents = fields.Integer()


class AnalyticSchema(Schema):
    """The codes of today, and a year's sums under each."""

    codes = fields.List(fields.Nested(AnalyticCodeSchema))
    sums = fields.List(fields.Nested(CodeSumSchema))
