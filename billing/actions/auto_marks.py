"""What the money of a week's payment makes of it, by whatever word of the gateway it came (docs/adr/0029)."""

from datetime import datetime

from billing.models import Payment
from billing.queries.auto_payments import Tried, find_tried_by, lock_weekly
from mobility import audit
from mobility.rights import Viewer


def lock_tried(payment: Payment) -> Tried | None:
    """The asking whose money comes by a payment, its week locked. The caller has locked the account and the payment."""
    tried = find_tried_by(payment.id) if payment.means == "card" else None
    if tried is not None:
        lock_weekly(tried.weekly.id)
    return tried


def mark_paid(tried: Tried, *, by: Viewer, now: datetime) -> None:
    """The money came, by whatever word of the gateway. The caller has locked all of it."""
    weekly, attempt = tried.weekly, tried.attempt
    attempt.status, attempt.answered_at = "paid", now
    weekly.status, weekly.reason, weekly.next_on, weekly.ended_at = "paid", None, None, now
    audit.record("auto_payment_paid", weekly, by=by, now=now)


def follow_tried(before: Payment, after: Payment, *, by: Viewer, now: datetime) -> None:
    """The page where a person was to confirm has closed and another takes its place."""
    tried = find_tried_by(before.id) if before.means == "card" else None
    if tried is not None:
        tried.attempt.payment_id = after.id
        audit.record("auto_try_moved", tried.attempt, by=by, now=now)
