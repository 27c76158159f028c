"""Takes a person out of every table, as the packages declared it: the same statements for an act of today and for a backup put back.

Plain statements on one connection: the caller's transaction keeps all of it or nothing.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    String,
    Table,
    and_,
    cast,
    delete,
    exists,
    func,
    literal,
    select,
    union_all,
    update,
)

from mobility.db import Base
from mobility.erasing import GONE, OF_ITS_ROW, OF_THE_DAY, OF_THE_PERSON, Case, Fates, Gone, Stripped
from mobility.held import Held, Registry
from mobility.queries.retention import by_hundreds

_OF_ACCOUNTS = {"account": "id", "account_session": "account_id", "api_token": "account_id", "link": "account_id"}


def case_of(connection: Connection, platform_id: int, beneficiary_id: int, at: datetime) -> Case:
    """The person as they are still told of, read before anything is taken away."""
    tables = Base.metadata.tables
    person = tables["beneficiary"]
    row = connection.execute(select(person).where(person.c.platform_id == platform_id, person.c.id == beneficiary_id)).mappings().one()
    grant, account = tables["grant"], tables["account"]
    own = select(account.c.email, account.c.phone).join(grant, grant.c.account_id == account.c.id)
    own = own.where(grant.c.platform_id == platform_id, grant.c.beneficiary_id == beneficiary_id)
    told = {row["email"], row["phone"], *(each for line in connection.execute(own) for each in line)}
    return Case(
        platform_id=platform_id,
        beneficiary_id=beneficiary_id,
        number=row["number"],
        first_name=row["first_name"],
        last_name=row["last_name"],
        addresses=tuple(sorted(each for each in told if each)),
        at=at,
    )


def erase_rows(connection: Connection, case: Case, *, held: Registry, fates: Fates) -> dict[str, int]:
    """Empty what is emptied, then delete what goes, children first; how many rows of each table. Once more, it changes nothing."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("PRAGMA secure_delete = ON")  # what is deleted is written over, in the file too
    for act in fates.more:
        act(connection, case)
    ways = held.held
    found = {name: _ids(connection, name, ways, case) for name, fate in fates.tables.items() if isinstance(fate, Gone) or fate.empties}
    for name, fate in fates.tables.items():
        if isinstance(fate, Stripped) and fate.empties:
            _strip(connection, Base.metadata.tables[name], fate, found[name], case)
    for table in reversed(Base.metadata.sorted_tables):
        if isinstance(fates.tables.get(table.name), Gone):
            for some in by_hundreds(found[table.name]):
                connection.execute(delete(table).where(table.c.id.in_(some)))
    return {name: len(ids) for name, ids in found.items() if ids}


def rows_about(connection: Connection, case: Case, *, held: Registry, fates: Fates) -> dict[str, int]:
    """How many rows of each table an erasure would be about, tables without any left out."""
    asked = (_asked(name, held.held, case, func.count()).add_columns(literal(place)) for place, name in enumerate(fates.tables))
    counts = {place: count for count, place in connection.execute(union_all(*asked))}  # one question for all of them
    return {name: counts[place] for place, name in enumerate(fates.tables) if counts[place]}


def _ids(connection: Connection, name: str, ways: dict[str, Held], case: Case) -> Sequence[int]:
    id_ = Base.metadata.tables[name].c.id
    return connection.scalars(_asked(name, ways, case, id_).order_by(id_)).all()


def _asked(name: str, ways: dict[str, Held], case: Case, what: ColumnElement[Any]) -> Select[Any]:
    table = Base.metadata.tables[name]
    asked = select(what).select_from(table).where(_about(name, ways, case))
    if (column := _OF_ACCOUNTS.get(name)) is not None:
        asked = asked.where(_is_theirs_alone(table.c[column], case))
    return asked


def _about(name: str, ways: dict[str, Held], case: Case) -> ColumnElement[bool]:
    """Whose rows they are, inside the one platform."""
    table, way = Base.metadata.tables[name], ways[name]
    here: list[ColumnElement[bool]] = [table.c.platform_id == case.platform_id] if "platform_id" in table.c else []
    if way.into is None:
        return and_(*here, table.c[way.column] == case.beneficiary_id)
    above = Base.metadata.tables[way.into]
    return and_(*here, table.c[way.column].in_(select(above.c[way.key]).where(_about(way.into, ways, case))))


def _is_theirs_alone(account_id: ColumnElement[Any], case: Case) -> ColumnElement[bool]:
    """Whether an account opens nothing but this file: another platform's, or a place on the staff, keeps it."""
    other = Base.metadata.tables["grant"].alias()
    same = (other.c.platform_id == case.platform_id) & (other.c.beneficiary_id == case.beneficiary_id)
    return ~exists().where(other.c.account_id == account_id, other.c.beneficiary_id.is_(None) | ~same)


def _strip(connection: Connection, table: Table, fate: Stripped, ids: Sequence[int], case: Case) -> None:
    values = dict(_values(table, fate, case))
    for some in by_hundreds(ids):
        connection.execute(update(table).where(table.c.id.in_(some)).values(values))


def _values(table: Table, fate: Stripped, case: Case) -> Iterator[tuple[str, Any]]:
    told = {
        OF_ITS_ROW: literal(f"{GONE}-") + cast(table.c.id, String),
        OF_THE_PERSON: case.number,
        OF_THE_DAY: case.at,
    }
    for name, value in fate.empties.items():
        yield name, told.get(value, value) if isinstance(value, str) else value
