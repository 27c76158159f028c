"""Fixtures of the whole suite: one application per engine and worker on a real database, swept between tests."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from mobility.web.edge import PointEtape
from tests.audited import every_write_audited
from tests.databases import PostgresqlDatabase, SqliteDatabase, TestDatabase
from tests.house import FakeClock, House

pytest_plugins = ["tests.plugins"]

NOON = datetime(2026, 3, 2, 11, 0, tzinfo=UTC)  # Monday 2 March 2026, 12:00 in Paris


@pytest.fixture(scope="session")
def clock() -> FakeClock:
    return FakeClock(NOON)


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, clock: FakeClock) -> Iterator[TestDatabase]:
    """A database with its application; every test that asks for one runs on both engines."""
    folder: Path = tmp_path_factory.mktemp("database")
    if request.param == "sqlite":
        made: TestDatabase = SqliteDatabase(folder, clock)
    else:
        made = PostgresqlDatabase(folder, clock, request.getfixturevalue("postgres_url"))
    yield made
    made.close()


@pytest.fixture
def laid(request: pytest.FixtureRequest, database: TestDatabase, clock: FakeClock) -> House | None:
    """The database emptied, but for the house of a test that asks for one; the clock stands at Monday 2 March 2026, noon in Paris."""
    clock.set(NOON)
    if "house" in request.fixturenames:
        return database.open_house()
    database.sweep()
    return None


@pytest.fixture
def app(database: TestDatabase, laid: House | None) -> PointEtape:
    """The application on an empty, migrated database (see `laid`)."""
    return database.app


@pytest.fixture
def client(app: PointEtape) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def house(laid: House) -> House:
    """One platform with an account for each role (see tests/house.py)."""
    return laid


@pytest.fixture(autouse=True)
def audited(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail when a request commits a platform’s rows without an audit entry, in every test but those marked `unaudited`."""
    if request.node.get_closest_marker("unaudited"):
        yield
        return
    with every_write_audited():
        yield
