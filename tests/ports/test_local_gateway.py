"""The local gateway's own manners: its pages, its courier, its file."""

import threading
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from billing.card_gateway import ChargeStatus, Checkout, EventKind, GatewayKeys, RefundOrder, RefundRefused
from billing.local_gateway import AUTHENTICATED, DECLINED, SUCCEEDS, UNFUNDED, LocalGateways, Store
from tests.ports.card_worlds import KEYS, NOW, LocalWorld, make_order, path_of


@pytest.fixture
def world() -> LocalWorld:
    return LocalWorld()


@pytest.fixture
def checkout(world: LocalWorld) -> Checkout:
    return world.gateway.open_checkout(make_order())


def status_of(world: LocalWorld, checkout: Checkout) -> ChargeStatus:
    state = world.gateway.find_charge(session_reference=checkout.session_reference)
    assert state
    return state.status


def kinds(world: LocalWorld) -> list[EventKind]:
    return [world.gateway.read_event(raw, signature, world.now).kind for raw, signature in world.take_webhooks()]


class TestPages:
    def test_the_page_says_how_much_for_what_and_how_to_leave(self, world: LocalWorld, checkout: Checkout) -> None:
        page = world.look(checkout)
        assert page.status_code == 200
        assert "Payer 17,50\u00a0€ par carte" in page.text and "Location du 23 au 29 février" in page.text
        assert 'href="http://127.0.0.1/renonce"' in page.text
        assert "Démonstration." in page.text and "4242 4242 4242 4242" in page.text

    def test_leaving_keeps_the_page_open(self, world: LocalWorld, checkout: Checkout) -> None:
        world.look(checkout)
        assert status_of(world, checkout) is ChargeStatus.OPEN and kinds(world) == []

    def test_a_paid_page_leads_back(self, world: LocalWorld, checkout: Checkout) -> None:
        answer = world.type_card(checkout, "4242 4242 4242 4242")
        assert (answer.status_code, answer.location) == (303, "http://127.0.0.1/fini")
        assert "déjà fait" in world.look(checkout).text

    def test_a_second_click_charges_nothing(self, world: LocalWorld, checkout: Checkout) -> None:
        world.type_card(checkout, SUCCEEDS)
        assert world.type_card(checkout, SUCCEEDS).location == "http://127.0.0.1/fini"
        assert len(kinds(world)) == 5

    @pytest.mark.parametrize(("number", "words"), [(DECLINED, "a refusé cette carte"), (UNFUNDED, "provision est insuffisante")])
    def test_a_refusal_stands_beside_the_number_and_keeps_it(self, world: LocalWorld, checkout: Checkout, number: str, words: str) -> None:
        page = world.type_card(checkout, number)
        assert page.status_code == 402 and words in page.text and f'value="{number}"' in page.text
        assert status_of(world, checkout) is ChargeStatus.OPEN

    @pytest.mark.parametrize(
        ("typed", "words"),
        [
            ({"number": "4111111111111111"}, "N’y tapez jamais une vraie carte"),
            ({"number": ""}, "cartes d’essai"),
            ({"expiry": "13/34"}, "une date à venir"),
            ({"expiry": "02/26"}, "une date à venir"),
            ({"expiry": ""}, "une date à venir"),
            ({"code": "12"}, "trois chiffres"),
            ({"code": "١٢٣"}, "trois chiffres"),
        ],
    )
    def test_a_wrong_field_says_what_to_do_and_charges_nothing(
        self, world: LocalWorld, checkout: Checkout, typed: dict[str, str], words: str
    ) -> None:
        page = world.type_card(checkout, typed.pop("number", SUCCEEDS), **typed)
        assert page.status_code == 422 and words in page.text and 'aria-invalid="true"' in page.text
        assert kinds(world) == []

    def test_a_card_still_good_this_month_is_taken(self, world: LocalWorld, checkout: Checkout) -> None:
        assert world.type_card(checkout, SUCCEEDS, expiry="03 / 26").status_code == 303

    def test_the_code_is_never_shown_again(self, world: LocalWorld, checkout: Checkout) -> None:
        assert 'value="123"' not in world.type_card(checkout, DECLINED).text

    def test_the_bank_asks_its_holder_before_anything_is_charged(self, world: LocalWorld, checkout: Checkout) -> None:
        answer = world.type_card(checkout, AUTHENTICATED)
        assert answer.location == f"{path_of(checkout)}/confirmation"
        assert "Votre banque vous demande" in world.look(checkout, "/confirmation").text
        assert kinds(world) == [EventKind.PAYMENT_CREATED]
        assert world.answer_bank(checkout, "yes").location == "http://127.0.0.1/fini"
        assert status_of(world, checkout) is ChargeStatus.PAID

    def test_a_holder_who_does_not_confirm_may_try_again(self, world: LocalWorld, checkout: Checkout) -> None:
        world.type_card(checkout, AUTHENTICATED)
        page = world.answer_bank(checkout, "no")
        assert page.status_code == 402 and "Vous n’avez pas confirmé" in page.text
        assert kinds(world).count(EventKind.FAILED) == 2
        world.pay(checkout)
        assert status_of(world, checkout) is ChargeStatus.PAID

    def test_confirming_what_was_never_asked_charges_nothing(self, world: LocalWorld, checkout: Checkout) -> None:
        world.answer_bank(checkout, "yes")
        assert status_of(world, checkout) is ChargeStatus.OPEN
        assert world.look(checkout, "/confirmation").location == path_of(checkout)

    @pytest.mark.parametrize("was_asked", [False, True])
    def test_an_expired_page_takes_no_card(self, world: LocalWorld, checkout: Checkout, was_asked: bool) -> None:
        if was_asked:
            world.type_card(checkout, AUTHENTICATED)
        world.expire(checkout)
        page = world.look(checkout)
        assert page.status_code == 410 and "a expiré" in page.text
        world.type_card(checkout, SUCCEEDS)
        world.answer_bank(checkout, "yes")
        assert status_of(world, checkout) is ChargeStatus.EXPIRED

    @pytest.mark.parametrize("method", ["GET", "POST"])
    @pytest.mark.parametrize("page", ["/_carte/cs_local_nobody", "/_carte/cs_local_nobody/confirmation", "/_carte/"])
    def test_a_page_nobody_opened_is_not_found(self, world: LocalWorld, method: str, page: str) -> None:
        assert world.browser.open(page, method=method).status_code == 404

    def test_the_pages_protect_themselves(self, world: LocalWorld, checkout: Checkout) -> None:
        headers = world.look(checkout).headers
        assert "default-src 'none'" in headers["Content-Security-Policy"] and headers["Referrer-Policy"] == "no-referrer"
        with world.browser.get("/_carte/static/card.css") as styles:
            assert styles.status_code == 200 and styles.mimetype == "text/css"

    def test_a_label_is_text(self, world: LocalWorld) -> None:
        page = world.look(world.gateway.open_checkout(make_order(label="<script>x</script>")))
        assert "&lt;script&gt;" in page.text and "<script>" not in page.text

    def test_the_rest_of_the_site_is_untouched(self, world: LocalWorld) -> None:
        assert world.browser.get("/p/la-ciotat").text == "" and world.gateways.checkout_hosts == ()


class TestCourier:
    def test_webhooks_go_to_the_platform_s_address(self, world: LocalWorld, checkout: Checkout) -> None:
        world.pay(checkout)
        assert world.courier.deliver_due() == 5 and world.courier.list_deliveries() == []
        assert {url for url, _, _ in world.posted} == {"http://127.0.0.1/p/la-ciotat/webhook"}

    def test_a_webhook_delivered_late_and_twice_is_signed_anew_each_time(self, world: LocalWorld, checkout: Checkout) -> None:
        world.pay(checkout)
        first = world.courier.list_deliveries()[0]
        for hours in (1, 48):
            world.now = NOW + timedelta(hours=hours)
            assert world.courier.deliver(first)
        assert world.gateway.read_event(*world.posted[1][1:], world.now).occurred_at == NOW
        assert len({raw for _, raw, _ in world.posted}) == 1 and len({signature for _, _, signature in world.posted}) == 2

    def test_webhooks_can_be_delivered_in_any_order(self, world: LocalWorld, checkout: Checkout) -> None:
        world.pay(checkout)
        waiting = world.courier.list_deliveries()
        for delivery in reversed(waiting):
            world.courier.deliver(delivery)
        assert [raw for _, raw, _ in world.posted] == [delivery.raw for delivery in reversed(waiting)]
        assert world.courier.list_deliveries() == []

    def test_a_receiver_that_fails_is_tried_again_later_and_later(self, world: LocalWorld, checkout: Checkout) -> None:
        world.pay(checkout)
        world.receiver_status = 503
        assert world.courier.deliver_due() == 0 and len(world.posted) == 5
        world.courier.deliver_due()
        assert len(world.posted) == 5, "not before its time"
        waits = [delivery.due_at - int(world.now.timestamp()) for delivery in world.courier.list_deliveries()]
        assert set(waits) == {1}
        world.receiver_status = 200
        world.now = NOW.replace(minute=6)
        assert world.courier.deliver_due() == 5

    def test_a_receiver_that_is_gone_for_good_is_given_up(self, world: LocalWorld, checkout: Checkout) -> None:
        world.pay(checkout)
        world.receiver_status = 404
        for day in range(3, 17):
            world.now = NOW.replace(day=day)
            world.courier.deliver_due()
        assert len(world.posted) == 12 * 5 and world.courier.list_deliveries() == []

    def test_a_receiver_that_cannot_be_reached_loses_nothing(self, world: LocalWorld) -> None:
        gateways = LocalGateways(
            world.store, base_url="http://127.0.0.1", webhook_url=lambda slug: "http://127.0.0.1:1/", clock=lambda: world.now
        )
        world.pay(gateways.gateway_for(KEYS).open_checkout(make_order()))
        assert gateways.courier.deliver_due() == 0 and len(gateways.courier.list_deliveries()) == 5

    def test_the_background_delivers_at_once_and_ends_when_told(self, world: LocalWorld, checkout: Checkout) -> None:
        arrived = threading.Event()
        gateways = LocalGateways(
            world.store,
            base_url="http://127.0.0.1",
            webhook_url=lambda slug: slug,
            clock=lambda: world.now,
            post=lambda url, raw, headers: arrived.set() or 200 if b"checkout.session.completed" in raw else 200,
        )
        gateways.courier.start()
        world.pay(checkout)
        gateways.courier.wake()
        assert arrived.wait(timeout=10)
        gateways.courier.stop()
        assert world.courier.list_deliveries() == []


class TestAccounts:
    def test_another_platform_sees_and_gives_back_nothing(self, world: LocalWorld, checkout: Checkout) -> None:
        world.pay(checkout)
        ours = world.gateway.find_charge(payment_reference="payment-1")
        stranger = world.gateways.gateway_for(GatewayKeys(secret_key="sk_test_other", webhook_secret="whsec_other"))
        assert stranger.find_charge(session_reference=checkout.session_reference) is None
        assert stranger.find_charge(payment_reference="payment-1") is None
        assert ours and ours.charge_reference
        with pytest.raises(RefundRefused):
            stranger.refund(RefundOrder(key="back-1", charge_reference=ours.charge_reference, cents=1))

    def test_the_same_key_at_two_platforms_is_two_checkouts(self, world: LocalWorld, checkout: Checkout) -> None:
        stranger = world.gateways.gateway_for(GatewayKeys(secret_key="sk_test_other", webhook_secret="whsec_other"))
        assert stranger.open_checkout(make_order()) != checkout

    def test_a_changed_webhook_secret_signs_what_still_waits(self, world: LocalWorld, checkout: Checkout) -> None:
        world.pay(checkout)
        renewed = world.gateways.gateway_for(replace(KEYS, webhook_secret="whsec_new"))
        renewed.open_checkout(make_order(key="pay-2"))
        raw, signature = world.take_webhooks()[0]
        assert renewed.read_event(raw, signature, NOW).kind is EventKind.PAYMENT_CREATED


class TestFile:
    def test_everything_is_there_after_a_restart(self, tmp_path: Path) -> None:
        before = LocalWorld(tmp_path / "cards.sqlite")
        checkout = before.gateway.open_checkout(make_order())
        before.pay(checkout)
        before.store.close()
        after = LocalWorld(tmp_path / "cards.sqlite")
        assert after.gateway.open_checkout(make_order()) == checkout
        assert status_of(after, checkout) is ChargeStatus.PAID and after.courier.deliver_due() == 5
        after.store.close()

    def test_twenty_at_once_with_one_key_open_one_checkout_and_charge_once(self, tmp_path: Path) -> None:
        """Ten stores on one file, as processes would hold it; the deferred BEGIN would lose clicks to "database is locked"."""
        worlds = [LocalWorld(tmp_path / "cards.sqlite") for _ in range(10)]
        checkouts: set[Checkout] = set()
        statuses: list[int] = []
        barrier = threading.Barrier(20)

        def click(world: LocalWorld) -> None:
            for round_number in range(5):
                barrier.wait(timeout=30)
                checkout = world.gateway.open_checkout(make_order(key=f"pay-{round_number}"))
                checkouts.add(checkout)
                barrier.wait(timeout=30)
                statuses.append(world.type_card(checkout, SUCCEEDS).status_code)

        threads = [threading.Thread(target=click, args=(worlds[number % 10],)) for number in range(20)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(checkouts) == 5 and statuses == [303] * 100
        assert len(worlds[0].courier.list_deliveries()) == 5 * 5
        for world in worlds:
            world.store.close()

    def test_a_failure_halfway_leaves_nothing(self) -> None:
        store = Store()
        with pytest.raises(ZeroDivisionError), store.transaction() as db:
            db.execute("INSERT INTO account VALUES ('a', 's')")
            raise ZeroDivisionError
        with store.transaction() as db:
            assert db.execute("SELECT count(*) FROM account").fetchone()[0] == 0
