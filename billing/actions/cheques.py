"""Cheques on their way to the bank: put on a slip, and undone when the bank sends one back unpaid."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from billing.actions import ledger
from billing.actions.charging import lock_account
from billing.entries import cheque_returned
from billing.models import BankedCheque, Banking, Payment
from billing.queries.cheques import get_slip, list_waiting
from mobility import audit, numbers
from mobility.db import db
from mobility.errors import Conflict, NotFound, RuleBroken
from mobility.models import Beneficiary
from mobility.periods import paris_day
from mobility.rights import Viewer


def make_slip(*, cheques: Sequence[int], by: Viewer, now: datetime) -> Banking:
    """Put waiting cheques, by their entries, on a slip. Raises RuleBroken for none, Conflict for one that waits no more."""
    if not cheques:
        raise RuleBroken("Choisissez au moins un chèque.", field="cheques")
    ledger.lock_books()
    waiting = {each.entry_number: each for each in list_waiting()}
    if not set(cheques) <= waiting.keys():
        raise Conflict("Un de ces chèques n’attend plus : il est déjà remis ou rendu. Rechargez la page.")
    chosen = [waiting[number] for number in sorted(set(cheques))]
    slip = Banking(number=numbers.take("banking"), cents=sum(each.cents for each in chosen), made_at=now, made_by=by.account_id)
    db.session.add(slip)
    audit.record("slip_made", slip, by=by, now=now)
    for each in chosen:
        put = BankedCheque(banking_id=slip.id, account_id=each.account_id, entry_number=each.entry_number, cents=each.cents)
        db.session.add(put)
        audit.record("cheque_on_slip", put, by=by, now=now, subject=each.person)
    return slip


def return_cheque(slip_number: int, *, cheque: int, reason: str, by: Viewer, now: datetime) -> BankedCheque:
    """The bank sent a cheque back unpaid: the debt stands again. Raises NotFound, Conflict before the bank has it or the second time."""
    slip = get_slip(slip_number)
    found = select(BankedCheque).filter(BankedCheque.banking_id == slip.id, BankedCheque.entry_number == cheque)
    account_id = db.session.scalar(found.with_only_columns(BankedCheque.account_id))
    if account_id is None:
        raise NotFound
    account = lock_account(account_id)
    payment = db.session.scalar(select(Payment).filter(Payment.entry_number == cheque).with_for_update())
    returned = db.session.scalars(found.with_for_update().execution_options(populate_existing=True)).one()
    if slip.banked_on is None:
        raise Conflict("Cette remise n’est pas encore à la banque.")
    if returned.returned_at is not None:
        raise Conflict("Ce chèque est déjà noté revenu impayé.")
    person = db.session.get_one(Beneficiary, account.beneficiary_id)
    label = f"Chèque revenu impayé, remise {slip.number}"
    entry = cheque_returned(account.party, returned.cents, reverses=cheque, on=paris_day(now), label=label)
    returned.returned_at, returned.returned_by, returned.returned_reason = now, by.account_id, reason
    returned.returned_entry = ledger.post(entry, now=now, account_id=account_id, reference=f"remise {slip.number}")
    if payment is not None:
        payment.status, payment.failure = "returned", reason
        audit.record("payment_returned", payment, by=by, now=now, subject=person)
    audit.record("cheque_returned", returned, by=by, now=now, subject=person)
    return returned
