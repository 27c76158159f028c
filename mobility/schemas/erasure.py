"""An erasure: its confirmation, and what it would do or did, as JSON."""

from marshmallow import Schema, fields

from mobility.web.fields import InputSchema, Text, YesNo


class ErasureSchema(InputSchema):
    """The file's own number, typed; `told` when the person asked by voice or in writing."""

    number = Text(longest=20, required=True)
    told = YesNo(load_default=False)


class PartOut(Schema):
    """A kind of rows and how many; of those that stay, why."""

    title = fields.String(required=True)
    rows = fields.Integer(required=True)
    why = fields.String(required=True, allow_none=True)


class ErasureOut(Schema):
    """Before: what is open, what would go, what would stay, to which day. After: when it was made, and why."""

    number = fields.String(required=True)
    open = fields.List(fields.String(), required=True)
    goes = fields.List(fields.Nested(PartOut), required=True)
    stays = fields.List(fields.Nested(PartOut), required=True)
    books_until = fields.Date(required=True, allow_none=True)
    erased_at = fields.DateTime(required=True, allow_none=True, format="iso")
    why = fields.String(required=True, allow_none=True)


class ErasedOut(Schema):
    """An erased file in the list of them."""

    id = fields.Integer(required=True, attribute="row.id")
    beneficiary_id = fields.Integer(required=True, attribute="row.beneficiary_id")
    number = fields.String(required=True)
    erased_at = fields.DateTime(required=True, format="iso", attribute="row.erased_at")
    why = fields.String(required=True, attribute="row.why")
    erased_by = fields.String(required=True, allow_none=True, attribute="by_name")
    kept_until = fields.Date(required=True, allow_none=True, attribute="row.kept_until")
