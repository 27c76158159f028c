"""Two files of one person become one, and two again when that was a mistake (docs/adr/0032)."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import select, update

from mobility import audit
from mobility.actions.people import fill_keys, lock_beneficiary
from mobility.db import db
from mobility.errors import Conflict, NotFound
from mobility.merging import declared, restored, taken
from mobility.models import Beneficiary, FileMerge
from mobility.queries import strands
from mobility.queries.merges import find_merge, goes_over, obstacles, tables_of_people, undo_until
from mobility.rights import Viewer

_AT = "last_contact_at"


def merge_files(kept_id: int, other_id: int, *, chosen: Collection[str], by: Viewer, now: datetime) -> FileMerge:
    """Have all of the other file be the kept one's; `chosen` are the facts (merging.FACTS) that the other is believed in.

    Said twice, it was done the first time. Raises NotFound, RuleBroken on `chosen`, Conflict for what is in the way.
    """
    if kept_id == other_id:
        raise NotFound
    if (done := find_merge(other_id)) is not None and done.beneficiary_id == kept_id:
        return done
    first, second = (lock_beneficiary(id_) for id_ in sorted((kept_id, other_id)))
    kept, other = (first, second) if first.id == kept_id else (second, first)
    if in_the_way := list(obstacles(kept, other)):
        raise Conflict(" ".join(in_the_way))
    said = taken(kept, other, chosen) | {_AT: max(kept.last_contact_at, other.last_contact_at)}
    merge = FileMerge(beneficiary_id=kept.id, merged_id=other.id, merged_at=now, merged_by=by.account_id)
    merge.last_ids, merge.moved = strands.last_ids(), _move(kept, other)
    merge.before, merge.made = _written({name: getattr(kept, name) for name in said}), _written(said)
    _say(kept, said)
    db.session.add(merge)
    _note("merge_files", merge, kept, other, into=kept.id, by=by, now=now)
    return merge


def part_files(kept_id: int, merge_id: int, *, by: Viewer, now: datetime) -> FileMerge:
    """Undo it: each file has again what it had, and what was added since to what came from it. Said twice, it was done the first time.

    Raises NotFound, Conflict once its time is over or where something ties the two together.
    """
    merge = db.session.get(FileMerge, merge_id)
    if merge is None or merge.beneficiary_id != kept_id:
        raise NotFound
    kept = lock_beneficiary(merge.beneficiary_id)
    db.session.refresh(merge)
    if merge.undone_at is not None:
        return merge
    if now > undo_until(merge):
        raise Conflict("Le temps de défaire cette réunion est passé : les deux dossiers restent un seul.")
    going = strands.going_back(merge)
    if tied := list(strands.obstacles(merge, going)):
        raise Conflict(f"Cette réunion ne se défait plus : {' ; '.join(tied)}.")
    other = db.session.get_one(Beneficiary, merge.merged_id)
    tables = tables_of_people()
    for name, ids in going.items():
        _give(name, other.id, tables[name].c.id.in_(ids))
    _say(kept, restored(kept, _read(merge.before), _read(merge.made)))
    merge.undone_at, merge.undone_by = now, by.account_id
    merge.before, merge.made = {}, {}  # what one file said of the other's person is the other's again
    _note("part_files", merge, kept, other, into=None, by=by, now=now)
    return merge


def _move(kept: Beneficiary, other: Beneficiary) -> dict[str, list[int]]:
    """Give the kept file the other's rows: which ones, by table."""
    moved = {}
    for name, table in tables_of_people().items():
        asked = select(table.c.id).where(goes_over(table, kept, other)).order_by(table.c.id)
        if ids := list(db.session.connection().scalars(asked)):
            _give(name, kept.id, table.c.id.in_(ids))
            moved[name] = ids
    return moved


def _give(name: str, beneficiary_id: int, which: Any) -> None:
    db.session.connection().execute(update(tables_of_people()[name]).where(which).values(beneficiary_id=beneficiary_id))


def _say(person: Beneficiary, said: Mapping[str, Any]) -> None:
    for name, value in said.items():
        setattr(person, name, value)
    fill_keys(person)


def _note(verb: str, merge: FileMerge, kept: Beneficiary, other: Beneficiary, *, into: int | None, by: Viewer, now: datetime) -> None:
    """Leave what changed of each row; each is written as it is noted."""
    audit.record(verb, kept, by=by, now=now, subject=kept)
    other.merged_into_id = into
    audit.record(verb, other, by=by, now=now, subject=other)
    audit.record(verb, merge, by=by, now=now, subject=kept)
    db.session.expire_all()  # rows went over past the mapper
    for each in declared().done:
        each((kept.id, other.id), now)


def _written(said: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in said.items()}


def _read(written: Mapping[str, Any]) -> dict[str, Any]:
    kinds = {name: Beneficiary.__table__.c[name].type.python_type for name in written}
    return {name: _as(kinds[name], value) for name, value in written.items()}


def _as(kind: type, value: Any) -> Any:
    return kind.fromisoformat(value) if isinstance(value, str) and issubclass(kind, date) else value
