"""A booking is opened by one statement that locks all it names: whoever waited for it never goes on with a vehicle exchanged meanwhile."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest

from fleet.actions import changes
from fleet.actions.opening import check_opened, lock_booking, open_booking
from fleet.errors import StalePage
from fleet.models import Booking
from mobility.db import db
from mobility.errors import NotFound
from tests.garage import make_vehicle
from tests.house import House
from tests.rental import RentalDesk

LONG_ENOUGH = 0.3  # for the second one to come to the lock, in seconds


def test_whoever_waited_while_the_vehicle_was_exchanged_is_told(house: House) -> None:
    desk = RentalDesk(house)
    with house.writing():
        other = make_vehicle(house, "Citadine 2", plate="BB-000-BB", insurer="Assurances du Littoral", excess_cents=45000).id
    is_locked, may_go = Event(), Event()

    def exchange() -> None:
        with house.writing():
            changes.swap(desk.booking_id, vehicle_id=other, by=desk.by, now=house.clock())
            is_locked.set()
            may_go.wait(10)

    def open_it() -> int | str:
        is_locked.wait(10)
        with house.writing():
            try:
                return open_booking(desk.booking_id, version=None, now=house.clock())[2].id
            except StalePage:
                return "stale"

    with ThreadPoolExecutor(2) as two:
        exchanging, opening = two.submit(exchange), two.submit(open_it)
        is_locked.wait(10)
        Event().wait(LONG_ENOUGH)
        assert not opening.done(), "the second one waits for the first"
        may_go.set()
        exchanging.result()
        # On SQLite it had not begun to read.
        assert opening.result() == (other if house.app.extensions["settings"].database_url.startswith("sqlite") else "stale")


def test_a_vehicle_that_is_not_locked_is_never_touched(house: House) -> None:
    """The same without a second writer: the row read inside names another vehicle than the locks did."""
    desk = RentalDesk(house)
    with house.writing():
        other = make_vehicle(house, "Citadine 2").id
        locked = lock_booking(desk.booking_id)
        booking = db.session.get_one(Booking, desk.booking_id)
        booking.vehicle_id, booking.version = other, booking.version + 1
        with pytest.raises(StalePage):
            check_opened(booking, locked, version=None, now=house.clock())
        db.session.rollback()


def test_a_booking_or_a_vehicle_that_is_not_here_is_not_found(house: House) -> None:
    desk = RentalDesk(house)
    with house.writing():
        with pytest.raises(NotFound, match="réservation"):
            lock_booking(404)
        with pytest.raises(NotFound, match="véhicule"):
            lock_booking(desk.booking_id, also=404)
        assert set(lock_booking(desk.booking_id, also=desk.car).vehicles) == {desk.car}
