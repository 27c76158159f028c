"""Cards left at the gateway: one contract, on Stripe's adapter and on the local gateway."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest

from billing.card_gateway import PROOFS_OF_PAYMENT, ChargeStatus, EventKind, KeyReused
from billing.local_gateway import DECLINED
from billing.saved_cards import LeftCard, Outcome, SavedCharge, SavedChargeOrder, SetupOrder, SetupPage, may_send_again
from mobility.errors import RuleBroken
from tests.ports.card_worlds import NOW, LocalWorld, StripeWorld, World

PAGE = SetupOrder(
    key="card-1",
    platform_slug="la-ciotat",
    card_reference="carte-1",
    label="Caution : rien n’est débité aujourd’hui",
    success_url="http://127.0.0.1/fini",
    cancel_url="http://127.0.0.1/renonce",
)


@pytest.fixture(params=["stripe", "local"])
def world(request: pytest.FixtureRequest) -> Iterator[World]:
    if request.param == "stripe":
        yield StripeWorld()
        return
    local = LocalWorld()
    yield local
    local.store.close()


def left(world: World, says: Outcome = Outcome.PAID) -> LeftCard:
    page = world.gateway.open_setup(PAGE)
    world.leave(page, says)
    card = world.gateway.find_left_card(page.session_reference)
    assert card is not None
    return card


def order(card: LeftCard, **changes: object) -> SavedChargeOrder:
    told = {"platform_slug": "la-ciotat", "payment_reference": "payment-1", "cents": 4_000, "label": "Réparation payment-1"}
    names = {"holder_reference": card.holder_reference, "card_reference": card.card_reference}
    return replace(SavedChargeOrder(key="charge-1", **told, **names), **changes)  # type: ignore[arg-type]


def test_a_card_is_left_once_and_told_by_its_page(world: World) -> None:
    page = world.gateway.open_setup(PAGE)
    assert world.gateway.open_setup(PAGE) == page
    assert world.gateway.find_left_card(page.session_reference) is None
    world.leave(page, Outcome.PAID)
    card = world.gateway.find_left_card(page.session_reference)
    assert card is not None and (card.brand, card.last4, card.expires_on) == ("visa", "4242", date(2034, 12, 31))
    events = [world.gateway.read_event(raw, signature, world.now) for raw, signature in world.take_webhooks()]
    assert [(event.kind, event.session_reference, event.cents) for event in events] == [
        (EventKind.CARD_SAVED, page.session_reference, None)
    ]


def test_another_page_under_the_same_key_is_refused(world: World) -> None:
    world.gateway.open_setup(PAGE)
    with pytest.raises(KeyReused):
        world.gateway.open_setup(replace(PAGE, label="Autre chose"))


def test_a_charge_is_taken_once_however_often_it_is_sent(world: World) -> None:
    card = left(world)
    world.take_webhooks()
    first = world.gateway.charge_saved(order(card))
    assert first.outcome is Outcome.PAID and world.gateway.charge_saved(order(card)) == first
    state = world.gateway.find_charge(payment_reference="payment-1")
    assert state and (state.status, state.cents, state.charge_reference) == (ChargeStatus.PAID, 4_000, first.charge_reference)
    listed = world.gateway.list_charges(NOW - timedelta(days=1))
    assert [(charge.charge_reference, charge.payment_reference) for charge in listed] == [(first.charge_reference, "payment-1")]
    events = [world.gateway.read_event(raw, signature, world.now) for raw, signature in world.take_webhooks()]
    assert sum(event.kind in PROOFS_OF_PAYMENT for event in events) == 2, "no checkout to complete"
    assert {(event.payment_reference, event.charge_reference) for event in events} == {("payment-1", first.charge_reference)}
    with pytest.raises(KeyReused):
        world.gateway.charge_saved(order(card, cents=4_001))


@pytest.mark.parametrize("says", [Outcome.AUTHENTICATE, Outcome.DECLINED])
def test_a_charge_refused_takes_nothing(world: World, says: Outcome) -> None:
    assert world.gateway.charge_saved(order(left(world, says))) == SavedCharge(outcome=says)
    assert world.gateway.list_charges(NOW - timedelta(days=1)) == []
    state = world.gateway.find_charge(payment_reference="payment-1")
    assert state is None or state.status is ChargeStatus.FAILED


def test_stripe_says_why_a_card_is_refused() -> None:
    stripe = StripeWorld()
    page = stripe.gateway.open_setup(PAGE)
    stripe.stripe.leave(page.session_reference, "expired_card")
    card = stripe.gateway.find_left_card(page.session_reference)
    assert card is not None
    assert stripe.gateway.charge_saved(order(card)) == SavedCharge(outcome=Outcome.DECLINED, refusal="expired")


def test_a_card_forgotten_is_charged_no_more_and_may_be_forgotten_again(world: World) -> None:
    card = left(world)
    for _ in range(2):
        world.gateway.forget_card(card.holder_reference)
    assert world.gateway.charge_saved(order(card)).outcome is Outcome.DECLINED


@pytest.mark.parametrize("cents", [49, 100_000_000])
def test_an_amount_no_gateway_charges_never_leaves(world: World, cents: int) -> None:
    with pytest.raises(RuleBroken, match="va de 0,50 €"):
        world.gateway.charge_saved(order(left(world), cents=cents))


def test_the_local_page_refuses_a_card_that_cannot_be_left_and_closes_after_a_day() -> None:
    local = LocalWorld()
    page: SetupPage = local.gateway.open_setup(PAGE)
    path = page.url.removeprefix("http://127.0.0.1")
    told = {"expiry": "12/34", "code": "123"}
    for number, said in ((DECLINED, "refuse d’enregistrer"), ("4111", "cartes d’essai")):
        answer = local.browser.post(path, data=told | {"number": number})
        assert answer.status_code == 422 and said in answer.text
    local.now += timedelta(hours=24)
    assert local.browser.get(path).status_code == local.browser.post(path, data=told | {"number": DECLINED}).status_code == 410
    assert local.browser.get("/_carte/carte/inconnue").status_code == 404
    local.store.close()


@pytest.mark.parametrize(("hours", "may"), [(0, True), (22, True), (23, False), (400, False)])
def test_a_key_is_sent_again_for_less_than_the_day_a_gateway_remembers_it(hours: int, may: bool) -> None:
    assert may_send_again(NOW, NOW + timedelta(hours=hours)) is may
