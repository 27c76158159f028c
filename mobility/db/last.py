"""Rows that nobody reads back before the commit wait for it, and go in one statement with their like."""

from typing import Any, cast

from flask import g
from sqlalchemy import Table, insert, inspect

from mobility.db.rows import Base, db


def write_last(table: type[Base], **values: Any) -> None:
    """Have a row written at the end of the transaction, or of the platform's scope inside it."""
    g.setdefault("written_last", {}).setdefault(table, []).append(values)


def write_what_waits() -> None:
    """Write what waited for the end, after all that was added before."""
    waiting: dict[type[Base], list[dict[str, Any]]] = g.pop("written_last", {})
    if waiting:
        db.session.flush()
    for table, rows in waiting.items():
        # Nothing said is NULL, written out: rows of unlike fields would each be a statement of their own.
        fields = dict.fromkeys(name for row in rows for name in row)
        # By the table, for the mapper's way to write many costs three times as much; who watches what is written knows it by its mapper.
        db.session.execute(insert(cast(Table, table.__table__)), [fields | row for row in rows], bind_arguments={"mapper": inspect(table)})


def forget_what_waits() -> None:
    """Nothing of the transaction is kept: what waited neither."""
    g.pop("written_last", None)
