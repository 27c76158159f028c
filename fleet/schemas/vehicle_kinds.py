"""The kinds of vehicle as the API shows them."""

from marshmallow import Schema, fields

from mobility.schemas.gathered import DatedValueSchema


class RuleOut(Schema):
    """A rule of a kind: its key, its words, what holds today, and every value it was given."""

    key = fields.String()
    words = fields.String()
    today = fields.Raw()
    values = fields.List(fields.Nested(DatedValueSchema))


class KindOut(Schema):
    """A kind: the licence the law asks (none for a cycle), cents a day (none when the tariff does not lend it), its rules."""

    kind = fields.String(attribute="kind.code")
    name = fields.String(attribute="kind.name")
    needs_licence = fields.String(attribute="kind.needs_licence", allow_none=True)
    day_cents = fields.Integer(allow_none=True)
    sketch = fields.String()
    rules = fields.List(fields.Nested(RuleOut))
