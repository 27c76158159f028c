"""A second opinion on the real SDK’s path: localstripe on the loopback, for what it has (intents, refunds, signed webhooks, 3-D Secure).

It has no Checkout, ignores idempotency keys and accepts over-refunds: those are held to the contract elsewhere.
"""

import queue
import socket
import subprocess
import sys
import threading
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest
import stripe

from billing.card_gateway import CardGateway, EventKind, GatewayRefused, GatewayUnreachable, RefundOrder, SignatureRefused
from billing.stripe_accounts import StripeGateways
from tests.ports.card_worlds import KEYS

# Its own command listens on every interface and keeps a file in /tmp: so it is started by hand, on 127.0.0.1 and without its file.
SERVER = """
import sys
from aiohttp import web
from localstripe.resources import Store
from localstripe.server import app
Store.dump_to_disk = lambda self: None
web.run_app(app, host="127.0.0.1", port=int(sys.argv[1]), print=None)
"""
SUCCEEDS, AUTHENTICATED, DECLINED = "4242424242424242", "4000002760003184", "4000000000000341"

Webhooks = queue.Queue[tuple[bytes, str]]


class Localstripe:
    """The server, a client as the card's page would use it, our gateway, and the webhooks received."""

    def __init__(self, base: str, webhooks: Webhooks) -> None:
        self._http = stripe.RequestsClient(timeout=10)
        self.client = stripe.StripeClient(KEYS.secret_key, http_client=self._http, base_addresses={"api": base})
        self.gateway: CardGateway = StripeGateways(api_base=base, http_client=self._http).gateway_for(KEYS)
        self.webhooks = webhooks

    def close(self) -> None:
        self._http.close()

    def pay(self, card: str) -> Any:
        details = {"number": card, "exp_month": 12, "exp_year": 2034, "cvc": "123"}
        method = self.client.v1.payment_methods.create({"type": "card", "card": details})  # type: ignore[typeddict-item]
        metadata = {"platform": "la-ciotat", "payment": "payment-1"}
        return self.client.v1.payment_intents.create(
            {"amount": 1750, "currency": "eur", "payment_method": method.id, "confirm": True, "metadata": metadata}
        )


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(port: int, server: subprocess.Popen[bytes]) -> None:
    for _ in range(200):
        if server.poll() is not None:
            pytest.fail("localstripe ended at once")
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.1)
    pytest.fail("localstripe did not listen within 20 seconds")


@pytest.fixture(scope="module")
def receiver() -> Iterator[tuple[str, Webhooks]]:
    webhooks: Webhooks = queue.Queue()

    class Receiver(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            webhooks.put((self.rfile.read(int(self.headers["Content-Length"])), self.headers["Stripe-Signature"]))
            self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: Any) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Receiver) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/", webhooks
        server.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def localstripe(receiver: tuple[str, Webhooks]) -> Iterator[Localstripe]:
    url, webhooks = receiver
    port = free_port()
    with pytest.MonkeyPatch.context() as patch, subprocess.Popen([sys.executable, "-c", SERVER, str(port)]) as server:
        patch.setenv("NO_PROXY", "127.0.0.1")
        try:
            wait_for(port, server)
            base = f"http://127.0.0.1:{port}"
            form = urllib.parse.urlencode({"url": url, "secret": KEYS.webhook_secret}).encode()
            urllib.request.urlopen(f"{base}/_config/webhooks/ours", data=form, timeout=10).close()
            world = Localstripe(base, webhooks)
            yield world
            world.close()
        finally:
            server.terminate()


def test_a_charge_is_told_by_a_signed_webhook_we_read(localstripe: Localstripe) -> None:
    intent = localstripe.pay(SUCCEEDS)
    raw, signature = localstripe.webhooks.get(timeout=10)
    event = localstripe.gateway.read_event(raw, signature, datetime.now(UTC))
    assert (event.kind, event.charge_reference, event.payment_reference) == (EventKind.PAYMENT_SUCCEEDED, intent.id, "payment-1")
    assert (event.platform_slug, event.cents, event.currency) == ("la-ciotat", 1750, "eur")
    with pytest.raises(SignatureRefused):
        localstripe.gateway.read_event(raw.replace(b"1750", b"1751"), signature, datetime.now(UTC))


def test_a_charge_confirmed_by_its_holder_is_told_afterwards(localstripe: Localstripe) -> None:
    intent = localstripe.pay(AUTHENTICATED)
    assert intent.status == "requires_action"
    with pytest.raises(queue.Empty):
        localstripe.webhooks.get(timeout=1.5)
    localstripe.client.raw_request(
        "post", f"/v1/payment_intents/{intent.id}/_authenticate", client_secret=intent.client_secret, success=True
    )
    event = localstripe.gateway.read_event(*localstripe.webhooks.get(timeout=10), datetime.now(UTC))
    assert (event.kind, event.charge_reference) == (EventKind.PAYMENT_SUCCEEDED, intent.id)


def test_a_declined_charge_is_told_as_failed(localstripe: Localstripe) -> None:
    with pytest.raises(stripe.CardError):
        localstripe.pay(DECLINED)
    event = localstripe.gateway.read_event(*localstripe.webhooks.get(timeout=10), datetime.now(UTC))
    assert (event.kind, event.cents) == (EventKind.FAILED, 1750)


def test_a_charge_is_given_back_in_parts(localstripe: Localstripe) -> None:
    intent = localstripe.pay(SUCCEEDS)
    localstripe.webhooks.get(timeout=10)
    first = localstripe.gateway.refund(RefundOrder(key="back-1", charge_reference=intent.id, cents=750))
    second = localstripe.gateway.refund(RefundOrder(key="back-2", charge_reference=intent.id, cents=1000))
    assert (first.cents, second.cents, first.charge_reference) == (750, 1000, intent.id)
    assert first.is_settled and first.refund_reference != second.refund_reference
    assert localstripe.client.v1.payment_intents.retrieve(intent.id, {"expand": ["latest_charge"]}).latest_charge["refunded"] is True


def test_a_failed_charge_is_not_given_back(localstripe: Localstripe) -> None:
    with pytest.raises(stripe.CardError):
        localstripe.pay(DECLINED)
    event = localstripe.gateway.read_event(*localstripe.webhooks.get(timeout=10), datetime.now(UTC))
    assert event.charge_reference
    with pytest.raises(GatewayRefused):
        localstripe.gateway.refund(RefundOrder(key="back-3", charge_reference=event.charge_reference, cents=100))


def test_a_server_that_is_gone_is_unreachable() -> None:
    client = stripe.RequestsClient(timeout=1)
    gateway = StripeGateways(api_base=f"http://127.0.0.1:{free_port()}", http_client=client).gateway_for(KEYS)
    with pytest.raises(GatewayUnreachable):
        gateway.refund(RefundOrder(key="back-4", charge_reference="pi_1", cents=100))
    client.close()
