"""Fuel to work, paid by the association against a receipt that somebody has seen (domain.md §3.3)."""

from datetime import date, datetime

from sqlalchemy import select

from billing.actions import ledger
from billing.actions.charging import lock_account
from billing.entries import fuel_paid
from billing.fuel import PAID_LABELS, WITHDRAWAL_REASONS, draw
from billing.ledger import reversal
from billing.models import BillingAccount, FuelReceipt
from billing.queries.fuel import fuel_of
from mobility import audit
from mobility.db import db
from mobility.errors import Conflict, NotFound, RuleBroken
from mobility.models import Beneficiary
from mobility.periods import paris_day, say_day
from mobility.rights import Viewer


def record_fuel(
    account_id: int,
    *,
    spent_on: date,
    cents: int,
    paid: str,
    for_work: bool,
    centilitres: int | None = None,
    by: Viewer,
    now: datetime,
) -> FuelReceipt:
    """A receipt seen and paid, up to what is left of the allowance: handed or sent to the person, or paid to the station.

    Raises NotFound, Conflict where no month covers fuel or before the keys, RuleBroken beside the field.
    """
    account = lock_account(account_id)
    granted = fuel_of(account)
    if granted is None:
        raise Conflict("Cette location ne prend pas de carburant en charge.")
    if account.started_at is None:
        raise Conflict("Le véhicule n’est pas encore remis : le carburant se note après les clés.")
    if paid not in PAID_LABELS:
        raise RuleBroken("Dites comment ce carburant est payé.", field="paid")
    covered_cents = draw(granted, cents, spent_on=spent_on, for_work=for_work, today=paris_day(now))
    entry = fuel_paid(paid, covered_cents, on=paris_day(now), label=_label(spent_on, account))
    receipt = FuelReceipt(
        account_id=account.id,
        spent_on=spent_on,
        cents=cents,
        covered_cents=covered_cents,
        centilitres=centilitres,
        paid=paid,
        seen_at=now,
        seen_by=by.account_id,
        entry_number=ledger.post(entry, now=now, account_id=account.id, reference=_reference(account)),
    )
    db.session.add(receipt)
    audit.record("fuel_paid", receipt, by=by, now=now, subject=_person(account))
    return receipt


def withdraw_fuel(account_id: int, receipt_id: int, *, reason: str, by: Viewer, now: datetime) -> FuelReceipt:
    """Take back a receipt noted by mistake: an entry undoes its own, and the allowance has its amount again.

    Raises NotFound, Conflict when it was withdrawn before, RuleBroken on `reason`.
    """
    account = lock_account(account_id)
    receipt = db.session.scalar(select(FuelReceipt).filter(FuelReceipt.id == receipt_id, FuelReceipt.account_id == account.id))
    if receipt is None:
        raise NotFound
    if receipt.withdrawn_at is not None:
        raise Conflict("Ce reçu est déjà retiré.")
    if reason not in WITHDRAWAL_REASONS:
        raise RuleBroken("Dites pourquoi ce reçu est retiré.", field="reason")
    paid = fuel_paid(receipt.paid, receipt.covered_cents, on=paris_day(receipt.seen_at), label=_label(receipt.spent_on, account))
    undone = reversal(receipt.entry_number, paid, paris_day(now))
    receipt.withdrawn_at, receipt.withdrawn_by, receipt.withdrawn_reason = now, by.account_id, reason
    receipt.withdrawal_entry = ledger.post(undone, now=now, account_id=account.id, reference=_reference(account))
    audit.record("fuel_withdrawn", receipt, by=by, now=now, subject=_person(account))
    return receipt


def _label(spent_on: date, account: BillingAccount) -> str:
    return f"Carburant du {say_day(spent_on)}, {account.reference}"


def _reference(account: BillingAccount) -> str:
    return f"carburant {account.id}"


def _person(account: BillingAccount) -> Beneficiary:
    return db.session.get_one(Beneficiary, account.beneficiary_id)
