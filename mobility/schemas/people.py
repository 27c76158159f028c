"""What is told of a person, their papers and their job."""

from collections.abc import Mapping
from typing import Any

from marshmallow import Schema, ValidationError, fields, post_load, validates_schema

from mobility.codes import CONTACTS, JOB_KINDS, SEXES
from mobility.errors import RuleBroken
from mobility.names import fold
from mobility.papers import PAPER_KINDS
from mobility.phones import read_phone
from mobility.web.fields import Choice, Day, InputSchema, Mail, Tenths, Text, Whole, YesNo

LICENCE_CATEGORIES = ("AM", "A1", "A2", "A", "B1", "B", "B125", "BE", "C", "D")  # B125: the seven hours’ training for a 125 cm³
FARTHEST_TENTHS = 5000  # 500 km one way


class Name(Text):
    """A name of at most 80 characters in any script, with a letter in it."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(longest=80, **kwargs)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        name = " ".join(super()._deserialize(value, attr, data, **kwargs).split())
        if not any(c.isalpha() for c in fold(name)):
            raise ValidationError("Un nom s’écrit avec des lettres.")
        return name


class Phone(Text):
    """A telephone number typed in any usual way, kept in E.164."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(longest=30, **kwargs)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        try:
            return read_phone(super()._deserialize(value, attr, data, **kwargs))
        except RuleBroken as refused:
            raise ValidationError(refused.sentence) from None


class Weekdays(fields.List):
    """Days of the week, 0 for Monday to 6 for Sunday, kept as a bit a day."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(Whole(minimum=0, maximum=6), **kwargs)

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> Any:
        days = {day for day in super()._deserialize(value, attr, data, **kwargs) if isinstance(day, int)}
        return sum(1 << day for day in days)

    def _serialize(self, value: Any, attr: str | None, obj: Any, **kwargs: Any) -> list[int] | None:
        return None if value is None else weekdays_of(value)


def weekdays_of(bits: int) -> list[int]:
    """The days of a bit pattern, 0 for Monday."""
    return [day for day in range(7) if bits >> day & 1]


class PersonSchema(InputSchema):
    """A person as first entered, by a prescriber or an adviser; what is left out is unknown."""

    first_name = Name(required=True)
    last_name = Name(required=True)
    birth_on = Day(required=True)
    sex = Choice(SEXES, load_default=None, allow_none=True)
    phone = Phone(load_default=None, allow_none=True)
    email = Mail(load_default=None, allow_none=True)
    contact_by = Choice(CONTACTS, load_default="phone")
    address = Text(longest=300, load_default=None, allow_none=True)
    postcode = Text(
        longest=5, pattern=r"[0-9]{5}", hint="Un code postal a cinq chiffres, par exemple 13600.", load_default=None, allow_none=True
    )
    commune = Text(longest=120, load_default=None, allow_none=True)

    @validates_schema
    def _check_contact(self, data: dict[str, Any], *, partial: Any, **kwargs: Any) -> None:
        if partial:  # the rest is not told, and not missing
            return
        wanted = {"phone": "phone", "sms": "phone", "mail": "email"}.get(data.get("contact_by", ""))
        if wanted == "email" and not data.get("email"):
            raise ValidationError("Pour être joignable par courriel, il faut une adresse.", "email")
        if wanted == "phone" and not data.get("phone"):
            raise ValidationError("Donnez un numéro, ou choisissez une autre façon de joindre la personne.", "phone")


class PersonChangeSchema(PersonSchema):
    """Some of it, the rest left as it is."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(partial=True, **kwargs)


class DocumentSchema(InputSchema):
    """A paper seen and not kept (domain.md §9 "Documents"); for a licence `issued_on` is the day its category was obtained."""

    kind = Choice(PAPER_KINDS, required=True)
    issued_on = Day(load_default=None, allow_none=True)
    valid_until = Day(load_default=None, allow_none=True)
    category = Choice(LICENCE_CATEGORIES, load_default=None, allow_none=True)
    automatic_only = YesNo(load_default=False)
    outside_eu = YesNo(load_default=False)
    resident_since_on = Day(load_default=None, allow_none=True)

    @post_load
    def _as_seen(self, data: dict[str, Any], **kwargs: Any) -> dict[str, Any]:
        is_licence = data["kind"] == "licence"
        automatic_only = data.pop("automatic_only")
        data["restriction"] = "78" if is_licence and automatic_only else None
        return data if is_licence else data | {"category": None, "outside_eu": False, "resident_since_on": None}


class JobSchema(InputSchema):
    """A job, a promise or a training, or `job_id` told anew; one way is in tenths of a kilometre (kilometres in a form)."""

    job_id = Whole(minimum=1, maximum=2**62, load_default=None, allow_none=True)
    kind = Choice(JOB_KINDS, required=True)
    employer = Text(longest=120, load_default=None, allow_none=True)
    place = Text(longest=200, load_default=None, allow_none=True)
    starts_on = Day(load_default=None, allow_none=True)
    ends_on = Day(load_default=None, allow_none=True)
    hours = Text(longest=80, load_default=None, allow_none=True)
    one_way_tenths = Tenths(maximum=FARTHEST_TENTHS, load_default=None, allow_none=True)
    weekdays = Weekdays(load_default=0b0011111)


class TripSchema(InputSchema):
    """Two typed addresses or communes, to estimate the way between them."""

    start = Text(longest=200, required=True)
    end = Text(longest=200, required=True)


class TripOut(Schema):
    """A distance with the sentence that says how far it can be trusted."""

    km = fields.Float()
    is_estimate = fields.Boolean()
    sentence = fields.String()


class WithoutBankSchema(InputSchema):
    """The day somebody declared to have no bank account."""

    on = Day(required=True)


class PersonOut(Schema):
    """A person as the staff's API gives them."""

    id = fields.Integer()
    number = fields.String()
    first_name = fields.String()
    last_name = fields.String()
    birth_on = fields.Date(allow_none=True)
    sex = fields.String(allow_none=True)
    phone = fields.String(allow_none=True)
    email = fields.String(allow_none=True)
    contact_by = fields.String()
    address = fields.String(allow_none=True)
    postcode = fields.String(allow_none=True)
    commune = fields.String(allow_none=True)
    without_bank_declared_on = fields.Date(allow_none=True)


class AlikeOut(Schema):
    """Another file that may be about the same person, and why."""

    person = fields.Nested(PersonOut)
    reasons = fields.List(fields.String())


class DocumentOut(Schema):
    """A paper seen."""

    id = fields.Integer()
    kind = fields.String()
    category = fields.String(allow_none=True)
    restriction = fields.String(allow_none=True)
    issued_on = fields.Date(allow_none=True)
    valid_until = fields.Date(allow_none=True)
    outside_eu = fields.Boolean()
    resident_since_on = fields.Date(allow_none=True)
    seen_at = fields.DateTime(format="iso")


class JobOut(Schema):
    """A job as recorded."""

    id = fields.Integer()
    kind = fields.String()
    employer = fields.String(allow_none=True)
    place = fields.String(allow_none=True)
    starts_on = fields.Date(allow_none=True)
    ends_on = fields.Date(allow_none=True)
    hours = fields.String(allow_none=True)
    one_way_tenths = fields.Integer(allow_none=True)
    weekdays = Weekdays()
