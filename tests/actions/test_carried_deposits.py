"""One deposit over a chain of contracts, and what is kept of it (domain.md §9)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from billing.actions import accounts
from billing.actions.carried_deposits import carry_on, let_go
from billing.actions.deposits import defer_deposit, receive_deposit, release_deposit, set_release_date
from billing.deposits import Deposit as Pure
from billing.deposits import lacking
from billing.models import BillingAccount, CarriedDeposit, Deposit, DepositPhoto, DepositStep
from billing.queries import balance_cents, deposit_of, may_hand_over
from billing.queries.books import verify_books
from billing.queries.deposits import list_to_release
from billing.queries.holdbacks import held_back
from fleet.actions import bookings, cancellations, fines
from fleet.schemas.fines import FineSchema
from mobility.db import db
from mobility.errors import Conflict
from mobility.periods import PARIS, instant_of
from mobility.rights import Role
from tests.browsing import picture, post
from tests.garage import at
from tests.house import House
from tests.money import ADVISER, make_deposit, make_rental
from tests.rental import RentalDesk


@pytest.fixture
def desk(house: House) -> RentalDesk:
    """Back after two weeks, and booked again from the day after tomorrow: the chain goes on."""
    desk = RentalDesk(house).out()
    desk.later(days=14)
    desk.take_back(48_400)
    desk.booking_id = book_again(desk)
    return desk


def book_again(desk: RentalDesk, **wish: object) -> int:
    starts_at = desk.house.clock() + timedelta(days=2)
    booking = desk.act(
        bookings.book, desk.house.beneficiary_id, desk.car, starts_at=starts_at, ends_at=starts_at + timedelta(days=14), **wish
    )
    return int(booking.id)


def only(desk: RentalDesk) -> tuple[str, int, date | None]:
    (deposit,) = desk.rows(Deposit)
    return deposit.status, deposit.held_cents, deposit.release_on


def test_what_is_held_follows_and_waits_for_the_last_return(desk: RentalDesk) -> None:
    assert only(desk) == ("held", 30_000, None), "none asked, none due back while the chain goes on"
    first, second = desk.rows(BillingAccount)
    with desk.house.reading():
        assert deposit_of(first.id).id == deposit_of(second.id).id
    with desk.house.writing(), pytest.raises(Conflict, match="pas encore rendu"):
        set_release_date(desk.rows(Deposit)[0].id, returned_on=at(16).date(), by=desk.by, now=desk.house.clock())
    desk.later(days=2)
    desk.sign()
    desk.hand_over(48_400)
    desk.later(days=10)
    desk.take_back(48_800)
    assert only(desk) == ("held", 30_000, date(2026, 3, 28) + timedelta(days=45))


def test_cancelled_it_goes_back_as_the_first_rental_had_it_and_taken_up_again_it_follows_again(desk: RentalDesk) -> None:
    desk.on(bookings.cancel, reason="no_news")
    assert only(desk) == ("held", 30_000, date(2026, 3, 16) + timedelta(days=45))
    assert desk.rows(CarriedDeposit) == []
    desk.on(cancellations.reopen)
    assert only(desk) == ("held", 30_000, None)
    assert [step.act for step in desk.rows(DepositStep)] == ["received", "carried", "left", "carried"]


def test_a_chain_begun_anew_asks_its_own(house: House) -> None:
    desk = RentalDesk(house).out()
    desk.later(days=14)
    desk.take_back(48_400)
    book_again(desk, new_chain="new_job")
    assert [deposit.status for deposit in desk.rows(Deposit)] == ["held", "due"]


def test_what_was_never_received_is_still_asked_once(house: House) -> None:
    """Booked ahead, the next rental begins where this one ends: the one deposit is awaited, and cancelling the first leaves it so."""
    desk = RentalDesk(house, ends_at=instant_of(date(2026, 3, 9)))
    first = desk.booking_id
    starts_at = instant_of(date(2026, 3, 11))
    desk.booking_id = desk.act(bookings.book, house.beneficiary_id, desk.car, starts_at=starts_at, ends_at=starts_at + timedelta(days=7)).id
    desk.act(bookings.cancel, first, reason="no_news")
    assert only(desk) == ("due", 0, None)
    desk.act(receive_deposit, desk.rows(Deposit)[0].id, cents=30_000)
    desk.on(bookings.cancel, reason="no_news")
    assert only(desk) == ("held", 30_000, house.clock().date()), "no vehicle ever left: nothing to wait for"


def test_a_part_is_kept_for_the_rental_that_owes_with_its_bill_and_picture(desk: RentalDesk) -> None:
    (deposit,), (first, second), house = desk.rows(Deposit), desk.rows(BillingAccount), desk.house
    client, mouth = house.client(Role.TREASURER), house.app.test_client()
    wanted = {"cents": 5_000, "why": "cleaning", "reason": "Sièges tachés", "cost_cents": 5_000}

    def said(**changed: object) -> list[str]:
        answer = mouth.post(house.api(f"deposits/{deposit.id}/keep"), json=wanted | changed, headers=house.bearer(Role.TREASURER))
        return [answer.status_code, *answer.json.get("errors", {})]

    with house.reading():
        owed = balance_cents(first.id)
        assert owed > 5_000 and not balance_cents(second.id)
    assert said() == [422, "pictures"]
    assert said(photos=[10**6]) == [422, "pictures"], "a picture that nobody sent"
    assert said(photos=[1], account_id=second.id) == [422, "cents"], "the next rental owes nothing yet"
    assert said(photos=[1], account_id=10**6) == [422, "account_id"]
    typed = {"cents": "50", "why": "cleaning", "reason": "Sièges tachés", "cost_cents": "50,00", "pictures": picture()}
    assert post(client, house.page(f"deposits/{deposit.id}/keep"), typed).status_code == 303
    page = client.get(house.page(f"deposits/{deposit.id}")).text
    (photo,) = desk.rows(DepositPhoto)
    assert "Sièges tachés" in page and f"attachments/{photo.attachment_id}" in page
    with house.reading():
        assert balance_cents(first.id) == owed - 5_000
    own = house.client(Role.BENEFICIARY)
    assert "50 € gardés le" in own.get(house.page("me/pay")).text.replace("\xa0", " ")
    assert own.get(house.page(f"attachments/{photo.attachment_id}")).status_code == 200, "who pays sees why"
    whole = mouth.get(house.api(f"deposits/{deposit.id}"), headers=house.bearer(Role.BENEFICIARY)).json
    assert whole["secured_account_ids"] == [first.id, second.id]
    assert [(step["act"], step["why"]) for step in whole["steps"]] == [("received", None), ("carried", None), ("kept", "cleaning")]
    assert said(photos=[photo.attachment_id], cents=1) == [422, "cents"], "the ceiling of a cleaning was reached"


def test_a_notice_of_any_rental_of_the_chain_holds_it_back(desk: RentalDesk) -> None:
    """An offence of the second rental keeps the deposit that was asked for the first."""
    desk.later(days=2)
    desk.sign()
    desk.hand_over(48_400)
    desk.later(hours=3)
    then = (desk.house.clock() - timedelta(hours=1)).astimezone(PARIS)
    told = {"plate": "AA-000-AA", "notice_number": "1234567890", "place": "Quai de l’Essai", "hour": then.strftime("%H:%M")}
    day = then.date().isoformat()
    desk.act(fines.record_fine, **FineSchema().load(told | {"on": day, "sent_on": day}))
    desk.take_back(48_500)
    desk.later(days=60)
    with desk.house.reading():
        first, second = (account.id for account in desk.rows(BillingAccount))
        assert [waiting.deposit.account_id for waiting in list_to_release(desk.house.clock())] == [first]
        assert set(held_back([first])) == {first} and set(held_back([second])) == {second}
    with pytest.raises(Conflict, match="avis de contravention"):
        desk.act(release_deposit, desk.rows(Deposit)[0].id)


def test_from_a_bike_to_a_car_the_difference_is_asked_and_no_more_once_cancelled(house: House) -> None:
    bike = make_rental(house, kind="bike")
    deposit_id = make_deposit(house, bike, due_cents=4000)

    def now_due() -> tuple[int, str, bool]:
        with house.reading():
            deposit = db.session.get_one(Deposit, deposit_id)
            return deposit.due_cents, deposit.status, may_hand_over(bike, house.clock().date() + timedelta(days=7))

    def go_on(kind: str, number: int, usual_cents: int = 30_000) -> int:
        with house.writing():
            asked = {"beneficiary_id": house.beneficiary_id, "reference": f"booking:{number}", "label": f"Véhicule {number}"}
            days = {"first_on": house.clock().date() + timedelta(days=7), "qpv": False, "programme": "daily"}
            account = accounts.open_account(**asked, **days, kind=kind, by=ADVISER, now=house.clock())
            assert carry_on(
                db.session.get_one(Deposit, deposit_id).account_id, account, usual_cents=usual_cents, by=ADVISER, now=house.clock()
            )
            return account.id

    with house.writing():
        receive_deposit(deposit_id, cents=4000, by=ADVISER, now=house.clock())
    go_on("bike", 2)
    assert now_due() == (4000, "held", True), "of the same kind nothing moves, whatever is usual today"
    car = go_on("car", 3)
    assert now_due() == (30_000, "partly_held", False), "the keys wait for the difference, or for its deferral"
    page = house.client(Role.ADVISER).get(house.page(f"deposits/{deposit_id}")).text.replace("\xa0", " ")
    assert "Véhicule 3 demande 300 € de caution au lieu de 40 € : 260 € à compléter" in page
    with house.writing():
        let_go(car, by=ADVISER, now=house.clock())
    assert now_due() == (4000, "held", True)
    again = go_on("car", 4)
    with house.writing():
        defer_deposit(deposit_id, reason="first_wage", by=ADVISER, now=house.clock())
    assert now_due() == (30_000, "deferred", True)
    with house.writing():
        receive_deposit(deposit_id, cents=26_000, by=ADVISER, now=house.clock())
        let_go(again, by=ADVISER, now=house.clock())
    assert now_due() == (30_000, "held", True), "what came is given back with the rest"
    go_on("car", 5, usual_cents=20_000)
    assert now_due() == (30_000, "held", True)
    with house.reading():
        steps = db.session.scalars(select(DepositStep.act).order_by(DepositStep.id)).all()
        assert steps == [
            "received",
            "carried",
            "carried",
            "raised",
            "left",
            "lowered",
            "carried",
            "raised",
            "deferred",
            "received",
            "left",
            "carried",
        ]
        assert verify_books() is None


def test_a_car_booked_before_another_is_cancelled_keeps_what_a_car_asks(house: House) -> None:
    deposit_id = make_deposit(house, make_rental(house, kind="bike"), due_cents=4000)

    def book(number: int) -> int:
        with house.writing():
            asked = {"beneficiary_id": house.beneficiary_id, "reference": f"booking:{number}", "label": f"Citadine {number}"}
            days = {"first_on": house.clock().date() + timedelta(days=7), "qpv": False, "programme": "daily"}
            account = accounts.open_account(**asked, **days, kind="car", by=ADVISER, now=house.clock())
            carry_on(db.session.get_one(Deposit, deposit_id).account_id, account, usual_cents=30_000, by=ADVISER, now=house.clock())
            return account.id

    first, second = book(2), book(3)
    for cancelled, due_cents in ((first, 30_000), (second, 4000)):
        with house.writing():
            let_go(cancelled, by=ADVISER, now=house.clock())
        with house.reading():
            assert db.session.get_one(Deposit, deposit_id).due_cents == due_cents


@given(st.integers(0, 100_000), st.integers(0, 100_000), st.integers(1, 100))
def test_a_deposit_is_never_raised_above_what_the_vehicle_asks(due: int, usual: int, percent: int) -> None:
    value = Pure(kind="cash", due_cents=due)
    assert lacking(value, usual) == max(usual - due, 0) and lacking(value, usual, percent=percent) <= lacking(value, usual)
