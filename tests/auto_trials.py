"""Weeks of payments by a card on file through a gateway that loses answers, refuses, tells late and twice: what came of them."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from random import Random

import pytest
from sqlalchemy import func, select

from billing.actions import auto_payments, charge_runs, differences
from billing.actions.reconciliation import reconcile
from billing.auto_payments import week_of
from billing.card_gateway import GatewayUnreachable
from billing.local_gateway import LocalGateway
from billing.models import AutoPayment, AutoTry, LedgerLine, Payment
from billing.queries import verify_books
from billing.saved_cards import Outcome, SavedCharge, SavedChargeOrder
from mobility.db import db
from mobility.periods import paris_day
from mobility.rights import Role
from tests.auto_paid import agreed, hour, owes, to_day
from tests.house import House
from tests.money import deliver, local
from tests.on_file import deliver_all

HOURS = (time(9, 5), time(10, 5), time(15, 5))
QUIET_DAYS = 15  # at the end, when the gateway answers again: longer than every rhythm
CEILING = 2_000


@dataclass(frozen=True, kw_only=True)
class Lived:
    """What a trial came to; `twice` weeks were charged more than once, `over` calendar weeks above what was agreed to."""

    told: int
    seen: Counter[str]
    taken: int
    taken_cents: int
    booked_cents: int
    owed_cents: int
    charged_cents: int
    twice: int
    over: int
    differing: int
    broken: object


@contextmanager
def faulty(rng: Random, seen: Counter[str]) -> Iterator[None]:
    """The gateway's answers: lost on the way there or back, refused (and then so under the same key), or heard."""
    charge, refused = LocalGateway.charge_saved, dict[str, bool]()

    def charge_saved(gateway: LocalGateway, order: SavedChargeOrder) -> SavedCharge:
        fault = rng.choice(("heard", "heard", "lost before", "lost after"))
        seen[fault] += 1
        if fault == "lost before":
            raise GatewayUnreachable
        if refused.setdefault(order.key, rng.random() < 0.35):
            seen["refused"] += 1
            told = SavedCharge(outcome=Outcome.DECLINED, refusal="funds")
        else:
            told = charge(gateway, order)
        if fault == "lost after":
            raise GatewayUnreachable
        return told

    with pytest.MonkeyPatch.context() as broken:
        broken.setattr(LocalGateway, "charge_saved", charge_saved)
        yield


def live(house: House, seed: int, *, days: int = 28, quiet_days: int = QUIET_DAYS) -> Lived:
    """So many days with faults, then some without; two workers each hour."""
    rng, seen = Random(seed), Counter[str]()
    account_id = agreed(house, most_cents=CEILING)
    with faulty(rng, seen):
        for _ in range(days):
            _day(house, rng, seen)
    for _ in range(quiet_days):
        _day(house, rng, seen)
    with house.reading():
        reconcile(now=house.clock())
    deliver_all(house)
    deliver_all(house)
    return _came_to(house, account_id, seen)


def _day(house: House, rng: Random, seen: Counter[str]) -> None:
    to_day(house, 1, HOURS[0])
    with house.writing():
        charge_runs.post_due_charges(now=house.clock())
    for at in HOURS:
        to_day(house, 0, at)
        for _ in range(2):
            hour(house)
        waiting = local(house).courier.list_deliveries()
        for delivery in rng.sample(waiting, k=min(len(waiting), rng.choice((0, 0, 3)))):  # late, in no order, often again
            seen["webhooks"] += 1
            deliver(house, delivery)
    with house.writing():  # somebody meets the person, so that the weeks go on
        for stopped in db.session.scalars(select(AutoPayment).filter_by(status="stopped", seen_at=None)):
            auto_payments.note_seen(stopped.id, by=house.viewer(Role.ADVISER), now=house.clock())


def _came_to(house: House, account_id: int, seen: Counter[str]) -> Lived:
    with local(house)._store.transaction() as store:
        rows = [dict(row) for row in store.execute("SELECT payment, cents, opened_at FROM checkout WHERE status = 'paid'")]
    by_week: Counter[date] = Counter()
    for row in rows:
        by_week[week_of(paris_day(datetime.fromtimestamp(row["opened_at"], UTC)))] += row["cents"]
    with house.reading():
        tries = select(AutoTry.auto_payment_id, Payment.reference).join(Payment, Payment.id == AutoTry.payment_id)
        of_week = {reference: weekly_id for weekly_id, reference in db.session.execute(tries)}
        a_week = Counter(of_week[row["payment"]] for row in rows)
        settled = select(func.sum(Payment.cents)).filter(Payment.means == "card", Payment.status == "settled")
        on_account = (LedgerLine.ledger_code == "411", LedgerLine.account_id == account_id)
        return Lived(
            told=db.session.query(AutoPayment).count(),
            seen=seen,
            taken=len(rows),
            taken_cents=sum(row["cents"] for row in rows),
            booked_cents=db.session.scalar(settled) or 0,
            owed_cents=owes(house, account_id),
            charged_cents=db.session.scalar(select(func.sum(LedgerLine.debit_cents)).filter(*on_account)) or 0,
            twice=sum(count > 1 for count in a_week.values()),
            over=sum(cents > CEILING for cents in by_week.values()),
            differing=differences.compare(now=house.clock()),
            broken=verify_books(),
        )


def check(lived: Lived) -> None:
    """Each week was charged once at most, and the books say what the gateway took, to the cent."""
    assert (lived.twice, lived.over, lived.differing, lived.broken) == (0, 0, 0, None), lived
    assert lived.taken_cents == lived.booked_cents == lived.charged_cents - lived.owed_cents, lived
    assert lived.taken, lived
