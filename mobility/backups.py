"""One file with everything an installation keeps, read from either engine and put back into either (promises.md "Robustness").

A ZIP: `manifest.json`, then JSON lines for each table, in the order in which rows may point at each other. The keys are not in it.
"""

import base64
import hashlib
import io
import json
import os
import secrets
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import IO, Any

from flask import Flask
from sqlalchemy import JSON, Column, Connection, Date, Insert, LargeBinary, Table, bindparam, create_engine, func, insert, select, text

from mobility.db import Base, schema
from mobility.db.engine import is_empty
from mobility.db.guards import platform_tables
from mobility.db.types import Instant
from mobility.erased_list import Erased, erase_again

FORMAT = 1
MANIFEST = "manifest.json"
_BATCH = 500  # rows written at once


class BackupRefused(Exception):
    """A backup that cannot be made, read or put back: its sentence says why, and nothing was written."""


@dataclass(frozen=True, kw_only=True)
class Part:
    """A table of a backup: its columns, how many rows, and the SHA-256 of its lines."""

    columns: list[str]
    rows: int
    sha256: str


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """What a backup holds; `revision` is the schema's, which whoever puts it back has to share."""

    format: int
    made_at: str
    engine: str
    revision: str
    tables: Mapping[str, Part]

    @property
    def rows(self) -> int:
        """Rows of all tables."""
        return sum(part.rows for part in self.tables.values())


def make(url: str, path: Path, *, now: datetime) -> Manifest:
    """Write everything at `url` (the owner's address) as it stands at one instant into a new file, readable by its owner alone.

    Raises BackupRefused when the file exists or the schema is not this version's; a file cut short is not left behind.
    """
    found = schema.revision(url)
    if found is None or found != schema.newest():
        raise BackupRefused(f"The schema stands at {found or 'nothing'}: run `flask --app wsgi db upgrade` first.")
    if path.exists():
        raise BackupRefused(f"{path} exists: a backup never writes over another.")
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    try:
        with os.fdopen(os.open(draft, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "w+b") as file:
            with _snapshot(url) as connection, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
                told = _write(connection, archive, found, now)
            file.flush()
            os.fsync(file.fileno())
        os.link(draft, path)
    finally:
        draft.unlink(missing_ok=True)
    return told


def look(path: Path) -> Manifest:
    """What a backup holds, every line of it read and its sums checked. Raises BackupRefused for a file that is none, or is damaged."""
    with _opened(path) as archive:
        told = _manifest(archive)
        for name, part in told.tables.items():
            digest, rows = hashlib.sha256(), 0
            for line in _lines(archive, name):
                digest.update(line)
                rows += 1
            if (rows, digest.hexdigest()) != (part.rows, part.sha256):
                raise BackupRefused(f"{path} is damaged: {name} is not as it was written.")
    return told


def restore(app: Flask, path: Path, url: str, *, erased: Sequence[Erased] = ()) -> tuple[Manifest, int]:
    """Put a backup into an empty database, all of it or nothing: the schema, the rows, then the guards; what was written is read again.

    Whom the list `erased` names is erased of it in the same transaction; how many it still knew comes with what it held.
    Raises BackupRefused for a database that holds anything, a backup of another version, or one that is damaged.
    """
    told = look(path)
    if told.revision != schema.newest():
        raise BackupRefused(
            f"This backup was made at revision {told.revision}, this version is at {schema.newest()}: put it back with its own."
        )
    if set(told.tables) != set(Base.metadata.tables):
        raise BackupRefused("This backup does not hold the tables of this version.")
    if not is_empty(url):
        raise BackupRefused("This database holds something: give an empty one, a backup is never put over other data.")
    again = 0

    def fill(connection: Connection) -> None:
        nonlocal again
        _fill(connection, archive, told)
        again = erase_again(connection, app, erased)

    with _opened(path) as archive:
        schema.build(app, url, fill)
    return told, again


@contextmanager
def _snapshot(url: str) -> Iterator[Connection]:
    """A connection on which everything is read as it stood at one instant, while others go on writing."""
    engine = create_engine(url)
    try:
        with engine.connect() as connection:
            if engine.dialect.name == "sqlite":
                connection.exec_driver_sql("BEGIN")
            else:
                connection.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"))
            yield connection
    finally:
        engine.dispose()


def _write(connection: Connection, archive: zipfile.ZipFile, revision: str, now: datetime) -> Manifest:
    platforms = list(connection.scalars(select(Base.metadata.tables["platform"].c.id).order_by("id")))
    parts = {}
    for table in Base.metadata.sorted_tables:
        with archive.open(_member(table.name), "w", force_zip64=True) as file:
            parts[table.name] = _dump(connection, table, platforms, file)
    told = Manifest(format=FORMAT, made_at=now.isoformat(), engine=connection.dialect.name, revision=revision, tables=parts)
    archive.writestr(MANIFEST, json.dumps(asdict(told), indent=1))
    return told


def _dump(connection: Connection, table: Table, platforms: Iterable[int], file: IO[bytes]) -> Part:
    digest, rows = hashlib.sha256(), 0
    for row in _rows(connection, table, platforms):
        line = json.dumps([_said(value) for value in row], ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
        file.write(line)
        digest.update(line)
        rows += 1
    return Part(columns=[column.name for column in table.c], rows=rows, sha256=digest.hexdigest())


def _rows(connection: Connection, table: Table, platforms: Iterable[int]) -> Iterator[Any]:
    """Every row; a platform's tables platform by platform, for row-level security is forced on their owner too."""
    asked = select(table).order_by(table.c.id).execution_options(yield_per=_BATCH)
    if table.name not in platform_tables():
        yield from connection.execute(asked)
        return
    for platform_id in platforms:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT set_config('app.platform_id', :id, true)"), {"id": str(platform_id)})
        yield from connection.execute(asked.filter(table.c.platform_id == platform_id))


def _fill(connection: Connection, archive: zipfile.ZipFile, told: Manifest) -> None:
    platforms: list[int] = []
    for table in Base.metadata.sorted_tables:
        columns = [table.c[name] for name in told.tables[table.name].columns]
        lines = _lines(archive, table.name)
        while batch := list(islice(lines, _BATCH)):
            connection.execute(_insert(columns), [_row(columns, json.loads(line)) for line in batch])
        if table.name == "platform":
            platforms = list(connection.scalars(select(table.c.id).order_by(table.c.id)))
        written = _dump(connection, table, platforms, io.BytesIO())
        if written != told.tables[table.name]:
            raise BackupRefused(f"{table.name} was not taken as it stands in the backup; nothing was kept.")
        if connection.dialect.name == "postgresql":
            last = connection.scalar(select(func.max(table.c.id)))
            connection.execute(text(f"SELECT setval(pg_get_serial_sequence('\"{table.name}\"', 'id'), {last or 1}, {bool(last)})"))
    if connection.dialect.name == "postgresql":
        connection.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))


def _insert(columns: Sequence[Column[Any]]) -> Insert:
    """A row's insertion; nothing in a JSON column that may hold nothing stays nothing, and does not become JSON's null."""
    kinds = [JSON(none_as_null=bool(c.nullable)) if isinstance(c.type, JSON) else c.type for c in columns]
    return insert(columns[0].table).values(
        {column.name: bindparam(f"v_{column.name}", type_=kind) for column, kind in zip(columns, kinds, strict=True)}
    )


def _row(columns: Iterable[Column[Any]], values: Iterable[Any]) -> dict[str, Any]:
    return {f"v_{column.name}": _read(column, value) for column, value in zip(columns, values, strict=True)}


def _said(value: Any) -> Any:
    if isinstance(value, bytes):
        return base64.b64encode(value).decode("ascii")
    return value.isoformat() if isinstance(value, datetime | date) else value


def _read(column: Column[Any], value: Any) -> Any:
    if value is None:
        return None
    if isinstance(column.type, LargeBinary):
        return base64.b64decode(value)
    if isinstance(column.type, Instant):
        return datetime.fromisoformat(value)
    return date.fromisoformat(value) if isinstance(column.type, Date) else value


def _member(table: str) -> str:
    return f"tables/{table}.jsonl"


def _lines(archive: zipfile.ZipFile, table: str) -> Iterator[bytes]:
    with archive.open(_member(table)) as file:
        yield from file


@contextmanager
def _opened(path: Path) -> Iterator[zipfile.ZipFile]:
    try:
        with zipfile.ZipFile(path) as archive:
            yield archive
    except (OSError, zipfile.BadZipFile, zlib.error, KeyError, EOFError) as fault:
        raise BackupRefused(f"{path} cannot be read as a backup: {fault}") from None


def _manifest(archive: zipfile.ZipFile) -> Manifest:
    try:
        told = json.loads(archive.read(MANIFEST))
        parts = {name: Part(**part) for name, part in told.pop("tables").items()}
        found = Manifest(tables=parts, **told)
    except (KeyError, TypeError, ValueError):
        raise BackupRefused("This file is no backup of Point-Étape.") from None
    if found.format != FORMAT:
        raise BackupRefused(f"This backup is of format {found.format}, this version reads {FORMAT}.")
    return found
