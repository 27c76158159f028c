"""A deposit and its account are locked by one statement: whoever waited for them reads what was written meanwhile."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import Any

import pytest

from billing.actions.deposit_steps import lock_deposit, lock_following
from billing.actions.deposits import open_deposit
from mobility.errors import NotFound
from tests.actions.test_billing_accounts import ADVISER, make_account
from tests.house import House

LONG_ENOUGH = 0.3  # for the second one to come to the lock, in seconds


@pytest.mark.parametrize("lock", [lock_deposit, lock_following])
def test_whoever_waited_reads_what_was_written_meanwhile(house: House, lock: Callable[[int], Any]) -> None:
    with house.writing():
        account_id = make_account(house)
        deposit_id = open_deposit(account_id, kind="cash", due_cents=30_000, by=ADVISER, now=house.clock()).id
    asked_id = deposit_id if lock is lock_deposit else account_id
    is_locked, may_go = Event(), Event()

    def change() -> None:
        with house.writing():
            deposit, account = lock(asked_id)
            is_locked.set()
            may_go.wait(10)
            deposit.due_cents, account.label = 20_000, "Une autre"

    def read() -> tuple[int, str]:
        is_locked.wait(10)
        with house.writing():
            deposit, account = lock(asked_id)
            return deposit.due_cents, account.label

    with ThreadPoolExecutor(2) as two:
        changing, reading = two.submit(change), two.submit(read)
        is_locked.wait(10)
        Event().wait(LONG_ENOUGH)
        assert not reading.done(), "the second one waits for the first"
        may_go.set()
        changing.result()
        assert reading.result() == (20_000, "Une autre")


def test_a_deposit_that_is_nobodys_is_not_found(house: House) -> None:
    with house.writing(), pytest.raises(NotFound):
        lock_deposit(404)
