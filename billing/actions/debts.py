"""What a person owes beside the rent: a repair, a membership. Only what stands on the account is paid, or kept from the deposit."""

from datetime import datetime

from billing.actions.charging import lock_account, post_charge
from billing.means import OTHER_DEBTS
from billing.models import Charge
from billing.queries.accounts import list_charges
from billing.reckoning import Due
from mobility.errors import RuleBroken
from mobility.money import euros
from mobility.periods import paris_day
from mobility.rights import Viewer


def charge_debt(account_id: int, *, kind: str, cents: int, reason: str, by: Viewer, now: datetime) -> Charge:
    """Put a repair or a membership on an account, with what it is for. Raises NotFound, RuleBroken beside the field."""
    account = lock_account(account_id)
    if kind not in OTHER_DEBTS:
        raise RuleBroken("Choisissez une réparation ou une adhésion.", field="kind")
    if cents <= 0:
        raise RuleBroken("Le montant doit être supérieur à zéro.", field="cents")
    count, today = sum(charge.kind == kind for charge in list_charges(account_id)), paris_day(now)
    sentence = f"{OTHER_DEBTS[kind].capitalize()}, {reason} : {euros(cents)}"
    due = Due(key=f"{kind}-{count + 1}", kind=kind, first_on=today, last_on=today, cents=cents, sentence=sentence)
    return post_charge(account, due, by=by, now=now)
