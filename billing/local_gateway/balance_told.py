"""What an account of the local gateway tells of its balance, and what holders and banks do to it."""

import sqlite3
from collections.abc import Callable
from datetime import datetime

from billing.card_gateway import GatewayRefused
from billing.gateway_balance import Dispute, Move, Payout
from billing.local_gateway import balance, checkouts
from billing.local_gateway.checkouts import LocalCheckout
from billing.local_gateway.store import Store


class BalanceTold:
    """One platform's account, by its balance."""

    def __init__(self, store: Store, account: str, *, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._account = account
        self._clock = clock

    def list_moves(self, since: datetime) -> list[Move]:
        """Once the day's payout has left."""
        with self._store.transaction() as db:
            balance.pay_out_due(db, self._account, self._clock())
            return balance.list_moves(db, self._account, since)

    def list_payouts(self, since: datetime) -> list[Payout]:
        """Today's too."""
        with self._store.transaction() as db:
            balance.pay_out_due(db, self._account, self._clock())
            return balance.list_payouts(db, self._account, since, self._clock())

    def list_disputes(self, since: datetime) -> list[Dispute]:
        """Told as they stand."""
        with self._store.transaction() as db:
            return balance.list_disputes(db, self._account, since)

    def contest(self, charge_reference: str) -> str:
        """The holder claims a charge back: in a demonstration somebody has to. Its reference."""
        with self._store.transaction() as db:
            return balance.contest(db, self._checkout(db, charge_reference), self._clock())

    def decide_dispute(self, charge_reference: str, dispute_reference: str, *, is_won: bool) -> None:
        """What the holder's bank says in the end."""
        with self._store.transaction() as db:
            balance.decide(db, self._checkout(db, charge_reference), dispute_reference, self._clock(), is_won=is_won)

    def _checkout(self, db: sqlite3.Connection, charge_reference: str) -> LocalCheckout:
        found = checkouts.find_by_intent(db, self._account, charge_reference)
        if found is None:
            raise GatewayRefused
        return found
