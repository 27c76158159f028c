"""Fuel to work, paid by the association against a receipt that somebody has seen (domain.md §3.3)."""

from datetime import date, datetime

from billing.actions import ledger
from billing.actions.charging import lock_account
from billing.entries import fuel_paid
from billing.fuel import PAID_LABELS, draw
from billing.models import BillingAccount, FuelReceipt
from billing.queries.fuel import fuel_of
from mobility import audit
from mobility.db import db
from mobility.errors import Conflict, RuleBroken
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
    entry = fuel_paid(paid, covered_cents, on=paris_day(now), label=f"Carburant du {say_day(spent_on)}, {account.reference}")
    receipt = FuelReceipt(
        account_id=account.id,
        spent_on=spent_on,
        cents=cents,
        covered_cents=covered_cents,
        centilitres=centilitres,
        paid=paid,
        seen_at=now,
        seen_by=by.account_id,
        entry_number=ledger.post(entry, now=now, account_id=account.id, reference=f"carburant {account.id}"),
    )
    db.session.add(receipt)
    audit.record("fuel_paid", receipt, by=by, now=now, subject=_person(account))
    return receipt


def _person(account: BillingAccount) -> Beneficiary:
    return db.session.get_one(Beneficiary, account.beneficiary_id)
