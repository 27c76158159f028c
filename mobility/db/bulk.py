"""Many rows of a platform's table in one statement, past the mapper: for a run over a hundred thousand rentals (docs/adr/0019).

Rows are plain tuples. PostgreSQL is sent each column as one array (its COPY refuses tables under row-level security), SQLite the tuples.
"""

from collections.abc import Callable, Collection, Sequence
from typing import Any, cast

from sqlalchemy import JSON, Column, Dialect, String, Table, text

from mobility.db.memo import forget
from mobility.db.rows import Base, db
from mobility.db.scope import PlatformNotSet, platform_id

Rows = Collection[tuple[Any, ...]]


def write_many(model: type[Base], names: Sequence[str], rows: Rows) -> None:
    """Insert rows of the platform in force, their values in the order of `names`; a JSON column takes its text.

    Nothing is flushed before, and no row is noted as made or changed: the caller writes the audit. Raises PlatformNotSet.
    """
    here = platform_id()
    if here is None:
        raise PlatformNotSet(f"{model.__name__} was written with no platform set")
    if not rows:
        return
    table, connection = cast(Table, model.__table__), db.session.connection()
    columns = [table.c[name] for name in names]
    listed = ", ".join(f'"{column.name}"' for column in columns)
    if connection.dialect.name == "sqlite":
        statement = f'INSERT INTO "{table.name}" (platform_id, {listed}) VALUES ({here:d}{", ?" * len(columns)})'
        said = [_said(column, connection.dialect) for column in columns]
        connection.exec_driver_sql(statement, [tuple(say(value) for say, value in zip(said, row, strict=True)) for row in rows])
    else:
        arrays = ", ".join(f"%b::{_type(column, connection.dialect)}[]" for column in columns)
        chosen = ", ".join(f"v{place}{'::json' if isinstance(column.type, JSON) else ''}" for place, column in enumerate(columns))
        named = ", ".join(f"v{place}" for place in range(len(columns)))
        statement = f'INSERT INTO "{table.name}" (platform_id, {listed}) SELECT {here:d}, {chosen} FROM unnest({arrays}) AS t ({named})'
        connection.exec_driver_sql(statement, tuple(map(list, zip(*rows, strict=True))))
    forget(model)


def reserve_ids(model: type[Base], count: int) -> list[int]:
    """So many ids that nobody else will be given, for rows that other rows name; inside a writing transaction."""
    table = cast(Table, model.__table__).name
    if db.engine.dialect.name == "sqlite":  # the one writer: nobody else is given any
        first = db.session.connection().scalar(text(f'SELECT coalesce(max(id), 0) + 1 FROM "{table}"')) or 1
        return list(range(first, first + count))
    asked = text(f"SELECT nextval(pg_get_serial_sequence('{table}', 'id')) FROM generate_series(1, :count)")
    return list(db.session.connection().scalars(asked, {"count": count}))


def _said(column: Column[Any], dialect: Dialect) -> Callable[[Any], Any]:
    """A value as the driver is told it: JSON is text already."""
    process = None if isinstance(column.type, JSON) else column.type.dialect_impl(dialect).bind_processor(dialect)
    return process or (lambda value: value)


def _type(column: Column[Any], dialect: Dialect) -> str:
    """The type of a column's array; words as text, for a cast to a length would cut them in silence."""
    return "text" if isinstance(column.type, JSON | String) else column.type.compile(dialect)
