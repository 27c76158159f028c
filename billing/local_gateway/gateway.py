"""The local gateway behind the port: accounts made on the fly from a platform's keys, each seeing its own charges only."""

import json
import sqlite3
from collections.abc import Callable
from dataclasses import asdict, replace
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from billing import gateway_events
from billing.card_gateway import (
    CURRENCY,
    Charge,
    ChargeState,
    ChargeStatus,
    Checkout,
    CheckoutOrder,
    GatewayEvent,
    GatewayKeys,
    GatewayRefused,
    KeyReused,
    Refund,
    RefundOrder,
    RefundRefused,
    check_amount,
    check_order,
)
from billing.card_holds import CaptureOrder, HoldState
from billing.local_gateway import balance, checkouts, holds, setups, till
from billing.local_gateway.balance_told import BalanceTold
from billing.local_gateway.cards import Answer
from billing.local_gateway.checkouts import LocalCheckout
from billing.local_gateway.deliveries import Courier, Post
from billing.local_gateway.holds import LocalHold
from billing.local_gateway.pages import PREFIX, card_pages, mounted
from billing.local_gateway.store import Store
from billing.saved_cards import LeftCard, Outcome, SavedCharge, SavedChargeOrder, SetupOrder, SetupPage
from billing.webhook_signature import check_signature


class LocalGateways:
    """The local gateway's company: one store, its pages under `base_url`, its courier to `webhook_url(platform_slug)`."""

    checkout_hosts: tuple[str, ...] = ()

    def __init__(
        self,
        store: Store,
        *,
        base_url: str,
        webhook_url: Callable[[str], str],
        clock: Callable[[], datetime],
        post: Post | None = None,
    ) -> None:
        self._store = store
        self._base_url = base_url.rstrip("/")
        self.clock = clock  # a demonstration sets it back, to live what came before
        self.courier = Courier(store, webhook_url=webhook_url, clock=lambda: self.clock(), post=post)
        self.pages = card_pages(store, clock=lambda: self.clock(), on_news=self.courier.wake)

    def gateway_for(self, keys: GatewayKeys) -> "LocalGateway":
        """The account these keys open."""
        return LocalGateway(self._store, keys, base_url=self._base_url, clock=lambda: self.clock())

    def mounted(self, wsgi_app: Any) -> Any:
        """`wsgi_app` with the payment pages beside it, apart from its sessions, its rights and its database."""
        return mounted(wsgi_app, self.pages)


class LocalGateway(BalanceTold):
    """One platform's account."""

    def __init__(self, store: Store, keys: GatewayKeys, *, base_url: str, clock: Callable[[], datetime]) -> None:
        super().__init__(store, sha256(keys.secret_key.encode()).hexdigest(), clock=clock)
        self._webhook_secret = keys.webhook_secret
        self._base_url = base_url

    def open_checkout(self, order: CheckoutOrder) -> Checkout:
        """A page of ours."""
        check_order(order)

        def answer(db: sqlite3.Connection) -> dict[str, Any]:
            reference = checkouts.insert(db, self._account, order, self._clock())
            return {"session_reference": reference, "url": f"{self._base_url}{PREFIX}/{reference}"}

        return Checkout(**self._once(order, answer))

    def close_checkout(self, session_reference: str) -> bool:
        """Closed at once, as if its time were up."""
        with self._store.transaction() as db:
            checkout = checkouts.find(db, session_reference)
            if checkout is None or checkout.account != self._account:
                return True
            return not till.close(db, checkout, self._clock()).is_paid

    def refund(self, order: RefundOrder) -> Refund:
        """Settled at once."""

        def answer(db: sqlite3.Connection) -> dict[str, Any]:
            checkout = checkouts.find_by_intent(db, self._account, order.charge_reference)
            if checkout is None:
                raise RefundRefused
            till.give_back(db, checkout, order.cents, self._clock())
            reference = f"re_local_{sha256(f'{self._account}{order.key}'.encode()).hexdigest()[:24]}"
            return {"refund_reference": reference, "charge_reference": checkout.intent, "cents": order.cents, "is_settled": True}

        return Refund(**self._once(order, answer))

    def find_charge(self, *, session_reference: str | None = None, payment_reference: str | None = None) -> ChargeState | None:
        """By session, else by payment."""
        with self._store.transaction() as db:
            till.expire_due(db, self._clock())
            if session_reference is not None:
                checkout = checkouts.find(db, session_reference)
            else:
                checkout = checkouts.find_by_payment(db, self._account, payment_reference or "")
        return _state(checkout) if checkout and checkout.account == self._account else None

    def list_charges(self, since: datetime) -> list[Charge]:
        """Its paid checkouts."""
        with self._store.transaction() as db:
            contested = balance.list_contested(db, self._account)
            charges = [_charge(checkout) for checkout in checkouts.list_paid(db, self._account, since)]
        return [replace(charge, is_contested=charge.is_contested or charge.charge_reference in contested) for charge in charges]

    def list_open_pages(self) -> frozenset[str]:
        """Its checkouts that may still be paid."""
        with self._store.transaction() as db:
            till.expire_due(db, self._clock())
            return checkouts.list_payable(db, self._account)

    def open_hold(self, order: CheckoutOrder) -> Checkout:
        """A page of ours."""
        check_order(order)

        def answer(db: sqlite3.Connection) -> dict[str, Any]:
            reference = holds.insert(db, self._account, order, self._clock())
            return {"session_reference": reference, "url": f"{self._base_url}{PREFIX}/empreinte/{reference}"}

        return Checkout(**self._once(order, answer))

    def find_hold(self, session_reference: str) -> HoldState | None:
        """As it stands now."""
        with self._store.transaction() as db:
            hold = holds.find(db, session_reference, self._clock())
        return holds.state(hold) if hold and hold.account == self._account else None

    def capture_hold(self, order: CaptureOrder) -> HoldState:
        """At once, and once."""
        check_amount(order.cents)
        return self._settle_hold(order.charge_reference, lambda db, hold: holds.capture(db, hold, order.cents, self._clock()))

    def lift_hold(self, charge_reference: str) -> HoldState:
        """At once."""
        return self._settle_hold(charge_reference, lambda db, hold: holds.lift(db, hold, self._clock()))

    def open_setup(self, order: SetupOrder) -> SetupPage:
        """A page of ours."""

        def answer(db: sqlite3.Connection) -> dict[str, Any]:
            reference = setups.insert(db, self._account, order, self._clock())
            return {"session_reference": reference, "url": f"{self._base_url}{PREFIX}/carte/{reference}"}

        return SetupPage(**self._once(order, answer))

    def find_left_card(self, session_reference: str) -> LeftCard | None:
        """What was typed on that page."""
        with self._store.transaction() as db:
            setup = setups.find(db, session_reference)
        return setups.left_card(setup) if setup and setup.account == self._account else None

    def charge_saved(self, order: SavedChargeOrder) -> SavedCharge:
        """Answered by the test card that was left; one forgotten is declined."""
        check_amount(order.cents)

        def answer(db: sqlite3.Connection) -> dict[str, Any]:
            said, why = setups.answer_of(db, self._account, order.holder_reference, order.card_reference)
            reference = checkouts.insert(db, self._account, _page_of(order), self._clock())
            checkout = checkouts.find(db, reference)
            assert checkout is not None
            paid = till.charge_away(db, checkout, said, self._clock())
            outcome = Outcome.PAID if paid else Outcome.AUTHENTICATE if said is Answer.ASK else Outcome.DECLINED
            return {"outcome": outcome, "charge_reference": paid.intent if paid else None, "refusal": why}

        told = self._once(order, answer)
        return SavedCharge(**told | {"outcome": Outcome(told["outcome"])})

    def forget_card(self, holder_reference: str) -> None:
        """At once."""
        with self._store.transaction() as db:
            setups.forget(db, self._account, holder_reference)

    def read_event(self, raw: bytes, signature: str | None, now: datetime) -> GatewayEvent:
        """The event signed with this platform's secret."""
        check_signature(raw, signature, self._webhook_secret, now)
        return gateway_events.read_event(raw)

    def _settle_hold(self, charge_reference: str, act: Callable[[sqlite3.Connection, LocalHold], LocalHold]) -> HoldState:
        with self._store.transaction() as db:
            hold = holds.find_by_intent(db, self._account, charge_reference, self._clock())
            if hold is None:
                raise GatewayRefused
            return holds.state(act(db, hold))

    def _once(
        self, order: CheckoutOrder | RefundOrder | SetupOrder | SavedChargeOrder, answer: Callable[[sqlite3.Connection], dict[str, Any]]
    ) -> dict[str, Any]:
        """The first answer to this key, for ever. Raises KeyReused when the order is another one."""
        question = json.dumps([type(order).__name__, asdict(order)], sort_keys=True)
        with self._store.transaction() as db:
            db.execute(
                "INSERT INTO account VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET webhook_secret = excluded.webhook_secret",
                (self._account, self._webhook_secret),
            )
            seen = db.execute("SELECT * FROM answer WHERE account = ? AND key = ?", (self._account, order.key)).fetchone()
            if seen is None:
                given = answer(db)
                db.execute("INSERT INTO answer VALUES (?, ?, ?, ?)", (self._account, order.key, question, json.dumps(given)))
                return given
        if seen["question"] != question:
            raise KeyReused
        return dict(json.loads(seen["answer"]))


def _page_of(order: SavedChargeOrder) -> CheckoutOrder:
    """The page that nobody sees, where a charge without its holder is kept like any other."""
    return CheckoutOrder(
        key=order.key,
        platform_slug=order.platform_slug,
        payment_reference=order.payment_reference,
        cents=order.cents,
        label=order.label,
        success_url="",
        cancel_url="",
    )


def _state(checkout: LocalCheckout) -> ChargeState:
    return ChargeState(
        status=_status(checkout),
        cents=checkout.cents,
        refunded_cents=checkout.refunded_cents,
        currency=CURRENCY,
        payment_reference=checkout.payment,
        charge_reference=checkout.charge_reference,
    )


def _charge(checkout: LocalCheckout) -> Charge:
    return Charge(
        charge_reference=checkout.intent,
        platform_slug=checkout.platform,
        payment_reference=checkout.payment,
        cents=checkout.cents,
        refunded_cents=checkout.refunded_cents,
        currency=CURRENCY,
        is_contested=False,
        taken_at=datetime.fromtimestamp(checkout.opened_at, UTC),
    )


def _status(checkout: LocalCheckout) -> ChargeStatus:
    if checkout.is_paid:
        return ChargeStatus.REFUNDED if checkout.refunded_cents == checkout.cents else ChargeStatus.PAID
    return ChargeStatus.EXPIRED if checkout.status == "expired" else ChargeStatus.OPEN
