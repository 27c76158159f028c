"""The plan of each hot question names its B-tree, on both engines, and on PostgreSQL also when it may not look at what is asked."""

import re
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from psycopg import sql
from sqlalchemy import Connection, event, select

from fleet.errors import VehicleTaken
from fleet.licences import Driver
from fleet.models import Occupancy
from fleet.queries.free import check_untaken, free_vehicles
from mobility.db import db
from mobility.periods import Period
from mobility.rights import Role
from tests.databases import TestDatabase
from tests.fleets import fill_fleet
from tests.garage import at
from tests.house import House

Asked = tuple[str, Any]
B_TREE = "ix_occupancy_holding"


def sent_by(act: Callable[[], object]) -> list[Asked]:
    """What an act asks of the table of what holds vehicles, with its values."""
    sent: list[Asked] = []

    def note(_connection: object, _cursor: object, statement: str, values: Any, *_more: object) -> None:
        if "occupancy" in statement:
            sent.append((statement, values))

    event.listen(db.engine, "before_cursor_execute", note)
    act()
    event.remove(db.engine, "before_cursor_execute", note)
    return sent


def is_taken(vehicle_id: int, period: Period, now: datetime) -> bool:
    """What a lost try asks."""
    try:
        check_untaken(vehicle_id, period.starts_at, period.ends_at, now=now)
    except VehicleTaken:
        return True
    return False


def plan_of(connection: Connection, statement: str, values: Any) -> str:
    """The engine's own words; on PostgreSQL those of the generic plan, made for any values at all."""
    if connection.dialect.name == "sqlite":
        return "\n".join(row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values))
    names = list(values)
    numbered = re.sub(r"%\((\w+)\)s", lambda found: f"${names.index(found[1]) + 1}", statement)
    connection.exec_driver_sql("SET LOCAL plan_cache_mode = force_generic_plan")
    connection.exec_driver_sql(f"PREPARE asked AS {numbered}")
    literals = ", ".join(sql.Literal(value).as_string(None) for value in values.values())
    plan = "\n".join(row[0] for row in connection.exec_driver_sql(f"EXPLAIN EXECUTE asked ({literals})".replace("%", "%%")))
    connection.exec_driver_sql("DEALLOCATE asked")
    return plan


def test_what_holds_a_vehicle_is_found_by_its_b_tree(house: House, database: TestDatabase) -> None:
    site_id, *_ = fill_fleet(house, database, 4_000)  # enough for an index to be the cheaper way
    browser, month = house.client(Role.ADVISER), Period(starts_at=at(3), ends_at=at(31))
    driver = Driver(born_on=date(1990, 1, 1))
    bound = select(Occupancy.id).filter(Occupancy.vehicle_id == 1, Occupancy.ends_at > at(3), Occupancy.status != "released")
    questions: dict[str, Callable[[], object]] = {
        "free vehicles of a pole": lambda: free_vehicles("car", site_id, month, driver=driver, now=house.clock()),
        "what is in the way": lambda: is_taken(1, month, house.clock()),
        "the twin, its status bound": lambda: db.session.execute(bound).all(),
    }
    with house.reading():
        asked = {name: sent_by(ask) for name, ask in questions.items()}
    with house.app.app_context():
        asked["the board"] = sent_by(lambda: browser.get(house.page("board")))
    with house.reading():
        plans = {name: [plan_of(db.session.connection(), *one) for one in sent] for name, sent in asked.items()}
    by_b_tree = {name: [B_TREE in plan for plan in told] for name, told in plans.items()}
    twin = by_b_tree.pop("the twin, its status bound")
    assert twin == [database.app.extensions["settings"].database_url.startswith("sqlite")], "SQLite plans for the value itself"
    assert all(found and all(found) for found in by_b_tree.values()), plans
