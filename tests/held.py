"""A row in each table that holds a person, every text of it marked, written as the owner: what leaves in the archive and what does not."""

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import JSON, Column, Connection, Integer, String, Table, UniqueConstraint, select

from assessments.grids import GRIDS
from mobility.db import Base
from mobility.held import Held, registry
from tests.house import House
from tests.marks import ASKED, any_value, asleep, coded

LENGTH = len("MARQUEA000")
FITTING: dict[str, dict[str, Any]] = {
    "assessment": {"kind": "entry", "grid_version": GRIDS[-1].version, "answers": {}},
    "clearance": {"kind": "car", "state": "open"},
    "accident": {"booking_id": 1},
    "attachment": {"media_type": "image/jpeg"},
    "fine": {"booking_id": 1},
}


@dataclass
class Plant:
    """What each mark stands for, and each table's row."""

    letter: str
    marks: dict[str, str] = field(default_factory=dict)
    rows: dict[str, dict[str, Any]] = field(default_factory=dict)


def plant_person(house: House, owner_url: str, person_id: int, letter: str) -> Plant:
    """A row a table for one person; every text and every JSON of it holds a mark of its own ("MARQUEA017")."""
    with house.app.app_context():
        waiting = dict(registry().held)
    planted = Plant(letter)
    with asleep(owner_url) as connection:
        _mark_person(connection, waiting.pop("beneficiary"), planted, person_id)
        while waiting:
            held = waiting.pop(next(name for name, each in waiting.items() if (each.into or "beneficiary") in planted.rows))
            _add(connection, house, held, planted, person_id)
    return planted


def _mark_person(connection: Connection, held: Held, planted: Plant, person_id: int) -> None:
    table = Base.metadata.tables[held.table]
    mine = table.c.id == person_id
    marks = {column.name: _mark(column, planted) for column in table.columns if _fits(column) and column.name != "number"}
    connection.execute(table.update().where(mine).values(marks))
    planted.rows[held.table] = dict(connection.execute(select(table).where(mine)).mappings().one())


def _add(connection: Connection, house: House, held: Held, planted: Plant, person_id: int) -> None:
    """One row, bound to its parent; a table that its parent points at has the parent point at it."""
    table, parent = Base.metadata.tables[held.table], planted.rows[held.into or "beneficiary"]
    id_ = ord(planted.letter) * 100_000 + len(planted.rows)
    bound = {"id": id_, "platform_id": house.platform_id, "beneficiary_id": person_id}
    points_here = held.column in ("id", "number") and held.into is not None
    bound[held.column] = id_ if points_here else parent[held.key]
    row = FITTING.get(held.table, {}) | {name: value for name, value in bound.items() if name in table.c}
    row = {column.name: _value(column, planted, id_, row) for column in table.columns}
    connection.execute(table.insert().values(row))
    planted.rows[held.table] = row
    if points_here:
        above = Base.metadata.tables[str(held.into)]
        parent[held.key] = id_
        connection.execute(above.update().where(above.c.id == parent["id"]).values({held.key: id_}))


def _value(column: Column[Any], planted: Plant, id_: int, known: dict[str, Any]) -> Any:
    asked = ASKED.get(column.table.name, {}) | known
    if column.name in asked:
        return asked[column.name]
    if column.name in coded(column.table):
        return coded(column.table)[column.name]
    if _fits(column):
        mark = _mark(column, planted)
        return {"mark": mark} if isinstance(column.type, JSON) else mark
    return id_ if isinstance(column.type, Integer) and _is_alone(column) else any_value(column, {})


def _mark(column: Column[Any], planted: Plant) -> str:
    mark = f"MARQUE{planted.letter}{len(planted.marks):03d}"
    planted.marks[mark] = f"{column.table.name}.{column.name}"
    return mark


def _fits(column: Column[Any]) -> bool:
    return isinstance(column.type, JSON) or (isinstance(column.type, String) and (column.type.length or LENGTH) >= LENGTH)


def _is_alone(column: Column[Any]) -> bool:
    table: Table = column.table
    return any(isinstance(c, UniqueConstraint) and column.name in c.columns for c in table.constraints)
