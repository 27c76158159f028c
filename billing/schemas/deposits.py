"""Deposits, typed or sent."""

from marshmallow import Schema, fields

from billing.deposits import ASKED_KIND_LABELS, DEFERRAL_REASONS, SOLIDARITY_REASONS
from billing.keeping import KEPT_REASONS
from mobility.web.fields import Cents, Choice, Day, InputSchema, Text, Whole

MOST_INSTALMENTS = 12


class DepositSchema(InputSchema):
    """A deposit asked of an account."""

    kind = Choice(ASKED_KIND_LABELS, required=True)
    due_cents = Cents(required=True)
    instalments = Whole(minimum=1, maximum=MOST_INSTALMENTS, load_default=1)


class ReceiveSchema(InputSchema):
    """A part of it in hand; of a cheque its number, bank and day, of a letter of guarantee its own, its structure, its day and its last."""

    cents = Cents(minimum=1, required=True)
    kind = Choice(ASKED_KIND_LABELS, load_default=None, allow_none=True)
    reference = Text(longest=120, load_default=None, allow_none=True)
    issuer = Text(longest=120, load_default=None, allow_none=True)
    dated_on = Day(load_default=None, allow_none=True)
    valid_until = Day(load_default=None, allow_none=True)
    photos = fields.List(Whole(minimum=1), load_default=list)


class ReduceSchema(InputSchema):
    """Why the solidarity amount is asked instead."""

    reason = Choice(SOLIDARITY_REASONS, required=True)


class DeferSchema(InputSchema):
    """Why the keys go first, and in how many monthly parts the rest comes."""

    reason = Choice(DEFERRAL_REASONS, required=True)
    instalments = Whole(minimum=1, maximum=MOST_INSTALMENTS, load_default=1)


class CardDepositSchema(InputSchema):
    """A part of it by card, on the person's own phone."""

    cents = Cents(minimum=1, required=True)


class ReleaseDateSchema(InputSchema):
    """When the vehicle came back, and the day the deposit goes back when it is not the platform's own delay."""

    returned_on = Day(required=True)
    release_on = Day(load_default=None, allow_none=True)


class KeepSchema(InputSchema):
    """A part kept, and why: what it cost on paper, the pictures or papers sent before, and which rental it is for."""

    cents = Cents(minimum=1, required=True)
    why = Choice(KEPT_REASONS, required=True)
    reason = Text(longest=200, required=True)
    cost_cents = Cents(minimum=1, load_default=None, allow_none=True)
    photos = fields.List(Whole(minimum=1), load_default=list)
    account_id = Whole(minimum=1, load_default=None, allow_none=True)


class PartSchema(Schema):
    """A part promised."""

    due_on = fields.String(required=True)
    cents = fields.Integer(required=True)


class DepositStepSchema(Schema):
    """One step of its life; of a part kept its coded reason, what its bill says."""

    act = fields.String(required=True)
    at = fields.AwareDateTime(required=True)
    cents = fields.Integer(required=True)
    why = fields.String(allow_none=True)
    reason = fields.String(allow_none=True)
    reference = fields.String(allow_none=True)
    issuer = fields.String(allow_none=True)
    dated_on = fields.Date(allow_none=True)
    cost_cents = fields.Integer(allow_none=True)


class DepositOutSchema(Schema):
    """A deposit as the API shows it."""

    id = fields.Integer(required=True)
    account_id = fields.Integer(required=True)
    kind = fields.String(required=True)
    status = fields.String(required=True)
    due_cents = fields.Integer(required=True)
    held_cents = fields.Integer(required=True)
    plan = fields.List(fields.Nested(PartSchema), required=True)
    deferred_reason = fields.String(allow_none=True)
    reduced_reason = fields.String(allow_none=True)
    release_on = fields.Date(allow_none=True)
    expires_on = fields.Date(allow_none=True)


class SavedCardSchema(Schema):
    """The card on file of a deposit, as its holder knows it."""

    id = fields.Integer(required=True)
    status = fields.String(required=True)
    brand = fields.String(allow_none=True)
    last4 = fields.String(allow_none=True)
    expires_on = fields.Date(allow_none=True)
    most_cents = fields.Integer(required=True)
    agreed_at = fields.AwareDateTime(allow_none=True)
    forgotten_at = fields.AwareDateTime(allow_none=True)


class CardCallSchema(Schema):
    """A part asked of the card: the step it is to become, its payment, and where it stands."""

    step_id = fields.Integer(required=True)
    payment_id = fields.Integer(required=True)
    status = fields.String(required=True)
    asked_at = fields.AwareDateTime(required=True)


class CardHoldSchema(Schema):
    """The sum set aside on a card for a deposit, and the instant it lapses at by itself."""

    id = fields.Integer(required=True)
    status = fields.String(required=True)
    cents = fields.Integer(required=True)
    brand = fields.String(allow_none=True)
    last4 = fields.String(allow_none=True)
    held_at = fields.AwareDateTime(allow_none=True)
    capture_before = fields.AwareDateTime(allow_none=True)
    payment_id = fields.Integer(allow_none=True)
    ended_at = fields.AwareDateTime(allow_none=True)


class WholeDepositSchema(DepositOutSchema):
    """A deposit with the rentals it secures, those that go on with another included, its card on file or its hold, and its steps."""

    saved_card = fields.Nested(
        SavedCardSchema, allow_none=True, metadata={"description": "The card that holds it; with none yet, the one asked."}
    )
    latest_card = fields.Nested(
        SavedCardSchema, allow_none=True, metadata={"description": "The one asked last: another than `saved_card` is to replace it."}
    )
    card_calls = fields.List(fields.Nested(CardCallSchema), required=True)
    card_hold = fields.Nested(CardHoldSchema, allow_none=True)

    secured_account_ids = fields.List(fields.Integer(), required=True)
    steps = fields.List(fields.Nested(DepositStepSchema), required=True)
