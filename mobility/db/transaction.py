"""The one way to write: `transaction()` is the only thing that commits (architecture.md "The edge")."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from threading import RLock

from flask import g
from sqlalchemy.orm import Session

from mobility.db.last import forget_what_waits, write_what_waits
from mobility.db.rows import db


def is_writing() -> bool:
    """Whether what begins now may write; outside `transaction()` the database itself refuses."""
    return getattr(g, "writing", False)


class _Undo(Exception):
    """Leaves a transaction without keeping anything."""


@contextmanager
def transaction(*, looking_first: bool = False) -> Iterator[None]:
    """Begin a writing transaction, commit at the end, roll back on any error.

    A reading transaction that is still open is closed first. `looking_first`: until `begin_writing()` it only reads, and nobody waits
    for it. Raises RuntimeError when nested.
    """
    if is_writing():
        raise RuntimeError("a transaction is already open")
    db.session.close()
    with ExitStack() as g.turn:
        try:
            if not looking_first:
                begin_writing()
            yield
            write_what_waits()
            db.session.commit()
        except _Undo:
            db.session.rollback()
        except BaseException:
            db.session.rollback()
            raise
        finally:
            g.writing = False
            forget_what_waits()
            db.session.close()


def begin_writing() -> None:
    """The look is over: what comes now may write, and reads again what it builds on. Inside `transaction()` only."""
    db.session.close()
    g.turn.enter_context(_turn())
    g.writing = True


# SQLite has one writer at a time, and a second one asks again at growing intervals; threads of one process wait in line instead.
_writer = RLock()


def _turn() -> AbstractContextManager[object]:
    return _writer if db.engine.dialect.name == "sqlite" else nullcontext()


@contextmanager
def beside() -> Iterator[Session | None]:
    """A short transaction of its own while a long one is open: what others are to see before that ends.

    None on SQLite, whose one writer is the long one; there it is seen at the end.
    """
    if db.engine.dialect.name == "sqlite":
        yield None
        return
    with Session(db.engine) as session, session.begin():
        yield session


def undo() -> None:
    """Leave the transaction quietly, keeping nothing: what the edge does with an answer of 400 or above."""
    raise _Undo
