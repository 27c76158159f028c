"""Rows by the million, written as the owner in one statement a table, in words that both engines know."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Connection, Date, bindparam, text

from mobility.db.types import Instant

_COUNTED = {
    "sqlite": "WITH RECURSIVE n(k) AS (SELECT 0 UNION ALL SELECT k + 1 FROM n WHERE k + 1 < :count)",
    "postgresql": "WITH n(k) AS (SELECT generate_series(0, CAST(:count AS integer) - 1))",
}
_DAY = {"sqlite": "86400000000", "postgresql": "interval '24 hours'"}
_TYPES: dict[type, Any] = {datetime: Instant(), date: Date(), list: JSON()}


def write_rows(connection: Connection, table: str, columns: Mapping[str, str], count: int, known: Mapping[str, Any]) -> int:
    """So many rows of the platform `known` names; the first one's id, the others follow it.

    A column's words may say `k`, the row's place from 0, `DAY`, to be added to an instant, and what is `known` by its name.
    """
    engine = connection.dialect.name
    first = (connection.scalar(text(f"SELECT max(id) FROM {table}")) or 0) + 1
    names = ", ".join(f'"{name}"' for name in columns)
    values = ", ".join(columns.values()).replace("DAY", _DAY[engine])
    statement = f"INSERT INTO {table} (id, platform_id, {names}) {_COUNTED[engine]} SELECT :first + k, :platform, {values} FROM n"
    asked = {name: value for name, value in {**known, "first": first, "count": count}.items() if f":{name}" in statement}
    connection.execute(text(statement).bindparams(*(bindparam(name, value, _TYPES.get(type(value))) for name, value in asked.items())))
    if engine == "postgresql":
        connection.execute(text(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), {first + count})"))
    return first
