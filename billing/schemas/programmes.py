"""The escalating programme as its page and the API take and show it; brackets and covers numbered from 1, so that a form is flat."""

from typing import Any

from marshmallow import Schema, fields

from billing.programmes import PRESETS, ROUNDINGS
from billing.schedule import COVER_LABELS, FEWEST_MONTHS, MONTHS
from billing.schemas.simulations import LoanSchema
from mobility.web.fields import Cents, Choice, Day, InputSchema, QueryInput, Text, Whole


def _covers() -> Any:
    return fields.List(Choice(COVER_LABELS), load_default=list, error_messages={"invalid": "Choisissez parmi les réponses proposées."})


class ProgrammeSchema(InputSchema):
    """A version of the programme: exactly one of `target_cents` and `loan`; a ceiling of monthly resources with the rent above it."""

    label = Text(required=True, longest=80)
    from_on = Day(required=True)
    months = Whole(required=True, minimum=FEWEST_MONTHS, maximum=MONTHS)
    first_rent_1_cents = Cents(required=True)
    ceiling_1_cents = Cents(load_default=None)
    first_rent_2_cents = Cents(load_default=None)
    ceiling_2_cents = Cents(load_default=None)
    first_rent_3_cents = Cents(load_default=None)
    second_rent_cents = Cents(required=True)
    target_cents = Cents(load_default=None)
    loan = fields.Nested(LoanSchema, load_default=None, allow_none=True)
    rounding = Choice(ROUNDINGS, load_default="cent")
    covers_1 = _covers()
    covers_2 = _covers()
    covers_3 = _covers()
    covers_4 = _covers()
    covers_5 = _covers()


class PresetSchema(QueryInput):
    """What a new version begins with; without it, the one in force."""

    preset = Choice(PRESETS, load_default=None)


class BracketOut(Schema):
    """A bracket of monthly resources, null for all others."""

    up_to_cents = fields.Integer(allow_none=True)
    first_rent_cents = fields.Integer()


class ProgrammeOut(Schema):
    """A version of the programme; the preset that holds before any has no day."""

    label = fields.String()
    from_on = fields.Function(lambda dated: dated.from_on.isoformat() if dated.from_on.year > 1 else None)
    months = fields.Integer()
    brackets = fields.List(fields.Nested(BracketOut))
    second_rent_cents = fields.Integer()
    target_cents = fields.Integer()
    loan = fields.Nested(LoanSchema, allow_none=True)
    rounding = fields.String()
    covers = fields.List(fields.List(fields.String()))
