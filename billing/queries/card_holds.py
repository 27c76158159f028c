"""Holds asked for deposits, placed, and what became of them."""

from datetime import date, datetime, timedelta

from sqlalchemy import Select, or_, select

from billing.card_holds import CAPTURING, HELD, PAGE_OPEN, RELEASING
from billing.models import BillingAccount, CardHold, Deposit
from billing.queries.deposits import list_secured
from mobility.db import db
from mobility.errors import NotFound

_PAGE_LIVES = timedelta(hours=30)  # a day at the gateway, and its webhook's delay


def hold_of(deposit_id: int) -> CardHold | None:
    """The latest hold asked for a deposit, placed or not."""
    return db.session.scalar(select(CardHold).filter(CardHold.deposit_id == deposit_id).order_by(CardHold.id.desc()).limit(1))


def get_by_key(key: str) -> CardHold:
    """The hold asked under a key. Raises NotFound."""
    hold = db.session.scalar(select(CardHold).filter(CardHold.key == key))
    if hold is None:
        raise NotFound
    return hold


def find_by_reference(reference: str | None) -> CardHold | None:
    """The hold that the gateway's word is about."""
    return None if reference is None else db.session.scalar(select(CardHold).filter(CardHold.reference == reference))


def find_by_payment(payment_id: int) -> CardHold | None:
    """The hold that a payment takes from."""
    return db.session.scalar(select(CardHold).filter(CardHold.payment_id == payment_id))


def secured_until(deposit: Deposit) -> date | None:
    """The last day foreseen of the rentals that a deposit secures; None when one has none."""
    days = [account.last_on for account in list_secured(deposit.id)]
    known = [day for day in days if day is not None]
    return max(known) if known and len(known) == len(days) else None


def first_of(deposit: Deposit) -> BillingAccount:
    """The rental that a deposit was asked for."""
    return db.session.get_one(BillingAccount, deposit.account_id)


def list_to_ask(now: datetime) -> list[int]:
    """Holds of which the gateway may know more: a page opened lately and not told of since, one placed whose instant has come."""
    of_a_page = CardHold.status.in_(("pending", "closed")) & (CardHold.page_opened_at > now - _PAGE_LIVES)
    return _ids(select(CardHold.id).filter(or_(of_a_page, (CardHold.status == HELD) & (CardHold.capture_before <= now))))


def list_held() -> list[int]:
    """Holds in place."""
    return _ids(select(CardHold.id).filter(CardHold.status == HELD))


def list_stale(now: datetime) -> list[int]:
    """Pages that nobody can use any more."""
    return _ids(select(CardHold.id).filter(CardHold.status.in_(PAGE_OPEN), CardHold.page_opened_at <= now - _PAGE_LIVES))


def list_capturing() -> list[int]:
    """Holds of which a part was asked, and nobody has answered yet."""
    return _ids(select(CardHold.id).filter(CardHold.status == CAPTURING))


def list_to_lift(deposit_id: int | None = None) -> list[int]:
    """Holds that the gateway has still to lift."""
    query = select(CardHold.id).filter(CardHold.status == RELEASING)
    return _ids(query if deposit_id is None else query.filter(CardHold.deposit_id == deposit_id))


def _ids(query: Select[int]) -> list[int]:
    return list(db.session.scalars(query.order_by(CardHold.id)))
