"""What goes back to a file when two are parted again: the rows that came from it, and those that have hung on them since."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import ColumnElement, FromClause, Table, and_, exists, select

from mobility.db import db
from mobility.held import registry
from mobility.merging import declared
from mobility.models import FileMerge
from mobility.queries.merges import tables_of_people

Going = dict[str, set[int]]


@dataclass(frozen=True, kw_only=True)
class Edge:
    """A row of `one` points by `column` at a row of `other`, both of them a person's."""

    one: Table
    column: str
    other: Table


def going_back(merge: FileMerge) -> Going:
    """The ids that go back, by table: what came, as far as it is still the kept file's, and what was added since and hangs on it."""
    tables = tables_of_people()
    going = {name: set(_still(tables[name], merge, ids)) for name, ids in merge.moved.items()}
    edges = list(_edges())
    while any(_follow(edge, going, merge) for edge in edges):
        pass
    return {name: ids for name, ids in going.items() if ids}


def obstacles(merge: FileMerge, going: Going) -> Iterator[str]:
    """Sentences of what has tied the two together since: rows that would point from one file into the other."""
    for edge in _edges():
        one, other = edge.one.alias(), edge.other.alias()
        both = and_(_is_of(one, merge), _is_of(other, merge), one.c[edge.column] == other.c.id)
        parted = one.c.id.in_(_ids(going, edge.one)) != other.c.id.in_(_ids(going, edge.other))
        if db.session.connection().scalar(select(exists().where(both, parted))):
            yield f"depuis, {_title(edge.one)} et {_title(edge.other)} tiennent ensemble d’un dossier à l’autre"
    for each in declared().parting:
        yield from each(merge.beneficiary_id, going)


def last_ids() -> dict[str, int]:
    """The last row of each table by now: what comes after has a greater id."""
    connection = db.session.connection()
    return {
        name: connection.scalar(select(table.c.id).order_by(table.c.id.desc()).limit(1)) or 0 for name, table in tables_of_people().items()
    }


def _follow(edge: Edge, going: Going, merge: FileMerge) -> bool:
    """Whether rows added since, at either end, were found to hang on what goes."""
    pointing = edge.one.c[edge.column].in_(_ids(going, edge.other))
    pointed = edge.other.c.id.in_(select(edge.one.c[edge.column]).where(edge.one.c.id.in_(_ids(going, edge.one))))
    return _add(edge.one, pointing, going, merge) | _add(edge.other, pointed, going, merge)


def _add(table: Table, hangs: ColumnElement[bool], going: Going, merge: FileMerge) -> bool:
    known = going.setdefault(table.name, set())
    # A table that an upgrade brought since was not there: all of its rows came after.
    since = and_(_is_of(table, merge), table.c.id > merge.last_ids.get(table.name, 0), hangs)
    found = set(db.session.connection().scalars(select(table.c.id).where(since))) - known
    known |= found
    return bool(found)


def _still(table: Table, merge: FileMerge, ids: list[int]) -> list[int]:
    return list(db.session.connection().scalars(select(table.c.id).where(_is_of(table, merge), table.c.id.in_(ids))))


def _is_of(table: FromClause, merge: FileMerge) -> ColumnElement[bool]:
    return and_(table.c.platform_id == merge.platform_id, table.c.beneficiary_id == merge.beneficiary_id)


def _ids(going: Going, table: Table) -> list[int]:
    return sorted(going.get(table.name, ()))


def _edges() -> Iterator[Edge]:
    tables = tables_of_people()
    for table in tables.values():
        for key in table.foreign_key_constraints:
            if key.referred_table.name in tables:
                (column,) = (name for name in key.column_keys if name != "platform_id")
                yield Edge(one=table, column=column, other=key.referred_table)


def _title(table: Table) -> str:
    return f"« {registry().held[table.name].title} »"
