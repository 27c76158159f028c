"""One slot on one car, and the ways to come to hold it: what a race of two of them needs."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from fleet.actions import blocks, bookings, cancellations, changes, proposals, waiting
from fleet.actions.occupancy import restate
from fleet.actions.running_rentals import take_over
from fleet.lifecycle import OUT
from fleet.models import Booking
from fleet.queries.proposals import Fit
from mobility.db import db
from mobility.periods import PARIS, Period, paris_day
from mobility.rights import Viewer
from tests.garage import at, clear_person, make_person, make_vehicle
from tests.house import House

HALF_DAY = timedelta(hours=12)
Act = Callable[[], object]  # gives something when it came through, nothing or VehicleTaken when not


def slot(round_: int) -> Period:
    """The half day that a round is about."""
    return Period(starts_at=at(3) + round_ * HALF_DAY, ends_at=at(3) + (round_ + 1) * HALF_DAY)


def make_drivers(house: House, count: int, *, first: int = 100) -> list[int]:
    """People whom nothing keeps from the keys, numbered from the first on."""
    with house.writing():
        people = [make_person(house, number).id for number in range(first, first + count)]
        for id_ in people:
            clear_person(house, id_)
    return people


class Contest:
    """Each way is a method that makes ready what it needs, its own booking for one, and gives the act that goes for the slot."""

    def __init__(self, house: House, by: Viewer, drivers: list[int], *, first: int = 10_000) -> None:
        self.house, self.by, self.drivers, self.made = house, by, drivers, first
        self.long: dict[str, Any] = {"by": by, "now": house.clock()}

    def prepare(self, path: str, car: int, wanted: Period, side: int) -> Act:
        """A way by its name; `side` tells the two of a race apart."""
        self.made += 1
        way: Callable[[int, Period, int], Act] = getattr(self, path)
        return way(car, wanted, side)

    def book(self, car: int, wanted: Period, side: int) -> Act:
        return lambda: bookings.book(self.drivers[side], car, starts_at=wanted.starts_at, ends_at=wanted.ends_at, **self.long)

    def confirm(self, car: int, wanted: Period, side: int) -> Act:
        own = bookings.hold(self.drivers[side], car, starts_at=wanted.starts_at, ends_at=wanted.ends_at, **self.long).id
        return lambda: bookings.confirm(own, **self.long)

    def share(self, car: int, wanted: Period, side: int) -> Act:
        """The hours of the slot, on its weekday."""
        day: dict[str, Any] = {"starts_at": wanted.starts_at - HALF_DAY, "ends_at": wanted.ends_at + HALF_DAY}
        return lambda: bookings.book(self.drivers[side], car, **day, pattern=hours_of(wanted), **self.long)

    def take_over(self, car: int, wanted: Period, side: int) -> Act:
        """Running since yesterday, until the slot is over."""
        since = self.house.clock() - 2 * HALF_DAY
        return lambda: take_over(self.drivers[side], car, handed_over_at=since, ends_at=wanted.ends_at, **self.long)

    def propose(self, car: int, wanted: Period, side: int) -> Act:
        """To somebody new from the waiting list, since each waits for one at a time."""
        person, first_on = make_person(self.house, self.made).id, paris_day(wanted.starts_at)
        clear_person(self.house, person)
        request = waiting.ask(person, kind="car", first_on=first_on, last_on=first_on, **self.long)
        db.session.flush()
        fit = Fit(request_id=request.id, beneficiary_id=person, vehicle_id=car, period=wanted)
        return lambda: proposals.propose(fit, **self.long)

    def block(self, car: int, wanted: Period, side: int) -> Act:
        return lambda: blocks.block(car, reason="workshop", starts_at=wanted.starts_at, ends_at=wanted.ends_at, **self.long)

    def extend(self, car: int, wanted: Period, side: int) -> Act:
        """From right before the slot; of two that extend, one stands after the other, and is longer by the whole of it."""
        own = self._right_before(car, wanted, side)
        return lambda: changes.extend(own, ends_at=wanted.ends_at, **self.long)

    def renew(self, car: int, wanted: Period, side: int) -> Act:
        """Two weeks from a return right before the slot."""
        own = self._right_before(car, wanted, side)
        booking = db.session.get_one(Booking, own)
        booking.status, booking.handed_over_at = OUT, booking.starts_at
        restate(booking, OUT)
        return lambda: changes.renew(own, **self.long)

    def reopen(self, car: int, wanted: Period, side: int) -> Act:
        own = self._booked(car, wanted, side)
        bookings.cancel(own, reason="mistake", **self.long)
        return lambda: cancellations.reopen(own, **self.long)

    def shift(self, car: int, wanted: Period, side: int) -> Act:
        away = (40 + side) * HALF_DAY
        own = self._booked(car, Period(starts_at=wanted.starts_at + away, ends_at=wanted.ends_at + away), side)
        return lambda: changes.shift(own, starts_at=wanted.starts_at, ends_at=wanted.ends_at, **self.long)

    def swap(self, car: int, wanted: Period, side: int) -> Act:
        own = self._booked(self._other(), wanted, side)
        return lambda: changes.swap(own, vehicle_id=car, **self.long)

    def split(self, car: int, wanted: Period, side: int) -> Act:
        """What follows the cut is the slot."""
        own = self._booked(self._other(), Period(starts_at=wanted.starts_at - HALF_DAY, ends_at=wanted.ends_at), side)
        return lambda: changes.split(own, at=wanted.starts_at, vehicle_id=car, **self.long)

    def _right_before(self, car: int, wanted: Period, side: int) -> int:
        ends_at = wanted.starts_at - side * timedelta(hours=2)
        return self._booked(car, Period(starts_at=ends_at - timedelta(hours=1), ends_at=ends_at), side)

    def _booked(self, car: int, period: Period, side: int) -> int:
        return bookings.book(self.drivers[side], car, starts_at=period.starts_at, ends_at=period.ends_at, **self.long).id

    def _other(self) -> int:
        return make_vehicle(self.house, f"Autre {self.made}").id


PATHS = ("book", "block", "extend", "shift", "swap", "renew", "reopen", "split", "share", "take_over", "propose", "confirm")


def hours_of(wanted: Period) -> str:
    """A slot as the hours of who shares a vehicle."""
    first, last = (moment.astimezone(PARIS) for moment in (wanted.starts_at, wanted.ends_at))
    return f"{first.isoweekday()} {first:%H:%M}-{last:%H:%M}"
