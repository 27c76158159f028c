"""What the door and the manager's page of accounts are told."""

from typing import Any

from marshmallow import ValidationError, validates_schema

from mobility.rights import Role
from mobility.web.fields import Choice, InputSchema, Mail, Text, Whole


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


class CodeSchema(InputSchema):
    """The six digits on the phone."""

    code = Text(longest=12, pattern=r"[0-9]{3} ?[0-9]{3}", hint="Six chiffres sont attendus, par exemple 123 456.", required=True)


class GrantSchema(InputSchema):
    """A role, and the structure of a prescriber."""

    role = Choice([role.value for role in Role if role not in (Role.NETWORK, Role.BENEFICIARY)], required=True)
    structure_id = Whole(minimum=1, load_default=None)


class AccountSchema(GrantSchema):
    """Somebody to invite; with no mail address they get an identifier."""

    name = Text(longest=120, required=True)
    email = Mail(load_default=None)


class TokenSchema(InputSchema):
    """A token for the API: one role, a label, some days."""

    role = Choice([role.value for role in Role if role not in (Role.NETWORK, Role.BENEFICIARY)], required=True)
    label = Text(longest=80, required=True)
    days = Whole(minimum=1, maximum=366, load_default=90)
