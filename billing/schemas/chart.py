"""What the API answers about the chart of accounts."""

from marshmallow import Schema, fields


class AccountSchema(Schema):
    """An account of ours (`code`), the accountant's number and label for it, and the key of the setting that holds them."""

    code = fields.String()
    number = fields.String()
    label = fields.String()
    key = fields.String()
