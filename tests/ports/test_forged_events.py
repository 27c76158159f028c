"""Events that nobody entitled has sent, or that are no events: each is refused before anything is read into our books."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import stripe

from billing.card_gateway import PROOFS_OF_PAYMENT, CardGateway, EventUnreadable, GatewayKeys, SignatureRefused
from billing.local_gateway import LocalGateways, Store
from billing.stripe_accounts import StripeGateways
from billing.webhook_signature import sign
from tests.ports.card_worlds import KEYS, NOW, LocalWorld, StripeWorld

SECRET = KEYS.webhook_secret
OLD = NOW - timedelta(minutes=5, seconds=1)
SOON = NOW + timedelta(minutes=5, seconds=1)


def make_event(**changes: Any) -> bytes:
    """A charge that succeeded, of 17.50 €; `changes` go to the charge."""
    charge = {
        "id": "ch_1",
        "object": "charge",
        "payment_intent": "pi_1",
        "amount": 1750,
        "currency": "eur",
        "metadata": {"platform": "la-ciotat", "payment": "payment-1"},
        **changes,
    }
    return json.dumps({"id": "evt_1", "type": "charge.succeeded", "created": int(NOW.timestamp()), "data": {"object": charge}}).encode()


@pytest.fixture(params=["stripe", "local"])
def gateway(request: pytest.FixtureRequest) -> CardGateway:
    return StripeWorld().gateway if request.param == "stripe" else LocalWorld().gateway


GOOD = make_event()
SIGNED = sign(GOOD, SECRET, NOW)

UNSIGNED = {
    "no header": (GOOD, None),
    "an empty header": (GOOD, ""),
    "another platform's secret": (GOOD, sign(GOOD, "whsec_other", NOW)),
    "replayed after five minutes": (GOOD, sign(GOOD, SECRET, OLD)),
    "signed in the future": (GOOD, sign(GOOD, SECRET, SOON)),
    "an old event with a new time": (GOOD, sign(GOOD, SECRET, OLD).replace(str(int(OLD.timestamp())), str(int(NOW.timestamp())))),
    "a changed byte": (GOOD.replace(b"1750", b"1751"), SIGNED),
    "a cut body": (GOOD[:-1], SIGNED),
    "a body longer by a space": (GOOD + b" ", SIGNED),
    "an empty body": (b"", SIGNED),
    "a scheme we do not take": (GOOD, SIGNED.replace("v1=", "v0=")),
    "a signature without its time": (GOOD, SIGNED.partition(",")[2]),
    "two times": (GOOD, f"{SIGNED},t={int(NOW.timestamp())}"),
    "a time in other digits": (GOOD, SIGNED.replace("t=1", "t=١")),
    "a time beyond any clock": (GOOD, f"t={'9' * 400},v1=00"),
    "a signature that is not ASCII": (GOOD, f"t={int(NOW.timestamp())},v1=é\udcff"),
    "half a signature": (GOOD, SIGNED[:-32]),
    "commas only": (GOOD, ",,,"),
}


@pytest.mark.parametrize(("raw", "header"), UNSIGNED.values(), ids=UNSIGNED)
def test_refused_by_its_signature(gateway: CardGateway, raw: bytes, header: str | None) -> None:
    with pytest.raises(SignatureRefused):
        gateway.read_event(raw, header, NOW)


UNREADABLE = {
    "an empty body, signed": b"",
    "not JSON": b"charge=1750",
    "not UTF-8": b'{"id": "\xff"}',
    "a JSON list": b"[]",
    "a JSON number": b"1750",
    "no data": b'{"id": "evt_1", "type": "charge.succeeded", "created": 1}',
    "a pit of brackets": b"[" * 100_000,
    "a number that is none": b'{"id": NaN}',
    "four thousand digits and more": make_event().replace(b"1750", b"9" * 5000),
    "more than any payment": make_event(amount=10**12),
    "cents as a float": make_event(amount=1750.0),
    "cents as a word": make_event(amount="1750"),
    "cents as true": make_event(amount=True),
    "negative cents": make_event(amount=-1750),
    "no amount": make_event(amount=None),
    "no currency": make_event(currency=None),
    "a reference with a NUL": make_event(metadata={"payment": "payment-1\0"}),
    "a reference that is a list": make_event(metadata={"payment": ["payment-1"]}),
    "a reference without end": make_event(metadata={"payment": "p" * 256}),
    "metadata that is a list": make_event(metadata=["payment-1"]),
    "no event id": make_event().replace(b'"evt_1"', b"null"),
    "a time beyond the calendar": make_event().replace(str(int(NOW.timestamp())).encode(), b"99999999999999"),
    "a charge that is something else": make_event(object="invoice"),
}


@pytest.mark.parametrize("raw", UNREADABLE.values(), ids=UNREADABLE)
def test_refused_by_its_shape_though_signed(gateway: CardGateway, raw: bytes) -> None:
    with pytest.raises(EventUnreadable):
        gateway.read_event(raw, sign(raw, SECRET, NOW), NOW)


def test_the_event_they_all_imitate_is_read(gateway: CardGateway) -> None:
    """Without this, a gateway that refuses everything would pass."""
    event = gateway.read_event(GOOD, SIGNED, NOW)
    assert (event.cents, event.currency, event.payment_reference, event.kind in PROOFS_OF_PAYMENT) == (1750, "eur", "payment-1", True)


def test_one_good_signature_of_two_is_enough(gateway: CardGateway) -> None:
    """While a secret is being changed, Stripe signs with both."""
    seconds, _, good = SIGNED.partition(",")
    assert gateway.read_event(GOOD, f"{seconds},v1={'0' * 64},{good},v0=ignored", NOW).event_id == "evt_1"


@pytest.mark.parametrize(("cents", "currency"), [(1, "eur"), (1750, "usd"), (0, "eur")])
def test_another_amount_or_currency_is_surfaced_as_it_came(gateway: CardGateway, cents: int, currency: str) -> None:
    raw = make_event(amount=cents, currency=currency.upper())
    event = gateway.read_event(raw, sign(raw, SECRET, NOW), NOW)
    assert (event.cents, event.currency) == (cents, currency)


IGNORED: dict[str, Callable[[], bytes]] = {
    "an event we do not follow": lambda: make_event().replace(b"charge.succeeded", b"customer.created"),
    "a charge only held on the card": lambda: make_event(captured=False),
    "a checkout completed before its money": lambda: make_event(object="checkout.session", payment_status="unpaid").replace(
        b"charge.succeeded", b"checkout.session.completed"
    ),
}


@pytest.mark.parametrize("make", IGNORED.values(), ids=IGNORED)
def test_what_is_no_payment_is_ignored(gateway: CardGateway, make: Callable[[], bytes]) -> None:
    raw = make()
    event = gateway.read_event(raw, sign(raw, SECRET, NOW), NOW)
    assert (event.kind, event.cents) == ("ignored", None)


@pytest.mark.parametrize("secret", ["", "  "])
def test_a_platform_without_secret_takes_no_event(secret: str) -> None:
    keys = GatewayKeys(secret_key="sk_test_abc", webhook_secret=secret)
    local = LocalGateways(Store(), base_url="", webhook_url=str, clock=lambda: NOW)
    for gateways in (StripeGateways(), local):
        with pytest.raises(SignatureRefused, match="pas encore de secret"):
            gateways.gateway_for(keys).read_event(GOOD, sign(GOOD, secret, NOW), NOW)


def test_our_signature_is_the_one_of_stripe_s_own_sdk() -> None:
    assert stripe.WebhookSignature.generate_signature_header(GOOD.decode(), SECRET, timestamp=int(NOW.timestamp())) == SIGNED


def test_the_keys_stay_out_of_logs() -> None:
    assert "sk_test" not in repr(KEYS) and SECRET not in repr(KEYS)
