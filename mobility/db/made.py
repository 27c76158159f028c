"""What one act made, row by row, so that the act can be undone as a whole as long as nobody built on it."""

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from sqlalchemy import ForeignKeyConstraint, Table, delete, event, select
from sqlalchemy import inspect as inspected
from sqlalchemy.orm import Session

from mobility.db.rows import Base, db
from mobility.db.scope import platform_id

Made = dict[str, list[int]]


@contextmanager
def noting_what_is_made() -> Iterator[Made]:
    """Every row added through the session inside, by table: its ids. Rows written in bulk (the audit, the books) are not noted."""
    made: Made = {}

    def note(session: Session, row: Any) -> None:
        made.setdefault(str(inspected(type(row)).local_table), []).append(row.id)

    session = db.session()
    event.listen(session, "pending_to_persistent", note)
    try:
        yield made
        session.flush()
    finally:
        event.remove(session, "pending_to_persistent", note)


def built_on(made: Mapping[str, Collection[int]], apart_from: Collection[str]) -> list[str]:
    """The tables in which other rows point at what was made, by name; `apart_from` are tables that count for nothing."""
    pointing = ((table, column, ids) for table, column, ids in _pointing_at(made) if table.name not in apart_from)
    return sorted({table.name for table, column, ids in pointing if _others(table, column, ids, made)})


def without_pinned(made: Mapping[str, Collection[int]], pinning: Collection[str], stay: Mapping[str, Collection[int]]) -> Made:
    """What was made, less the rows of `stay`, those that tables nobody may take from (`pinning`) point at, and all that these point at."""
    staying = {name: set(ids) for name, ids in stay.items()}
    while _pin(made, pinning, staying):
        pass
    return {name: [id_ for id_ in ids if id_ not in staying.get(name, ())] for name, ids in made.items()}


def _pin(made: Mapping[str, Collection[int]], pinning: Collection[str], staying: dict[str, set[int]]) -> bool:
    """Let what staying rows point at stay too; whether that were any more."""
    before = sum(map(len, staying.values()))
    for table, column, ids in _pointing_at(made):
        asked = select(table.c[column]).where(table.c[column].in_(ids))
        if table.name not in pinning:
            asked = asked.where(table.c.id.in_(staying.get(table.name, ())))
        staying.setdefault(_target(table, column), set()).update(db.session.scalars(asked))
    return sum(map(len, staying.values())) > before


def delete_made(made: Mapping[str, Collection[int]], with_them: Collection[str]) -> None:
    """Take the rows away again, those that point at others first, and with them what the tables of `with_them` hold about them."""
    here = platform_id()
    for table, column, ids in _pointing_at(made):
        if table.name in with_them:
            db.session.execute(delete(table).where(table.c.platform_id == here, table.c[column].in_(ids)))
    for table in reversed(Base.metadata.sorted_tables):
        if ids := list(made.get(table.name, ())):
            db.session.execute(delete(table).where(table.c.platform_id == here, table.c.id.in_(ids)))
    db.session.expire_all()


def _pointing_at(made: Mapping[str, Collection[int]]) -> Iterator[tuple[Table, str, list[int]]]:
    """Every column that points at a table of these, with the ids it may hold."""
    for table in Base.metadata.sorted_tables:
        for key in table.foreign_key_constraints:
            if ids := list(made.get(key.referred_table.name, ())):
                yield table, _column(key), ids


def _column(key: ForeignKeyConstraint) -> str:
    return next(one.parent.name for one in key.elements if one.column.name == "id")


def _target(table: Table, column: str) -> str:
    return next(key.referred_table.name for key in table.foreign_key_constraints if _column(key) == column)


def _others(table: Table, column: str, ids: list[int], made: Mapping[str, Collection[int]]) -> bool:
    """Whether the table has a row of somebody else that points at these."""
    own = set(made.get(table.name, ()))
    return any(id_ not in own for id_ in db.session.scalars(select(table.c.id).where(table.c[column].in_(ids))))
