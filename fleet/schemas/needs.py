"""What a vehicle has to have, as typed or sent: one shape for the search, the comparison and the waiting list."""

from typing import Any

from marshmallow import fields, post_load

from fleet.needs import AUTOMATIC, NEEDS, need_for
from mobility.web.fields import Choice, InputSchema, Text


class NeedSchema(InputSchema):
    """Codes, and which adaptation in a few words; answers one `need`."""

    needs = fields.List(Choice(NEEDS), load_default=list)
    adaptation = Text(longest=60, load_default=None, allow_none=True)

    @post_load
    def _as_need(self, data: dict[str, Any], **kwargs: Any) -> dict[str, Any]:
        codes = [*data.pop("needs"), *([AUTOMATIC] if data.pop("automatic_only", False) else [])]
        return data | {"need": need_for(codes, data.pop("adaptation"))}
