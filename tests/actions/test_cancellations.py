"""Nobody came: the vehicle is free again and the prescriber learns it. Cancelled today: taken up again when nobody else has it."""

from datetime import timedelta

import pytest

from billing.actions.deposits import release_deposit
from billing.models import BillingAccount, Deposit
from fleet.actions import bookings, cancellations, changes
from fleet.errors import VehicleTaken
from fleet.lifecycle import NotNow
from fleet.models import Booking, Occupancy
from mobility.errors import RuleBroken
from mobility.models import Action, Message
from tests.garage import at, clear_person, make_person
from tests.house import House
from tests.rental import RentalDesk


@pytest.fixture
def desk(house: House) -> RentalDesk:
    return RentalDesk(house)


def stranger(desk: RentalDesk) -> int:
    with desk.house.writing():
        other = make_person(desk.house, 2).id
        clear_person(desk.house, other)
    return other


def test_a_vehicle_nobody_came_for_is_free_again_and_the_prescriber_learns_it(desk: RentalDesk) -> None:
    desk.later(hours=23)
    with pytest.raises(NotNow, match="trop tôt"):
        desk.on(cancellations.no_show)
    desk.later(hours=1)
    given_up = desk.on(cancellations.no_show)
    assert (given_up.status, given_up.cancel_reason) == ("cancelled", "no_show")
    assert [row.status for row in desk.rows(Occupancy)] == ["released"]
    assert [deposit.status for deposit in desk.rows(Deposit)] == ["dropped"]
    told = desk.rows(Message)[-1]
    assert (told.recipient, "n’a pas été retiré" in told.body) == ("referente@example.org", True)


def test_keys_that_are_out_are_no_absence(desk: RentalDesk) -> None:
    desk.out()
    desk.later(days=2)
    with pytest.raises(NotNow, match="déjà parti"):
        desk.on(cancellations.no_show)


def test_a_firm_booking_is_taken_up_again_as_it_was(desk: RentalDesk) -> None:
    before = desk.booking()
    desk.on(bookings.cancel, reason="mistake")
    again = desk.on(cancellations.reopen)
    assert (again.status, again.cancel_reason, again.cancelled_at) == ("confirmed", None, None)
    assert (again.price_sentence, again.account_id) == (before.price_sentence, before.account_id)
    assert [(row.starts_at, row.ends_at) for row in desk.rows(Occupancy) if row.status == "confirmed"] == [
        (before.starts_at, before.ends_at)
    ]
    assert [account.closed_at for account in desk.rows(BillingAccount)] == [None]
    assert [(deposit.status, deposit.release_on) for deposit in desk.rows(Deposit)] == [("due", None)]
    assert [action.id for action in desk.rows(Action)] == [again.action_id]
    desk.out()


def test_an_option_is_taken_up_again_as_an_option(desk: RentalDesk) -> None:
    option = desk.act(bookings.hold, desk.house.beneficiary_id, desk.car, starts_at=at(1, month=4), ends_at=at(4, month=4))
    desk.act(bookings.cancel, option.id, reason="mistake")
    desk.later(hours=3)
    again = desk.act(cancellations.reopen, option.id)
    assert (again.status, again.hold_expires_at) == ("held", desk.house.clock() + timedelta(hours=48))


def test_somebody_else_has_the_vehicle_meanwhile(desk: RentalDesk) -> None:
    desk.on(bookings.cancel, reason="mistake")
    desk.act(bookings.book, stranger(desk), desk.car, starts_at=at(20), ends_at=at(22))
    with pytest.raises(VehicleTaken):
        desk.on(cancellations.reopen)
    assert desk.booking().status == "cancelled"


def test_only_on_its_day_and_with_the_deposit_still_there(desk: RentalDesk) -> None:
    desk.ready().on(bookings.cancel, reason="mistake")
    (deposit,) = desk.rows(Deposit)
    desk.act(release_deposit, deposit.id)
    with pytest.raises(RuleBroken, match="caution a déjà été rendue"):
        desk.on(cancellations.reopen)
    assert desk.booking().status == "cancelled"
    desk.later(days=1)
    with pytest.raises(NotNow, match="le jour même"):
        desk.on(cancellations.reopen)


def test_what_was_not_cancelled_is_not_taken_up_again(desk: RentalDesk) -> None:
    with pytest.raises(NotNow, match="Impossible de reprendre"):
        desk.on(cancellations.reopen)
    assert desk.on(changes.shorten, ends_at=at(10)).status == "confirmed"
    assert [booking.status for booking in desk.rows(Booking)] == ["confirmed"]
