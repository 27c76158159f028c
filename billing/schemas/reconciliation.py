"""What the API answers about the card gateway: each difference with the address of the act that mends it."""

from flask import url_for
from marshmallow import Schema, fields, validate

from billing.differences import ACT_LABELS, KIND_LABELS
from billing.models import GatewayDifference, GatewayEventRecord, Payment, PaymentRefund
from billing.queries.payments import PaymentLine


class DisputeOutSchema(Schema):
    """News that did not match, until somebody says what was done."""

    id = fields.Integer()
    reason = fields.String(allow_none=True)
    cents = fields.Integer(allow_none=True)
    payment_id = fields.Integer(allow_none=True)
    received_at = fields.AwareDateTime()
    act = fields.Function(lambda record: handled_act(record))


class WaitingSchema(Schema):
    """A payment without its last word."""

    id = fields.Integer()
    reference = fields.String()
    cents = fields.Integer()
    status = fields.String()
    act = fields.String()


class RefundWaitingSchema(Schema):
    """A refund that the gateway refused or has not answered."""

    id = fields.Integer()
    payment_id = fields.Integer()
    cents = fields.Integer()
    status = fields.String()
    failure = fields.String(allow_none=True)
    act = fields.Function(lambda refund: again_act(refund))


class DifferencesSchema(Schema):
    """Everything that waits for somebody."""

    disputed = fields.List(fields.Nested(DisputeOutSchema))
    open_cards = fields.List(fields.Nested(WaitingSchema))
    announced = fields.List(fields.Nested(WaitingSchema))
    refunds = fields.List(fields.Nested(RefundWaitingSchema))


class DifferenceSchema(Schema):
    """A difference with the gateway; `act` mends it when that can be done from here, `seen` takes what a person did."""

    id = fields.Integer()
    kind = fields.String(validate=validate.OneOf(KIND_LABELS))
    sentence = fields.String()
    cents = fields.Integer()
    payment_id = fields.Integer(allow_none=True)
    charge_reference = fields.String(allow_none=True)
    first_seen_at = fields.AwareDateTime()
    last_seen_at = fields.AwareDateTime()
    mended_at = fields.AwareDateTime(allow_none=True)
    mended_how = fields.String(allow_none=True)
    note = fields.String(allow_none=True)
    act = fields.Function(lambda difference: mend_act(difference))
    seen = fields.Function(lambda difference: seen_act(difference))


class AllDifferencesSchema(Schema):
    """What is open, the oldest first, and what was mended last."""

    open = fields.List(fields.Nested(DifferenceSchema))
    mended = fields.List(fields.Nested(DifferenceSchema))


class OpenDifferencesSchema(Schema):
    """How many differences stand open."""

    open = fields.Integer()


class MovedSchema(Schema):
    """How many payments and refunds the asking moved."""

    moved = fields.Integer()


def open_card(payment: Payment) -> dict[str, object]:
    """A card payment still open: the gateway is asked about it."""
    return _waiting(payment, url_for("reconciliation_api.run"))


def announced(line: PaymentLine) -> dict[str, object]:
    """A transfer announced: it is seen on the bank's statement."""
    return _waiting(line.payment, url_for("payments_api.transfer_seen", payment_id=line.payment.id))


def mend_act(difference: GatewayDifference) -> str | None:
    """Where an open difference is mended from here, when it can be."""
    if difference.mended_at is not None or difference.kind not in ACT_LABELS:
        return None
    return url_for("differences_api.mend", difference_id=difference.id)


def seen_act(difference: GatewayDifference) -> str | None:
    """Where one says what was done about an open difference."""
    return None if difference.mended_at is not None else url_for("differences_api.seen", difference_id=difference.id)


def handled_act(record: GatewayEventRecord) -> str:
    """Where one says what was done about a dispute."""
    return url_for("reconciliation_api.handled", record_id=record.id)


def again_act(refund: PaymentRefund) -> str:
    """Where a refund is sent again."""
    return url_for("payments_api.refund_again", payment_id=refund.payment_id, refund_id=refund.id)


def _waiting(payment: Payment, act: str) -> dict[str, object]:
    return {name: getattr(payment, name) for name in ("id", "reference", "cents", "status")} | {"act": act}
