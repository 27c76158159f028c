"""A look before the lock: who lost waits for nobody, who sent the same before gets the answer from back then."""

from collections.abc import Iterator
from contextlib import contextmanager
from time import perf_counter
from typing import Any

from sqlalchemy import create_engine, text

from mobility.rights import Role
from tests.databases import TestDatabase
from tests.garage import at, clear_person, make_vehicle
from tests.house import House


@contextmanager
def somebody_writing(database: TestDatabase, vehicle_id: int) -> Iterator[None]:
    """Another booker, who stays in the middle of writing: SQLite's one writer, PostgreSQL's holder of the vehicle's row."""
    engine = create_engine(database.owner_url)
    with engine.connect() as other:
        if engine.dialect.name == "sqlite":
            other.exec_driver_sql("BEGIN IMMEDIATE")
        else:
            other.execute(text("SELECT id FROM vehicle WHERE id = :id FOR UPDATE"), {"id": vehicle_id})
        yield
        other.rollback()
    engine.dispose()


def test_a_lost_try_waits_for_nobody_and_a_key_keeps_its_answer(house: House, database: TestDatabase) -> None:
    token, api = house.bearer(Role.ADVISER), house.client(None)
    with house.writing():
        clear_person(house, house.beneficiary_id)
        car = make_vehicle(house).id
    body = {"beneficiary_id": house.beneficiary_id, "vehicle_id": car, "starts_at": at(3).isoformat(), "ends_at": at(4).isoformat()}

    def book(headers: dict[str, str] | None = None, **other: str) -> Any:
        return api.post(house.api("bookings"), json=body | other, headers=token | (headers or {}))

    key = {"Idempotency-Key": "k-1"}
    won = book(key)
    assert won.status_code == 201, won.json
    again = book(key)
    assert (again.status_code, again.json) == (201, won.json), "the vehicle is taken, by this very sending"
    assert book(key, ends_at=at(5).isoformat()).status_code == 422, "another demand under the same key"

    with somebody_writing(database, car):
        begun = perf_counter()
        lost = book()
        assert perf_counter() - begun < 2
    assert (lost.status_code, list(lost.json["errors"])) == (409, ["vehicle_id"]), lost.json
    assert "déjà réservé" in lost.json["detail"]
    assert book(starts_at=at(3).isoformat(), ends_at=at(3).isoformat()).status_code == 422, "a wrong period is said before a taken one"
