"""Any sequence of acts keeps the invariants: no vehicle held twice, and each live booking holds what it says."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from fleet.actions import blocks, bookings, changes
from fleet.actions.occupancy import held_by
from fleet.models import Block, Booking
from mobility.db import db
from mobility.errors import DomainError
from mobility.rights import Role
from tests.databases import TestDatabase
from tests.garage import at, make_vehicle
from tests.house import FakeClock, House, make_house
from tests.proofs.test_booking_race import make_drivers, overlaps

ACTS = ("hold", "confirm", "book", "extend", "shorten", "shift", "swap", "cancel", "block", "lift", "wait")
STEP = st.tuples(st.sampled_from(ACTS), st.integers(0, 7), st.integers(0, 2), st.integers(0, 12), st.integers(1, 6))


class World:
    """Three cars, four people, and the acts between them; a refusal is an answer like another."""

    def __init__(self, house: House) -> None:
        self.house, self.drivers = house, make_drivers(house, 4)
        with house.writing():
            self.cars = [make_vehicle(house, f"Citadine {number}").id for number in range(3)]
            self.by = house.viewer(Role.ADVISER)

    def do(self, act: str, which: int, car: int, start: int, length: int) -> str:
        """One act on whatever there is; "done", or the name of the refusal."""
        if act == "wait":
            self.house.clock.forward(hours=6 * length)
            return "done"
        begin = self.house.clock() + timedelta(hours=12 * start)
        when: dict[str, Any] = {"starts_at": begin, "ends_at": begin + timedelta(hours=12 * length)}
        try:
            with self.house.writing():
                self._act(act, which, self.cars[car], when)
        except DomainError as refused:
            return type(refused).__name__
        return "done"

    def _act(self, act: str, which: int, car: int, when: dict[str, Any]) -> None:
        said = {"by": self.by, "now": self.house.clock()}
        ends = {"ends_at": when["ends_at"]}
        mine, held = self._some(Booking, which), self._some(Block, which)
        acts: dict[str, Callable[[], object]] = {
            "hold": lambda: bookings.hold(self.drivers[which % 4], car, **when, **said),
            "book": lambda: bookings.book(self.drivers[which % 4], car, **when, **said),
            "confirm": lambda: bookings.confirm(mine, **said),
            "extend": lambda: changes.extend(mine, **ends, **said),
            "shorten": lambda: changes.shorten(mine, **ends, **said),
            "shift": lambda: changes.shift(mine, **when, **said),
            "swap": lambda: changes.swap(mine, vehicle_id=car, **said),
            "cancel": lambda: bookings.cancel(mine, reason="mistake", **said),
            "block": lambda: blocks.block(car, reason="workshop", **when, **said),
            "lift": lambda: blocks.lift(held, **said),
        }
        acts[act]()

    def _some(self, kind: type[Any], which: int) -> int:
        ids = db.session.scalars(select(kind.id).order_by(kind.id)).all()
        return int(ids[which % len(ids)]) if ids else 0

    def check(self) -> None:
        """What must hold after every act."""
        assert overlaps(self.house) == 0
        with self.house.reading():
            for booking in db.session.scalars(select(Booking)):
                held = [(row.starts_at, row.ends_at, row.status) for row in held_by(booking)]
                live = booking.status in ("held", "confirmed")
                assert held == ([(booking.starts_at, booking.ends_at, booking.status)] if live else []), booking.status


def play(database: TestDatabase, clock: FakeClock, steps: list[tuple[str, int, int, int, int]]) -> None:
    """One sequence on an empty platform."""
    database.sweep()
    clock.set(at(3))
    world = World(make_house(database.app, clock))
    for step in steps:
        world.do(*step)
        world.check()


@settings(max_examples=3, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(steps=st.lists(STEP, min_size=8, max_size=12))
def test_any_short_sequence_keeps_the_invariants(
    database: TestDatabase, clock: FakeClock, steps: list[tuple[str, int, int, int, int]]
) -> None:
    play(database, clock, steps)


@pytest.mark.proof
@settings(max_examples=100, deadline=None, database=None, print_blob=True, suppress_health_check=list(HealthCheck))
@given(steps=st.lists(STEP, min_size=20, max_size=30))
def test_any_sequence_keeps_the_invariants(database: TestDatabase, clock: FakeClock, steps: list[tuple[str, int, int, int, int]]) -> None:
    play(database, clock, steps)
