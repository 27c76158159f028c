"""Trials of money's promises at any size: the suite runs them small, tests/proofs at full size, each with a twin whose guard is off."""

import json
import random
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from itertools import permutations
from threading import Barrier
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from billing import entries
from billing.actions import ledger, payments
from billing.ledger import Entry
from billing.models import GatewayEventRecord, JournalEntry, LedgerLine, Payment, Receipt
from billing.queries import verify_books
from billing.queries.months import find_wrong_month
from billing.webhook_signature import sign
from mobility.db import db, total_of
from mobility.rights import Role
from tests.house import House
from tests.money import ADVISER, Paid, card_paid, deliver, local, make_rental

Books = tuple[Any, ...]
_SAID: dict[str, Any] = {"on": date(2026, 3, 2), "label": "Écriture"}
SORTS: tuple[Callable[[str, int], Entry], ...] = (
    lambda party, cents: entries.charge_posted(party, "rental", cents, **_SAID),
    lambda party, cents: entries.payment_received(party, "cheque", cents, **_SAID),
    lambda party, cents: entries.deposit_received(party, "uncashed_cheque", cents, **_SAID),
    lambda party, cents: entries.deposit_kept(party, "uncashed_cheque", cents, **_SAID),
    lambda party, cents: entries.payment_refunded(party, "cash", cents, **_SAID),
)


def orders_of_events(house: House, count: int) -> set[Books]:
    """The books of as many payments as orders of their five events, each event told twice: one and the same when all is well."""
    orders = list(permutations(range(5)))
    chosen = orders if count >= len(orders) else random.Random(7).sample(orders, count)
    return {_books_after(house, order, number) for number, order in enumerate(chosen)}


def forged_events(house: House, paid: Paid) -> dict[str, int]:
    """Twelve kinds of event that nobody entitled has sent, by HTTP: the status each got."""
    good = next(d for d in paid.deliveries if d.event_type == "payment_intent.succeeded")
    now, secret, raw = house.clock(), good.webhook_secret, good.raw
    signed = sign(raw, secret, now)
    old, soon = now - timedelta(minutes=6), now + timedelta(minutes=6)
    kinds: dict[str, tuple[bytes, str | None]] = {
        "no signature": (raw, None),
        "an empty signature": (raw, ""),
        "another platform's secret": (raw, sign(raw, "whsec_autre", now)),
        "replayed too late": (raw, sign(raw, secret, old)),
        "signed in the future": (raw, sign(raw, secret, soon)),
        "an old event with a new time": (raw, sign(raw, secret, old).replace(str(int(old.timestamp())), str(int(now.timestamp())))),
        "a changed amount": (raw.replace(b"1750", b"1751"), signed),
        "a cut body": (raw[:-1], signed),
        "a body longer by a space": (raw + b" ", signed),
        "a scheme we do not take": (raw, signed.replace("v1=", "v0=")),
        "half a signature": (raw, signed[:-32]),
        "signed, but no event": (b"[]", sign(b"[]", secret, now)),
    }
    client, path = house.app.test_client(), house.page("webhooks/card")
    return {
        kind: client.post(path, data=body, headers={"Stripe-Signature": header} if header is not None else {}).status_code
        for kind, (body, header) in kinds.items()
    }


def deliveries_at_once(house: House, paid: Paid, count: int) -> list[str]:
    """The same event delivered `count` times at the same instant: each one's outcome, or the fault it met."""
    event = next(d for d in paid.deliveries if d.event_type == "charge.succeeded")
    return together(count, lambda number: deliver(house, event))


def one_key(house: House, account_id: int, count: int) -> list[int]:
    """`count` clients send one and the same card payment under one key at the same instant: each one's status."""
    headers = house.bearer(Role.ADVISER) | {"Idempotency-Key": "one-click"}
    path = house.api(f"accounts/{account_id}/card-payments")
    return together(count, lambda number: house.app.test_client().post(path, json={"cents": 1750}, headers=headers).status_code)


def checkouts_at_the_gateway(house: House) -> int:
    """How many payment pages the gateway has opened."""
    with local(house)._store.transaction() as store:
        return int(store.execute("SELECT count(*) FROM checkout").fetchone()[0])


def receipts_under_rollbacks(house: House, account_id: int, *, workers: int, each: int) -> tuple[list[int], int]:
    """Workers take payments, one in ten rolled back after its receipt was numbered: the numbers that stand, and how many were undone."""

    def take(worker: int) -> int:
        undone = 0
        for number in range(each):
            try:
                with house.writing():
                    payments.take_payment(account_id, means="cheque", cents=100, by=ADVISER, now=house.clock())
                    if (worker * each + number) % 10 == 3:
                        raise _Undone
            except _Undone:
                undone += 1
        return undone

    undone = sum(together(workers, take))
    with house.reading():
        return list(db.session.scalars(select(Receipt.number).order_by(Receipt.number))), undone


def entries_at_once(houses: Sequence[House], *, workers: int, each: int) -> list[tuple[int, int]]:
    """Workers write entries of every sort, a transaction each, on as many platforms: of each its number of entries, debit less credit."""
    accounts = [make_rental(house) for house in houses]

    def write(worker: int) -> None:
        house, account_id = houses[worker % len(houses)], accounts[worker % len(houses)]
        for number in range(each):
            with house.writing():
                told = SORTS[number % len(SORTS)]("P-00001", number + 1)
                ledger.post(told, now=house.clock(), account_id=account_id, reference=f"{worker}-{number}")

    together(workers, write)
    return [_stands(house) for house in houses]


def _stands(house: House) -> tuple[int, int]:
    with house.reading():
        assert verify_books() is None and find_wrong_month() is None
        numbers = list(db.session.scalars(select(JournalEntry.number).order_by(JournalEntry.number)))
        assert not list(holes(numbers))
        return len(numbers), db.session.scalar(select(total_of(LedgerLine.debit_cents - LedgerLine.credit_cents))) or 0


def effects(house: House, payment_id: int) -> Books:
    """What a payment has done: its state, its lines, its receipts."""
    with house.reading():
        payment = db.session.get_one(Payment, payment_id)
        lines = select(LedgerLine.ledger_code, LedgerLine.debit_cents, LedgerLine.credit_cents).join(
            Payment, Payment.account_id == LedgerLine.account_id
        )
        lines = lines.filter(Payment.id == payment_id).order_by(LedgerLine.entry_number, LedgerLine.position)
        receipts = select(func.count()).select_from(Receipt).filter(Receipt.payment_id == payment_id)
        return (payment.status, tuple(tuple(row) for row in db.session.execute(lines)), db.session.scalar(receipts))


def events_kept(house: House) -> int:
    """How many events are remembered."""
    with house.reading():
        return int(db.session.scalar(select(func.count()).select_from(GatewayEventRecord)) or 0)


def altered(raw: bytes, **changes: Any) -> bytes:
    """An event's body with other values in its subject."""
    event = json.loads(raw)
    event["data"]["object"] |= changes
    return json.dumps(event).encode()


def together(count: int, act: Callable[[int], Any]) -> list[Any]:
    """What `count` threads got that began at the same instant; a database's refusal counts as its name."""
    start = Barrier(count)

    def go(number: int) -> Any:
        start.wait(30)
        try:
            return act(number)
        except IntegrityError as error:
            return type(error).__name__

    with ThreadPoolExecutor(count) as threads:
        return list(threads.map(go, range(count)))


def holes(numbers: Sequence[int]) -> Iterable[int]:
    """Numbers missing from 1…N."""
    return sorted(set(range(1, max(numbers, default=0) + 1)) - set(numbers))


class _Undone(Exception):
    """The transaction is given up at its very end."""


def _books_after(house: House, order: Sequence[int], number: int) -> Books:
    paid = card_paid(house, make_rental(house, reference=f"booking:{number}"))
    mine = [d for d in paid.deliveries if paid.reference.encode() in d.raw]
    for place in (*order, *order):
        deliver(house, mine[place])
    return effects(house, paid.payment_id)
