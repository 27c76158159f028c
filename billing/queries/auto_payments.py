"""Agreements to pay each week by a card on file, each week's payment with its tries, and what may be taken."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row, Select, select

from billing.auto_payments import OPEN, QUEUED
from billing.models import AutoPayment, AutoTry, BillingAccount, CardMandate, Deposit, Payment, SavedCard
from billing.payments import CHARGING
from billing.queries.accounts import balance_cents, list_accounts, owed_of
from billing.queries.figures import all_accounts
from billing.queries.plans import list_plans
from billing.queries.reminders import why_kept_back
from mobility.db import db, total_of
from mobility.errors import NotFound
from mobility.models import Beneficiary, Outbox
from mobility.rights import Viewer
from mobility.tongues import say

_TRIED = (
    select(AutoTry, AutoPayment, Payment)
    .join(AutoPayment, AutoPayment.id == AutoTry.auto_payment_id)
    .join(Payment, Payment.id == AutoTry.payment_id)
    .execution_options(populate_existing=True)
)
PLANNED = say("Un plan de paiement est en cours : rien n’est pris automatiquement, chaque versement se fait comme convenu.")


@dataclass(frozen=True, kw_only=True)
class Takeable:
    """What a card may pay of an account, in cents, and what holds the debt back (None: nothing)."""

    account: BillingAccount
    cents: int
    why_not: str | None


@dataclass(frozen=True, kw_only=True)
class Tried:
    """One asking of the bank, the week's payment it is of, and the payment that brings the money."""

    attempt: AutoTry
    weekly: AutoPayment
    payment: Payment


@dataclass(frozen=True, kw_only=True)
class AutoLine:
    """A week's payment in a list: whose, on which rental, and what is owed by now."""

    weekly: AutoPayment
    account: BillingAccount
    person: Beneficiary
    owed_cents: int


def find_mandate(beneficiary_id: int) -> CardMandate | None:
    """The agreement that runs."""
    running = select(CardMandate).filter(CardMandate.beneficiary_id == beneficiary_id, CardMandate.ended_at.is_(None))
    return db.session.scalar(running.execution_options(populate_existing=True))


def list_mandates(beneficiary_id: int) -> list[CardMandate]:
    """All of a person's agreements, the latest first."""
    return list(
        db.session.scalars(select(CardMandate).filter(CardMandate.beneficiary_id == beneficiary_id).order_by(CardMandate.id.desc()))
    )


def list_running() -> list[int]:
    """The people whose agreement runs, by id."""
    running = select(CardMandate.beneficiary_id).join(Beneficiary, Beneficiary.id == CardMandate.beneficiary_id)
    return list(
        db.session.scalars(running.filter(CardMandate.ended_at.is_(None), Beneficiary.erased_at.is_(None)).order_by(CardMandate.id))
    )


def list_people_of_card(card_id: int) -> list[int]:
    """Whose agreement runs on a card."""
    running = select(CardMandate.beneficiary_id).filter(CardMandate.card_id == card_id, CardMandate.ended_at.is_(None))
    return list(db.session.scalars(running))


def find_card_of(beneficiary_id: int, today: date) -> SavedCard | None:
    """The latest card that a person left for a deposit, and that is still good."""
    left = select(SavedCard).join(Deposit, Deposit.id == SavedCard.deposit_id).join(BillingAccount, BillingAccount.id == Deposit.account_id)
    good = left.filter(BillingAccount.beneficiary_id == beneficiary_id, SavedCard.status == "saved", SavedCard.expires_on >= today)
    return db.session.scalar(good.order_by(SavedCard.id.desc()).limit(1))


def deposit_of_mandate(mandate_id: int) -> int:
    """The deposit whose card an agreement runs on."""
    cards = select(SavedCard.deposit_id).join(CardMandate, CardMandate.card_id == SavedCard.id)
    return db.session.scalars(cards.filter(CardMandate.id == mandate_id)).one()


def list_weekly(beneficiary_id: int) -> list[AutoPayment]:
    """A person's, the latest week first."""
    query = select(AutoPayment).filter(AutoPayment.beneficiary_id == beneficiary_id).order_by(AutoPayment.week_on.desc())
    return list(db.session.scalars(query.execution_options(populate_existing=True)))


def find_open(beneficiary_id: int) -> AutoPayment | None:
    """The one that is announced or under way."""
    return next((weekly for weekly in list_weekly(beneficiary_id) if weekly.status in OPEN), None)


def lock_weekly(auto_payment_id: int) -> tuple[AutoPayment, BillingAccount]:
    """A week's payment and its account, locked account first. Raises NotFound."""
    account_id = db.session.scalar(select(AutoPayment.account_id).filter(AutoPayment.id == auto_payment_id))
    if account_id is None:
        raise NotFound
    accounts = select(BillingAccount).filter(BillingAccount.id == account_id)
    account = db.session.scalars(accounts.with_for_update().execution_options(populate_existing=True)).one()
    weekly = select(AutoPayment).filter(AutoPayment.id == auto_payment_id)
    return db.session.scalars(weekly.with_for_update().execution_options(populate_existing=True)).one(), account


def list_tries(auto_payment_id: int) -> list[Tried]:
    """What was asked of the bank for a week, the first first."""
    return [_tried(row) for row in db.session.execute(_TRIED.filter(AutoTry.auto_payment_id == auto_payment_id).order_by(AutoTry.number))]


def find_tried_by(payment_id: int) -> Tried | None:
    """The asking that a payment brings the money of."""
    row = db.session.execute(_TRIED.filter(AutoTry.payment_id == payment_id)).first()
    return None if row is None else _tried(row)


def get_tried(try_id: int) -> Tried:
    """An asking. Raises NotFound."""
    row = db.session.execute(_TRIED.filter(AutoTry.id == try_id)).first()
    if row is None:
        raise NotFound
    return _tried(row)


def list_unanswered_tries() -> list[int]:
    """The askings that no bank has answered yet."""
    return list(db.session.scalars(select(AutoTry.id).filter(AutoTry.status == "asked").order_by(AutoTry.id)))


def list_to_take(today: date) -> list[int]:
    """The week's payments whose day has come."""
    query = select(AutoPayment.id).filter(AutoPayment.status.in_(QUEUED), AutoPayment.next_on <= today)
    return list(db.session.scalars(query.order_by(AutoPayment.id)))


def list_untold() -> list[int]:
    """The week's payments still to come whose announcement was given up."""
    query = select(AutoPayment.id).join(Outbox, Outbox.id == AutoPayment.told_outbox_id)
    return list(db.session.scalars(query.filter(AutoPayment.status.in_(QUEUED), Outbox.gave_up_at.is_not(None)).order_by(AutoPayment.id)))


def was_given_up(outbox_id: int | None) -> bool:
    """Whether a message will never arrive."""
    query = select(Outbox.gave_up_at).filter(Outbox.id == outbox_id)
    return outbox_id is not None and db.session.scalar(query) is not None


def list_to_confirm() -> list[int]:
    """Those that wait for their person."""
    return list(db.session.scalars(select(AutoPayment.id).filter(AutoPayment.status == "confirm").order_by(AutoPayment.id)))


def is_charging(account_id: int) -> bool:
    """Whether a bank may be taking money for this account now, its person away."""
    query = select(Payment.id).filter(Payment.account_id == account_id, Payment.status == CHARGING)
    return db.session.scalar(query.limit(1)) is not None


def takeable(account: BillingAccount, today: date) -> Takeable:
    """What a card may pay of an account: the rent and a membership, less the transfers announced; never a repair."""
    planned = any(line.is_live for line in list_plans(account.id))
    why_not = PLANNED if planned else why_kept_back(account, today)
    announced = select(total_of(Payment.cents)).filter(Payment.account_id == account.id, Payment.status == "announced")
    due = balance_cents(account.id) - owed_of(account.id, "damage") - (db.session.scalar(announced) or 0)
    return Takeable(account=account, cents=max(due, 0), why_not=why_not)


def list_takeable(beneficiary_id: int, viewer: Viewer, today: date) -> list[Takeable]:
    """What a card may pay on each rental of a person, the oldest first."""
    found = [takeable(account, today) for account in reversed(list_accounts(beneficiary_id, viewer))]
    return [one for one in found if one.cents]


def all_weekly() -> Select[*tuple[Any, ...]]:
    """Every week's payment with its account, its person and what is owed now: what lists narrow and order."""
    lines = all_accounts().add_columns(AutoPayment)
    return lines.join(AutoPayment, AutoPayment.account_id == BillingAccount.id)


def waiting(query: Any, state: str) -> Any:
    """Narrow to a state, or ("to_see") to those that somebody has still to talk about with the person."""
    if state == "to_see":
        return query.filter(AutoPayment.status == "stopped", AutoPayment.seen_at.is_(None))
    return query.filter(AutoPayment.status == state)


def read_line(row: Any) -> AutoLine:
    """A week's payment as lists show it."""
    account, person, owed_cents, weekly = row
    return AutoLine(weekly=weekly, account=account, person=person, owed_cents=int(owed_cents))


def _tried(row: Row[AutoTry, AutoPayment, Payment]) -> Tried:
    attempt, weekly, payment = row
    return Tried(attempt=attempt, weekly=weekly, payment=payment)
