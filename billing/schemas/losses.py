"""Writing off and recovering: what is asked, what is answered."""

from marshmallow import Schema, fields

from billing.losses import REASONS
from billing.means import MEANS_LABELS
from mobility.web.fields import Cents, Choice, Day, InputSchema, Text, Whole, YesNo


class WriteOffSchema(InputSchema):
    """How much, why, by which paper, decided when."""

    cents = Cents(minimum=1, required=True)
    reason = Choice(REASONS, required=True)
    reference = Text(longest=120, load_default=None, allow_none=True)
    decided_on = Day(required=True)


class TakeBackSchema(InputSchema):
    """The number of the write-off that was a mistake, and why it was."""

    number = Whole(minimum=1, required=True)
    why = Text(longest=120, required=True)


class RecoverySchema(InputSchema):
    """What came, in which means, what stands on the cheque or the bank's statement, and whether the note was handed over before."""

    means = Choice([means for means in MEANS_LABELS if means != "card"], required=True)
    cents = Cents(minimum=1, required=True)
    reference = Text(longest=60, load_default=None, allow_none=True)
    note_given = YesNo(load_default=False)


class LossPartSchema(Schema):
    """A charge, and how much of it was written off."""

    label = fields.String()
    cents = fields.Integer()


class LossOutSchema(Schema):
    """A step: written_off, recovered, or taken_back; `reason`, `reference` and `parts` are those of what was written off.

    `undoes_number` is that of the write-off taken back, whose `reference` then says why.
    """

    id = fields.Integer(attribute="step.id")
    number = fields.Integer(attribute="step.number")
    account_id = fields.Integer(attribute="step.account_id")
    person_id = fields.Integer(attribute="person.id")
    act = fields.String(attribute="step.act")
    cents = fields.Integer(attribute="step.cents")
    reason = fields.String(attribute="step.reason", allow_none=True)
    reference = fields.String(attribute="step.reference", allow_none=True)
    decided_on = fields.Date(attribute="step.decided_on")
    parts = fields.List(fields.Nested(LossPartSchema), attribute="step.parts")
    at = fields.DateTime(attribute="step.at")
    by = fields.String(attribute="by_name", allow_none=True)
    entry_number = fields.Integer(attribute="step.entry_number")
    undoes_number = fields.Integer(attribute="step.undoes_number", allow_none=True)


class RecoveredSchema(Schema):
    """The receipt of what came, and what is still lost."""

    receipt_number = fields.Integer()
    lost_cents = fields.Integer()
