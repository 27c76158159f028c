"""An account's fuel allowance and the receipts drawn on it."""

from sqlalchemy import select

from billing.fuel import Allowance, allowance
from billing.models import BillingAccount, FuelReceipt
from billing.queries.statement import foreseen_stay
from billing.reckoning import held_months
from billing.terms import AMIE
from mobility import practice
from mobility.db import db


def fuel_of(account: BillingAccount) -> Allowance | None:
    """What is left for fuel on an account, None when its programme covers none."""
    if account.programme != AMIE:
        return None
    used_cents = sum(receipt.covered_cents for receipt in list_fuel_receipts(account.id) if receipt.withdrawn_at is None)
    granted_cents = practice.value_on("billing.fuel_allowance_cents", account.first_on)
    return allowance(held_months(foreseen_stay(account)), granted_cents, used_cents)


def list_fuel_receipts(account_id: int) -> list[FuelReceipt]:
    """The receipts of an account, by day, those withdrawn too."""
    query = select(FuelReceipt).filter(FuelReceipt.account_id == account_id)
    return list(db.session.scalars(query.order_by(FuelReceipt.spent_on, FuelReceipt.id)))
