"""What the mileage simulator takes and answers."""

from decimal import Decimal
from typing import Any

from marshmallow import Schema, ValidationError, fields

from fleet.mileage import MAX_KM, MAX_ONE_WAY_KM, MAX_WORKED_DAYS, STATES
from mobility.web.fields import InputSchema, Whole, _Field


class Kilometres(_Field):
    """A distance as a finite number of kilometres; typed in a form, "17,5" with a decimal comma. Its bounds are the rule's."""

    def shape(self) -> dict[str, Any]:
        return {"type": "number", "minimum": 0}

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> int | float | Decimal:
        if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
            raise ValidationError("Un nombre de kilomètres est attendu, par exemple 17,5.")
        return value

    def typed(self, text: str) -> Any:
        """Kilometres typed by a French hand."""
        plain = "".join(text.split()).replace(",", ".")
        whole, _, rest = plain.partition(".")
        looks_right = plain.isascii() and whole.isdigit() and len(whole) <= 9 and (not rest or (rest.isdigit() and len(rest) <= 9))
        return Decimal(plain) if looks_right else text


class MileageSchema(InputSchema):
    """One way, days worked, kilometres granted and driven."""

    one_way_km = Kilometres(required=True, metadata={"maximum": MAX_ONE_WAY_KM})
    worked_days = Whole(required=True, maximum=MAX_WORKED_DAYS)
    granted_km = Kilometres(load_default=0, metadata={"maximum": MAX_KM})
    driven_km = Kilometres(load_default=0, metadata={"maximum": MAX_KM})


class MileageStateSchema(Schema):
    """The cap, how far it is used, the state and the sentence."""

    cap_km = fields.Float()
    ratio = fields.Float(allow_none=True)
    state = fields.String(metadata={"enum": STATES})
    sentence = fields.String()
