"""A setting's new value, typed by its kind; and the words of a search."""

from marshmallow import fields as plain

from mobility.dated import ACCOUNT, ANALYTIC, ASKS, DAYS, DatedSetting
from mobility.web import fields
from mobility.web.fields import InputSchema


class SearchSchema(InputSchema):
    """What somebody types in the search box."""

    q = fields.Text(required=True, longest=80)


class ChangeSchema(InputSchema):
    """A change as the API's page tells it; the value is then read by the setting's own shape."""

    value = plain.Raw(required=True)
    from_on = fields.Day(required=True)


def schema_for(setting: DatedSetting) -> InputSchema:
    """The shape of a change of this setting: its value, and the day it begins."""
    return InputSchema.from_dict({"value": _field(setting), "from_on": fields.Day(required=True)})()  # type: ignore[return-value]


def _field(setting: DatedSetting) -> fields._Field | plain.List:
    if setting.kind == "codes":
        return plain.List(fields.Choice(dict(setting.choices)), load_default=list)
    if setting.choices:
        return fields.Choice(dict(setting.choices), required=True)
    if setting.kind == "bool":
        return fields.YesNo(required=True)
    if setting.kind == "int":
        return fields.Whole(required=True, maximum=100_000)
    if setting.kind == "cents":
        return fields.Cents(required=True)
    if setting.kind == "hour":
        return fields.Text(required=True, pattern=r"([01][0-9]|2[0-3]):[0-5][0-9]", hint="Une heure est attendue, par exemple 12:00.")
    if setting.kind == "days":
        return fields.Text(load_default="", longest=40, pattern=DAYS, hint=ASKS["days"])
    if setting.kind == "account":
        return fields.Text(required=True, longest=93, pattern=ACCOUNT, hint=ASKS["account"])
    if setting.kind == "analytic":
        return fields.Text(required=True, longest=93, pattern=ANALYTIC, hint=ASKS["analytic"])
    return fields.Text(load_default="", longest=300)
