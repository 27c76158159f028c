"""Balance, payouts and disputes at Stripe, read from its shapes. Pure; the adapter beside is alone in importing its SDK."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from billing.gateway_balance import Dispute, DisputeStatus, Move, MoveKind, Payout, PayoutStatus

MOVES = {
    "charge": MoveKind.CHARGE,
    "refund": MoveKind.REFUND,
    "refund_failure": MoveKind.REFUND,  # given back to the balance: above zero
    "partial_capture_reversal": MoveKind.REFUND,
    "fee": MoveKind.FEE,
    "dispute": MoveKind.DISPUTE,
    "dispute_reversal": MoveKind.REINSTATED,
    "payout": MoveKind.PAYOUT,
    "payout_reversal": MoveKind.PAYOUT_BACK,
}
PAYOUTS = {"paid": PayoutStatus.PAID, "failed": PayoutStatus.FAILED}
CANCELLED = "canceled"
DISPUTES = {"won": DisputeStatus.WON, "warning_closed": DisputeStatus.WON, "lost": DisputeStatus.LOST}
INQUIRY = "warning_"  # a bank that only asks: no money moves


def move_of(told: Mapping[str, Any]) -> Move:
    """A balance transaction; its source came expanded."""
    source = told.get("source") if isinstance(told.get("source"), dict) else {}
    assert source is not None
    kind = MOVES.get(told["reporting_category"], MoveKind.OTHER)
    return Move(
        reference=told["id"],
        kind=kind,
        cents=told["amount"],
        fee_cents=told["fee"],
        currency=told["currency"],
        at=datetime.fromtimestamp(told["created"], UTC),
        charge_reference=_id(source.get("payment_intent")),
        payment_reference=(source.get("metadata") or {}).get("payment") if kind is MoveKind.CHARGE else None,
        source_reference=_id(source.get("id")),
    )


def payout_of(told: Mapping[str, Any]) -> Payout:
    """A payout; its arrival is a day, told as its midnight in UTC."""
    return Payout(
        payout_reference=told["id"],
        cents=told["amount"],
        currency=told["currency"],
        status=PAYOUTS.get(told["status"], PayoutStatus.UNDER_WAY),
        made_at=datetime.fromtimestamp(told["created"], UTC),
        arrives_on=_day(told["arrival_date"]),
    )


def dispute_of(told: Mapping[str, Any]) -> Dispute:
    """A dispute, with the day until which the bank hears us."""
    due_by = (told.get("evidence_details") or {}).get("due_by")
    status = DISPUTES.get(told["status"], DisputeStatus.OPEN)
    return Dispute(
        dispute_reference=told["id"],
        charge_reference=_id(told.get("payment_intent")) or _id(told["charge"]) or "",
        cents=told["amount"],
        currency=told["currency"],
        status=status,
        opened_at=datetime.fromtimestamp(told["created"], UTC),
        reply_by=datetime.fromtimestamp(due_by, UTC) if due_by and status is DisputeStatus.OPEN else None,
    )


def is_inquiry(told: Mapping[str, Any]) -> bool:
    """Whether a bank only asks about a charge, before any dispute."""
    return str(told["status"]).startswith(INQUIRY)


def _id(value: Any) -> str | None:
    return value.get("id") if isinstance(value, dict) else value


def _day(seconds: int) -> date:
    return datetime.fromtimestamp(seconds, UTC).date()
