"""Bookings over HTTP as in production: one after the other, many by several clients, and several clients for one slot."""

import json
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from statistics import median
from time import perf_counter

from bench._raw import numbering, questions, refusing, replaying, sent_by, wall_ms
from mobility.rights import Role
from tests.databases import TestDatabase
from tests.garage import at, clear_person, make_person, make_vehicle
from tests.house import House
from tests.racing import Try, race
from tests.serving import Address, served

CLIENTS, CREATES = 4, 40
RACERS, ROUNDS = 8, 100
HOUR = timedelta(hours=1)
AT_ONCE = timedelta(0)


class Bookers:
    """People whom nothing keeps from the keys, vehicles of their own, and the request that books one for the other."""

    def __init__(self, house: House) -> None:
        self.house, self.token, self.made = house, house.bearer(Role.ADVISER), 0
        with house.writing():
            self.people = [make_person(house, number).id for number in range(1000, 1000 + RACERS)]
            for person in self.people:
                clear_person(house, person)

    def vehicles(self, count: int) -> list[int]:
        """So many new ones."""
        self.made += count
        with self.house.writing():
            return [make_vehicle(self.house, f"Mesurée {number}").id for number in range(self.made - count, self.made)]

    def body(self, client: int, number: int, vehicle_id: int, stagger: timedelta = AT_ONCE) -> bytes:
        """Half a day of its own for each number, in a chain of its own; each client so much later than the one before."""
        starts_at = at(3) + number * 24 * HOUR + client * stagger
        period = {"starts_at": starts_at.isoformat(), "ends_at": (starts_at + 12 * HOUR).isoformat()}
        return json.dumps({"beneficiary_id": self.people[client], "vehicle_id": vehicle_id, "new_chain": "new_job"} | period).encode()

    def attempt(self, address: Address, vehicles: list[int], stagger: timedelta = AT_ONCE) -> Callable[[int, int], int]:
        """What a client of a race does: `vehicles` holds one for each of them, or one for all."""
        path = self.house.api("bookings")
        return lambda client, number: address.ask(
            "POST", path, self.token, self.body(client, number, vehicles[client % len(vehicles)], stagger)
        )


def figures(house: House, database: TestDatabase) -> list[tuple[str, str]]:
    """W2 and W2r of the fleet's promises, each with its figure in words."""
    bookers = Bookers(house)
    raw, statements = _raw(bookers, database)
    with served(house) as address:
        race(CLIENTS, 5, bookers.attempt(address, bookers.vehicles(CLIENTS)))  # servers are measured awake
        alone = race(1, CREATES, bookers.attempt(address, bookers.vehicles(1)))
        begun = perf_counter()
        many = race(CLIENTS, CREATES, bookers.attempt(address, bookers.vehicles(CLIENTS)))
        rate = len(many) / (perf_counter() - begun)
    with served(house, workers=4) as address:
        race(RACERS, 5, bookers.attempt(address, bookers.vehicles(1)))
        same = race(RACERS, ROUNDS, bookers.attempt(address, bookers.vehicles(1)))
        staggered = race(RACERS, ROUNDS, bookers.attempt(address, bookers.vehicles(1), HOUR))
    one = 1000 * median(t.seconds for t in alone)
    return [
        (f"raw: its {statements} statements on a bare driver, without the commit", f"{raw:.1f} ms"),
        ("a booking, one client", f"{one:.1f} ms, {one / raw:.1f} × raw"),
        (f"bookings, {CLIENTS} clients", f"{rate:.0f} a second"),
        (f"{RACERS} at once for one slot, {ROUNDS} rounds, 4 workers", _said(same)),
        ("the same, each an hour after the other", _said(staggered)),
    ]


def _raw(bookers: Bookers, database: TestDatabase) -> tuple[float, int]:
    """What the database itself takes of a booking, in milliseconds, and in how many statements."""
    house, vehicles = bookers.house, bookers.vehicles(1)
    client, path = house.client(None), house.api("bookings")

    def book(number: int) -> int:
        body = bookers.body(0, number, vehicles[0])
        return client.post(path, data=body, content_type="application/json", headers=bookers.token).status_code

    book(0)  # what the first booking opens is open
    back = numbering(database)
    with refusing(house):
        sent = sent_by(house, lambda: book(1))
    return wall_ms(replaying(database, sent), before=back), questions(sent)


def _said(tries: list[Try]) -> str:
    winners = Counter(t.round for t in tries if t.answer == 201)
    others = Counter(str(t.answer) for t in tries if t.answer not in (201, 409))
    times = [1000 * t.seconds for t in tries]
    said = (
        f"{len(winners)} rounds won, {winners.total() - len(winners)} won twice, worst {max(times):.0f} ms, median {median(times):.0f} ms"
    )
    return f"{said}, {dict(others)}" if others else said
