"""Cards left for deposits, and what was asked of them."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Row, select

from billing.models import CardCall, Deposit, DepositStep, Payment, SavedCard
from billing.saved_cards import CALL_OPEN, ON_FILE, PAGE_OPEN, forget_on
from mobility.db import db
from mobility.errors import NotFound

_PAGE_LIVES = timedelta(hours=30)  # a day at the gateway, and its webhook's delay
_CALLED = (
    select(CardCall, DepositStep, Payment)
    .join(DepositStep, DepositStep.id == CardCall.step_id)
    .join(Payment, Payment.id == CardCall.payment_id)
    .execution_options(populate_existing=True)
)


@dataclass(frozen=True, kw_only=True)
class Called:
    """A part asked of a card, with the step it is to become and the payment that brings the money."""

    call: CardCall
    step: DepositStep
    payment: Payment


def card_of(deposit_id: int) -> SavedCard | None:
    """The latest card asked for a deposit, left or not."""
    return db.session.scalar(select(SavedCard).filter(SavedCard.deposit_id == deposit_id).order_by(SavedCard.id.desc()).limit(1))


def list_cards(deposit_id: int) -> list[SavedCard]:
    """Every card ever asked for a deposit, in the order they were asked."""
    return list(db.session.scalars(select(SavedCard).filter(SavedCard.deposit_id == deposit_id).order_by(SavedCard.id)))


def find_saved(deposit_id: int) -> SavedCard | None:
    """The card that may be charged for a deposit."""
    saved = select(SavedCard).filter(SavedCard.deposit_id == deposit_id, SavedCard.status == "saved")
    return db.session.scalar(saved.order_by(SavedCard.id.desc()).limit(1))


def find_by_session(session_reference: str | None) -> SavedCard | None:
    """The card asked on a page of the gateway."""
    if session_reference is None:
        return None
    return db.session.scalar(select(SavedCard).filter(SavedCard.session_reference == session_reference))


def get_by_key(key: str) -> SavedCard:
    """The card asked under a key. Raises NotFound."""
    card = db.session.scalar(select(SavedCard).filter(SavedCard.key == key))
    if card is None:
        raise NotFound
    return card


def list_to_ask(now: datetime) -> list[int]:
    """Cards whose page was opened lately and not told of since: the gateway is asked about them."""
    lately = SavedCard.page_opened_at > now - _PAGE_LIVES
    query = select(SavedCard.id).filter(SavedCard.status.in_(("pending", "closed")), lately)
    return list(db.session.scalars(query.order_by(SavedCard.id)))


def list_stale(now: datetime) -> list[int]:
    """Pages that nobody can use any more."""
    query = select(SavedCard.id).filter(SavedCard.status.in_(PAGE_OPEN), SavedCard.page_opened_at <= now - _PAGE_LIVES)
    return list(db.session.scalars(query.order_by(SavedCard.id)))


def list_to_forget(deposit_id: int | None = None) -> list[int]:
    """Cards that the gateway has still to forget."""
    query = select(SavedCard.id).filter(SavedCard.status == "forgetting").order_by(SavedCard.id)
    return list(db.session.scalars(query if deposit_id is None else query.filter(SavedCard.deposit_id == deposit_id)))


def list_overdue(today: date, days: int) -> list[int]:
    """Deposits still held by a card so many days after they could go back."""
    query = select(Deposit.id, Deposit.release_on).filter(Deposit.kind == ON_FILE, Deposit.held_cents > 0, Deposit.release_on <= today)
    return [deposit_id for deposit_id, on in db.session.execute(query.order_by(Deposit.id)) if on and forget_on(on, days) <= today]


def list_unanswered_calls() -> list[int]:
    """The steps whose charge nobody has answered yet."""
    return list(db.session.scalars(select(CardCall.step_id).filter(CardCall.status == "asked").order_by(CardCall.id)))


def list_called(deposit_id: int) -> list[Called]:
    """What was asked of a deposit's card, the latest first."""
    query = _CALLED.filter(DepositStep.deposit_id == deposit_id).order_by(CardCall.id.desc())
    return [_called(row) for row in db.session.execute(query)]


def find_open_call(deposit_id: int) -> Called | None:
    """The charge that the bank or the person has still to answer."""
    return next((called for called in list_called(deposit_id) if called.call.status in CALL_OPEN), None)


def get_called(step_id: int) -> Called:
    """The charge of a step. Raises NotFound."""
    row = db.session.execute(_CALLED.filter(CardCall.step_id == step_id)).first()
    if row is None:
        raise NotFound
    return _called(row)


def find_called_by(payment_id: int) -> Called | None:
    """The charge that a payment brings the money of."""
    row = db.session.execute(_CALLED.filter(CardCall.payment_id == payment_id)).first()
    return None if row is None else _called(row)


def _called(row: Row[CardCall, DepositStep, Payment]) -> Called:
    call, step, payment = row
    return Called(call=call, step=step, payment=payment)
