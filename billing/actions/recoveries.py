"""Money that comes for what was written off: the loss is taken back into the books, then paid as any debt, with its receipt."""

from datetime import datetime

from billing.actions.charging import lock_account
from billing.actions.payments import take_payment
from billing.actions.till import check_note
from billing.losses import check_recovery
from billing.models import Receipt
from billing.queries.accounts import settled
from billing.queries.payments import find_by_key
from mobility.rights import Viewer


def recover(
    account_id: int,
    *,
    means: str,
    cents: int,
    reference: str | None = None,
    key: str | None = None,
    note_given: bool = False,
    by: Viewer,
    now: datetime,
) -> Receipt:
    """In hand, or seen at the bank, the detailed note handed over before (domain.md §9): a loss is paid as any debt.

    The same `key` again gives the same receipt. Raises NotFound, RuleBroken beside the field.
    """
    lock_account(account_id)
    if key is None or find_by_key(key) is None:
        check_recovery(cents, lost_cents=settled(account_id).lost_cents)
        check_note(cents, note_given=note_given, now=now)
    return take_payment(account_id, means=means, cents=cents, reference=reference, key=key, regained_cents=cents, by=by, now=now)
