"""A liaison form as far as it is typed: the form's own answers, none of them checked yet."""

from typing import Any

from marshmallow import Schema, fields, post_load

from mobility.queries.liaison_drafts import kept_until
from mobility.schemas.liaison import LiaisonFormSchema, draft_key, new_draft_key
from mobility.web.fields import InputSchema, Text

ANSWERS = tuple(name for name in LiaisonFormSchema().fields if name not in ("draft_key", "job_weekdays"))


class _DraftSchema(InputSchema):
    @post_load
    def _apart(self, data: dict[str, Any], **kwargs: Any) -> dict[str, Any]:
        """The key apart from what is typed."""
        return {"key": data.pop("draft_key"), "typed": data}


_TYPED: dict[str, fields.Field[Any]] = {name: Text(longest=300) for name in ANSWERS}
DraftSchema = _DraftSchema.from_dict({"draft_key": draft_key(load_default=new_draft_key), **_TYPED}, name="LiaisonDraftSchema")


class DraftOut(Schema):
    """A draft, and the last day on which it is kept."""

    id = fields.Integer(required=True)
    draft_key = fields.String(required=True, attribute="key")
    typed = fields.Dict(keys=fields.String(), values=fields.String(), required=True)
    saved_at = fields.DateTime(required=True, format="iso")
    kept_until = fields.Function(lambda draft: kept_until(draft).isoformat(), metadata={"type": "string", "format": "date"}, required=True)
