"""What the hot requests cost on SQLite: CPU of the whole request beside the same statements on a bare driver."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import process_time
from typing import Any

from bench._raw import Sent, questions, send, sent_by
from bench._record import record, table
from mobility.rights import Role
from tests.conftest import NOON
from tests.databases import SqliteDatabase
from tests.garage import at, make_vehicle
from tests.house import FakeClock, House, make_house
from tests.rental import FINE_CAR, RentalDesk

ROUNDS = 40


def main() -> None:
    rows: list[tuple[object, ...]] = []
    for made in (_requests, _weekly):  # each in a house of its own: in the second days pass
        with TemporaryDirectory() as folder:
            database = SqliteDatabase(Path(folder), FakeClock(NOON))
            house = make_house(database.app, database.clock)
            rows += [_line(name, house, database.file, ask) for name, ask in made(house).items()]
            database.close()
    record("requests", "Requests", table(("request", "statements", "CPU ms", "raw ms", "ratio"), *rows))


def _requests(house: House) -> dict[str, Callable[[int], int]]:
    """Each request, given the number of its round, answers its status."""
    api, browser, token = house.client(None), house.client(Role.ADVISER), house.bearer(Role.ADVISER)
    desk = RentalDesk(house)
    with house.writing():
        car = make_vehicle(house, "Citadine 2").id

    def book(vehicle_id: int, day: int) -> int:
        body: dict[str, Any] = {"beneficiary_id": house.beneficiary_id, "vehicle_id": vehicle_id, "new_chain": "new_job"}
        body |= {"starts_at": at(day + 3).isoformat(), "ends_at": at(day + 3, 18).isoformat()}
        return api.post(house.api("bookings"), json=body, headers=token).status_code

    query: dict[str, Any] = {"beneficiary_id": house.beneficiary_id, "kind": "car", "site_id": house.site_id}
    query |= {"starts_at": at(12).isoformat(), "ends_at": at(14).isoformat()}
    return {
        "JSON, nothing there": lambda _: api.get(house.api("vehicles/999"), headers=token).status_code,
        "base page": lambda _: browser.get(house.page("search")).status_code,
        "free vehicles, JSON": lambda _: api.get(house.api("free-vehicles"), query_string=query, headers=token).status_code,
        "a booking, JSON": partial(book, car),
        "a lost try, JSON": lambda _: book(desk.car, 4),
        "board, page": lambda _: browser.get(house.page("board")).status_code,
        "desk, page": lambda _: browser.get(house.page("desk")).status_code,
    }


def _weekly(house: House) -> dict[str, Callable[[int], int]]:
    """The point-étape with all of its parts, each a day after the last."""
    api, token, desk = house.client(None), house.bearer(Role.ADVISER), RentalDesk(house).out()
    path = house.api(f"bookings/{desk.booking_id}/point-etapes")

    def hold(number: int) -> int:
        house.clock.forward(days=1)
        told: dict[str, Any] = {"odometer_km": 48_000 + 30 * number, "zones": FINE_CAR, "job_state": "working", "next_step": "none"}
        return api.post(path, json=told | {"means": "cheque", "cents": 500}, headers=token).status_code

    return {"a point-étape with its receipt, JSON": hold}


def _line(name: str, house: House, file: Path, ask: Callable[[int], int]) -> tuple[object, ...]:
    for number in range(3):  # templates and statements are compiled once
        ask(number)
    copy = _copied(file)
    sent = sent_by(house, partial(ask, 3))
    raw = _median([partial(_replay, copy, sent)] * ROUNDS)
    whole = _median([partial(ask, number) for number in range(4, 4 + ROUNDS)])
    copy.close()
    return name, questions(sent), f"{whole:.1f}", f"{raw:.2f}", f"{whole / raw:.1f}"


def _copied(file: Path) -> sqlite3.Connection:
    """The database as it stands, in memory."""
    copy = sqlite3.connect(":memory:", isolation_level=None)
    with closing(sqlite3.connect(file)) as kept:
        kept.backup(copy)
    return copy


def _replay(copy: sqlite3.Connection, sent: Sent) -> None:
    for statement, values in sent:
        if statement.startswith("BEGIN"):
            copy.rollback()
        send(copy, statement, values)
    copy.rollback()


def _median(acts: list[Callable[[], object]]) -> float:
    spent = []
    for act in acts:
        begun = process_time()
        act()
        spent.append((process_time() - begun) * 1000)
    return median(spent)


if __name__ == "__main__":
    main()
