"""What the booklet takes and gives: one shape for forms, JSON and the file that a person takes away."""

from typing import Any

from marshmallow import Schema, fields

from assessments.booklet.competences import LABELS
from assessments.booklet.contents import EXPERIENCE_KINDS, LASTS, PAGES
from mobility.web.fields import Choice, Day, InputSchema, Text

_OUTSIDE: dict[str, Any] = {"invalid": "Choisissez parmi les réponses proposées."}
FORMAT, VERSION = "point-etape/livret-mobilite", 1


class ExperienceSchema(InputSchema):
    """Where the person worked, as what, when; `ends_on` is left out while it lasts."""

    kind = Choice(EXPERIENCE_KINDS, required=True)
    employer = Text(longest=120, required=True)
    starts_on = Day(required=True)
    ends_on = Day(load_default=None, allow_none=True)


class CompetencesSchema(InputSchema):
    """All the competences meant, by their codes: what is left out is taken out."""

    codes = fields.List(Choice(LABELS), load_default=list, error_messages=_OUTSIDE)


class ShareSchema(InputSchema):
    """Which pages, and for how long."""

    pages = fields.List(Choice(PAGES), load_default=list, error_messages=_OUTSIDE)
    lasts = Choice(LASTS, required=True)


class ExperienceOut(Schema):
    """An experience."""

    id = fields.Integer(required=True)
    kind = fields.String(required=True)
    kind_in_words = fields.Function(lambda row: EXPERIENCE_KINDS.get(row.kind, row.kind), metadata={"type": "string"}, required=True)
    employer = fields.String(required=True)
    starts_on = fields.Date(required=True)
    ends_on = fields.Date(required=True, allow_none=True)


class ReferenceOut(Schema):
    """Who confirmed, when, from which experience."""

    by = fields.String(required=True)
    on = fields.Date(required=True)
    experience = fields.Nested(ExperienceOut, required=True, allow_none=True)


class CompetenceOut(Schema):
    """A competence: `to_verify`, or `confirmed` with its references."""

    code = fields.String(required=True)
    label = fields.String(required=True)
    state = fields.String(required=True)
    noted_on = fields.Date(required=True)
    references = fields.List(fields.Nested(ReferenceOut), required=True)


class TrainingOut(Schema):
    """A training or a workshop."""

    label = fields.String(required=True)
    starts_on = fields.Date(required=True)
    ends_on = fields.Date(required=True, allow_none=True)


class LicenceOut(Schema):
    """A licence that was seen."""

    category = fields.String(required=True)
    issued_on = fields.Date(required=True, allow_none=True)
    valid_until = fields.Date(required=True, allow_none=True)


class HeldOut(Schema):
    """An assessment's moment and day; never what it found."""

    moment = fields.String(required=True)
    held_on = fields.Date(required=True)


class BookletOut(Schema):
    """A booklet, as the machine of whoever receives it reads it; days are ISO 8601, `format` and `version` say how to read the rest."""

    format = fields.Constant(FORMAT, required=True)
    version = fields.Constant(VERSION, required=True)
    full_name = fields.String(required=True)
    platform = fields.String(required=True)
    made_at = fields.AwareDateTime(required=True)
    pages = fields.List(fields.String(), required=True)
    competences = fields.List(fields.Nested(CompetenceOut), required=True)
    experiences = fields.List(fields.Nested(ExperienceOut), required=True)
    trainings = fields.List(fields.Nested(TrainingOut), required=True)
    licences = fields.List(fields.Nested(LicenceOut), required=True)
    assessments = fields.List(fields.Nested(HeldOut), required=True)


class ShareOut(Schema):
    """A link given away: its pages, its time, and each look."""

    id = fields.Integer(required=True)
    pages = fields.List(fields.String(), required=True)
    shared_at = fields.AwareDateTime(required=True)
    expires_at = fields.AwareDateTime(required=True)
    ended_at = fields.AwareDateTime(required=True, allow_none=True)
    looks = fields.List(fields.AwareDateTime(), required=True)


class ShareMadeOut(ShareOut):
    """With its address, in this answer only."""

    address = fields.String(required=True)
