"""The card gateway's contract, on Stripe's adapter (its SDK against a fake Stripe) and on the local gateway."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from billing.card_gateway import (
    PROOFS_OF_PAYMENT,
    ChargeStatus,
    CheckoutOrder,
    EventKind,
    GatewayEvent,
    KeyReused,
    RefundOrder,
    RefundRefused,
    SignatureRefused,
)
from billing.webhook_signature import sign
from mobility.errors import RuleBroken
from tests.ports.card_worlds import NOW, LocalWorld, StripeWorld, World, make_order

FIVE = {
    EventKind.PAYMENT_CREATED,
    EventKind.PAYMENT_SUCCEEDED,
    EventKind.CHARGE_SUCCEEDED,
    EventKind.CHECKOUT_COMPLETED,
    EventKind.CHARGE_UPDATED,
}


@pytest.fixture(params=["stripe", "local"])
def world(request: pytest.FixtureRequest) -> Iterator[World]:
    if request.param == "stripe":
        yield StripeWorld()
        return
    local = LocalWorld()
    yield local
    local.store.close()


def read_all(world: World) -> list[GatewayEvent]:
    return [world.gateway.read_event(raw, signature, world.now) for raw, signature in world.take_webhooks()]


def paid_charge(world: World, order: CheckoutOrder) -> str:
    world.pay(world.gateway.open_checkout(order))
    state = world.gateway.find_charge(payment_reference=order.payment_reference)
    assert state and state.charge_reference
    return state.charge_reference


class TestContract:
    def test_a_checkout_is_a_page_and_a_reference(self, world: World) -> None:
        checkout = world.gateway.open_checkout(make_order())
        assert checkout.session_reference.startswith("cs_")
        assert checkout.url.startswith("http")

    def test_a_key_sent_again_gets_the_first_answer(self, world: World) -> None:
        assert world.gateway.open_checkout(make_order()) == world.gateway.open_checkout(make_order())

    def test_a_key_with_another_amount_is_refused(self, world: World) -> None:
        world.gateway.open_checkout(make_order())
        with pytest.raises(KeyReused):
            world.gateway.open_checkout(make_order(cents=1751))

    @pytest.mark.parametrize("cents", [-1, 0, 49, 100_000_000])
    def test_an_amount_no_gateway_charges_never_leaves(self, world: World, cents: int) -> None:
        with pytest.raises(RuleBroken, match="va de 0,50 €"):
            world.gateway.open_checkout(make_order(cents=cents))

    def test_a_reference_cannot_carry_a_query(self, world: World) -> None:
        with pytest.raises(ValueError, match="not a reference"):
            world.gateway.open_checkout(make_order(payment_reference="x' OR metadata['payment']:'y"))

    def test_a_payment_tells_five_events_that_agree(self, world: World) -> None:
        world.pay(world.gateway.open_checkout(make_order()))
        events = read_all(world)
        assert {event.kind for event in events} == FIVE and len(events) == 5
        assert len({event.event_id for event in events}) == 5
        assert {event.charge_reference for event in events} == {events[0].charge_reference} != {None}
        said = {(e.platform_slug, e.payment_reference, e.cents, e.currency, e.occurred_at) for e in events}
        assert said == {("la-ciotat", "payment-1", 1750, "eur", NOW)}

    def test_three_of_the_five_prove_the_payment(self, world: World) -> None:
        world.pay(world.gateway.open_checkout(make_order()))
        assert sum(event.kind in PROOFS_OF_PAYMENT for event in read_all(world)) == 3

    def test_the_checkout_event_names_its_session(self, world: World) -> None:
        checkout = world.gateway.open_checkout(make_order())
        world.pay(checkout)
        assert {e.session_reference for e in read_all(world)} == {None, checkout.session_reference}

    def test_a_decline_fails_and_the_same_page_may_still_succeed(self, world: World) -> None:
        checkout = world.gateway.open_checkout(make_order())
        world.decline(checkout)
        events = read_all(world)
        assert [e.kind for e in events].count(EventKind.FAILED) == 2 and not PROOFS_OF_PAYMENT & {e.kind for e in events}
        state = world.gateway.find_charge(session_reference=checkout.session_reference)
        assert state and state.status is ChargeStatus.OPEN
        world.pay(checkout)
        assert EventKind.PAYMENT_CREATED not in {e.kind for e in read_all(world)}

    def test_an_open_checkout_is_found_by_its_session_only(self, world: World) -> None:
        checkout = world.gateway.open_checkout(make_order())
        state = world.gateway.find_charge(session_reference=checkout.session_reference)
        assert state and (state.status, state.cents, state.charge_reference) == (ChargeStatus.OPEN, 1750, None)
        assert world.gateway.find_charge(payment_reference="payment-1") is None

    @pytest.mark.parametrize("by", ["session_reference", "payment_reference"])
    def test_a_paid_charge_is_found(self, world: World, by: str) -> None:
        checkout = world.gateway.open_checkout(make_order())
        world.pay(checkout)
        reference = checkout.session_reference if by == "session_reference" else "payment-1"
        state = world.gateway.find_charge(**{by: reference})
        assert state and state.charge_reference
        assert (state.status, state.cents, state.currency, state.payment_reference) == (ChargeStatus.PAID, 1750, "eur", "payment-1")

    def test_an_expired_checkout_says_so(self, world: World) -> None:
        checkout = world.gateway.open_checkout(make_order())
        world.expire(checkout)
        state = world.gateway.find_charge(session_reference=checkout.session_reference)
        assert state and state.status is ChargeStatus.EXPIRED
        assert [e.kind for e in read_all(world)] == [EventKind.EXPIRED]

    def test_the_paid_checkout_wins_over_the_expired_one_of_the_same_payment(self, world: World) -> None:
        paid = paid_charge(world, make_order(key="first"))
        world.decline(world.gateway.open_checkout(make_order(key="second")))
        state = world.gateway.find_charge(payment_reference="payment-1")
        assert state and (state.status, state.charge_reference) == (ChargeStatus.PAID, paid)

    def test_what_nobody_opened_is_not_found(self, world: World) -> None:
        assert world.gateway.find_charge(session_reference="cs_nobody") is None
        assert world.gateway.find_charge(payment_reference="payment-9") is None

    def test_a_charge_is_given_back_in_parts(self, world: World) -> None:
        charge = paid_charge(world, make_order())
        world.take_webhooks()
        first = world.gateway.refund(RefundOrder(key="back-1", charge_reference=charge, cents=750))
        assert (first.cents, first.charge_reference, first.is_settled) == (750, charge, True)
        state = world.gateway.find_charge(payment_reference="payment-1")
        assert state and (state.status, state.refunded_cents) == (ChargeStatus.PAID, 750)
        world.gateway.refund(RefundOrder(key="back-2", charge_reference=charge, cents=1000))
        state = world.gateway.find_charge(payment_reference="payment-1")
        assert state and (state.status, state.refunded_cents) == (ChargeStatus.REFUNDED, 1750)
        assert {e.kind for e in read_all(world)} == {EventKind.REFUNDED}

    def test_what_was_taken_is_listed_and_what_may_still_be_paid_apart(self, world: World) -> None:
        charge = paid_charge(world, make_order())
        world.gateway.refund(RefundOrder(key="back", charge_reference=charge, cents=750))
        world.decline(refused := world.gateway.open_checkout(make_order(key="second", payment_reference="payment-2")))
        (listed,) = world.gateway.list_charges(NOW - timedelta(days=1))
        assert (listed.charge_reference, listed.platform_slug, listed.payment_reference) == (charge, "la-ciotat", "payment-1")
        assert (listed.cents, listed.refunded_cents, listed.currency, listed.is_contested) == (1750, 750, "eur", False)
        assert listed.taken_at == NOW
        assert world.gateway.list_charges(NOW + timedelta(seconds=1)) == []
        assert world.gateway.list_open_pages() == {refused.session_reference}
        world.gateway.close_checkout(refused.session_reference)
        assert world.gateway.list_open_pages() == frozenset()

    def test_a_page_closed_takes_no_card_and_says_when_it_was_paid(self, world: World) -> None:
        paid = world.gateway.open_checkout(make_order())
        world.pay(paid)
        world.take_webhooks()
        assert world.gateway.close_checkout(paid.session_reference) is False
        assert world.take_webhooks() == []
        left = world.gateway.open_checkout(make_order(key="pay-2", payment_reference="payment-2"))
        assert [world.gateway.close_checkout(left.session_reference) for _ in range(2)] == [True, True]
        state = world.gateway.find_charge(session_reference=left.session_reference)
        assert state and state.status is ChargeStatus.EXPIRED
        assert [event.kind for event in read_all(world)] == [EventKind.EXPIRED]

    def test_a_refund_sent_twice_gives_back_once(self, world: World) -> None:
        order = RefundOrder(key="back-1", charge_reference=paid_charge(world, make_order()), cents=1000)
        assert world.gateway.refund(order) == world.gateway.refund(order)
        state = world.gateway.find_charge(payment_reference="payment-1")
        assert state and state.refunded_cents == 1000
        with pytest.raises(KeyReused):
            world.gateway.refund(replace(order, cents=750))

    def test_no_more_is_given_back_than_is_left(self, world: World) -> None:
        charge = paid_charge(world, make_order())
        with pytest.raises(RefundRefused):
            world.gateway.refund(RefundOrder(key="back-1", charge_reference=charge, cents=1751))
        world.gateway.refund(RefundOrder(key="back-2", charge_reference=charge, cents=1750))
        with pytest.raises(RefundRefused):
            world.gateway.refund(RefundOrder(key="back-3", charge_reference=charge, cents=1))

    def test_an_event_of_another_platform_s_key_is_refused(self, world: World) -> None:
        world.pay(world.gateway.open_checkout(make_order()))
        raw, _ = world.take_webhooks()[0]
        with pytest.raises(SignatureRefused):
            world.gateway.read_event(raw, sign(raw, "whsec_other", NOW), NOW)
