"""The rents of the programme, file by file and month by month, of those whose vehicle was handed over in a year (domain.md §10.3)."""

from collections.abc import Iterator
from datetime import date

from sqlalchemy import select

from billing.models import BillingAccount
from billing.queries.statement import stay_of
from billing.reckoning import held_months
from billing.schedule import Month
from billing.terms import AMIE
from fleet.models import Booking
from fleet.queries.past_rentals import past_rentals_in
from fleet.rents import RentLine
from mobility.db import db
from mobility.periods import ONE_DAY, instant_of


def rents_in(year: int) -> Iterator[RentLine]:
    """All the months of every file handed over in a year: those taken in from a table, then the platform's own rentals."""
    for line in past_rentals_in(year):
        yield from _lines(line.past.number, line.months)
    for number, account in _own(year):
        if stay := stay_of(account):
            yield from _lines(number, held_months(stay))


def _own(year: int) -> list[tuple[str, BillingAccount]]:
    first, last = instant_of(date(year, 1, 1)), instant_of(date(year, 12, 31) + ONE_DAY)
    asked = (
        select(Booking.number, BillingAccount)
        .join(BillingAccount, BillingAccount.id == Booking.account_id)
        .filter(Booking.programme == AMIE, BillingAccount.started_at >= first, BillingAccount.started_at < last)
        .order_by(BillingAccount.started_at, Booking.id)
    )
    return [(number, account) for number, account in db.session.execute(asked)]


def _lines(file: str, months: list[Month]) -> Iterator[RentLine]:
    return (RentLine(file, month.month, month.first_on, month.last_on, month.rent_cents) for month in months)
