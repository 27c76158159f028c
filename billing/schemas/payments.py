"""Payments, receipts and refunds, typed or sent."""

from marshmallow import Schema, fields

from billing.means import MEANS_LABELS
from mobility.web.fields import Cents, Choice, InputSchema, Text, YesNo

PURPOSES = ("rental", "damage", "membership")


class PaymentSchema(InputSchema):
    """Money taken on a rental's account."""

    means = Choice(MEANS_LABELS, required=True)
    cents = Cents(minimum=1, required=True)
    purpose = Choice(PURPOSES, load_default="rental")
    reference = Text(longest=60, load_default=None, allow_none=True)
    bank = Text(longest=60, load_default=None, allow_none=True)
    drawn_by = Text(longest=120, load_default=None, allow_none=True)
    note_given = YesNo(load_default=False)


class DebtSchema(InputSchema):
    """A repair or a membership put on an account, and what it is for."""

    kind = Choice(PURPOSES[1:], required=True)
    cents = Cents(minimum=1, required=True)
    reason = Text(longest=200, required=True)


class CardPaymentSchema(InputSchema):
    """A card payment of one's own."""

    cents = Cents(minimum=1, required=True)


class RefundSchema(InputSchema):
    """Money given back."""

    cents = Cents(minimum=1, required=True)
    reason = Text(longest=200, required=True)


class TransferSeenSchema(InputSchema):
    """A transfer seen on the bank's statement."""

    voucher = Text(longest=60, load_default=None, allow_none=True)


class PayLinkSchema(InputSchema):
    """How the person gets the link: on this screen, by mail, by text message."""

    send = Choice(("show", "mail", "sms"), required=True)


class PayLinkOutSchema(Schema):
    """A link made: its address, and to whom it was sent (nobody when shown)."""

    url = fields.String(required=True)
    sent_to = fields.String(allow_none=True)


class DisputeSchema(InputSchema):
    """What was done about news that did not match."""

    note = Text(longest=200, required=True)


class GatewayKeysSchema(InputSchema):
    """A platform's keys at the card gateway."""

    secret_key = Text(longest=255, required=True, pattern=r"[A-Za-z0-9_]{8,255}", hint="La clé secrète commence en général par sk_.")
    webhook_secret = Text(
        longest=255,
        required=True,
        pattern=r"[A-Za-z0-9_+/=]{8,255}",
        hint="Le secret des avis commence en général par whsec_.",
    )


class PaymentOutSchema(Schema):
    """A payment as the API shows it."""

    id = fields.Integer(required=True)
    account_id = fields.Integer(required=True)
    deposit_id = fields.Integer(allow_none=True)
    purpose = fields.String(required=True)
    means = fields.String(required=True)
    cents = fields.Integer(required=True)
    status = fields.String(required=True)
    reference = fields.String(required=True)
    refunded_cents = fields.Integer(required=True)
    receipt_number = fields.Integer(allow_none=True)
    created_at = fields.DateTime(required=True)
    settled_at = fields.DateTime(allow_none=True)


class CheckoutOutSchema(Schema):
    """Where the person pays by card."""

    payment_id = fields.Integer(required=True)
    reference = fields.String(required=True)
    checkout_url = fields.String(required=True)


class ReceiptLineSchema(Schema):
    """A part of a receipt."""

    label = fields.String(required=True)
    cents = fields.Integer(required=True)


class ReceiptOutSchema(Schema):
    """A numbered receipt."""

    number = fields.Integer(required=True)
    payment_id = fields.Integer(required=True)
    issued_at = fields.DateTime(required=True)
    cents = fields.Integer(required=True)
    means = fields.String(required=True)
    left_cents = fields.Integer(required=True)
    lines = fields.List(fields.Nested(ReceiptLineSchema), required=True)


class RefundOutSchema(Schema):
    """Money given back."""

    id = fields.Integer(required=True)
    payment_id = fields.Integer(required=True)
    cents = fields.Integer(required=True)
    status = fields.String(required=True)
    reason = fields.String(required=True)
