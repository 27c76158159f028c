"""Migrations: the migrated schema is the models', up and down and up again with data, and the guards stand after each."""

import re
from collections.abc import Iterator
from contextlib import nullcontext
from datetime import date, timedelta
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine, inspect, make_url, select, text
from sqlalchemy.exc import IntegrityError

from assessments.orientation import VEHICLES
from billing.queries.programmes import dated_programme_on
from billing.schedule import DEFAULT_COVERS, plan
from fleet.models import VehicleLoan
from mobility.db import Base, db, schema
from mobility.db.guards import platform_tables
from mobility.db.schema import downgrade, upgrade
from mobility.models import Setting
from mobility.periods import ONE_DAY
from tests.actions.test_assessments import make_assessment
from tests.conftest import NOON
from tests.databases import PostgresqlDatabase, SqliteDatabase, TestDatabase
from tests.house import FakeClock, House, make_house
from tests.rental import RentalDesk
from tests.web.test_loans import WISH, make_two, say


@pytest.fixture(params=["sqlite", "postgresql"])
def own(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[TestDatabase]:
    """A database of this test's own, whose schema it may take apart."""
    clock = FakeClock(NOON)
    if request.param == "sqlite":
        made: TestDatabase = SqliteDatabase(tmp_path, clock)
    else:
        made = PostgresqlDatabase(tmp_path, clock, request.getfixturevalue("postgres_url"), suffix="_migrations")
    yield made
    made.close()


def test_the_migrated_schema_is_the_models(own: TestDatabase) -> None:
    engine = create_engine(own.owner_url)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "target_metadata": Base.metadata})
        differences = compare_metadata(context, Base.metadata)
    engine.dispose()
    assert not differences, "add a migration in mobility/migrations/versions: " + "\n".join(map(str, differences))


def test_down_to_nothing_and_up_again_with_data(own: TestDatabase) -> None:
    make_house(own.app, FakeClock(NOON))
    with own.app.app_context():
        downgrade(own.owner_url, to="base")
        assert _tables(own) <= {"alembic_version"}
        upgrade(own.app, own.owner_url)
    make_house(own.app, FakeClock(NOON))
    assert _tables(own) >= set(Base.metadata.tables)


def test_days_kept_in_the_wrong_order_are_mended_before_the_database_refuses_them(own: TestDatabase) -> None:
    house = make_house(own.app, FakeClock(NOON))
    engine = create_engine(own.owner_url)
    with own.app.app_context():
        downgrade(own.owner_url, to="0004")
        with engine.begin() as connection:
            connection.execute(
                text(
                    "INSERT INTO action (platform_id, beneficiary_id, kind, started_on, ended_on)"
                    " VALUES (:platform, :person, 'workshop', '2026-03-02', '2026-03-01')"
                ),
                {"platform": house.platform_id, "person": house.beneficiary_id},
            )
        upgrade(own.app, own.owner_url)
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM action WHERE ended_on = started_on")) == 1
    engine.dispose()


def test_an_assessment_made_before_a_kind_existed_opens_it_as_the_kind_it_asks_as_much_of(own: TestDatabase) -> None:
    house = make_house(own.app, FakeClock(NOON))
    make_assessment(house)
    with own.app.app_context():
        downgrade(own.owner_url, to="0006")
        assert _kinds_opened(own) == ["bike", "car", "ebike", "moped", "scooter"]
        upgrade(own.app, own.owner_url)
    assert _kinds_opened(own) == sorted(VEHICLES)


def test_rents_set_one_by_one_become_versions_and_a_loan_takes_the_hours_of_its_keys_from_the_audit(own: TestDatabase) -> None:
    """Both in one way down and up: it is long."""
    house = make_house(own.app, own.clock)
    days = date(2025, 1, 1), date(2026, 1, 1)
    lend(house)
    with own.app.app_context():
        downgrade(own.owner_url, to="0046")
        with house.writing():
            db.session.add(Setting(key="billing.target_cents", from_on=days[0], value=18_000))
            db.session.add(Setting(key="billing.first_rent_cents", from_on=days[1], value=1500))
        upgrade(own.app, own.owner_url)
    with house.reading():
        found = [dated_programme_on(day) for day in (days[0] - ONE_DAY, *days)]
        rents = [[month.rent_cents for month in plan(dated.programme, days[0])] for dated in found]
        loan = db.session.scalars(select(VehicleLoan)).one()
        assert (loan.received_at, loan.given_back_at) == (NOON + timedelta(hours=2), NOON + timedelta(hours=3))
    # By hand: from 46 € to 180 €, a third of 134 € a month.
    assert rents == [[0, 4600, 10_400, 16_200, 22_000], [0, 4600, 9067, 13_533, 18_000], [1500, 4600, 9067, 13_533, 18_000]]
    assert [dated.covers for dated in found] == [DEFAULT_COVERS] * 3


def lend(borrower: House) -> None:
    """A loan between two platforms, from the wish to its end, an hour a step."""
    borrower, lender, vehicle_id = make_two(borrower)
    steps = f"vehicle-loans/{say(borrower, 'vehicle-loans', lender_id=lender.platform_id, **WISH)['id']}/steps"
    sides = ((lender, {"to": "accepted", "vehicle_id": vehicle_id}), (borrower, {"to": "received", "site_id": borrower.site_id}))
    for side, told in (*sides, (borrower, {"to": "given_back"}), (lender, {"to": "ended"})):
        borrower.clock.forward(hours=1)
        assert say(side, steps, **told)["code"] == 200


def _kinds_opened(own: TestDatabase) -> list[str]:
    engine = create_engine(own.owner_url)
    with engine.connect() as connection:
        found = list(connection.scalars(text("SELECT kind FROM clearance ORDER BY kind")))
    engine.dispose()
    return found


def test_the_guards_stand_in_the_database_after_each_upgrade(own: TestDatabase) -> None:
    upgrade(own.app, own.owner_url)  # a second time, harmless
    engine = create_engine(own.owner_url)
    sqlite = engine.dialect.name == "sqlite"
    catalogue = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger'" if sqlite else "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
    )
    statements = [s for guard in own.app.extensions["guards"] for s in (guard.sqlite if sqlite else guard.postgresql)]
    written = {name for s in statements for name in re.findall(r"CREATE (?:OR REPLACE )?(?:CONSTRAINT )?TRIGGER (\w+)", s)}
    with engine.connect() as connection:
        assert written and set(connection.scalars(text(catalogue))) == written
    engine.dispose()


def test_on_postgresql_every_platforms_table_is_forced_under_row_level_security(own: TestDatabase) -> None:
    engine = create_engine(own.owner_url)
    if engine.dialect.name == "sqlite":
        pytest.skip("SQLite has no row-level security: the scope of mobility/db/scope.py stands alone")
    with engine.connect() as connection:
        forced = set(connection.scalars(text("SELECT relname FROM pg_class WHERE relrowsecurity AND relforcerowsecurity")))
        shared = {"vehicle_loan"}  # of two platforms: each of them sees it, no third (fleet/guards.py)
        assert forced == set(platform_tables()) | shared
        assert connection.scalar(text("SELECT count(*) FROM pg_class WHERE relowner = 'point_etape_app'::regrole")) == 0
        role = connection.execute(text("SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = 'point_etape_app'")).one()
        assert tuple(role) == (False, False)
    engine.dispose()


@pytest.fixture
def owned(own: TestDatabase) -> Iterator[str]:
    """The address of that database for an owner who is no superuser, as docs/deployment.md has it."""
    if not isinstance(own, PostgresqlDatabase):
        pytest.skip("SQLite has no owner")
    engine, owner = create_engine(own.owner_url), f"{own.name}_owner"
    with engine.begin() as connection:
        connection.execute(text(f"CREATE ROLE {owner} LOGIN NOSUPERUSER NOBYPASSRLS"))
        for table in connection.scalars(text("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")).all():
            connection.execute(text(f'ALTER TABLE "{table}" OWNER TO {owner}'))
        for function in connection.scalars(text("SELECT oid::regprocedure FROM pg_proc WHERE pronamespace = 'public'::regnamespace")).all():
            connection.execute(text(f"ALTER FUNCTION {function} OWNER TO {owner}"))
        connection.execute(text(f"ALTER SCHEMA public OWNER TO {owner}"))
    yield make_url(own.owner_url).set(username=owner).render_as_string(False)
    with engine.begin() as connection:
        for statement in (f"REASSIGN OWNED BY {owner} TO CURRENT_USER", f"DROP OWNED BY {owner}", f"DROP ROLE {owner}"):
            connection.execute(text(statement))
    engine.dispose()


def test_a_migration_changes_the_rows_that_are_there_for_an_owner_who_is_no_superuser(own: TestDatabase, owned: str) -> None:
    house = make_house(own.app, FakeClock(NOON))
    RentalDesk(house)
    assert _parties(own) == ["P-00001"]
    downgrade(owned, to="0096")
    upgrade(own.app, owned)
    assert _parties(own) == ["P-00001"]


def test_twin_under_row_level_security_its_owner_finds_no_row(own: TestDatabase, owned: str, monkeypatch: pytest.MonkeyPatch) -> None:
    RentalDesk(make_house(own.app, FakeClock(NOON)))
    monkeypatch.setattr(schema, "_rows_in_sight", lambda connection: nullcontext())
    downgrade(owned, to="0096")
    with pytest.raises(IntegrityError, match="party"):
        upgrade(own.app, owned)


def _parties(own: TestDatabase) -> list[str]:
    engine = create_engine(own.owner_url)
    with engine.connect() as connection:
        found = list(connection.scalars(text("SELECT party FROM billing_account")))
    engine.dispose()
    return found


def _tables(own: TestDatabase) -> set[str]:
    engine = create_engine(own.owner_url)
    try:
        return set(inspect(engine).get_table_names())
    finally:
        engine.dispose()
