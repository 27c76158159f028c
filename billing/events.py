"""News of money that the upper floors may hear, in the transaction that makes them true."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from flask import Flask, current_app

from billing.tariff_change import Move, TariffChange
from mobility.rights import Viewer


@dataclass(frozen=True, kw_only=True)
class PaymentSettled:
    """Money was received on an account; a deposit's own news is DepositReceived."""

    account_id: int
    payment_id: int
    means: str
    cents: int
    receipt_number: int
    at: datetime


@dataclass(frozen=True, kw_only=True)
class DepositReceived:
    """A deposit, or a part of it, is in hand; `state` is one of deposits.STATE_LABELS."""

    account_id: int
    deposit_id: int
    cents: int
    state: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class PriceMoved:
    """What lies ahead of a person costs something else: a right to a tier was proven, ended, or met by a move, or a schedule set anew."""

    beneficiary_id: int
    at: datetime


Event = TypeVar("Event", PaymentSettled, DepositReceived, PriceMoved)


def listen(app: Flask, event_type: type[Event], handler: Callable[[Event], None]) -> None:
    """Have `handler` called at each event of this type. The books may be locked by then: it locks nothing more and calls nobody outside."""
    app.extensions.setdefault("money_listeners", {}).setdefault(event_type, []).append(handler)


def emit(event: PaymentSettled | DepositReceived | PriceMoved) -> None:
    """Tell every listener; what one of them raises undoes the whole transaction."""
    listeners: dict[type, list[Callable[[Any], None]]] = current_app.extensions.get("money_listeners", {})
    for handler in listeners.get(type(event), ()):
        handler(event)


@dataclass(frozen=True, kw_only=True)
class Follower:
    """Who has rentals to reprice: what would move, and the act, given the id of the version to follow (None: the reference tariff)."""

    foresee: Callable[[TariffChange], list[Move]]
    follow: Callable[[TariffChange, int | None, Viewer, datetime], None]


def enrol(app: Flask, follower: Follower) -> None:
    """Have `follower` asked before a version is added, and called once it is."""
    app.extensions.setdefault("tariff_followers", []).append(follower)


def followers() -> list[Follower]:
    """Everyone enrolled."""
    found: list[Follower] = current_app.extensions.get("tariff_followers", [])
    return found
