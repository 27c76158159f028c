"""Rows that nobody reads back before the commit wait for it, and go in one statement with their like."""

from typing import Any

from flask import g
from sqlalchemy import insert

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
        db.session.execute(insert(table).execution_options(render_nulls=True), rows)


def forget_what_waits() -> None:
    """Nothing of the transaction is kept: what waited neither."""
    g.pop("written_last", None)
