"""Payouts of the card gateway and payments claimed back: what is asked, what is answered."""

from marshmallow import Schema, fields

from billing.gateway_books import DECISIONS
from billing.losses import REASONS
from mobility.web.fields import Choice, Day, InputSchema, Text


class PayoutBankedSchema(InputSchema):
    """Since when the bank has it."""

    banked_on = Day(required=True)


class DisputeDecisionSchema(InputSchema):
    """What becomes of a debt whose payment was claimed back; a loss says why, and by which paper."""

    decision = Choice(DECISIONS, required=True)
    reason = Choice(REASONS, load_default=None, allow_none=True)
    reference = Text(longest=120, load_default=None, allow_none=True)


class PayoutOutSchema(Schema):
    """A payout, with its entries; `banked_on` once the bank has it."""

    id = fields.Integer()
    reference = fields.String()
    cents = fields.Integer()
    status = fields.String()
    made_at = fields.AwareDateTime()
    arrives_on = fields.Date(allow_none=True)
    entry_number = fields.Integer()
    banked_on = fields.Date(allow_none=True)
    banked_cents = fields.Integer(allow_none=True)
    banked_entry = fields.Integer(allow_none=True)


class ReadSchema(Schema):
    """How many moves of the gateway's balance were entered."""

    entered = fields.Integer()


class CardDisputeOutSchema(Schema):
    """A dispute: open, won or lost; lost, `decided` says what became of it."""

    id = fields.Integer(attribute="dispute.id")
    reference = fields.String(attribute="dispute.reference")
    payment_id = fields.Integer(attribute="dispute.payment_id")
    account_id = fields.Integer(attribute="account.id")
    person = fields.String(attribute="person.number")
    cents = fields.Integer(attribute="dispute.cents")
    status = fields.String(attribute="dispute.status")
    opened_at = fields.AwareDateTime(attribute="dispute.opened_at")
    reply_by = fields.AwareDateTime(attribute="dispute.reply_by", allow_none=True)
    closed_at = fields.AwareDateTime(attribute="dispute.closed_at", allow_none=True)
    decided = fields.String(attribute="dispute.decided", allow_none=True)
    decided_at = fields.AwareDateTime(attribute="dispute.decided_at", allow_none=True)
