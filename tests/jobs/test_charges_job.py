"""The weekly charges, run by several workers at once: each week of each rental is charged once, and the books hold."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from sqlalchemy import func, select

from billing.actions import charging
from billing.models import Charge, JournalEntry
from billing.queries import verify_books
from mobility.db import db
from tests.actions.test_billing_accounts import make_account
from tests.house import House

WORKERS, RENTALS, WEEKS = 4, 5, 3


def test_workers_at_once_charge_each_week_once(house: House) -> None:
    with house.writing():
        for number in range(RENTALS):
            make_account(house, reference=f"booking:{number}")
    house.clock.forward(days=7 * WEEKS)
    together = Barrier(WORKERS)

    def work(_: int) -> int:
        together.wait()
        with house.writing():
            return charging.post_due_charges(now=house.clock())

    with ThreadPoolExecutor(WORKERS) as workers:
        written = list(workers.map(work, range(WORKERS)))
    assert sorted(written) == [0] * (WORKERS - 1) + [RENTALS * WEEKS]
    with house.reading():
        assert db.session.scalar(select(func.count(Charge.id))) == RENTALS * WEEKS
        assert db.session.scalar(select(func.max(JournalEntry.number))) == RENTALS * WEEKS
        assert verify_books() is None
