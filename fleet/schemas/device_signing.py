"""Signatures made without network, as forms ("signed.said") and JSON send them with a check-out or a check-in."""

from typing import Any

from marshmallow import ValidationError

from fleet.device_signing import OnDevice
from mobility.web.fields import InputSchema, Moment, Text, YesNo, _Field

_PREFIX = "signed."


class OnDeviceSchema(InputSchema):
    """What was read on the device, one statement a line, when by its clock, and both signatures."""

    said = Text(longest=20_000, lines=True, required=True)
    at = Moment(required=True)
    signer_name = Text(longest=160, required=True)
    agreed = YesNo(load_default=False)
    signature = Text(longest=50_000)
    adviser_agreed = YesNo(load_default=False)
    adviser_signature = Text(longest=50_000)


_SIGNED = OnDeviceSchema()


class SignedOnDevice(_Field):
    """Both signatures as one answer."""

    def shape(self) -> dict[str, Any]:
        return {"type": "object", "required": ["said", "at", "signer_name"]}

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> OnDevice:
        if not isinstance(value, dict):
            raise ValidationError("Les signatures sont attendues avec ce qui a été signé.")
        return OnDevice(**_SIGNED.load(value))


def gather_signed(data: dict[Any, Any]) -> dict[Any, Any]:
    """A form's fields "signed.said" as one field `signed`."""
    told = {name.removeprefix(_PREFIX): value for name, value in data.items() if isinstance(name, str) and name.startswith(_PREFIX)}
    if not told:
        return data
    rest = {name: value for name, value in data.items() if not (isinstance(name, str) and name.startswith(_PREFIX))}
    return rest | {"signed": {name: _typed(name, value) for name, value in told.items()}}


def _typed(name: str, value: Any) -> Any:
    declared = _SIGNED.fields.get(name)
    return declared.typed(value) if isinstance(declared, _Field) and isinstance(value, str) else value
