"""The database's own refusal: raw SQL that would have a vehicle held twice, on both engines."""

from collections.abc import Iterator
from datetime import datetime

import pytest
from sqlalchemy import create_engine, select, text
from sqlalchemy.exc import DBAPIError, IntegrityError

from fleet.actions import blocks
from fleet.guards import BY_RANGES
from fleet.models import Occupancy
from mobility.db import db
from mobility.db.schema import upgrade
from mobility.db.types import Instant
from mobility.rights import Role
from tests.databases import TestDatabase
from tests.garage import at, make_vehicle
from tests.house import House

OVERLAPS = {
    "the same dates": (at(10), at(20)),
    "an end inside": (at(8), at(11)),
    "a start inside": (at(19), at(22)),
    "inside": (at(12), at(13)),
    "around": (at(9), at(21)),
    "the same start, shorter": (at(10), at(12)),
    "the same end, longer": (at(5), at(20)),
    "one minute": (datetime(2026, 3, 20, 7, 59, tzinfo=at(1).tzinfo), at(30)),
}
TOUCHING = {"right before": (at(8), at(10)), "right after": (at(20), at(21))}


@pytest.fixture
def held(house: House) -> Iterator[int]:
    """A vehicle held from 10 to 20 March, and once more in May."""
    with house.writing():
        vehicle = make_vehicle(house)
        by = house.viewer(Role.MECHANIC)
        for month in (3, 5):
            blocks.block(
                vehicle.id, reason="workshop", starts_at=at(10, month=month), ends_at=at(20, month=month), by=by, now=house.clock()
            )
    yield vehicle.id


def raw(statement: str, **values: object) -> None:
    """A statement past every rule of ours; instants are bound as this engine keeps them."""
    dialect = db.engine.dialect
    bound = {k: Instant().process_bind_param(v, dialect) if isinstance(v, datetime) else v for k, v in values.items()}
    db.session.execute(text(statement), bound)


INSERT = (
    "INSERT INTO occupancy (platform_id, vehicle_id, block_id, starts_at, ends_at, status)"
    " SELECT platform_id, vehicle_id, block_id, :starts_at, :ends_at, :status FROM occupancy WHERE id = (SELECT max(id) FROM occupancy)"
)
UPDATE = "UPDATE occupancy SET starts_at = :starts_at, ends_at = :ends_at WHERE id = (SELECT max(id) FROM occupancy)"


@pytest.mark.parametrize("case", OVERLAPS)
def test_a_raw_insert_that_overlaps_is_refused(house: House, held: int, case: str) -> None:
    starts_at, ends_at = OVERLAPS[case]
    with pytest.raises(IntegrityError), house.writing():
        raw(INSERT, starts_at=starts_at, ends_at=ends_at, status="confirmed")


@pytest.mark.parametrize("case", OVERLAPS)
def test_a_raw_update_that_overlaps_is_refused(house: House, held: int, case: str) -> None:
    starts_at, ends_at = OVERLAPS[case]
    with pytest.raises(IntegrityError), house.writing():
        raw(UPDATE, starts_at=starts_at, ends_at=ends_at)


@pytest.mark.parametrize("case", TOUCHING)
def test_touching_ends_are_welcome(house: House, held: int, case: str) -> None:
    starts_at, ends_at = TOUCHING[case]
    with house.writing():
        raw(INSERT, starts_at=starts_at, ends_at=ends_at, status="confirmed")
        raw(UPDATE.replace("max(id)", "min(id)"), starts_at=at(10), ends_at=at(20))


def test_what_was_released_holds_nothing_until_it_holds_again(house: House, held: int) -> None:
    with house.writing():
        raw(INSERT, starts_at=at(12), ends_at=at(13), status="released")
    with pytest.raises(IntegrityError), house.writing():
        raw("UPDATE occupancy SET status = 'confirmed' WHERE status = 'released'")


def test_another_vehicle_is_not_in_the_way(house: House, held: int) -> None:
    with house.writing():
        other = make_vehicle(house, "Citadine 2")
        raw(
            INSERT.replace(" vehicle_id, block_id, :starts_at", " :vehicle_id, block_id, :starts_at"),
            vehicle_id=other.id,
            starts_at=at(10),
            ends_at=at(20),
            status="confirmed",
        )
        assert len(db.session.scalars(select(Occupancy).filter(Occupancy.vehicle_id == other.id)).all()) == 1


def test_a_text_cannot_slip_past_the_comparison(house: House, held: int) -> None:
    """SQLite keeps a text in an integer column, and holds it greater than every integer; PostgreSQL reads it as the instant it is."""
    with pytest.raises(DBAPIError), house.writing():
        db.session.execute(
            text(INSERT), {"starts_at": "2026-03-12 09:00:00+00:00", "ends_at": "2026-03-13 09:00:00+00:00", "status": "confirmed"}
        )


def test_the_guard_is_in_the_catalogue_after_a_second_upgrade(house: House, database: TestDatabase) -> None:
    upgrade(database.app, database.owner_url)
    with house.reading():
        if db.engine.dialect.name == "sqlite":
            found = set(db.session.scalars(text("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'occupancy'")))
            assert found >= {"occupancy_no_overlap_insert", "occupancy_no_overlap_update"}
        else:
            said = db.session.scalar(text("SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = 'occupancy_no_overlap'"))
            assert said is not None and said.startswith("EXCLUDE USING gist")
            assert "released" in said


def test_without_the_extension_ranges_of_one_number_hold_as_well(house: House, held: int, database: TestDatabase) -> None:
    owner = create_engine(database.owner_url)
    if owner.dialect.name == "sqlite":
        pytest.skip("only PostgreSQL has two ways")
    with owner.connect() as connection, pytest.raises(IntegrityError):
        connection.execute(text("ALTER TABLE occupancy DROP CONSTRAINT occupancy_no_overlap"))
        connection.exec_driver_sql(BY_RANGES)
        connection.execute(text(INSERT), {"starts_at": at(12), "ends_at": at(13), "status": "confirmed"})
    owner.dispose()  # nothing was committed: the first constraint stands again
