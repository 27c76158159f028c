"""Marks as forms and JSON send them: a list in JSON, fields "marks.0.kind" in a form."""

import re
from collections.abc import Mapping
from typing import Any

from marshmallow import Schema, ValidationError, fields

from fleet.marks import KIND_NAMES, MOST_PINS, SIDE, ZONE_NAMES, Pin
from mobility.web.fields import Choice, InputSchema, Text, Whole, YesNo, _Field

_NAMED = re.compile(r"marks\.(\d{1,3})\.(\w{1,12})", re.ASCII)
_TOO_MANY = f"{MOST_PINS} marques au plus à la fois : notez les plus visibles, puis les autres au point-étape."


class MarkSchema(InputSchema):
    """One mark: on the sketch by x and y in per mille of its sides, or by its zone alone; `another` says it is none of the known."""

    zone = Choice(ZONE_NAMES)
    kind = Choice(KIND_NAMES, required=True)
    x = Whole(maximum=SIDE)
    y = Whole(maximum=SIDE)
    note = Text(longest=120)
    another = YesNo(load_default=False)
    photos = fields.List(Whole(minimum=1), load_default=list)


class Marks(_Field):
    """Marks seen, each with its place in what was sent, so that what is wrong is said beside it."""

    def shape(self) -> dict[str, Any]:
        return {"type": "array", "maxItems": MOST_PINS, "items": {"type": "object"}}

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> tuple[Pin, ...]:
        rows = value if isinstance(value, Mapping) else dict(enumerate(value)) if isinstance(value, list) else None
        if rows is None:
            raise ValidationError("Une liste de marques est attendue.")
        if len(rows) > MOST_PINS:
            raise ValidationError(_TOO_MANY)
        pins, wrong = [], {}
        for row, told in rows.items():
            try:
                pins.append(_pin(row, told))
            except ValidationError as refused:
                wrong[str(row)] = refused.messages
        if wrong:
            raise ValidationError(wrong)
        return tuple(pins)


def _pin(row: int, told: Any) -> Pin:
    loaded: dict[str, Any] = MarkSchema().load(told)
    return Pin(row=row, **loaded | {"photos": tuple(loaded["photos"])})


def gather_marks(data: Mapping[Any, Any]) -> dict[Any, Any]:
    """A form's fields "marks.0.kind" as one field `marks`, by row; a row that says nothing is none."""
    rows: dict[int, dict[str, Any]] = {}
    rest: dict[Any, Any] = {}
    for name, value in data.items():
        found = _NAMED.fullmatch(name) if isinstance(name, str) else None
        if found is None:
            rest[name] = value
        else:
            rows.setdefault(int(found[1]), {})[found[2]] = _typed(found[2], value)
    return rest | {"marks": dict(sorted(rows.items()))} if rows else rest


_MARK = MarkSchema()


def _typed(name: str, value: Any) -> Any:
    if name == "photos" and isinstance(value, str):
        return [int(part) if re.fullmatch(r"[0-9]{1,12}", part) else part for part in value.split(",")]
    declared = _MARK.fields.get(name)
    return declared.typed(value) if isinstance(declared, _Field) and isinstance(value, str) else value


class MarkOut(Schema):
    """A mark of a vehicle; `gone_at` when it was mended."""

    id = fields.Integer()
    zone = fields.String()
    kind = fields.String()
    x = fields.Integer(allow_none=True)
    y = fields.Integer(allow_none=True)
    note = fields.String(allow_none=True)
    seen_at = fields.AwareDateTime()
    gone_at = fields.AwareDateTime(allow_none=True)


class LookOut(Schema):
    """A condition report in a comparison."""

    id = fields.Integer()
    at = fields.AwareDateTime()
    zones = fields.Dict()
    fuel = fields.String(allow_none=True)
    note = fields.String(allow_none=True)
    signed_at = fields.AwareDateTime(allow_none=True)


class ComparisonOut(Schema):
    """Out and in: the reports, what was already there, and what is new."""

    left = fields.Nested(LookOut, allow_none=True)
    back = fields.Nested(LookOut, allow_none=True)
    old = fields.Nested(MarkOut, many=True)
    new = fields.Nested(MarkOut, many=True)
