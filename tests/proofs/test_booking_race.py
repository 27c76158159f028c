"""A vehicle is never booked twice: many clients at once for one slot, every pair of paths, and the twins without their guard."""

import json
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import combinations_with_replacement

import pytest
from sqlalchemy import create_engine, select, text
from sqlalchemy.exc import IntegrityError

from fleet.actions import bookings
from fleet.errors import VehicleTaken
from fleet.models import Occupancy
from mobility.db import db
from mobility.db.schema import upgrade
from mobility.rights import Role
from tests.contest import PATHS, Contest, make_drivers, slot
from tests.databases import TestDatabase
from tests.garage import at, make_vehicle
from tests.house import House
from tests.invariants import overlaps
from tests.racing import p95, race
from tests.serving import served

SIZES = [(8, 6), pytest.param((64, 200), marks=pytest.mark.proof)]
WORKERS = 2  # a core each


@pytest.mark.race
@pytest.mark.parametrize("size", SIZES)
def test_many_clients_one_slot_one_winner(house: House, size: tuple[int, int]) -> None:
    clients, rounds = size
    drivers, token = make_drivers(house, clients), house.bearer(Role.ADVISER)
    with house.writing():
        car, spare = make_vehicle(house).id, make_vehicle(house, "Pour s’échauffer").id

    engine = house.app.extensions["settings"].database_url.partition(":")[0]
    with served(house, workers=WORKERS) as address:

        def attempt(client: int, number: int, vehicle_id: int = car) -> int:
            wanted = slot(number)
            who_and_what = {"beneficiary_id": drivers[client], "vehicle_id": vehicle_id}
            body = who_and_what | {"starts_at": wanted.starts_at.isoformat(), "ends_at": wanted.ends_at.isoformat()}
            return address.ask("POST", house.api("bookings"), token, json.dumps(body).encode())

        race(clients, 3, lambda client, number: attempt(client, number, spare))  # servers are measured awake
        tries = race(clients, rounds, attempt)
    answers = Counter(str(t.answer) for t in tries)
    print(
        f"race on {engine}: {WORKERS} workers, {clients} clients × {rounds} rounds, "
        f"{answers['201']} winners of {len(tries)} tries, {overlaps(house)} overlaps, answers {dict(answers)}, "
        f"p95 {1000 * p95(tries):.0f} ms"
    )
    assert answers == {"201": rounds, "409": (clients - 1) * rounds}
    assert {number: 1 for number in range(rounds)} == Counter(t.round for t in tries if t.answer == 201)
    assert overlaps(house) == 0


# The workshop takes a vehicle out of a rental under way: there both come through, and nothing overlaps.
# Two holds of one slot, to be confirmed, cannot be made ready.
APART = {("block", "renew"), ("block", "take_over"), ("confirm", "confirm")}
PAIRS = [pair for pair in combinations_with_replacement(PATHS, 2) if pair not in APART]


@pytest.mark.parametrize("rounds", [1, pytest.param(12, marks=pytest.mark.proof)])
def test_every_pair_of_paths_has_one_winner(house: House, rounds: int) -> None:
    cars, won = iter(range(10_000)), Counter[str]()
    for turn, pair in enumerate(PAIRS):
        drivers = make_drivers(house, 2, first=100 + 2 * turn)  # whoever has had hundreds of bookings is slow to book for
        with house.writing():
            contest = Contest(house, house.viewer(Role.ADVISER), drivers, first=10_000 + 100 * turn)
        for number in range(rounds):
            with house.writing():
                car = make_vehicle(house, f"Disputée {next(cars)}", insurer="Assurances du Littoral", excess_cents=45_000).id
                acts = [contest.prepare(path, car, slot(20 + number), side) for side, path in enumerate(pair)]

            def attempt(client: int, _: int, acts: list[Callable[[], object]] = acts) -> str:
                with house.writing():
                    return "won" if acts[client]() else "none left"

            answers = [t.answer if isinstance(t.answer, str) else type(t.answer) for t in race(2, 1, attempt)]
            assert answers.count("won") == 1 and set(answers) <= {"won", "none left", VehicleTaken}, (pair, answers)
            won[" against ".join(pair)] += 1
    print(f"{len(PAIRS)} pairs of paths × {rounds}: one winner each, {overlaps(house)} overlaps")
    assert overlaps(house) == 0


def test_opposite_hours_raced_at_once_are_both_kept_and_of_the_same_hours_one_is(house: House) -> None:
    drivers = make_drivers(house, 4)
    with house.writing():
        by, now = house.viewer(Role.ADVISER), house.clock()
        car = make_vehicle(house, "Partagée").id
    shifts = ("12345 05:00-14:00", "12345 14:00-23:00") * 2

    def attempt(client: int, _: int) -> str:
        with house.writing():
            bookings.book(drivers[client], car, starts_at=at(3), ends_at=at(28), pattern=shifts[client], by=by, now=now)
        return shifts[client]

    tries = race(4, 1, attempt)
    assert sorted(t.answer for t in tries if isinstance(t.answer, str)) == sorted(shifts[:2])
    assert [type(t.answer) for t in tries if not isinstance(t.answer, str)] == [VehicleTaken] * 2
    assert overlaps(house) == 0


def drop_guard(database: TestDatabase) -> None:
    """Take the last line away, with the owner's rights."""
    owner = create_engine(database.owner_url)
    drops = (
        [f"DROP TRIGGER IF EXISTS occupancy_no_overlap_{act}" for act in ("insert", "update")]
        if owner.dialect.name == "sqlite"
        else ["ALTER TABLE occupancy DROP CONSTRAINT IF EXISTS occupancy_no_overlap"]
    )
    with owner.begin() as connection:
        for statement in drops:
            connection.execute(text(statement))
    owner.dispose()


@contextmanager
def database_guard_off(database: TestDatabase) -> Iterator[None]:
    """Drop the last line for the time of a test, with the owner's rights; lay it again on an empty table."""
    drop_guard(database)
    try:
        yield
    finally:
        database.sweep()
        upgrade(database.app, database.owner_url)


def unguarded(house: House, car: int, holders: list[int]) -> Callable[[int, int], str]:
    """A naive way to book: look in one transaction, write in another, lock nothing."""

    def attempt(client: int, number: int) -> str:
        wanted = slot(number)
        with house.reading():
            held = select(Occupancy.id).filter(Occupancy.vehicle_id == car, Occupancy.status != "released")
            if db.session.scalar(held.filter(Occupancy.starts_at < wanted.ends_at, Occupancy.ends_at > wanted.starts_at).limit(1)):
                return "taken"
        with house.writing():
            row = Occupancy(vehicle_id=car, booking_id=holders[client], status="confirmed")
            row.starts_at, row.ends_at = wanted.starts_at, wanted.ends_at
            db.session.add(row)
        return "won"

    return attempt


def make_holders(house: House, count: int) -> tuple[int, list[int]]:
    """A car to fight for, and a booking of another car for each client."""
    drivers = make_drivers(house, count)
    with house.writing():
        by, now, car = house.viewer(Role.ADVISER), house.clock(), make_vehicle(house, "Disputée").id
        cars = [make_vehicle(house, f"À soi {number}").id for number in range(count)]
        mine = [
            bookings.book(driver, own, starts_at=at(3), ends_at=at(4), by=by, now=now).id for driver, own in zip(drivers, cars, strict=True)
        ]
    return car, mine


@pytest.mark.race
@pytest.mark.parametrize("size", [(8, 6), pytest.param((32, 50), marks=pytest.mark.proof)])
def test_the_twin_without_its_guards_books_twice(house: House, database: TestDatabase, size: tuple[int, int]) -> None:
    clients, rounds = size
    car, holders = make_holders(house, clients)
    with database_guard_off(database):
        tries = race(clients, rounds, unguarded(house, car, holders))
        winners, doubles = sum(t.answer == "won" for t in tries), overlaps(house)
    print(f"without guards: {clients} clients × {rounds} rounds, {winners} winners, {doubles} overlaps")
    assert winners > rounds, "a race that nothing can lose proves nothing"
    assert doubles > 0


@pytest.mark.parametrize("size", [(8, 6), pytest.param((32, 50), marks=pytest.mark.proof)])
def test_the_database_alone_holds_against_the_naive_way(house: House, size: tuple[int, int]) -> None:
    clients, rounds = size
    car, holders = make_holders(house, clients)
    tries = race(clients, rounds, unguarded(house, car, holders))
    answers = Counter(t.answer if isinstance(t.answer, str) else type(t.answer).__name__ for t in tries)
    print(f"the database's guard alone: {clients} clients × {rounds} rounds, {dict(answers)}, {overlaps(house)} overlaps")
    assert answers["won"] == rounds
    assert set(answers) <= {"won", "taken", IntegrityError.__name__, "OperationalError"}, "a deadlock is the database's own refusal"
    assert overlaps(house) == 0
