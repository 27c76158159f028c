"""What ties people to the platform in the books: accounts, payments, and what is owed or held."""

from collections.abc import Collection, Iterator

from sqlalchemy import func, select

from billing.models import BillingAccount, Budget, Deposit, LedgerLine, Payment, TierProof
from billing.queries.figures import DEBIT_LESS_CREDIT
from mobility.db import among, db, total_of
from mobility.periods import paris_day
from mobility.queries.traces import last_of
from mobility.retention import Trace


def traces(ids: Collection[int]) -> Iterator[Trace]:
    """Of these people: the end of their last account, their last payment; a debt, a credit or a deposit still there holds the file."""
    whose = BillingAccount.beneficiary_id
    ended = select(whose, func.max(BillingAccount.ended_at)).filter(among(whose, ids)).group_by(whose)
    for id_, at in db.session.execute(ended):
        if at is not None:
            yield Trace(beneficiary_id=id_, what="compte de location", on=paris_day(at))
    paid = select(whose, func.max(Payment.created_at)).join(Payment, Payment.account_id == BillingAccount.id)
    for id_, at in db.session.execute(paid.filter(among(whose, ids)).group_by(whose)):
        yield Trace(beneficiary_id=id_, what="paiement", on=paris_day(at))
    for table, column, what in ((TierProof, TierProof.recorded_at, "droit à un tarif"), (Budget, Budget.told_at, "budget")):
        for id_, at in db.session.execute(last_of(table, func.max(column), ids)):
            yield Trace(beneficiary_id=id_, what=what, on=paris_day(at))
    held = select(whose).distinct().join(Deposit, Deposit.account_id == BillingAccount.id).filter(among(whose, ids), Deposit.held_cents > 0)
    for id_ in db.session.scalars(held):
        yield Trace(beneficiary_id=id_, what="caution pas encore rendue", on=None)
    # By account: what one rental owes never makes up for what another has too much.
    left = (
        select(whose)
        .join(LedgerLine, LedgerLine.account_id == BillingAccount.id)
        .filter(among(whose, ids), LedgerLine.ledger_code == "411")
    )
    for id_ in db.session.scalars(left.group_by(BillingAccount.id, whose).having(total_of(DEBIT_LESS_CREDIT) != 0)):
        yield Trace(beneficiary_id=id_, what="somme à régler ou à rendre", on=None)
