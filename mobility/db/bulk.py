"""Many rows of a platform's table in one statement, past the mapper: for a run over a hundred thousand rentals (docs/adr/0019).

Rows are plain tuples. PostgreSQL is sent each column as one array, or once where all rows share it (its COPY refuses tables under
row-level security), SQLite the tuples.
"""

import json
from collections.abc import Callable, Collection, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import copy_context
from itertools import repeat
from operator import is_
from typing import Any, NamedTuple, cast

from sqlalchemy import (
    ARRAY,
    JSON,
    BigInteger,
    Column,
    ColumnElement,
    Connection,
    Dialect,
    String,
    Table,
    any_,
    bindparam,
    func,
    select,
    text,
)
from sqlalchemy.orm import InstrumentedAttribute

from mobility.db.memo import forget
from mobility.db.rows import Base, db
from mobility.db.scope import PlatformNotSet, platform_id

Rows = Collection[tuple[Any, ...]]


class Write(NamedTuple):
    """Rows made ready for one statement, not sent yet."""

    model: type[Base]
    statement: str
    values: Any


def ready_many(model: type[Base], names: Sequence[str], rows: Rows) -> list[Write]:
    """Rows of the platform in force to insert, their values in the order of `names`; a JSON column takes its text. No write for no rows.

    Nothing is flushed before they are sent, and no row is noted as made or changed: the caller writes the audit. Raises PlatformNotSet.
    """
    here = platform_id()
    if here is None:
        raise PlatformNotSet(f"{model.__name__} was written with no platform set")
    if not rows:
        return []
    table, dialect = cast(Table, model.__table__), db.engine.dialect
    columns = [table.c[name] for name in names]
    listed = ", ".join(f'"{column.name}"' for column in columns)
    into = f'INSERT INTO "{table.name}" (platform_id, {listed})'
    if dialect.name == "sqlite":
        said = [_said(column, dialect) for column in columns]
        values = [tuple(say(value) for say, value in zip(said, row, strict=True)) for row in rows]
        return [Write(model, f"{into} VALUES ({here:d}{', ?' * len(columns)})", values)]
    chosen, sent = _by_column(columns, rows, dialect)
    return [Write(model, f"{into} SELECT {here:d}, {chosen}", sent)]


@contextmanager
def sent_meanwhile(writes: Sequence[Write]) -> Iterator[None]:
    """Send rows while the block works: PostgreSQL writes them on one core, the block reckons on another. After it they are written.

    The block asks the database nothing. On SQLite, which has no server to wait for, they are written before it.
    """
    if not writes or db.engine.dialect.name == "sqlite":
        send(writes)
        yield
        return
    connection = db.session.connection()
    with ThreadPoolExecutor(1, "sent-meanwhile") as pool:
        sent = pool.submit(copy_context().run, _send_over, connection, writes)
        yield
        sent.result()
    _forget(writes)


def send(writes: Sequence[Write]) -> None:
    """Write rows made ready, one statement after the other."""
    if writes:
        _send_over(db.session.connection(), writes)
        _forget(writes)


def _send_over(connection: Connection, writes: Sequence[Write]) -> None:
    for write in writes:
        connection.exec_driver_sql(write.statement, write.values)


def _forget(writes: Sequence[Write]) -> None:
    for write in writes:
        forget(write.model)


def _by_column(columns: Sequence[Column[Any]], rows: Rows, dialect: Dialect) -> tuple[str, tuple[Any, ...]]:
    """What PostgreSQL selects of rows sent by column, and what it is sent: what all of them share once, anything else as an array.

    The first column always is one: it says how many rows there are.
    """
    chosen, shared, varied = [], [], []
    for place, (column, values) in enumerate(zip(columns, zip(*rows, strict=True), strict=True)):
        is_shared = bool(place) and all(map(is_, values, repeat(values[0])))  # the same thing, not only its like: 0 is no False here
        said = f"%b::{_type(column, dialect)}" if is_shared else f"v{place}"
        chosen.append(f"{said}::json" if isinstance(column.type, JSON) else said)
        if is_shared:
            shared.append(values[0])
        else:
            varied.append((f"v{place}", f"%b::{_type(column, dialect)}[]", list(values)))
    names, arrays, sent = zip(*varied, strict=True)
    return f"{', '.join(chosen)} FROM unnest({', '.join(arrays)}) AS t ({', '.join(names)})", (*shared, *sent)


def among(column: InstrumentedAttribute[int], ids: Collection[int]) -> ColumnElement[bool]:
    """Whether a column is one of so many ids, sent as one value: thousands of them apart are a statement of thousands of words."""
    if db.engine.dialect.name == "sqlite":
        listed = func.json_each(json.dumps(list(ids))).table_valued("value")
        return column.in_(select(listed.c.value))
    return column == any_(bindparam(None, list(ids), ARRAY(BigInteger)))


def reserve_ids(model: type[Base], count: int) -> list[int]:
    """So many ids that nobody else will be given, for rows that other rows name; inside a writing transaction."""
    table = cast(Table, model.__table__).name
    if db.engine.dialect.name == "sqlite":  # the one writer: nobody else is given any
        first = db.session.connection().scalar(text(f'SELECT coalesce(max(id), 0) + 1 FROM "{table}"')) or 1
        return list(range(first, first + count))
    # The sequence is looked up once: by name for each number it would cost as much as a row.
    sequence = f"(SELECT pg_get_serial_sequence('{table}', 'id')::regclass AS numbers OFFSET 0) AS sequence"
    asked = text(f"SELECT nextval(numbers) FROM {sequence}, generate_series(1, :count)")
    return list(db.session.connection().scalars(asked, {"count": count}))


def _said(column: Column[Any], dialect: Dialect) -> Callable[[Any], Any]:
    """A value as the driver is told it: JSON is text already."""
    process = None if isinstance(column.type, JSON) else column.type.dialect_impl(dialect).bind_processor(dialect)
    return process or (lambda value: value)


def _type(column: Column[Any], dialect: Dialect) -> str:
    """The type of a column's array; words as text, for a cast to a length would cut them in silence."""
    return "text" if isinstance(column.type, JSON | String) else column.type.compile(dialect)
