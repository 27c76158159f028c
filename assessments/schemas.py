"""The shapes of what comes in and goes out, the same for pages and JSON."""

from marshmallow import Schema, fields

from assessments.grid import LEVELS
from assessments.grids import GRIDS
from assessments.moments import MOMENT_NAMES
from assessments.orientation import VEHICLES
from assessments.short_check import FITS, NOT_NEEDED, PERHAPS, QUESTIONS
from mobility.web.fields import Choice, Day, InputSchema, Whole, YesNo


class NewAssessmentSchema(InputSchema):
    """Which assessment begins; `held_on` is today unless said."""

    kind = Choice(MOMENT_NAMES, required=True)
    held_on = Day()


# Every item of every version by its own name, so that a wrong answer is told beside its question; the action knows which version counts.
AnswersSchema = InputSchema.from_dict(
    {
        item.code: Whole(minimum=LEVELS[0], maximum=LEVELS[-1], metadata={"description": item.label, "enum": list(LEVELS)})
        for grid in GRIDS
        for item in grid.items()
    },
    name="AssessmentAnswers",
)


class EvaluationSchema(InputSchema):
    """An evaluation held today for a kind of vehicle."""

    kind = Choice(VEHICLES, required=True)
    passed = YesNo(required=True)


class GridItemOut(Schema):
    """One question and its levels in words, from 0 to 4."""

    code = fields.String()
    label = fields.String()
    levels = fields.List(fields.String())


class GridDimensionOut(Schema):
    """Questions that belong together; `counts` is false for a declared need."""

    code = fields.String()
    label = fields.String()
    counts = fields.Boolean()
    items = fields.List(fields.Nested(GridItemOut))


class GridOut(Schema):
    """A version of the grid."""

    version = fields.String()
    label = fields.String()
    dimensions = fields.List(fields.Nested(GridDimensionOut))


class OpeningOut(Schema):
    """One way to move: open, evaluation or not_yet, why, and what comes next."""

    way = fields.String()
    state = fields.String()
    reason = fields.String()
    next_step = fields.String()


class AnswerOut(Schema):
    """A question and its answer in words."""

    question = fields.String()
    answer = fields.String()


class AssessedDimensionOut(Schema):
    """A dimension in the person's words; no figure for a declared need."""

    label = fields.String()
    said = fields.List(fields.Nested(AnswerOut))
    percent = fields.Integer(allow_none=True)
    entry_percent = fields.Integer(allow_none=True)


class AssessmentOut(Schema):
    """An assessment; `potential` and what follows are null until it is finished."""

    id = fields.Integer()
    beneficiary_id = fields.Integer()
    number = fields.String(allow_none=True)
    kind = fields.String()
    grid_version = fields.String()
    held_on = fields.Date()
    finished_at = fields.DateTime(allow_none=True)
    answers = fields.Dict(keys=fields.String(), values=fields.Integer())
    potential = fields.Integer(allow_none=True)


class AssessmentResultOut(AssessmentOut):
    """An assessment with what it says: dimensions, what it opens, effectiveness against the entry."""

    sentence = fields.String(allow_none=True)
    dimensions = fields.List(fields.Nested(AssessedDimensionOut))
    openings = fields.List(fields.Nested(OpeningOut))
    strengths = fields.List(fields.String())
    next_steps = fields.List(fields.String())
    entry_potential = fields.Integer(allow_none=True)
    effectiveness = fields.Integer(allow_none=True)


class GenuineOut(Schema):
    """That a printed assessment is genuine, the day it was issued, and the last day it serves as a diagnosis."""

    genuine = fields.Boolean()
    issued_on = fields.Date()
    valid_until = fields.Date()
    is_valid = fields.Boolean()


class ClearanceOut(Schema):
    """What may be lent now for one kind of vehicle."""

    kind = fields.String()
    state = fields.String()
    reason = fields.String()
    next_step = fields.String()
    decided_at = fields.DateTime()


CheckSchema = InputSchema.from_dict(
    {question.code: Choice(question.answers, required=True, metadata={"description": question.words}) for question in QUESTIONS},
    name="ShortCheckAnswers",
)


class CheckOut(Schema):
    """Whether a platform fits ("fits", "perhaps", "not_needed"), the kinds of vehicle to think of, and what else could help."""

    fit = fields.String(metadata={"enum": [FITS, PERHAPS, NOT_NEEDED]})
    sentence = fields.String()
    kinds = fields.List(fields.String())
    others = fields.List(fields.String())
