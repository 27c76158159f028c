"""Who a platform is, as its papers and mails say it."""

from typing import Any

from marshmallow import Schema, fields, post_load

from mobility.web.fields import InputSchema, Mail, Text

_SIREN = r"[0-9]{3}( ?[0-9]{3}){2}"


class IdentitySchema(InputSchema):
    """What stands at the head and foot of every paper; a line left out is not printed."""

    name = Text(longest=120, required=True)
    legal_name = Text(longest=200, load_default=None, allow_none=True)
    siren = Text(longest=11, pattern=_SIREN, hint="Un numéro SIREN a neuf chiffres.", load_default=None, allow_none=True)
    address = Text(longest=300, load_default=None, allow_none=True)
    phone = Text(longest=30, load_default=None, allow_none=True)
    email = Mail(load_default=None, allow_none=True)

    @post_load
    def _close_up(self, data: dict[str, Any], **kwargs: Any) -> dict[str, Any]:
        return data | {"siren": data["siren"].replace(" ", "") if data["siren"] else None}


class IdentityOut(Schema):
    """The same, with its place in every address."""

    slug = fields.String()
    name = fields.String()
    legal_name = fields.String(allow_none=True)
    siren = fields.String(allow_none=True)
    address = fields.String(allow_none=True)
    phone = fields.String(allow_none=True)
    email = fields.String(allow_none=True)
