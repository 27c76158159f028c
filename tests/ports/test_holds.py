"""Sums set aside at the gateway: one contract, on Stripe's adapter and on the local gateway."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from billing.card_gateway import PROOFS_OF_PAYMENT, ChargeStatus, EventKind, GatewayEvent, GatewayRefused, RefundOrder, RefundRefused
from billing.card_holds import CaptureOrder, HoldState, HoldStatus
from billing.local_gateway import DECLINED
from mobility.errors import RuleBroken
from tests.ports.card_worlds import NOW, LocalWorld, StripeWorld, World, make_order, path_of

ORDER = make_order(cents=30_000, label="Empreinte de caution payment-1")


@pytest.fixture(params=["stripe", "local"])
def world(request: pytest.FixtureRequest) -> Iterator[World]:
    if request.param == "stripe":
        yield StripeWorld()
        return
    local = LocalWorld()
    yield local
    local.store.close()


def placed(world: World) -> tuple[str, HoldState]:
    """The page's reference, and the hold once it is in place."""
    page = world.gateway.open_hold(ORDER)
    assert world.gateway.open_hold(ORDER) == page
    world.place(page)
    found = world.gateway.find_hold(page.session_reference)
    assert found is not None
    return page.session_reference, found


def take(found: HoldState, cents: int, key: str = "take-1") -> CaptureOrder:
    return CaptureOrder(key=key, charge_reference=found.charge_reference or "", cents=cents)


def told(world: World) -> list[GatewayEvent]:
    return [world.gateway.read_event(raw, signature, world.now) for raw, signature in world.take_webhooks()]


def test_a_page_waits_then_holds_the_sum_and_says_until_when(world: World) -> None:
    page = world.gateway.open_hold(ORDER)
    waiting = world.gateway.find_hold(page.session_reference)
    assert waiting and (waiting.status, waiting.cents, waiting.charge_reference) == (HoldStatus.OPEN, 30_000, None)
    assert world.gateway.find_hold("cs_unknown") is None
    _, found = placed(world)
    assert (found.status, found.cents, found.captured_cents, found.brand, found.last4) == (HoldStatus.HELD, 30_000, 0, "visa", "4242")
    assert found.capture_before == NOW + timedelta(days=6, hours=18)
    events = told(world)
    assert {event.kind for event in events} <= {EventKind.PAYMENT_CREATED, EventKind.HOLD_MOVED, EventKind.IGNORED}
    moved = [event for event in events if event.kind is EventKind.HOLD_MOVED]
    assert len(moved) == 2 and {event.payment_reference for event in moved} == {"payment-1"}, "the page's own and the sum's"
    assert world.gateway.list_charges(NOW - timedelta(days=1)) == [], "nothing was taken"


def test_a_part_is_taken_once_whatever_key_asks_for_it(world: World) -> None:
    page, found = placed(world)
    told(world)
    taken = world.gateway.capture_hold(take(found, 7_000))
    assert (taken.status, taken.captured_cents) == (HoldStatus.CAPTURED, 7_000)
    again = world.gateway.capture_hold(take(found, 9_000, key="take-2"))
    assert (again.status, again.captured_cents) == (HoldStatus.CAPTURED, 7_000)
    assert world.gateway.lift_hold(found.charge_reference or "").status is HoldStatus.CAPTURED
    assert world.gateway.find_hold(page) == taken
    proofs = [event for event in told(world) if event.kind in PROOFS_OF_PAYMENT]
    assert {(event.cents, event.payment_reference, event.charge_reference) for event in proofs} == {
        (7_000, "payment-1", found.charge_reference)
    }


def test_what_was_taken_is_a_charge_like_any_other(world: World) -> None:
    _, found = placed(world)
    world.gateway.capture_hold(take(found, 7_000))
    told(world)
    (charge,) = world.gateway.list_charges(NOW - timedelta(days=1))
    assert (charge.cents, charge.refunded_cents, charge.payment_reference) == (7_000, 0, "payment-1")
    state = world.gateway.find_charge(payment_reference="payment-1")
    assert state and (state.status, state.cents, state.refunded_cents) == (ChargeStatus.PAID, 7_000, 0)
    order = RefundOrder(key="back-1", charge_reference=charge.charge_reference, cents=2_000)
    assert world.gateway.refund(order).cents == 2_000
    (charge,) = world.gateway.list_charges(NOW - timedelta(days=1))
    assert charge.refunded_cents == 2_000, "the rest of the hold, lifted, is no refund"
    assert [event.cents for event in told(world) if event.kind is EventKind.REFUNDED] == [2_000]
    with pytest.raises(RefundRefused):
        world.gateway.refund(replace(order, key="back-2", cents=5_001))


def test_never_above_what_is_held(world: World) -> None:
    page, found = placed(world)
    with pytest.raises(GatewayRefused):
        world.gateway.capture_hold(take(found, 30_001))
    with pytest.raises(RuleBroken, match="va de 0,50 €"):
        world.gateway.capture_hold(take(found, 49, key="take-2"))
    assert world.gateway.find_hold(page) == found


@pytest.mark.parametrize("by_itself", [False, True])
def test_lifted_or_lapsed_nothing_is_taken_any_more(world: World, by_itself: bool) -> None:
    page, found = placed(world)
    told(world)
    if by_itself:
        world.lapse()
    else:
        assert world.gateway.lift_hold(found.charge_reference or "").status is HoldStatus.CANCELLED
    for _ in range(2):
        assert world.gateway.lift_hold(found.charge_reference or "").status is HoldStatus.CANCELLED
        assert world.gateway.capture_hold(take(found, 7_000)).status is HoldStatus.CANCELLED
    state = world.gateway.find_hold(page)
    assert state and (state.status, state.captured_cents) == (HoldStatus.CANCELLED, 0)
    assert world.gateway.list_charges(NOW - timedelta(days=1)) == []
    events = told(world)
    assert EventKind.HOLD_MOVED in {event.kind for event in events}
    assert not [event for event in events if event.kind in PROOFS_OF_PAYMENT]


def test_a_page_that_closes_sets_nothing_aside(world: World) -> None:
    page = world.gateway.open_hold(ORDER)
    world.expire(page)
    state = world.gateway.find_hold(page.session_reference)
    assert state and state.status is HoldStatus.EXPIRED
    assert [event.kind for event in told(world)] == [EventKind.HOLD_MOVED]


def test_the_local_page_refuses_a_card_beside_its_field_and_takes_one_once() -> None:
    local = LocalWorld()
    page = local.gateway.open_hold(ORDER)
    for number, said in ((DECLINED, "La banque a refusé"), ("4111", "cartes d’essai")):
        answer = local.type_card(page, number)
        assert answer.status_code == 422 and said in answer.text
    local.place(page)
    assert "déjà été donnée" in local.browser.get(path_of(page)).text
    assert local.type_card(page, DECLINED).status_code == 200
    local.now += timedelta(hours=24)
    late = local.gateway.open_hold(replace(ORDER, key="pay-2", payment_reference="payment-2"))
    local.now += timedelta(hours=24)
    assert local.browser.get(path_of(late)).status_code == 410
    assert local.browser.get("/_carte/empreinte/inconnue").status_code == 404
    local.store.close()
