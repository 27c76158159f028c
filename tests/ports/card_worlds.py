"""A gateway together with what the person at its card page does: one world for Stripe's adapter, one for the local gateway."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Protocol

import stripe
from werkzeug.test import Client, TestResponse

from billing.card_gateway import CardGateway, Checkout, CheckoutOrder, GatewayKeys
from billing.local_gateway import AUTHENTICATED, DECLINED, DECLINED_LATER, SUCCEEDS, LocalGateway, LocalGateways, Store
from billing.saved_cards import Outcome, SetupPage
from billing.stripe_accounts import StripeGateways
from tests.ports import fake_balance, fake_holds
from tests.ports.fake_stripe import FakeStripe

NOW = datetime(2026, 3, 2, 9, 5, tzinfo=UTC)
KEYS = GatewayKeys(secret_key="sk_test_abc", webhook_secret="whsec_abc")


def make_order(**changes: Any) -> CheckoutOrder:
    order = CheckoutOrder(
        key="pay-1",
        platform_slug="la-ciotat",
        payment_reference="payment-1",
        cents=1750,
        label="Location du 23 au 29 février",
        success_url="http://127.0.0.1/fini",
        cancel_url="http://127.0.0.1/renonce",
    )
    return replace(order, **changes)


class World(Protocol):
    """A gateway together with what the person at the card page does."""

    gateway: CardGateway
    now: datetime

    def pay(self, checkout: Checkout) -> None: ...
    def decline(self, checkout: Checkout) -> None: ...
    def expire(self, checkout: Checkout) -> None: ...
    def leave(self, page: SetupPage, says: Outcome) -> None: ...
    def place(self, page: Checkout) -> None: ...
    def lapse(self) -> None: ...
    def contest(self, charge_reference: str) -> None: ...
    def pay_out(self) -> None: ...
    def take_webhooks(self) -> list[tuple[bytes, str]]: ...


class StripeWorld:
    def __init__(self) -> None:
        self.now = NOW
        self.stripe = FakeStripe()
        self.stripe.at(NOW)
        self.gateway: CardGateway = StripeGateways(http_client=self.stripe).gateway_for(KEYS)

    def pay(self, checkout: Checkout) -> None:
        self.stripe.pay(checkout.session_reference)

    def decline(self, checkout: Checkout) -> None:
        self.stripe.decline(checkout.session_reference)

    def expire(self, checkout: Checkout) -> None:
        self.stripe.expire(checkout.session_reference)

    def leave(self, page: SetupPage, says: Outcome) -> None:
        codes = {Outcome.PAID: "yes", Outcome.AUTHENTICATE: "authentication_required", Outcome.DECLINED: "card_declined"}
        self.stripe.leave(page.session_reference, codes[says])

    def place(self, page: Checkout) -> None:
        fake_holds.place(self.stripe, page.session_reference)

    def lapse(self) -> None:
        fake_holds.lapse(self.stripe)

    def contest(self, charge_reference: str) -> None:
        fake_balance.contest(self.stripe, charge_reference)

    def pay_out(self) -> None:
        fake_balance.pay_out(self.stripe)

    def take_webhooks(self) -> list[tuple[bytes, str]]:
        """Signed by the SDK itself."""
        taken, self.stripe.events = self.stripe.events, []
        stamp = int(self.now.timestamp())
        signature = stripe.WebhookSignature.generate_signature_header
        return [(raw, signature(raw.decode(), KEYS.webhook_secret, timestamp=stamp)) for raw in taken]


class LocalWorld:
    def __init__(self, path: Path | str = ":memory:") -> None:
        self.now = NOW
        self.posted: list[tuple[str, bytes, str]] = []
        self.receiver_status = 200
        self.store = Store(path)
        self.gateways = LocalGateways(
            self.store,
            base_url="http://127.0.0.1",
            webhook_url=lambda slug: f"http://127.0.0.1/p/{slug}/webhook",
            clock=lambda: self.now,
            post=self._receive,
        )
        self.courier = self.gateways.courier
        self.gateway: CardGateway = self.gateways.gateway_for(KEYS)
        self.browser = Client(self.gateways.mounted(_nothing_here))

    def pay(self, checkout: Checkout) -> None:
        assert self.type_card(checkout, SUCCEEDS).status_code == 303

    def decline(self, checkout: Checkout) -> None:
        assert self.type_card(checkout, DECLINED).status_code == 402

    def expire(self, checkout: Checkout) -> None:
        self.now += timedelta(hours=24)

    def leave(self, page: SetupPage, says: Outcome) -> None:
        number = {Outcome.PAID: SUCCEEDS, Outcome.AUTHENTICATE: AUTHENTICATED, Outcome.DECLINED: DECLINED_LATER}[says]
        path = page.url.removeprefix("http://127.0.0.1")
        assert self.browser.get(path).status_code == 200
        assert self.browser.post(path, data={"number": number, "expiry": "12/34", "code": "123"}).status_code == 303

    def place(self, page: Checkout) -> None:
        assert self.browser.get(path_of(page)).status_code == 200
        assert self.type_card(page, SUCCEEDS).status_code == 303

    def lapse(self) -> None:
        self.now += timedelta(days=7)

    def contest(self, charge_reference: str) -> None:
        assert isinstance(self.gateway, LocalGateway)
        self.gateway.contest(charge_reference)

    def pay_out(self) -> None:
        self.now += timedelta(days=3)

    def take_webhooks(self) -> list[tuple[bytes, str]]:
        self.courier.deliver_due()
        taken, self.posted = self.posted, []
        return [(raw, signature) for _, raw, signature in taken]

    def look(self, checkout: Checkout, page: str = "") -> TestResponse:
        return self.browser.get(path_of(checkout) + page)

    def type_card(self, checkout: Checkout, number: str, **typed: str) -> TestResponse:
        return self.browser.post(path_of(checkout), data={"number": number, "expiry": "12/34", "code": "123", **typed})

    def answer_bank(self, checkout: Checkout, answer: str) -> TestResponse:
        return self.browser.post(f"{path_of(checkout)}/confirmation", data={"answer": answer})

    def _receive(self, url: str, raw: bytes, headers: Mapping[str, str]) -> int:
        self.posted.append((url, raw, headers["Stripe-Signature"]))
        return self.receiver_status


def path_of(checkout: Checkout) -> str:
    return checkout.url.removeprefix("http://127.0.0.1")


def _nothing_here(environ: Any, start_response: Any) -> list[bytes]:
    start_response("404 NOT FOUND", [])
    return []
