"""Marked strings in every text column of one platform, written as the owner, so that a leak to another shows wherever it happens."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Column,
    Connection,
    Date,
    Float,
    Integer,
    LargeBinary,
    String,
    Table,
    UniqueConstraint,
    cast,
    create_engine,
    func,
    literal,
    select,
    text,
    update,
)

from mobility.db import Base
from mobility.db.guards import platform_tables
from mobility.db.types import Instant

MARK = re.compile(r"MARQUE\d{3}")
MARK_LENGTH = len("MARQUE000")
# What queries filter by: in rows that are lived in, these keep a value that is found.
CODES = re.compile(
    r"(^|_)(kind|status|state|role|programme|code|version|verb|name|hash|key|means|channel|reason|by|tier|moment|slug|currency)$"
)
IN_WORDS = {"first_name", "last_name", "search_key", "identity_key"}  # read by people whatever the pattern above says
# A row must pass the table's own checks: these are what they ask.
ASKED: dict[str, dict[str, Any]] = {
    "arrears_plan": {"cents": 1},
    "bank_line": {"cents": 1, "state": "open"},
    "beneficiary": {"erased_at": None, "merged_into_id": None},
    "file_merge": {"merged_id": 987_653},
    "banked_cheque": {"cents": 1},
    "banking": {"cents": 1},
    "defect": {"judged_at": None},
    "distinction": {"lower_id": 987_653},
    "accident": {"booking_id": None, "beneficiary_id": None, "liability_percent": 50},
    "drawer_count": {"counted_cents": 1},
    "microcredit": {"quote_id": None, "principal_cents": 450_000, "rate_millionths": 40_000, "months": 36},
    "monthly_review": {"month": 1, "version": 1, "untold": None},
    "fine": {"booking_id": None, "beneficiary_id": None, "points": 3, "sent_on": date(2026, 1, 1), "due_on": date(2026, 2, 15)},
    "occupancy": {"status": "released", "block_id": None},
    "loss_step": {"cents": 1, "undoes_number": None},
    "hire_step": {"cents": 1},
    "hire_order": {"unit": "day", "unit_cents": 1},
    "payment_reminder": {"cents": 1},
    "ledger_line": {"credit_cents": 0},
    "vehicle_mark": {"x": 1, "y": 1},
    "look_photo": {"reading_id": None},
    "vehicle": {"co2_g_km": 120},
    "vehicle_cost": {"cents": 1},
    "vehicle_transfer": {"from_site_id": 987_653},
    "workshop_seat": {"board": 0, "alight": 1},
    "programme_version": {"months": 5},
    "payer_agreement": {"percent": 60, "day_cents": None},
    "payer_invoice": {"credits_id": None},
    "payer_invoice_step": {"cents": 1},
    "tier": {"share_numerator": 1, "share_denominator": 2},
    "charge_run": {"rentals": 3, "done": 2},
}


def marks() -> dict[str, str]:
    """Each mark, and the column ("beneficiary.last_name") that it stands for."""
    columns = [(table, column) for table in sorted(platform_tables()) for column in _texts(Base.metadata.tables[table])]
    return {f"MARQUE{number:03d}": f"{table}.{column.name}" for number, (table, column) in enumerate(columns)}


def plant(owner_url: str, platform_id: int) -> int:
    """Mark every row of the platform, and one more row in each of its tables; returns how many values hold a mark."""
    of_column = {where: mark for mark, where in marks().items()}
    with asleep(owner_url) as connection:
        return sum(
            _mark_rows(connection, table, platform_id, of_column) + _add_row(connection, table, platform_id, of_column)
            for table in map(Base.metadata.tables.__getitem__, platform_tables())
        )


def coded(table: Table) -> dict[str, str]:
    """The columns that the table's own checks bind to a few codes, each with the first of them: no words of anybody fit there."""
    checks = " ".join(str(c.sqltext) for c in table.constraints if isinstance(c, CheckConstraint))
    return {name: code for name, code in re.findall(r"(\w+) IN \('([^']*)'", checks)}


def _texts(table: Table) -> list[Column[Any]]:
    """Columns of text that a mark fits in, and of JSON."""
    return [
        column
        for column in table.columns
        if column.name not in coded(table)
        if isinstance(column.type, JSON) or (isinstance(column.type, String) and (column.type.length or MARK_LENGTH) >= MARK_LENGTH)
    ]


def _mark_rows(connection: Connection, table: Table, platform_id: int, of_column: dict[str, str]) -> int:
    marked = 0
    for column in _texts(table):
        room = getattr(column.type, "length", None) or 100
        if isinstance(column.type, JSON) or (CODES.search(column.name) and column.name not in IN_WORDS):
            continue
        mine = (table.c.platform_id == platform_id) & column.is_not(None)
        if room < MARK_LENGTH + 7:  # too short to stay unique: one row carries it
            mine &= table.c.id == select(func.min(table.c.id)).where(table.c.platform_id == platform_id).scalar_subquery()
            value: Any = of_column[f"{table.name}.{column.name}"]
        else:
            value = literal(of_column[f"{table.name}.{column.name}"] + "-") + cast(table.c.id, String)
        marked += connection.execute(update(table).where(mine).values({column.name: value})).rowcount
    return marked


def _add_row(connection: Connection, table: Table, platform_id: int, of_column: dict[str, str]) -> int:
    values = {column.name: any_value(column, of_column) for column in table.columns if not column.primary_key}
    values |= {"platform_id": platform_id} | ASKED.get(table.name, {})
    if _stands_alone(table):
        connection.execute(table.delete().where(table.c.platform_id == platform_id))
    connection.execute(table.insert().values(values))
    return len(_texts(table))


def _stands_alone(table: Table) -> bool:
    """Whether a platform has at most one such row."""
    return any(isinstance(c, UniqueConstraint) and [one.name for one in c.columns] == ["platform_id"] for c in table.constraints)


def any_value(column: Column[Any], of_column: dict[str, str]) -> Any:
    if column.name in coded(column.table):
        return coded(column.table)[column.name]
    mark = of_column.get(f"{column.table.name}.{column.name}", "x")
    if isinstance(column.type, JSON):
        return {"mark": mark}
    if isinstance(column.type, String):
        return mark
    if isinstance(column.type, LargeBinary):
        return mark.encode()
    if isinstance(column.type, Instant):
        return datetime(2026, 2, 2 if "end" in column.name else 1, tzinfo=UTC)
    if isinstance(column.type, Date):
        return date(2026, 2, 1)
    if isinstance(column.type, Boolean):
        return False
    if isinstance(column.type, Float):
        return 43.0
    assert isinstance(column.type, Integer), column
    alone = any(isinstance(c, UniqueConstraint) and column.name in c.columns for c in column.table.constraints)
    return 0 if "refunded" in column.name else 1 if column.name.endswith("_id") and not alone else 987_654


@contextmanager
def asleep(url: str) -> Iterator[Connection]:
    """The owner's connection, with triggers, append-only ones too, and foreign keys asleep."""
    engine = create_engine(url)
    try:
        with engine.connect() as connection:
            yield from _unguarded(connection)
            connection.commit()
    finally:
        engine.dispose()


def _unguarded(connection: Connection) -> Iterator[Connection]:
    if connection.dialect.name == "postgresql":
        connection.execute(text("SET session_replication_role = replica"))
        yield connection
        return
    connection.exec_driver_sql("PRAGMA ignore_check_constraints = ON")
    asleep = connection.execute(text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")).all()
    for name, _ in asleep:
        connection.exec_driver_sql(f"DROP TRIGGER {name}")
    yield connection
    for _, sql in asleep:
        connection.exec_driver_sql(sql)
