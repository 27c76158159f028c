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
    session = db.session()
    if session.autoflush:  # as before any read: what was added is found
        session.flush()
    place = (platform_id(), key)
    known = session.info.get(_KEPT, {}).get(table, {})
    if place not in known:
        answer = read()
        session.info.setdefault(_KEPT, {}).setdefault(table, {})[place] = answer
        return answer
    found: T = known[place]
    return found


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
