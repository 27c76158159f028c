"""The liaison form as it is sent, flat like the page, and what answers it."""

import re
import secrets
from typing import Any

from marshmallow import Schema, ValidationError, fields, post_load, pre_load, validates_schema

from mobility.codes import DECLARED_LICENCES, JOB_KINDS, MOTIVES, OTHER_OFFERS, REFUSALS, WISHES
from mobility.criteria import SITUATIONS
from mobility.liaison import LINES, STRUCTURE
from mobility.schemas.people import FARTHEST_TENTHS, PersonSchema, Phone, Weekdays
from mobility.web.fields import Choice, Day, InputSchema, Mail, Tenths, Text, Whole, YesNo

PERSON = tuple(PersonSchema().fields)
REFERENT = ("referent_name", "referent_email", "referent_phone", "referent_consent")
SEEN = "seen"
QPV = "qpv"  # on the page, among the situations
CONSENT = "L’accord de la personne est nécessaire pour nous transmettre sa demande."


def draft_key(**kwargs: Any) -> Text:
    """The key under which a form is kept while it is typed (mobility/actions/liaison_drafts.py)."""
    return Text(longest=40, pattern="[A-Za-z0-9_-]{16,40}", **kwargs)


def new_draft_key() -> str:
    """One that no other form has."""
    return secrets.token_urlsafe(16)


class LiaisonFormSchema(PersonSchema):
    """A prescription: the person, why, what they have, the job when there is one (`job_…`), and their agreement."""

    structure_id = Whole(minimum=1, maximum=2**62, load_default=None, allow_none=True)
    prescriber_name = Text(longest=120, load_default=None, allow_none=True)
    prescriber_email = Mail(load_default=None, allow_none=True)
    referent_name = Text(longest=120, load_default=None, allow_none=True)
    referent_email = Mail(load_default=None, allow_none=True)
    referent_phone = Phone(load_default=None, allow_none=True)
    referent_consent = YesNo(load_default=None, allow_none=True)
    motive = Choice(MOTIVES, required=True)
    wish = Choice(WISHES, load_default=None, allow_none=True)
    licence_declared = Choice(DECLARED_LICENCES, load_default=None, allow_none=True)
    licence_on = Day(load_default=None, allow_none=True)
    rsa_declared = YesNo(load_default=None, allow_none=True)
    rsa_seen = YesNo(load_default=None, allow_none=True)
    qpv_declared = YesNo(load_default=None, allow_none=True)
    situations = fields.List(Choice(SITUATIONS), load_default=None, allow_none=True)
    job_kind = Choice(JOB_KINDS, load_default=None, allow_none=True)
    job_employer = Text(longest=120, load_default=None, allow_none=True)
    job_place = Text(longest=200, load_default=None, allow_none=True)
    job_starts_on = Day(load_default=None, allow_none=True)
    job_ends_on = Day(load_default=None, allow_none=True)
    job_hours = Text(longest=80, load_default=None, allow_none=True)
    job_one_way_tenths = Tenths(maximum=FARTHEST_TENTHS, load_default=None, allow_none=True)
    job_weekdays = Weekdays(load_default=None, allow_none=True)
    consent = YesNo(required=True, error_messages={"required": CONSENT})
    draft_key = draft_key(load_default=None, allow_none=True)

    @pre_load
    def _take_seen(self, data: dict[str, Any], **kwargs: Any) -> dict[str, Any]:
        """One answer of the page says two things: the RSA and its proof seen, or a district among the situations."""
        if data.get("rsa_declared") == SEEN:
            data = data | {"rsa_declared": True, "rsa_seen": True}
        if isinstance(said := data.get("situations"), list) and QPV in said:
            data = data | {"qpv_declared": True, "situations": [one for one in said if one != QPV]}
        return data

    @validates_schema
    def _check_referent(self, data: dict[str, Any], **kwargs: Any) -> None:
        if any(data.get(name) for name in REFERENT) and not data.get("referent_name"):
            raise ValidationError("Donnez le nom de qui suit la personne.", "referent_name")
        if data.get("referent_consent") and not data.get("referent_email"):
            raise ValidationError("Pour lui donner des nouvelles, il faut son adresse.", "referent_email")

    @validates_schema
    def _check_job(self, data: dict[str, Any], **kwargs: Any) -> None:
        told = any(data.get(name) is not None for name in data if name.startswith("job_") and name not in ("job_kind", "job_weekdays"))
        if told and data.get("job_kind") is None:
            raise ValidationError("Choisissez le type d’emploi ou de formation.", "job_kind")
        if data.get("job_starts_on") and data.get("job_ends_on") and data["job_ends_on"] < data["job_starts_on"]:
            raise ValidationError("La fin du contrat précède son début.", "job_ends_on")

    @post_load
    def _apart(self, data: dict[str, Any], **kwargs: Any) -> dict[str, Any]:
        """Person and job each apart, as the action takes them; a job when its kind is told."""
        told = {name.removeprefix("job_"): data.pop(name) for name in list(data) if name.startswith("job_")}
        if told["weekdays"] is None:
            del told["weekdays"]
        person = {name: data.pop(name) for name in PERSON}
        person |= _place(person["commune"], person["postcode"])
        referent = {name.removeprefix("referent_"): data.pop(name) for name in REFERENT}
        job = told if told["kind"] is not None else None
        return data | {"person": person, "job": job, "referent": referent if referent["name"] else None}


def _place(commune: str | None, postcode: str | None) -> dict[str, str | None]:
    """A commune typed with its postcode ("13600 La Ciotat"), each apart."""
    code = re.search(r"(?<!\d)\d{5}(?!\d)", commune or "")
    if commune is None or code is None:
        return {"commune": commune, "postcode": postcode}
    return {"commune": " ".join(commune.replace(code[0], " ").split()).strip(" ,()") or None, "postcode": code[0]}


class MeetSchema(InputSchema):
    """The day the person was met."""

    met_on = Day(required=True)


class RedirectSchema(InputSchema):
    """Another offer."""

    other_offer = Choice(OTHER_OFFERS, required=True)


class RefuseSchema(RedirectSchema):
    """A coded reason, and another offer all the same."""

    reason = Choice(REFUSALS, required=True)


class ConsentSchema(InputSchema):
    """Which line of a form's agreements: news to the structure that sent it, or to the referent it names."""

    line = Choice(LINES, load_default=STRUCTURE)


class NothingSchema(InputSchema):
    """An act that needs no answer."""


class FormOut(Schema):
    """A liaison form as its prescriber may see it: steps and outcomes only."""

    id = fields.Integer(attribute="form.id")
    number = fields.String(attribute="form.number")
    status = fields.String(attribute="form.status")
    received_on = fields.Date(attribute="form.received_on")
    met_on = fields.Date(attribute="form.met_on", allow_none=True)
    decided_at = fields.DateTime(attribute="form.decided_at", format="iso", allow_none=True)
    reason = fields.String(attribute="form.reason", allow_none=True)
    other_offer = fields.String(attribute="form.other_offer", allow_none=True)
    motive = fields.String(attribute="form.motive")
    first_name = fields.String(attribute="person.first_name")
    last_name = fields.String(attribute="person.last_name")
    beneficiary_id = fields.Integer(allow_none=True)
    structure_id = fields.Integer(attribute="structure.id")


class StepOut(Schema):
    """A step taken, as the status page tells it; `outcome` once a rental's end is noted."""

    step = fields.String(required=True)
    on = fields.Date(required=True)
    title = fields.String(required=True)
    text = fields.String(required=True)
    outcome = fields.String(required=True, allow_none=True)


class FollowedOut(FormOut):
    """A liaison form with its steps so far, the first first."""

    steps = fields.List(fields.Nested(StepOut), required=True)
