"""The weekly charges: each week of each rental once, by several workers too, cut off or not, and equal to charging one by one."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from billing.actions import charge_runs
from billing.actions.charging import bring_up_to_date, lock_account
from billing.models import Charge, ChargeRun, JournalEntry
from billing.queries import verify_books
from billing.queries.charge_runs import count_due
from billing.queries.months import find_wrong_month
from mobility.db import db, platform_scope, undo
from mobility.db.last import write_what_waits
from mobility.periods import paris_day
from mobility.rights import house as of_the_house
from tests.actions.test_billing_accounts import make_account
from tests.charged import left_in_the_books, make_mix
from tests.house import House

WORKERS, RENTALS, WEEKS = 4, 5, 3
IDLE = 2  # out of service all week, or months all charged


def test_workers_at_once_charge_each_week_once(house: House) -> None:
    with house.writing():
        for number in range(RENTALS):
            make_account(house, reference=f"booking:{number}")
    house.clock.forward(days=7 * WEEKS)
    together = Barrier(WORKERS)

    def work(_: int) -> int:
        together.wait()
        with house.writing():
            return charge_runs.post_due_charges(now=house.clock()).charges

    with ThreadPoolExecutor(WORKERS) as workers:
        written = list(workers.map(work, range(WORKERS)))
    assert sorted(written) == [0] * (WORKERS - 1) + [RENTALS * WEEKS]
    with house.reading():
        assert db.session.scalar(select(func.count(Charge.id))) == RENTALS * WEEKS
        assert db.session.scalar(select(func.max(JournalEntry.number))) == RENTALS * WEEKS
        assert verify_books() is None


def test_all_at_once_is_to_the_cent_and_to_the_seal_what_one_by_one_is(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(charge_runs, "AT_ONCE", 4)  # several batches, in one chain
    with house.writing():
        ids = make_mix(house)
    for days in (8, 14, 26):  # a week; two, of rentals that were charged before; months that end
        house.clock.forward(days=days)
        with house.writing():
            for account_id in ids:
                bring_up_to_date(lock_account(account_id), by=of_the_house(house.platform_id), now=house.clock())
            write_what_waits()
            one_by_one = left_in_the_books()
            undo()
        assert run(house).charges
        with house.reading():
            assert left_in_the_books() == one_by_one
            assert verify_books() is None and find_wrong_month() is None
            assert count_due(paris_day(house.clock())) <= IDLE, "a rental charged is not looked at again"
        assert run(house) == charge_runs.Posted()


def test_a_run_cut_off_leaves_nothing_and_the_next_one_charges_all(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(charge_runs, "AT_ONCE", 5)
    with house.writing():
        make_mix(house)
    with house.reading():
        before = left_in_the_books()
    house.clock.forward(days=8)
    seen: list[int] = []

    def cut(run_id: int, done: int) -> None:
        tell(run_id, done)
        with house.app.app_context(), platform_scope(house.platform_id):  # as another process sees it meanwhile
            seen.append(db.session.scalars(select(ChargeRun.done)).one())
        raise ConnectionResetError

    tell = charge_runs._tell
    with monkeypatch.context() as patched, pytest.raises(ConnectionResetError):
        patched.setattr(charge_runs, "_tell", cut)
        run(house)
    assert seen == [5 if house.app.extensions["settings"].database_url.startswith("postgresql") else 0]
    with house.reading():
        assert left_in_the_books() == before
        cut_off = db.session.scalars(select(ChargeRun)).one()
        assert cut_off.ended_at and cut_off.done < cut_off.rentals
    wrote = run(house)
    with house.reading():
        done = db.session.scalars(select(ChargeRun).order_by(ChargeRun.id)).all()[1]
        assert (done.done, done.charges, done.cents) == (done.rentals, *wrote)
        assert len(left_in_the_books()["Charge"]) - len(before["Charge"]) == wrote.charges and verify_books() is None


def test_what_the_database_refuses_while_the_next_are_reckoned_ends_the_run(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(charge_runs, "AT_ONCE", 5)
    with house.writing():
        make_mix(house)
    with house.reading():
        before = left_in_the_books()
    house.clock.forward(days=8)
    made = charge_runs._row

    def nameless(charge: charge_runs._Charge, *more: Any) -> tuple[Any, ...]:
        account_id, _, *rest = made(charge, *more)
        return account_id, None, *rest

    with monkeypatch.context() as patched, pytest.raises(IntegrityError):
        patched.setattr(charge_runs, "_row", nameless)
        run(house)
    with house.reading():
        assert left_in_the_books() == before
    assert run(house).charges


def run(house: House) -> charge_runs.Posted:
    with house.app.app_context(), platform_scope(house.platform_id):
        return charge_runs.run_charges(now=house.clock())
