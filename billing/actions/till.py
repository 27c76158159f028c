"""One way to take money at the desk, whatever the means: the page and the API both call it."""

from datetime import datetime

from sqlalchemy import select

from billing.actions.cards import start_card_payment
from billing.actions.payments import announce_transfer, take_payment
from billing.means import is_note_due
from billing.models import Payment
from mobility.db import db
from mobility.errors import RuleBroken
from mobility.periods import paris_day
from mobility.rights import Viewer


def pay_in(
    account_id: int, *, means: str, cents: int, reference: str | None, purpose: str, note_given: bool, by: Viewer, now: datetime
) -> Payment:
    """Money in hand is received at once; a transfer is announced; a card payment waits for its person. Raises RuleBroken, NotFound."""
    check_note(cents, note_given=note_given, now=now)
    if means == "card":
        return start_card_payment(account_id, cents=cents, purpose=purpose, by=by, now=now)
    if means == "transfer":
        return announce_transfer(account_id, cents=cents, purpose=purpose, by=by, now=now)
    receipt = take_payment(account_id, means=means, cents=cents, reference=reference, purpose=purpose, by=by, now=now)
    return db.session.scalars(select(Payment).filter(Payment.id == receipt.payment_id)).one()


def check_note(cents: int, *, note_given: bool, now: datetime) -> None:
    """Refuse money whose detailed note was not handed over first (domain.md §9). Raises RuleBroken."""
    if is_note_due(cents, on=paris_day(now)) and not note_given:
        raise RuleBroken(
            "À partir de 25 €, la note détaillée se remet avant le paiement. Donnez-la à la personne, puis cochez la case.",
            field="note_given",
        )
