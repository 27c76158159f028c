"""Two platforms on one pooled connection, by turns: each answer holds its own names only, because nothing of a request stays behind."""

from collections.abc import Iterator

import pytest
from sqlalchemy.pool import QueuePool

from mobility.db import db
from mobility.models import Beneficiary
from mobility.rights import Role
from mobility.web.edge import PointEtape
from tests.databases import TestDatabase
from tests.house import FakeClock, House, make_house

SIZES = [60, pytest.param(10_000, marks=pytest.mark.proof)]


@pytest.fixture
def narrow(database: TestDatabase, app: PointEtape, monkeypatch: pytest.MonkeyPatch) -> Iterator[PointEtape]:
    """The application on the same database, with one connection in its pool and no other."""
    one = {"poolclass": QueuePool, "pool_size": 1, "max_overflow": 0, "pool_timeout": 5}
    monkeypatch.setattr("wsgi.engine_options", lambda url: one)
    made = database.make_app(app.extensions["settings"])
    yield made
    with made.app_context():
        db.engine.dispose()


def named(app: PointEtape, clock: FakeClock, slug: str, name: str) -> House:
    house = make_house(app, clock, slug)
    with house.writing():
        person = db.session.get_one(Beneficiary, house.beneficiary_id)
        person.first_name, person.last_name, person.search_key = name, name, name.lower()
    return house


@pytest.mark.parametrize("requests", SIZES)
def test_platforms_by_turns_on_one_connection_never_meet(narrow: PointEtape, clock: FakeClock, requests: int) -> None:
    houses = [named(narrow, clock, "chez-a", "Zibeline"), named(narrow, clock, "chez-b", "Martre")]
    names = ["Zibeline", "Martre"]
    asking = [(house, house.app.test_client(), house.bearer(Role.MANAGER)) for house in houses]
    mixed = 0
    for number in range(requests):
        turn = number % 2
        house, client, bearer = asking[turn]
        other = houses[1 - turn].beneficiary_id
        path = ("beneficiaries?q=e", f"beneficiaries/{house.beneficiary_id}", f"beneficiaries/{other}", "search?q=e")[number // 2 % 4]
        said = client.get(house.api(path), headers=bearer).get_data(as_text=True)
        mixed += names[1 - turn] in said or (names[turn] not in said and path != f"beneficiaries/{other}")
    with narrow.app_context():
        pool = db.engine.pool
        assert isinstance(pool, QueuePool)
        assert pool.size() == 1
    print(f"{requests} requests of two platforms by turns on one connection of {db_name(narrow)}: {mixed} mixed")
    assert mixed == 0


def db_name(app: PointEtape) -> str:
    """The engine's name."""
    return str(app.extensions["settings"].database_url).partition(":")[0].partition("+")[0]
