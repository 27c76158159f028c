"""What the door and the manager's page of accounts are told."""

from typing import Any

from marshmallow import Schema, ValidationError, fields, validates_schema

from mobility.rights import Role
from mobility.schemas.people import Phone
from mobility.tongues import say
from mobility.web.fields import Choice, InputSchema, Mail, Text, Whole

# A person's access is opened from their file, the network's from the command line.
INVITED_ROLES = (Role.ADVISER, Role.MECHANIC, Role.TREASURER, Role.PRESCRIBER, Role.MANAGER)


class _RoleChoice(Choice):
    def __init__(self) -> None:
        super().__init__([role.value for role in INVITED_ROLES], required=True)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Role:
        return Role(super()._deserialize(value, attr, data, **kwargs))


class Secret(Text):
    """A password or a code: as typed, up to 200 characters."""

    def __init__(self) -> None:
        super().__init__(longest=200, required=True)


class LoginSchema(InputSchema):
    """The door: a mail address or an identifier, and a password or the code from paper."""

    login = Text(longest=200, required=True)
    password = Secret()


class MailSchema(InputSchema):
    """A mail address alone."""

    email = Mail(required=True)


class PasswordSchema(InputSchema):
    """A new password, typed twice, and the former one or the code (left out after a mailed link)."""

    current = Text(longest=200, load_default="")
    password = Secret()
    again = Secret()

    @validates_schema
    def _typed_twice(self, data: dict[str, Any], **_: Any) -> None:
        if data.pop("again", None) != data.get("password"):
            raise ValidationError("Les deux mots de passe ne sont pas les mêmes.", "again")


class OwnAccountSchema(InputSchema):
    """What a member of the staff tells of themselves: the phone people call, or none."""

    phone = Phone(load_default=None, allow_none=True)


class CodeSchema(InputSchema):
    """The six digits on the phone."""

    code = Text(longest=12, pattern=r"[0-9]{3} ?[0-9]{3}", hint=say("Six chiffres sont attendus, par exemple 123 456."), required=True)


class GrantSchema(InputSchema):
    """A role, and the structure of a prescriber."""

    role = _RoleChoice()
    structure_id = Whole(minimum=1, load_default=None)


class AccountSchema(GrantSchema):
    """Somebody to invite, by the address that their link goes to."""

    name = Text(longest=120, required=True)
    email = Mail(required=True)


class TokenSchema(InputSchema):
    """A token for the API: one role, a label, some days."""

    role = _RoleChoice()
    label = Text(longest=80, required=True)
    days = Whole(minimum=1, maximum=366, load_default=90)


class PlatformSchema(InputSchema):
    """A platform to open, and the manager who will run it."""

    slug = Text(longest=40, required=True)
    name = Text(longest=120, required=True)
    manager_name = Text(longest=120, required=True)
    manager_email = Mail(required=True)


class AccountOut(Schema):
    """An account as the API shows it; `offered` are roles that wait for their holder to use the link they were mailed."""

    id = fields.Integer(required=True)
    name = fields.String(required=True)
    email = fields.String(required=True, allow_none=True)
    identifier = fields.String(required=True, allow_none=True)
    phone = fields.String(required=True, allow_none=True)
    roles = fields.List(fields.String(), required=True)
    offered = fields.List(fields.String(), required=True)
    disabled = fields.Boolean(required=True)


class TokenOut(Schema):
    """A token of the API, shown in this answer only."""

    id = fields.Integer(required=True)
    token = fields.String(required=True)
    expires_at = fields.DateTime(required=True)
