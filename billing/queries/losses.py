"""What was written off and what came for it later: an account's, and the list of all."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, select

from billing.models import BillingAccount, LossStep
from mobility.db import db
from mobility.models import Account, Beneficiary


@dataclass(frozen=True, kw_only=True)
class LossLine:
    """A step in a list: on whose account, and who decided it."""

    step: LossStep
    account: BillingAccount
    person: Beneficiary
    by_name: str | None


def all_losses() -> Select[*tuple[Any, ...]]:
    """Every step with its account, its person, and who noted it: what lists narrow and order."""
    lines = select(LossStep, BillingAccount, Beneficiary, Account.name).join(BillingAccount, BillingAccount.id == LossStep.account_id)
    return lines.join(Beneficiary, Beneficiary.id == BillingAccount.beneficiary_id).outerjoin(Account, Account.id == LossStep.by)


def read_loss(row: Any) -> LossLine:
    """A step as lists show it."""
    step, account, person, by_name = row
    return LossLine(step=step, account=account, person=person, by_name=by_name)


def list_losses(account_id: int) -> list[LossLine]:
    """An account's steps, the latest first."""
    query = all_losses().filter(LossStep.account_id == account_id).order_by(LossStep.id.desc())
    return [read_loss(row) for row in db.session.execute(query)]
