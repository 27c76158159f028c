"""The clock (promises.md "Robustness"): summer time, a server anywhere, ten years of weeks: the same bookings and the same charges."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from billing.actions import accounts, charge_runs
from billing.models import Charge
from billing.queries import verify_books
from fleet.actions import bookings
from fleet.errors import VehicleTaken
from fleet.models import Booking
from mobility.db import db
from mobility.periods import ONE_DAY, days_between, instant_of, paris_day
from mobility.rights import Role
from tests.databases import TestDatabase
from tests.garage import clear_person, make_vehicle
from tests.house import FakeClock, House, make_house
from tests.money import ADVISER, make_rental

ZONES = ("UTC", "Europe/Paris", "America/Los_Angeles", "Pacific/Kiritimati")
CHANGES = {date(2026, 3, 29): 23, date(2026, 10, 25): 25}  # the hours of the two days on which clocks change
QUARTER = timedelta(minutes=15)
CAR_DAY = 500  # cents


@contextmanager
def server_in(zone: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The process as if its machine stood elsewhere."""
    try:
        with monkeypatch.context() as there:
            there.setenv("TZ", zone)
            time.tzset()
            yield
    finally:
        time.tzset()


def quarters(day: date, every: int) -> list[datetime]:
    """The beginnings of a Paris day's quarters of an hour, each instant once; one in `every`."""
    count = (instant_of(day + ONE_DAY) - instant_of(day)) // QUARTER
    return [instant_of(day) + number * QUARTER for number in range(0, count, every)]


def lend(house: House, day: date, every: int) -> list[tuple[str, ...]]:
    """One car booked for each quarter of the day, and an account from each quarter until three days later; what stands written."""
    starts = quarters(day, every)
    house.clock.set(starts[0])
    with house.writing():
        clear_person(house, house.beneficiary_id)
        car, by = make_vehicle(house).id, house.viewer(Role.ADVISER)
    for number, start in enumerate(starts):
        wish = {"starts_at": start, "ends_at": start + every * QUARTER, "by": by, "now": starts[0]}
        with house.writing():
            bookings.hold(house.beneficiary_id, car, **wish)
        with house.writing(), pytest.raises(VehicleTaken):
            bookings.hold(house.beneficiary_id, car, **wish)
        _rent(house, number, start)
    with house.reading():
        lent = select(Booking.starts_at, Booking.ends_at, Booking.price_sentence).order_by(Booking.starts_at)
        charged = select(Charge.account_id, Charge.key, Charge.first_on, Charge.last_on, Charge.cents, Charge.sentence).order_by(Charge.id)
        return [tuple(map(str, row)) for query in (lent, charged) for row in db.session.execute(query)]


def _rent(house: House, number: int, start: datetime) -> None:
    """Three days on at 12:00 in Paris: the fourth date is charged too (domain.md §10.1)."""
    day, back_at = paris_day(start), instant_of(paris_day(start) + 3 * ONE_DAY, datetime(2026, 1, 1, 12, tzinfo=UTC).time())
    with house.writing():
        account = accounts.open_account(
            beneficiary_id=house.beneficiary_id,
            reference=f"quarter:{number}",
            label="Citadine",
            kind="car",
            programme="daily",
            qpv=False,
            first_on=day,
            by=ADVISER,
            now=start,
        )
        accounts.start_account(account.id, handed_over_at=start, by=ADVISER, now=start)
        accounts.close_account(account.id, returned_at=back_at, by=ADVISER, now=back_at)
        charged = [paid["day"] for charge in db.session.scalars(select(Charge).filter_by(account_id=account.id)) for paid in charge.days]
        assert sorted(charged) == [on.isoformat() for on in days_between(day, day + 3 * ONE_DAY)]


@pytest.mark.parametrize("every", [16, pytest.param(1, marks=pytest.mark.proof)])
@pytest.mark.parametrize("day", CHANGES, ids=str)
def test_a_day_that_changes_its_clocks_is_lent_and_charged_alike_from_anywhere(
    database: TestDatabase, clock: FakeClock, monkeypatch: pytest.MonkeyPatch, day: date, every: int
) -> None:
    assert len(quarters(day, 1)) == 4 * CHANGES[day]
    written, hours = [], set()
    for zone in ZONES:
        database.sweep()
        clock.set(instant_of(day))
        with server_in(zone, monkeypatch):
            hours.add(time.localtime(clock().timestamp())[2:4])
            written.append(lend(make_house(database.app, clock), day, every))
    print(
        f"{day}: {len(quarters(day, every))} quarters of an hour in {len(ZONES)} zones, {len(written[0])} bookings and charges, all alike"
    )
    assert len(hours) == len(ZONES), "the server did not move"
    assert all(one == written[0] for one in written)


@pytest.mark.parametrize("years", [1, pytest.param(10, marks=pytest.mark.proof)])
def test_each_week_is_charged_once(house: House, years: int) -> None:
    account_id = make_rental(house)
    for week in range(52 * years):
        house.clock.forward(days=7)
        for _ in range(1 + (week % 13 == 0)):  # now and then the job runs twice
            with house.writing():
                charge_runs.post_due_charges(now=house.clock())
    with house.reading():
        charges = list(db.session.scalars(select(Charge).filter_by(account_id=account_id).order_by(Charge.first_on)))
        mondays = [date(2026, 2, 16) + number * 7 * ONE_DAY for number in range(2 + 52 * years)]
        print(f"{years} years: {len(charges)} weeks charged of {len(mondays)}, {sum(c.cents for c in charges)} cents")
        assert [(c.first_on, c.last_on, c.cents) for c in charges] == [(on, on + 6 * ONE_DAY, 7 * CAR_DAY) for on in mondays]
        assert verify_books() is None
