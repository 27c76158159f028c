"""Receipts, 1…N without hole per platform: the number is taken from `books`, locked last, in the transaction of the payment itself."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from billing.actions.ledger import lock_books
from billing.allocation import Owed, allocate
from billing.models import BillingAccount, Payment, Receipt
from billing.payments import MEANS_WORDS
from mobility import practice
from mobility.db import db
from mobility.models import Beneficiary
from mobility.periods import paris_day, say_day
from mobility.rights import Viewer


def issue(payment: Payment, owed: Sequence[Owed], *, paid_before_cents: int, by: Viewer, now: datetime) -> Receipt:
    """The receipt of a payment just entered: what it settles of all that is `owed`, what is left. Names are joined when it is shown."""
    parts = allocate(owed, paid_before_cents=paid_before_cents, cents=payment.cents)
    books = lock_books()
    books.last_receipt += 1
    db.session.flush()
    receipt = Receipt(
        number=books.last_receipt,
        payment_id=payment.id,
        issued_at=now,
        cents=payment.cents,
        content={
            "lines": [{"label": part.label, "cents": part.cents} for part in parts],
            "means": MEANS_WORDS[payment.means],
            "reference": payment.voucher or payment.reference,
            "left_cents": max(sum(each.cents for each in owed) - paid_before_cents - payment.cents, 0),
            "tax_regime": practice.value_on("billing.tax_regime", paris_day(now)),
            "received_by": by.account_id,
            "declared_on": _declared_on(payment),
        },
    )
    db.session.add(receipt)
    db.session.flush()
    return receipt


def _declared_on(payment: Payment) -> str | None:
    """The day of the declaration that let cash be taken where it is otherwise refused."""
    if payment.means != "cash":
        return None
    declared = select(Beneficiary.without_bank_declared_on).join(BillingAccount, BillingAccount.beneficiary_id == Beneficiary.id)
    day = db.session.scalar(declared.filter(BillingAccount.id == payment.account_id))
    return say_day(day) if day else None
