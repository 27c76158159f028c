"""What the door and the manager's page of accounts are told."""

from mobility.web.fields import InputSchema, Text


class Secret(Text):
    """A password or a code: as typed, up to 200 characters."""

    def __init__(self) -> None:
        super().__init__(longest=200, required=True)


class LoginSchema(InputSchema):
    """The door: a mail address or an identifier, and a password or the code from paper."""

    login = Text(longest=200, required=True)
    password = Secret()
