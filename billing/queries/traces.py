"""What ties people to the platform in the books: accounts, payments, and what is owed or held."""

from collections.abc import Collection, Iterator
from datetime import date

from sqlalchemy import func, literal, select, union

from billing.auto_payments import OPEN
from billing.gateway_balance import DisputeStatus
from billing.models import (
    AutoPayment,
    BillingAccount,
    Budget,
    CardDispute,
    CardHold,
    CardMandate,
    Deposit,
    GatewayDifference,
    GatewayEventRecord,
    JournalEntry,
    LedgerLine,
    Payment,
    PaymentRefund,
    SavedCard,
    TierProof,
)
from billing.payments import WAITING
from billing.queries.figures import DEBIT_LESS_CREDIT
from mobility.db import among, db, total_of
from mobility.models import Beneficiary
from mobility.periods import paris_day
from mobility.queries.traces import last_of
from mobility.retention import Trace
from mobility.tongues import say


def traces(ids: Collection[int]) -> Iterator[Trace]:
    """Of these people: the end of their last account, their last payment; a debt, a credit or a deposit still there holds the file."""
    whose = BillingAccount.beneficiary_id
    ended = select(whose, func.max(BillingAccount.ended_at)).filter(among(whose, ids)).group_by(whose)
    for id_, at in db.session.execute(ended):
        if at is not None:
            yield Trace(beneficiary_id=id_, what=say("compte de location"), on=paris_day(at))
    paid = select(whose, func.max(Payment.created_at)).join(Payment, Payment.account_id == BillingAccount.id)
    for id_, at in db.session.execute(paid.filter(among(whose, ids)).group_by(whose)):
        yield Trace(beneficiary_id=id_, what=say("paiement"), on=paris_day(at))
    dated = (
        (TierProof, TierProof.recorded_at, say("droit à un tarif")),
        (Budget, Budget.told_at, say("budget")),
        (CardMandate, CardMandate.agreed_at, say("accord de paiement automatique")),
    )
    for table, column, what in dated:
        for id_, at in db.session.execute(last_of(table, func.max(column), ids)):
            yield Trace(beneficiary_id=id_, what=what, on=paris_day(at))
    held = select(whose).distinct().join(Deposit, Deposit.account_id == BillingAccount.id).filter(among(whose, ids), Deposit.held_cents > 0)
    for id_ in db.session.scalars(held):
        yield Trace(beneficiary_id=id_, what=say("caution pas encore rendue"), on=None)
    yield from _unsettled(ids)
    # By account: what one rental owes never makes up for what another has too much.
    left = (
        select(whose)
        .join(LedgerLine, LedgerLine.account_id == BillingAccount.id)
        .filter(among(whose, ids), LedgerLine.ledger_code == "411")
    )
    for id_ in db.session.scalars(left.group_by(BillingAccount.id, whose).having(total_of(DEBIT_LESS_CREDIT) != 0)):
        yield Trace(beneficiary_id=id_, what=say("somme à régler ou à rendre"), on=None)


_CARD, _UNDER_WAY = say("carte enregistrée ou empreinte de carte"), say("paiement ou remboursement en cours")
_TO_SEE = say("opération de carte à examiner")
_SAID = {what: what for what in (_CARD, _UNDER_WAY, _TO_SEE)}  # what a database gives back is a plain string
_CARD_THERE = ("asked", "pending", "saved", "forgetting")
_SUM_THERE = ("asked", "pending", "held", "capturing", "releasing")
_NOT_MENDED = GatewayDifference.mended_at.is_(None)
_NOT_DECIDED = (CardDispute.status != DisputeStatus.WON) & CardDispute.decided.is_(None)
_NOT_HANDLED = (GatewayEventRecord.outcome == "disputed") & GatewayEventRecord.handled_at.is_(None)


def _unsettled(ids: Collection[int]) -> Iterator[Trace]:
    """A card that could still be charged, a sum that may still come or go back, a card's charge contested or told otherwise."""
    who, account = BillingAccount.beneficiary_id, BillingAccount.id
    of_deposit = select(who.label("who")).join(Deposit, Deposit.account_id == account)
    of_payment = select(who.label("who")).join(Payment, Payment.account_id == account)
    weekly = select(who.label("who")).join(AutoPayment, AutoPayment.account_id == account)
    kinds = (
        (_CARD, of_deposit.join(SavedCard, SavedCard.deposit_id == Deposit.id).filter(SavedCard.status.in_(_CARD_THERE))),
        (_CARD, of_deposit.join(CardHold, CardHold.deposit_id == Deposit.id).filter(CardHold.status.in_(_SUM_THERE))),
        (_UNDER_WAY, of_payment.filter(Payment.status.in_((*WAITING, "disputed")))),
        (_UNDER_WAY, weekly.filter(AutoPayment.status.in_(OPEN))),
        (_UNDER_WAY, of_payment.join(PaymentRefund, PaymentRefund.payment_id == Payment.id).filter(PaymentRefund.status == "asked")),
        (_TO_SEE, of_payment.join(GatewayDifference, GatewayDifference.payment_id == Payment.id).filter(_NOT_MENDED)),
        (_TO_SEE, of_payment.join(CardDispute, CardDispute.payment_id == Payment.id).filter(_NOT_DECIDED)),
        (_TO_SEE, of_payment.join(GatewayEventRecord, GatewayEventRecord.payment_id == Payment.id).filter(_NOT_HANDLED)),
    )
    told = union(*(some.filter(among(who, ids)).add_columns(literal(str(what)).label("what")) for what, some in kinds))
    for id_, what in db.session.execute(told):
        yield Trace(beneficiary_id=id_, what=_SAID[what], on=None)


def last_entries(beneficiary_id: int) -> Iterator[date]:
    """The day of the last entry under a person's number: the law counts its ten years from the end of that year."""
    theirs = select(LedgerLine.entry_number).join(Beneficiary, Beneficiary.number == LedgerLine.subject_number)
    entries = select(func.max(JournalEntry.on)).filter(JournalEntry.number.in_(theirs.filter(Beneficiary.id == beneficiary_id)))
    if (day := db.session.scalar(entries)) is not None:
        yield day
