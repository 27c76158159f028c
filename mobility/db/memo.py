"""What one transaction has read it need not ask again: kept until its end, or until a row of the same table is written."""

from collections.abc import Callable, Hashable
from typing import Any, TypeVar

from sqlalchemy import event
from sqlalchemy.orm import ORMExecuteState, Session, SessionTransaction, UOWTransaction

from mobility.db.rows import Base, db
from mobility.db.scope import platform_id
from mobility.db.transaction import is_writing

T = TypeVar("T")
_KEPT = "read_once"


def read_once(table: type[Base] | None, key: Hashable, read: Callable[[], T]) -> T:
    """What `read` finds in this table for the platform in force; `key` tells one question from another. The answer is not to be changed.

    Without a table it is kept whatever is written: a lock, which lasts until the commit.
    """
    if not is_kept(table, key):
        keep(table, key, read())
    found: T = db.session().info[_KEPT][table][platform_id(), key]
    return found


def is_kept(table: type[Base] | None, key: Hashable) -> bool:
    """Whether the answer to a question is known already and still stands; where not, all that was added is written: as before any read."""
    session, place = db.session(), (platform_id(), key)
    if place in session.info.get(_KEPT, {}).get(table, {}) and not _is_pending(session, table):
        return True
    if session.autoflush:
        session.flush()
    return place in session.info.get(_KEPT, {}).get(table, {})


def _is_pending(session: Session, table: type[Base] | None) -> bool:
    """Whether a row of the table waits to be written."""
    return table is not None and any(type(row) is table for rows in (session.new, session.dirty, session.deleted) for row in rows)


def keep(table: type[Base] | None, key: Hashable, answer: object) -> None:
    """Keep what was just read as the answer to a question."""
    db.session().info.setdefault(_KEPT, {}).setdefault(table, {})[platform_id(), key] = answer


def forget(table: type[Base]) -> None:
    """Rows of the table were written past the mapper: nothing that was read of it stands."""
    db.session().info.get(_KEPT, {}).pop(table, None)


def look_once(table: type[Base], key: Hashable, read: Callable[[], T]) -> T:
    """As `read_once`, for what somebody else may write while an act waits for its lock: only a page that writes nothing keeps it."""
    return read() if is_writing() else read_once(table, key, read)


@event.listens_for(Session, "after_flush")
def _forget_written(session: Session, context: UOWTransaction) -> None:
    kept: dict[type, Any] = session.info.get(_KEPT, {})
    for row in [*session.new, *session.dirty, *session.deleted] if kept else ():
        kept.pop(type(row), None)


@event.listens_for(Session, "do_orm_execute")
def _forget_at_bulk_writes(state: ORMExecuteState) -> None:
    if (state.is_insert or state.is_update or state.is_delete) and state.bind_mapper is not None:
        state.session.info.get(_KEPT, {}).pop(state.bind_mapper.class_, None)


@event.listens_for(Session, "after_transaction_end")
def _forget_all(session: Session, transaction: SessionTransaction) -> None:
    if transaction.parent is None:  # a flush has a small one of its own inside
        session.info.pop(_KEPT, None)
