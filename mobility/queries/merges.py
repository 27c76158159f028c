"""Two files made one: which tables' rows go over, what is in the way, which files are one person's."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from sqlalchemy import ColumnElement, Table, UniqueConstraint, and_, exists, false, func, literal, or_, select, union_all

from mobility import practice
from mobility.db import Base, db
from mobility.held import registry
from mobility.merging import UNDO_DAYS, Fact, declared, differing, learnt, undone_until
from mobility.models import Beneficiary, FileMerge
from mobility.periods import paris_day
from mobility.queries.retention import find_open_notice

# They tell of a file, not of the person: that it looks like another or is one with it, who looked at it, when it is to end and that it did.
OF_A_FILE = frozenset({"beneficiary", "distinction", "erasure", "file_look", "file_merge", "retention_notice"})
_WHOSE = "beneficiary_id"


@dataclass(frozen=True, kw_only=True)
class Preview:
    """What uniting two files would do: the facts they say differently, those that the other alone knows, and what is in the way.

    `moving` and `staying` are how many rows of what, by the name people know it by.
    """

    kept: Beneficiary
    other: Beneficiary
    facts: Sequence[Fact]
    learnt: Sequence[Fact]
    moving: Sequence[tuple[str, int]]
    staying: Sequence[tuple[str, int]]
    obstacles: Sequence[str]


def preview(kept: Beneficiary, other: Beneficiary) -> Preview:
    """What the adviser reads before saying yes."""
    return Preview(
        kept=kept,
        other=other,
        facts=differing(kept, other),
        learnt=learnt(kept, other),
        moving=_counted(kept, other, goes_over),
        staying=_counted(kept, other, _stays),
        obstacles=list(obstacles(kept, other)),
    )


def obstacles(kept: Beneficiary, other: Beneficiary) -> Iterator[str]:
    """Sentences of what must be put in order first."""
    if find_open_notice(other.id) is not None:
        yield f"Un avertissement court sur le dossier {other.number} : refermez-le d’abord, la personne est revenue."
    for each in declared().uniting:
        yield from each(kept.id, other.id)


@cache
def tables_of_people() -> dict[str, Table]:
    """The tables whose rows are a person's by `beneficiary_id`, those that go over with them."""
    return {
        table.name: table
        for table in Base.metadata.sorted_tables
        if table.name not in OF_A_FILE
        and _WHOSE in table.c
        and (table.name == "grant" or any(key.referred_table.name == "beneficiary" for key in table.foreign_key_constraints))
    }


def goes_over(table: Table, kept: Beneficiary, other: Beneficiary) -> ColumnElement[bool]:
    """The other file's rows that go over: where a person has one of a kind and the kept file has it, the other's stays where it is."""
    return and_(_of(table, other), *(~same for same in _twins(table, kept)))


def _stays(table: Table, kept: Beneficiary, other: Beneficiary) -> ColumnElement[bool]:
    return and_(_of(table, other), or_(false(), *_twins(table, kept)))


def _of(table: Table, person: Beneficiary) -> ColumnElement[bool]:
    return and_(table.c.platform_id == person.platform_id, table.c[_WHOSE] == person.id)


def _twins(table: Table, kept: Beneficiary) -> Iterator[ColumnElement[bool]]:
    """Whether the kept file has a row that a key of the table lets a person have once."""
    for constraint in table.constraints:
        names = [column.name for column in constraint.columns] if isinstance(constraint, UniqueConstraint) else []
        if _WHOSE in names:
            held = table.alias()
            same = [held.c[name] == table.c[name] for name in names if name != _WHOSE]
            yield exists().where(held.c[_WHOSE] == kept.id, *same)


def find_merge(merged_id: int) -> FileMerge | None:
    """The merge by which a file went into another, where it stands."""
    return db.session.scalar(select(FileMerge).filter(FileMerge.merged_id == merged_id, FileMerge.undone_at.is_(None)))


def list_merges_into(kept_id: int) -> Sequence[tuple[FileMerge, Beneficiary]]:
    """The files that went into this one and stand there, the latest first."""
    asked = select(FileMerge, Beneficiary).join(Beneficiary, Beneficiary.id == FileMerge.merged_id)
    rows = db.session.execute(
        asked.filter(FileMerge.beneficiary_id == kept_id, FileMerge.undone_at.is_(None)).order_by(FileMerge.id.desc())
    )
    return [(merge, person) for merge, person in rows]


def ids_of_person(beneficiary_id: int) -> list[int]:
    """The ids of all the files that are this one's person's: its own first, then those that went into it, and into those."""
    found, latest = [beneficiary_id], [beneficiary_id]
    while latest:
        latest = list(db.session.scalars(select(Beneficiary.id).filter(Beneficiary.merged_into_id.in_(latest)).order_by(Beneficiary.id)))
        found += latest
    return found


def undo_until(merge: FileMerge) -> datetime:
    """The last instant at which this merge can be undone, by the platform's rule of its day."""
    return undone_until(merge.merged_at, int(practice.value_on(UNDO_DAYS.key, paris_day(merge.merged_at))))


def _counted(
    kept: Beneficiary, other: Beneficiary, which: Callable[[Table, Beneficiary, Beneficiary], ColumnElement[bool]]
) -> list[tuple[str, int]]:
    """How many rows, by the name people know each thing by; tables without any left out."""
    tables = list(tables_of_people().values())
    asked = (select(literal(place), func.count()).select_from(table).where(which(table, kept, other)) for place, table in enumerate(tables))
    counts: dict[int, int] = {place: count for place, count in db.session.connection().execute(union_all(*asked))}
    return [(registry().held[table.name].title, counts[place]) for place, table in enumerate(tables) if counts[place]]
