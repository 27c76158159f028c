"""Two files made one: which of them is believed in what, and what it would do, as JSON."""

from typing import Any

from marshmallow import Schema, fields, post_load

from mobility.merging import FACTS
from mobility.schemas.people import PersonOut
from mobility.web.fields import Choice, InputSchema

KEPT, OTHER = "kept", "other"


class _Believed(Choice):
    """Which of the two files is believed; the kept one where nobody says."""

    def __init__(self) -> None:
        super().__init__((KEPT, OTHER), load_default=KEPT)


class MergeSchema(InputSchema.from_dict({fact.code: _Believed() for fact in FACTS})):  # type: ignore[misc]
    """For each fact whether the kept file is believed, or the other one."""

    @post_load
    def _chosen(self, told: dict[str, Any], **_: Any) -> dict[str, Any]:
        return {"chosen": {code for code, which in told.items() if which == OTHER}}


class MovingOut(Schema):
    """A kind of rows, by the name people know it by, and how many."""

    title = fields.Function(lambda line: line[0])
    rows = fields.Function(lambda line: line[1])


class PreviewOut(Schema):
    """Before: both files, facts they say differently, those the other alone knows, what moves, what stays, what is in the way."""

    kept = fields.Nested(PersonOut, required=True)
    other = fields.Nested(PersonOut, required=True)
    facts = fields.Function(lambda seen: [fact.code for fact in seen.facts])
    learnt = fields.Function(lambda seen: [fact.code for fact in seen.learnt])
    moving = fields.List(fields.Nested(MovingOut), required=True)
    staying = fields.List(fields.Nested(MovingOut), required=True)
    obstacles = fields.List(fields.String(), required=True)


class MergeOut(Schema):
    """After: which file went into which, when, until when it is undone, and when it was."""

    id = fields.Integer(required=True)
    kept_id = fields.Integer(required=True, attribute="beneficiary_id")
    merged_id = fields.Integer(required=True)
    merged_at = fields.DateTime(required=True, format="iso")
    undone_at = fields.DateTime(required=True, allow_none=True, format="iso")
