"""Who was erased, kept outside the database and its backups: a backup made before knows them still, and they are erased of it again.

A line says a platform, a number, the instant the file was opened (numbers are given anew after an old backup is put back) and no name.
"""

import json
import logging
import os
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date, datetime
from fcntl import LOCK_EX, flock
from pathlib import Path
from typing import Any

from flask import Flask, current_app
from sqlalchemy import Connection, Row, insert, select, text, update

from mobility.db import Base, db
from mobility.erasing_rows import case_of, erase_rows
from mobility.models import Beneficiary, Erasure, Platform
from mobility.settings import Settings

log = logging.getLogger("point_etape.jobs")

FILE = "erased.jsonl"


@dataclass(frozen=True, kw_only=True)
class Erased:
    """One line: which file, since when it was there, and its erasure."""

    platform: str
    number: str
    created_at: str
    erased_at: str
    why: str
    kept_until: str | None


def path_of(app: Flask) -> Path:
    """Where this installation keeps its list."""
    settings: Settings = app.extensions["settings"]
    return settings.data_dir / FILE


def read_list(path: Path) -> list[Erased]:
    """Its lines; none when there is no file. Raises ValueError for a line that is not one of ours."""
    if not path.exists():
        return []
    try:
        return [Erased(**json.loads(line)) for line in path.read_text(encoding="utf-8").splitlines()]
    except (TypeError, ValueError) as fault:
        raise ValueError(f"{path} is no list of erased people: {fault}") from None


def keep_list(*, now: datetime) -> None:
    """Add whom the platform in force has erased and the file does not know. Harmless when done again; a disk that refuses is told."""
    asked = select(Platform.slug, Beneficiary.number, Beneficiary.created_at, Erasure.erased_at, Erasure.why, Erasure.kept_until)
    asked = asked.join(Beneficiary, Beneficiary.id == Erasure.beneficiary_id).join(Platform, Platform.id == Erasure.platform_id)
    told = [_line(row) for row in db.session.execute(asked.order_by(Erasure.id))]
    path = path_of(current_app._get_current_object())  # type: ignore[attr-defined]
    try:
        if told:
            _add(path, told)
    except OSError as refused:
        log.error("the list of erased people could not be written: %s", type(refused).__name__)


def begin_list(app: Flask) -> None:
    """Have a list beside the first backup, empty while nobody was erased, so that it can be told from one that was lost."""
    _add(path_of(app), [])


def _line(row: Row[*tuple[Any, ...]]) -> Erased:
    slug, number, created_at, erased_at, why, kept_until = row
    until = kept_until.isoformat() if kept_until else None
    return Erased(
        platform=slug, number=number, created_at=created_at.isoformat(), erased_at=erased_at.isoformat(), why=why, kept_until=until
    )


def _add(path: Path, told: list[Erased]) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600), "a", encoding="utf-8") as file:
        flock(file, LOCK_EX)  # two who add at once come one after the other
        known = set(read_list(path))
        file.writelines(json.dumps(asdict(one)) + "\n" for one in told if one not in known)
        file.flush()
        os.fsync(file.fileno())


def erase_again(connection: Connection, app: Flask, lines: Iterable[Erased]) -> int:
    """Erase of a backup just put back whom the list names, before the guards are laid; how many it still knew."""
    return sum(_erase(connection, app, line) for line in lines)


def _erase(connection: Connection, app: Flask, line: Erased) -> bool:
    platform, person, erasure = (Base.metadata.tables[name] for name in ("platform", "beneficiary", "erasure"))
    platform_id = connection.scalar(select(platform.c.id).where(platform.c.slug == line.platform))
    if platform_id is None:
        return False
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT set_config('app.platform_id', :id, true)"), {"id": str(platform_id)})
    same = (person.c.platform_id == platform_id) & (person.c.number == line.number)
    same &= (person.c.created_at == datetime.fromisoformat(line.created_at)) & person.c.erased_at.is_(None)
    id_, at = connection.scalar(select(person.c.id).where(same)), datetime.fromisoformat(line.erased_at)
    if id_ is None:
        return False
    case = case_of(connection, platform_id, id_, at)
    connection.execute(update(person).where(person.c.id == id_).values(erased_at=at))
    erase_rows(connection, case, held=app.extensions["held"], fates=app.extensions["fates"])
    until = date.fromisoformat(line.kept_until) if line.kept_until else None
    told = {"platform_id": platform_id, "beneficiary_id": id_, "why": line.why, "kept_until": until}
    connection.execute(insert(erasure).values(erased_at=at, sealed_at=at, **told))
    noted = {"platform_id": platform_id, "at": at, "verb": "erase_again", "table_name": "beneficiary", "row_id": id_, "changes": {}}
    connection.execute(insert(Base.metadata.tables["audit_entry"]).values(subject_number=line.number, **noted))
    return True
