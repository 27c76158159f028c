"""What the slots hold, as JSON."""

from marshmallow import Schema, fields


class LineSchema(Schema):
    """One line of a card or a section, and the page of its act."""

    text = fields.String()
    detail = fields.String()
    href = fields.String(allow_none=True)
    state = fields.String()
    tone = fields.String()
    act = fields.String()


class CardSchema(Schema):
    """A card of the desk."""

    key = fields.String()
    title = fields.String()
    lines = fields.List(fields.Nested(LineSchema))
    total = fields.Function(lambda card: card.total or len(card.lines), metadata={"type": "integer", "description": "with those not shown"})


class SectionSchema(Schema):
    """A section of a person's file or own space."""

    key = fields.String()
    title = fields.String()
    sentence = fields.String()
    facts = fields.List(fields.List(fields.String()))
    lines = fields.List(fields.Nested(LineSchema))
    acts = fields.List(fields.Nested(LineSchema))


class ContactSchema(Schema):
    """Whom to call: an adviser, or the platform when `name` is null."""

    name = fields.String(required=True, allow_none=True)
    phone = fields.String(required=True, allow_none=True)


class NextMeetingOut(Schema):
    """A person's next appointment; the first three are missing when none is planned."""

    starts_at = fields.DateTime(format="iso")
    kind = fields.String()
    place = fields.String()
    contact = fields.Nested(ContactSchema, required=True)


class HitSchema(Schema):
    """Something found."""

    kind = fields.String()
    label = fields.String()
    href = fields.String()
    detail = fields.String()


class DatedValueSchema(Schema):
    """A value and the day it begins."""

    from_on = fields.Date()
    value = fields.Raw()


class SettingOutSchema(Schema):
    """A dated setting: what holds today, and every value it was given."""

    key = fields.String()
    label = fields.String()
    kind = fields.String()
    today = fields.Raw()
    values = fields.List(fields.Nested(DatedValueSchema))
