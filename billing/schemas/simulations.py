"""What the simulators are asked and what they answer (issue "Simulators"; domain.md §10.1–§10.3)."""

from decimal import Decimal
from typing import Any

from marshmallow import Schema, ValidationError, fields, validate
from werkzeug.datastructures import MultiDict

from billing.schedule import COVER_LABELS, LOAN_LIMITS
from billing.tariffs import REFERENCE_KINDS
from billing.tiers import STANDARD_TIERS
from mobility.web.fields import Cents, Choice, Day, InputSchema, Whole, _Field
from mobility.web.forms import as_json

_NONE_GIVEN: dict[str, str | list[Any] | dict[Any, Any]] = {
    "required": "Cette réponse est nécessaire.",
    "null": "Cette réponse est nécessaire.",
    "type": "Un objet est attendu.",
}
_LIMITS = LOAN_LIMITS[-1]


class Rate(_Field):
    """A yearly rate as a finite number from 0 (0.05 = 5 %), exact; typed in a form, it is in percent ("4,75")."""

    def shape(self) -> dict[str, Any]:
        return {"type": "number", "minimum": 0}

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Decimal:
        if isinstance(value, bool) or not isinstance(value, int | Decimal):
            raise ValidationError("Un taux est attendu en nombre décimal : 0.05 pour 5 %.")
        rate = Decimal(value)
        if not rate.is_finite() or rate < 0:
            raise ValidationError("Le taux est un nombre fini, à partir de 0.")
        return rate

    def typed(self, text: str) -> Any:
        digits = text.replace(",", ".").removesuffix("%").strip()
        plain = digits.isascii() and digits.replace(".", "", 1).isdigit() and len(digits) <= 12
        return Decimal(digits).scaleb(-2) if plain else text


class TierSpanSchema(InputSchema):
    """A tier and the days it holds, both included; open when `to` is absent."""

    tier = Choice(STANDARD_TIERS, required=True)
    from_on = Day(required=True, data_key="from")
    to_on = Day(data_key="to", load_default=None, allow_none=True)


class RentalSimulationSchema(InputSchema):
    """A rental to simulate, both days included."""

    kind = Choice(REFERENCE_KINDS, required=True)
    first_day = Day(required=True)
    last_day = Day(required=True)
    tiers = fields.List(
        fields.Nested(TierSpanSchema, error_messages=_NONE_GIVEN),
        load_default=list,
        validate=validate.Length(max=366, error="366 paliers au plus."),
        error_messages={"invalid": "Une liste de paliers est attendue.", "null": "Une liste de paliers est attendue."},
    )


class LoanSchema(InputSchema):
    """The loan that a schedule rises to."""

    principal_cents = Cents(required=True, minimum=1, maximum=_LIMITS.principal_cents)
    yearly_rate = Rate(required=True)
    months = Whole(required=True, minimum=1, maximum=_LIMITS.months)


class ScheduleSimulationSchema(InputSchema):
    """A schedule to simulate: exactly one of `target_cents` and `loan`."""

    first_rent_cents = Cents(required=True)
    second_rent_cents = Cents(required=True)
    target_cents = Cents(load_default=None, allow_none=True)
    loan = fields.Nested(LoanSchema, load_default=None, allow_none=True, error_messages=_NONE_GIVEN)


def schedule_asked(schema: Schema, typed: "MultiDict[str, str]") -> dict[str, Any]:
    """A typed schedule in JSON's words: the fields "loan.months" and the like make its loan, when any of them is filled."""
    loan = {name.removeprefix("loan."): text for name, text in typed.items() if name.startswith("loan.")}
    asked = as_json(schema, MultiDict((name, text) for name, text in typed.items(multi=True) if name in schema.fields))
    given = as_json(LoanSchema(), MultiDict(loan))
    return asked | ({"loan": given} if given else {})


class SimulatedDaySchema(Schema):
    """One day: its tier, its cents."""

    day = fields.Date(required=True)
    tier = fields.String(required=True, validate=validate.OneOf(tuple(STANDARD_TIERS)))
    cents = fields.Integer(required=True)


class RentalAnswerSchema(Schema):
    """A rental day by day, its total, and the whole in one sentence."""

    days = fields.List(fields.Nested(SimulatedDaySchema), required=True)
    total_cents = fields.Integer(required=True)
    sentence = fields.String(required=True)


class SimulatedMonthSchema(Schema):
    """One month: its rent, what the rent covers."""

    month = fields.Integer(required=True)
    rent_cents = fields.Integer(required=True)
    covers = fields.List(fields.String(validate=validate.OneOf(tuple(COVER_LABELS))), required=True)


class ScheduleAnswerSchema(Schema):
    """A schedule month by month; `instalment_cents` is null without a loan."""

    months = fields.List(fields.Nested(SimulatedMonthSchema), required=True)
    instalment_cents = fields.Integer(required=True, allow_none=True)
    sentence = fields.String(required=True)
