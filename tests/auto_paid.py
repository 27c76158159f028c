"""Paying each week by a card on file, under test: an agreement, the hours that go by, and what stands."""

from datetime import datetime, time, timedelta

from sqlalchemy import select

from billing.actions import auto_jobs, mandates
from billing.local_gateway import SUCCEEDS
from billing.models import AutoPayment, AutoTry, Deposit
from billing.queries import balance_cents
from mobility.db import db
from mobility.models import Beneficiary, Message
from mobility.periods import instant_of, paris_day
from mobility.rights import Role
from tests.house import House
from tests.on_file import on_file

MOST = 5_000


def agreed(house: House, number: str = SUCCEEDS, *, most_cents: int = MOST) -> int:
    """Somebody who owes 70 €, has left a card and agreed to 50 € a week; their account's id."""
    deposit_id = on_file(house, number)
    with house.writing():
        reach(house)
    agree(house, most_cents=most_cents)
    with house.reading():
        return db.session.get_one(Deposit, deposit_id).account_id


def reach(house: House) -> None:
    """Their mail is known; inside `writing`."""
    person = db.session.get_one(Beneficiary, house.beneficiary_id)
    person.email, person.contact_by = "nadia@example.org", "mail"


def agree(house: House, *, most_cents: int = MOST) -> None:
    """They agree, in their own space."""
    with house.writing():
        by = house.viewer(Role.BENEFICIARY)
        mandates.agree(house.beneficiary_id, most_cents=most_cents, agreed=True, by=by, now=house.clock())


def withdraw(house: House) -> None:
    """They take it back."""
    with house.writing():
        mandates.withdraw(house.beneficiary_id, by=house.viewer(Role.BENEFICIARY), now=house.clock())


def hour(house: House) -> int:
    """What the hour's job moves now."""
    with house.reading():
        return auto_jobs.follow_weekly(now=house.clock())


def to_day(house: House, days: int, at: time = time(11)) -> datetime:
    """So many days later, at an hour in Paris."""
    house.clock.set(instant_of(paris_day(house.clock()) + timedelta(days=days), at))
    return house.clock()


def weeks(house: House) -> list[tuple[str, int, str | None]]:
    """Each week's state, what it takes at most, and why."""
    with house.reading():
        return [(row.status, row.cents, row.reason) for row in db.session.scalars(select(AutoPayment).order_by(AutoPayment.id))]


def tries(house: House) -> list[tuple[str, str | None]]:
    """Each asking of the bank."""
    with house.reading():
        return [(row.status, row.refusal) for row in db.session.scalars(select(AutoTry).order_by(AutoTry.id))]


def said(house: House) -> list[str]:
    """What the person was written, the first first."""
    with house.reading():
        return [row.body for row in db.session.scalars(select(Message).order_by(Message.id))]


def owes(house: House, account_id: int) -> int:
    """Cents owed on the account."""
    with house.reading():
        return balance_cents(account_id)
