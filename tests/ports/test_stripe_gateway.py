"""Stripe's adapter: what it asks, and its errors in our words."""

import os
import uuid
from urllib.parse import parse_qsl

import pytest
import stripe

from billing.card_gateway import (
    CardDeclined,
    ChargeStatus,
    GatewayKeys,
    GatewayRefused,
    GatewayUnreachable,
    KeyReused,
    RefundOrder,
    RefundRefused,
)
from billing.stripe_accounts import StripeGateways
from mobility.errors import DomainError
from tests.ports.card_worlds import KEYS, StripeWorld, make_order
from tests.ports.fake_stripe import error


def unreachable() -> Exception:
    return stripe.APIConnectionError("timed out", should_retry=True)


def test_the_order_leaves_with_our_key_our_references_and_nothing_about_the_person() -> None:
    world = StripeWorld()
    world.gateway.open_checkout(make_order(language="ar"))
    ((method, url, headers, body),) = world.stripe.requests
    assert (method, url) == ("post", "https://api.stripe.com/v1/checkout/sessions")
    assert headers["Idempotency-Key"] == "pay-1"
    assert headers["Authorization"] == f"Bearer {KEYS.secret_key}"
    assert dict(parse_qsl(body)) == {
        "mode": "payment",
        "payment_method_types[0]": "card",
        "adaptive_pricing[enabled]": "false",
        "line_items[0][price_data][currency]": "eur",
        "line_items[0][price_data][unit_amount]": "1750",
        "line_items[0][price_data][product_data][name]": "Location du 23 au 29 février",
        "line_items[0][quantity]": "1",
        "client_reference_id": "payment-1",
        "metadata[platform]": "la-ciotat",
        "metadata[payment]": "payment-1",
        "payment_intent_data[metadata][platform]": "la-ciotat",
        "payment_intent_data[metadata][payment]": "payment-1",
        "success_url": "http://127.0.0.1/fini",
        "cancel_url": "http://127.0.0.1/renonce",
        "locale": "fr",
    }


def test_english_is_asked_for_in_english() -> None:
    world = StripeWorld()
    world.gateway.open_checkout(make_order(language="en"))
    assert "locale=en" in world.stripe.requests[0][3]


def test_a_lost_answer_is_asked_again_once_with_the_same_key() -> None:
    world = StripeWorld()
    world.stripe.answers = [unreachable()]
    world.gateway.open_checkout(make_order())
    assert [request[2]["Idempotency-Key"] for request in world.stripe.requests] == ["pay-1", "pay-1"]
    assert len(world.stripe.sessions) == 1


ERRORS = {
    "no answer, twice": ([unreachable(), unreachable()], GatewayUnreachable),
    "their fault, twice": ([(500, error("api_error", "")), (503, error("api_error", ""))], GatewayUnreachable),
    "the key is under way elsewhere": ([(409, error("idempotency_error", "in use"))] * 2, GatewayUnreachable),
    "too many requests": ([(429, error("rate_limit_error", ""))], GatewayUnreachable),
    "a page instead of JSON's error": ([(502, {"html": "bad gateway"})] * 2, GatewayUnreachable),
    "the same key, another order": ([(400, error("idempotency_error", ""))], KeyReused),
    "the card is declined": ([(402, error("card_error", "", code="card_declined"))], CardDeclined),
    "our key is revoked": ([(401, error("invalid_request_error", ""))], GatewayRefused),
    "our key may not do this": ([(403, error("invalid_request_error", ""))], GatewayRefused),
    "our order is wrong": ([(400, error("invalid_request_error", "", param="success_url"))], GatewayRefused),
}


@pytest.mark.parametrize(("answers", "ours"), ERRORS.values(), ids=ERRORS)
def test_errors_in_our_words(answers: list[object], ours: type[DomainError]) -> None:
    world = StripeWorld()
    world.stripe.answers = [*answers]  # type: ignore[list-item]
    with pytest.raises(ours) as caught:
        world.gateway.open_checkout(make_order())
    assert not world.stripe.answers and not world.stripe.sessions
    assert "Stripe" not in caught.value.sentence and KEYS.secret_key not in caught.value.sentence


def test_a_search_that_fails_is_not_a_charge_that_is_missing() -> None:
    world = StripeWorld()
    world.stripe.answers = [(401, error("invalid_request_error", ""))]
    with pytest.raises(GatewayRefused):
        world.gateway.find_charge(session_reference="cs_test_1")


@pytest.mark.parametrize(("status", "is_settled"), [("succeeded", True), ("pending", False), ("requires_action", False)])
def test_a_refund_says_whether_the_bank_has_settled_it(status: str, is_settled: bool) -> None:
    world = StripeWorld()
    world.stripe.answers = [(200, {"id": "re_1", "object": "refund", "amount": 500, "status": status})]
    assert world.gateway.refund(RefundOrder(key="back-1", charge_reference="pi_1", cents=500)).is_settled is is_settled


@pytest.mark.parametrize("status", ["failed", "canceled"])
def test_a_refund_the_bank_refuses_is_no_refund(status: str) -> None:
    world = StripeWorld()
    world.stripe.answers = [(200, {"id": "re_1", "object": "refund", "amount": 500, "status": status})]
    with pytest.raises(RefundRefused, match="autre moyen"):
        world.gateway.refund(RefundOrder(key="back-1", charge_reference="pi_1", cents=500))


def test_a_refund_of_a_charge_that_is_not_ours_is_a_setting_to_look_at() -> None:
    with pytest.raises(GatewayRefused):
        StripeWorld().gateway.refund(RefundOrder(key="back-1", charge_reference="pi_nobody", cents=500))


def test_a_payment_that_only_failed_is_found_as_failed() -> None:
    world = StripeWorld()
    world.decline(world.gateway.open_checkout(make_order()))
    state = world.gateway.find_charge(payment_reference="payment-1")
    assert state and state.status is ChargeStatus.FAILED


def test_the_edge_learns_where_a_form_may_lead() -> None:
    assert StripeGateways().checkout_hosts == ("https://checkout.stripe.com",)


@pytest.mark.live
@pytest.mark.skipif("STRIPE_TEST_KEY" not in os.environ, reason="STRIPE_TEST_KEY is not set")
def test_the_real_stripe_opens_one_checkout_per_key() -> None:
    key = os.environ["STRIPE_TEST_KEY"]
    assert key.startswith(("sk_test_", "rk_test_")), "never a live key in tests"
    gateway = StripeGateways().gateway_for(GatewayKeys(secret_key=key, webhook_secret="whsec_unused"))
    order = make_order(key=uuid.uuid4().hex, success_url="https://example.org/fini", cancel_url="https://example.org/renonce")
    checkout = gateway.open_checkout(order)
    assert gateway.open_checkout(order) == checkout
    assert checkout.url.startswith("https://checkout.stripe.com/")
    with pytest.raises(KeyReused):
        gateway.open_checkout(make_order(key=order.key, cents=1800))
    state = gateway.find_charge(session_reference=checkout.session_reference)
    assert state and (state.status, state.cents, state.currency) == (ChargeStatus.OPEN, 1750, "eur")
