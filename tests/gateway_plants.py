"""Sixteen things that our books and the card gateway do not say alike, planted one by one behind everybody's back."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from pytest import MonkeyPatch

from billing.actions import differences, gateway_books, payouts, refunds
from billing.actions.gateway_books import Told
from billing.card_gateway import Charge
from billing.gateway_balance import Move, MoveKind
from billing.local_gateway import gateway as local_gateway
from billing.local_gateway import till
from billing.local_gateway.checkouts import LocalCheckout, find_by_payment
from billing.models import GatewayDifference, Payment
from billing.queries.differences import list_open
from billing.queries.gateway_books import list_payouts
from mobility.db import db
from tests.gateway_balance import contested
from tests.house import House
from tests.money import ADVISER, Paid, card_paid, deliver, local, make_rental, open_page, pay


class Plants:
    """A platform's gateway and books, and what was slipped between them."""

    def __init__(self, house: House, monkeypatch: MonkeyPatch) -> None:
        self.house = house
        self.rentals = 0
        self.changes: dict[str, dict[str, Any]] = {}  # of a charge, as the gateway's list will show it
        listed = local_gateway._charge

        def changed(checkout: LocalCheckout) -> Charge:
            return replace(listed(checkout), **self.changes.get(checkout.payment, {}))

        monkeypatch.setattr(local_gateway, "_charge", changed)

    def rental(self) -> int:
        self.rentals += 1
        return make_rental(self.house, reference=f"booking:{self.rentals}")

    def page(self) -> int:
        return open_page(self.house, self.rental())

    def paid(self) -> Paid:
        """A payment that both sides hold."""
        paid = card_paid(self.house, self.rental())
        for delivery in paid.deliveries:
            if paid.reference.encode() in delivery.raw:
                deliver(self.house, delivery)
        return paid

    def refunded(self) -> Paid:
        """5 € given back on both sides."""
        paid = self.paid()
        with self.house.writing():
            made = refunds.refund_payment(paid.payment_id, cents=500, reason="Rendu", by=ADVISER, now=self.house.clock())
        with self.house.reading():
            refunds.send(made.id, by=ADVISER, now=self.house.clock())
        return paid

    def slip(self, sql: str, *values: object) -> None:
        """A change at the gateway that no webhook tells."""
        with local(self.house)._store.transaction() as store:
            store.execute(sql, values)

    def payout(self, reference: str, cents: int) -> None:
        """Money that the gateway sent to the bank."""
        at = int(self.house.clock().timestamp())
        sql = "INSERT INTO payout (reference, account, cents, made_at, arrives_at) SELECT ?, id, ?, ?, ? FROM account"
        self.slip(sql, reference, cents, at, at)

    def checkout(self, payment_id: int) -> LocalCheckout | None:
        """The checkout of a payment, paid or tried."""
        reference = self.payment(payment_id).reference
        with local(self.house)._store.transaction() as store:
            (account,) = store.execute("SELECT id FROM account").fetchone()
            return find_by_payment(store, account, reference)

    def payment(self, payment_id: int) -> Payment:
        with self.house.reading():
            return db.session.get_one(Payment, payment_id)

    def again(self, paid: Paid, **more: str) -> None:
        """Another charge, paid, like that of a payment."""
        found = self.checkout(paid.payment_id)
        assert found is not None
        values = vars(found) | {"reference": f"cs_{len(self.changes)}{more}"[:60], "intent": f"pi_second_{paid.payment_id}"} | more
        names = ", ".join(values)
        self.slip(f"INSERT INTO checkout ({names}) VALUES ({', '.join('?' * len(values))})", *values.values())

    def compare(self) -> int:
        with self.house.reading():
            return differences.compare(now=self.house.clock())

    def standing(self) -> dict[str, GatewayDifference]:
        with self.house.reading():
            return {row.kind: row for row in list_open()}


def _unknown(plants: Plants) -> int:
    paid = plants.paid()
    plants.again(paid, payment="PE-999999-ZZ")
    return paid.payment_id


def _other_platform(plants: Plants) -> int:
    paid = plants.paid()
    plants.again(paid, platform="autre")
    return paid.payment_id


def _listed_as(**changes: object) -> Callable[[Plants], int]:
    def plant(plants: Plants) -> int:
        paid = plants.paid()
        plants.changes[paid.reference] = dict(changes)
        return paid.payment_id

    return plant


def _paid_twice(plants: Plants) -> int:
    paid = plants.paid()
    plants.again(paid)
    return paid.payment_id


def _paid_there(plants: Plants) -> int:
    return pay(plants.house, plants.page()).payment_id


def _paid_here(plants: Plants) -> int:
    paid = plants.paid()
    plants.slip("DELETE FROM checkout WHERE payment = ?", paid.reference)
    return paid.payment_id


def _refunded_there(plants: Plants) -> int:
    paid = plants.paid()
    found = plants.checkout(paid.payment_id)
    assert found is not None
    with local(plants.house)._store.transaction() as store:
        till.give_back(store, found, 500, plants.house.clock())
    return paid.payment_id


def _refunded_here(plants: Plants) -> int:
    paid = plants.refunded()
    plants.slip("UPDATE checkout SET refunded_cents = 0 WHERE payment = ?", paid.reference)
    return paid.payment_id


def _contested(plants: Plants) -> int:
    payment_id = plants.paid().payment_id
    contested(plants.house, payment_id)
    return payment_id


def _sent(plants: Plants, reference: str, cents: int, *, there: int | None = None) -> int:
    """A payout in the books, and at the gateway when it says so."""
    move = Move(
        reference=f"txn_{reference}",
        kind=MoveKind.PAYOUT,
        cents=-cents,
        currency="eur",
        at=plants.house.clock(),
        source_reference=reference,
    )
    with plants.house.writing():
        gateway_books.enter(Told(moves=[move]), now=plants.house.clock())
    if there is not None:
        plants.payout(reference, there)
    with plants.house.reading():
        return list_payouts()[reference].id


def _payout_there(plants: Plants) -> int:
    plants.paid()
    plants.payout("po_there", 900)
    at = int(plants.house.clock().timestamp())
    columns = "reference, account, kind, cents, fee_cents, at, source"
    plants.slip(f"INSERT INTO move ({columns}) SELECT 'txn_there', id, 'payout', -900, 0, ?, 'po_there' FROM account", at)
    return 0


def _payout_here(plants: Plants) -> int:
    _sent(plants, "po_here", 800)
    return 0


def _payout_amount(plants: Plants) -> int:
    plants.paid()
    _sent(plants, "po_amount", 700, there=750)
    return 0


def _payout_short(plants: Plants) -> int:
    plants.paid()
    payout_id, now = _sent(plants, "po_short", 600, there=600), plants.house.clock()
    with plants.house.writing():
        payouts.note_banked(payout_id, banked_on=now.date(), cents=580, by=ADVISER, now=now)
    return 0


def _closed_there(plants: Plants) -> int:
    payment_id = plants.page()
    plants.slip("UPDATE checkout SET status = 'expired' WHERE payment = ?", plants.payment(payment_id).reference)
    return payment_id


def _open_there(plants: Plants) -> int:
    payment_id = plants.page()
    with plants.house.writing():
        db.session.get_one(Payment, payment_id).status = "cancelled"
    return payment_id


PLANTS: dict[str, Callable[[Plants], int]] = {
    "unknown": _unknown,
    "other_platform": _other_platform,
    "currency": _listed_as(currency="usd"),
    "amount": _listed_as(cents=1700),
    "paid_twice": _paid_twice,
    "paid_there": _paid_there,
    "paid_here": _paid_here,
    "refunded_there": _refunded_there,
    "refunded_here": _refunded_here,
    "contested": _contested,
    "closed_there": _closed_there,
    "open_there": _open_there,
    "payout_there": _payout_there,
    "payout_here": _payout_here,
    "payout_amount": _payout_amount,
    "payout_short": _payout_short,
}
