"""Crashes at each point of an act: the process killed, or the database gone, before any statement or commit it sends; then tried again."""

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import event, func, select
from sqlalchemy.exc import OperationalError

from billing.actions import cards, charge_runs
from billing.actions.gateway_keys import gateway_here
from billing.actions.reconciliation import reconcile
from billing.models import Payment, Receipt
from billing.queries import verify_books
from billing.queries.months import find_wrong_month
from mobility.db import db, platform_scope, undo
from mobility.db.last import write_what_waits
from tests.charged import left_in_the_books
from tests.house import House
from tests.money import ADVISER, BACK_URL, Paid, deliver, pay


class Killed(BaseException):
    """The process is gone: nothing that it would still have done happens."""


FAULTS: tuple[Callable[[], BaseException], ...] = (Killed, lambda: OperationalError("", {}, Exception("the connection is gone")))
_BEGINNINGS = ("BEGIN", "PRAGMA", "SELECT set_config")


@dataclass
class Points:
    """How many points an act has passed."""

    passed: int = 0


@contextmanager
def crashing(house: House, at: int | None, fault: Callable[[], BaseException] = Killed) -> Iterator[Points]:
    """The fault comes at the point of this number, and once only; without one the points are counted alone."""
    points = Points()
    with house.app.app_context():
        engine = db.engine

    def pass_by(*_: Any) -> None:
        points.passed += 1
        if points.passed == at:
            raise fault()

    def send(connection: object, cursor: object, statement: str, *_: Any) -> None:
        if not statement.startswith(_BEGINNINGS):
            pass_by()

    event.listen(engine, "before_cursor_execute", send)
    event.listen(engine, "commit", pass_by)
    try:
        yield points
    finally:
        event.remove(engine, "before_cursor_execute", send)
        event.remove(engine, "commit", pass_by)


def crash_everywhere(house: House, act: Callable[[], object], check: Callable[[], None], *, seed: int, every: int) -> int:
    """The act crashed at each `every`th point of it, from one drawn by the seed on, by faults drawn by it; tried again until it ends.

    `check` is asked after each crash. Returns how many crashes there were.
    """
    drawn = random.Random(seed)
    at, crashes = drawn.randrange(every) + 1, 0
    while True:
        try:
            with crashing(house, at, drawn.choice(FAULTS)):
                act()
            return crashes
        except (Killed, OperationalError):
            crashes, at = crashes + 1, at + every
            check()


def weekly_run(house: House, *, seed: int, every: int) -> int:
    """The weekly charges crashed at their points: how many crashes left the books as they were, until one run charged everything once."""
    with house.reading():
        before = left_in_the_books()
    with house.writing():
        charge_runs.post_due_charges(now=house.clock())
        write_what_waits()
        db.session.flush()
        without = left_in_the_books()
        undo()

    def unchanged() -> None:
        with house.reading():
            assert left_in_the_books() == before, "something of a crashed run was kept"

    def run() -> charge_runs.Posted:
        with house.app.app_context(), platform_scope(house.platform_id):
            return charge_runs.run_charges(now=house.clock())

    crashes = crash_everywhere(house, run, unchanged, seed=seed, every=every)
    assert run() == charge_runs.Posted(), "something was left to charge, or charged again"
    with house.reading():
        assert left_in_the_books() == without, "not what a run without a crash writes"
    _stands(house)
    return crashes


def card_payment(house: House, account_id: int, *, seed: int, every: int) -> int:
    """A card payment crashed at its points, from the intent to the webhook: how many crashes, after which it is paid, and booked, once."""
    key, now = f"crash-{account_id}-{seed}", house.clock()

    def begin() -> int:
        with house.writing():
            return cards.start_card_payment(account_id, cents=1750, key=key, by=ADVISER, now=now).id

    def payment_id() -> int:
        with house.reading():
            return db.session.scalars(select(Payment.id).filter(Payment.key == key)).one()

    def open_page() -> str:
        with house.reading():
            return cards.open_checkout(payment_id_, back_url=lambda payment: BACK_URL, by=ADVISER, now=now)

    def settle() -> None:
        for delivery in mine:
            deliver(house, delivery)
        with house.app.app_context(), platform_scope(house.platform_id):
            reconcile(now=now)

    def at_most_once() -> None:
        _stands(house)

    crashes = crash_everywhere(house, begin, at_most_once, seed=seed, every=every)
    payment_id_ = payment_id()
    crashes += crash_everywhere(house, open_page, at_most_once, seed=seed + 1, every=every)
    paid: Paid = pay(house, payment_id_)
    mine = [delivery for delivery in paid.deliveries if paid.reference.encode() in delivery.raw]
    crashes += crash_everywhere(house, settle, at_most_once, seed=seed + 2, every=every)
    with house.reading():
        assert db.session.get_one(Payment, payment_id_).status == "settled"
        assert db.session.scalar(select(func.count(Receipt.id)).filter(Receipt.payment_id == payment_id_)) == 1
        assert gateway_here().find_charge(payment_reference=paid.reference) is not None
    _stands(house)
    return crashes


def _stands(house: House) -> None:
    with house.reading():
        assert verify_books() is None and find_wrong_month() is None
        numbers = list(db.session.scalars(select(Receipt.number).order_by(Receipt.number)))
        assert numbers == list(range(1, len(numbers) + 1))
