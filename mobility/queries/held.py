"""Everything held about a person, table by table, row after row: nothing is read into memory at once."""

from collections.abc import Collection, Iterator
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, LargeBinary, inspect, select
from sqlalchemy.orm import ColumnProperty

from mobility.db import Base, db
from mobility.held import MACHINE, Held, Row, registry
from mobility.models import Attachment
from mobility.queries.merges import ids_of_person

AT_A_TIME = 500  # rows read before they are written


def rows_of(held: Held, beneficiary_id: int) -> Iterator[Row]:
    """The rows of one table that are about the person, oldest first, each as the person may take it."""
    columns = [getattr(model_of(held.table), name) for name in columns_of(held)]
    asked = select(*columns).filter(_about(held, ids_of_person(beneficiary_id))).order_by(model_of(held.table).id)
    for row in db.session.execute(asked.execution_options(yield_per=AT_A_TIME)):
        told = dict(row._mapping)
        yield held.words(told) if held.words else told


def files_of(beneficiary_id: int) -> list[tuple[int, str, str]]:
    """The files kept about a person: number, kind and type of each; their bytes are read one at a time."""
    mine = Attachment.beneficiary_id.in_(ids_of_person(beneficiary_id))
    asked = select(Attachment.id, Attachment.kind, Attachment.media_type).filter(mine)
    return [(id_, kind, media_type) for id_, kind, media_type in db.session.execute(asked.order_by(Attachment.id))]


def bytes_of(attachment_id: int) -> bytes:
    """One file's bytes."""
    return db.session.scalars(select(Attachment.content).filter(Attachment.id == attachment_id)).one()


def columns_of(held: Held) -> tuple[str, ...]:
    """The attributes that are read of a row."""
    names = held.only or _own_columns(held.table)
    return (*(name for name in names if name not in held.leaves_out), *held.also)


@cache
def _own_columns(table: str) -> tuple[str, ...]:
    """All but the bytes, the machine's own, and the numbers of other people's accounts."""
    return tuple(one.key for one in inspect(model_of(table)).column_attrs if one.key not in MACHINE and not _is_hidden(one))


def _is_hidden(one: ColumnProperty[Any]) -> bool:
    (column,) = one.columns
    is_an_account = any(key.column.table.name == "account" for key in column.foreign_keys)
    return is_an_account or isinstance(column.type, LargeBinary)


@cache
def model_of(table: str) -> Any:
    """The mapped class of a table."""
    return next(mapper.class_ for mapper in Base.registry.mappers if str(mapper.local_table) == table)


def _about(held: Held, files: Collection[int]) -> ColumnElement[bool]:
    column = getattr(model_of(held.table), held.column)
    if held.into is None:
        return column.in_(files)
    parent = registry().held[held.into]
    return column.in_(select(getattr(model_of(held.into), held.key)).filter(_about(parent, files)))
