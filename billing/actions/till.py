"""One way to take money at the desk, whatever the means, and one to ask for it: the pages and the API both call them."""

from datetime import datetime
from typing import Any

from sqlalchemy import select

from billing.actions.cards import is_stale, start_card_payment
from billing.actions.charging import lock_account
from billing.actions.payments import announce_transfer, take_payment
from billing.means import is_note_due
from billing.models import Payment
from billing.payments import STILL_ASKED
from billing.queries.accounts import balance_cents
from mobility.db import db
from mobility.errors import RuleBroken
from mobility.periods import paris_day
from mobility.rights import Viewer


def pay_in(
    account_id: int, *, means: str, cents: int, purpose: str, note_given: bool, by: Viewer, now: datetime, **voucher: Any
) -> Payment:
    """Money in hand is received at once; a transfer is announced; a card payment waits for its person. Raises RuleBroken, NotFound.

    `voucher` is what stands on money in hand: a reference, a cheque's bank and drawer.
    """
    check_note(cents, note_given=note_given, now=now)
    if means == "card":
        return start_card_payment(account_id, cents=cents, purpose=purpose, by=by, now=now)
    if means == "transfer":
        return announce_transfer(account_id, cents=cents, purpose=purpose, by=by, now=now)
    receipt = take_payment(account_id, means=means, cents=cents, purpose=purpose, **voucher, by=by, now=now)
    return db.session.scalars(select(Payment).filter(Payment.id == receipt.payment_id)).one()


def ask_payment(
    account_id: int, *, means: str, cents: int | None, earlier_id: int | None, again: bool, note_given: bool, by: Viewer, now: datetime
) -> Payment:
    """A payment that its person makes themselves, by card or by transfer; of all that is due today where no sum is told.

    The one asked `earlier`, waiting in the same way, is given again for the same sum, or whatever its sum when `again` says so.
    Raises RuleBroken.
    """
    lock_account(account_id)
    asked = balance_cents(account_id) if cents is None else cents
    earlier = db.session.get(Payment, earlier_id, populate_existing=True) if earlier_id is not None else None
    still = earlier if earlier and earlier.status in STILL_ASKED and not is_stale(earlier, now) else None
    if still and still.means == means and (again or still.cents == asked):
        return still
    if asked <= 0:
        raise RuleBroken("Rien n’est dû aujourd’hui : indiquez la somme à payer.", field="cents")
    check_note(asked, note_given=note_given, now=now)
    start = start_card_payment if means == "card" else announce_transfer
    return start(account_id, cents=asked, by=by, now=now)


def check_note(cents: int, *, note_given: bool, now: datetime) -> None:
    """Refuse money whose detailed note was not handed over first (domain.md §9). Raises RuleBroken."""
    if is_note_due(cents, on=paris_day(now)) and not note_given:
        raise RuleBroken(
            "À partir de 25 €, la note détaillée se remet avant le paiement. Donnez-la à la personne, puis cochez la case.",
            field="note_given",
        )
