"""The restore drill: everything in one file, back on either engine, to the row; a file that lies is refused (promises.md "Robustness")."""

import json
import os
import stat
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg import sql
from sqlalchemy import create_engine, func, select

from billing.models import JournalEntry, LedgerLine
from billing.queries import verify_books
from mobility import backups
from mobility.backups import BackupRefused
from mobility.db import Base, db
from mobility.db.engine import is_empty
from mobility.rights import Role
from tests.databases import TestDatabase, address_in
from tests.house import FakeClock, House, make_house, make_settings
from tests.lived import two_demos
from tests.rental import RentalDesk

Empty = Callable[[str], str]


@pytest.fixture
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Empty]:
    """Makes an empty database of an engine; its owner's address."""
    server_url, made = request.getfixturevalue("postgres_url"), list[sql.Identifier]()

    def make(engine: str) -> str:
        if engine == "sqlite":
            return f"sqlite:///{tmp_path / 'again.sqlite3'}"
        name = f"pe_again_{os.getpid()}"
        with psycopg.connect(server_url, autocommit=True) as server:
            server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        made.append(sql.Identifier(name))
        return address_in(server_url, name)

    yield make
    for name in made:
        with psycopg.connect(server_url, autocommit=True) as server:
            server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(name))


@pytest.fixture
def lived(house: House) -> House:
    """A rental out, its books written, and a second platform beside it."""
    RentalDesk(house).out()
    make_house(house.app, FakeClock(house.clock()), "autre")
    return house


def figures(url: str) -> dict[str, object]:
    """Rows of every table, and the money of the books, read as the owner who sees every platform."""
    engine = create_engine(url)
    with engine.connect() as connection:
        counts = {name: connection.scalar(select(func.count()).select_from(table)) for name, table in Base.metadata.tables.items()}
        money = connection.execute(select(func.sum(LedgerLine.debit_cents), func.sum(LedgerLine.credit_cents))).one()
    engine.dispose()
    return counts | {"debit": int(money[0] or 0), "credit": int(money[1] or 0)}


def drill(database: TestDatabase, house: House, folder: Path, into: str) -> dict[str, object]:
    """Made, looked at, put back into a new database, opened there, and its books and its door tried."""
    file = folder / "tout.zip"
    made = backups.make(database.owner_url, file, now=house.clock())
    assert backups.look(file) == made and stat.S_IMODE(file.stat().st_mode) == 0o600
    assert backups.restore(house.app, file, into) == (made, 0)
    told = figures(into)
    assert told == figures(database.owner_url) and made.rows == sum(told[name] for name in Base.metadata.tables)  # type: ignore[misc]
    again = database.make_app(make_settings(into, folder))
    there = House(**{**vars(house), "app": again})
    with there.reading():
        assert verify_books() is None
        assert len(db.session.scalars(select(JournalEntry)).all()) > 0
    assert there.client(Role.ADVISER).get(there.page("desk")).status_code == 200
    assert make_house(again, FakeClock(house.clock()), "tierce").platform_id > house.platform_id, "new rows come after those put back"
    with again.app_context():
        db.engine.dispose()
    return told


def test_what_was_kept_comes_back_to_the_row_on_the_other_engine(
    database: TestDatabase, lived: House, tmp_path: Path, empty: Empty
) -> None:
    other = "postgresql" if database.owner_url.startswith("sqlite") else "sqlite"
    told = drill(database, lived, tmp_path, empty(other))
    assert told["debit"] == told["credit"] != 0


@pytest.mark.proof
@pytest.mark.parametrize("to", ["sqlite", "postgresql"])
def test_the_demonstration_comes_back_to_the_row(database: TestDatabase, clock: FakeClock, tmp_path: Path, empty: Empty, to: str) -> None:
    database.sweep()
    house, _ = two_demos(database, clock)
    told = drill(database, house, tmp_path, empty(to))
    of = database.owner_url.partition(":")[0]
    rows = sum(told[name] for name in Base.metadata.tables)  # type: ignore[misc]
    print(f"restore drill {of} → {to}: {rows} rows of {len(Base.metadata.tables)} tables, {told['debit']} cents a side, books verified")


def test_a_backup_is_never_put_over_anything(database: TestDatabase, lived: House, tmp_path: Path) -> None:
    file = tmp_path / "tout.zip"
    backups.make(database.owner_url, file, now=lived.clock())
    before = figures(database.owner_url)
    with pytest.raises(BackupRefused, match="holds something"):
        backups.restore(lived.app, file, database.owner_url)
    with pytest.raises(BackupRefused, match="exists"):
        backups.make(database.owner_url, file, now=lived.clock())
    assert figures(database.owner_url) == before and [path.name for path in tmp_path.iterdir() if "tout" in path.name] == ["tout.zip"]


def lies(whole: Path, folder: Path) -> Iterator[Path]:
    """A backup cut short, some whose disk lost a byte, one of another line, one of another revision, and a ZIP that is no backup."""
    cut, other, raw = folder / "coupe.zip", folder / "autre.zip", whole.read_bytes()
    cut.write_bytes(raw[:-2000])
    with zipfile.ZipFile(whole) as archive:
        longest = max(archive.infolist(), key=lambda one: one.compress_size)
    for place in range(longest.header_offset + 200, longest.header_offset + longest.compress_size, longest.compress_size // 6):
        lost = folder / f"octet-{place}.zip"
        lost.write_bytes(raw[:place] + bytes([raw[place] ^ 0xFF]) + raw[place + 1 :])
        yield lost
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("lisez.txt", "rien")
    yield from (cut, other)
    for lie in ("ligne", "version"):
        with zipfile.ZipFile(whole) as source, zipfile.ZipFile(folder / f"{lie}.zip", "w") as archive:
            for name in source.namelist():
                told = source.read(name)
                if (lie, name) == ("ligne", "tables/ledger_line.jsonl"):
                    assert b"30000" in told
                    told = told.replace(b"30000", b"31000", 1)
                if (lie, name) == ("version", backups.MANIFEST):
                    told = json.dumps(json.loads(told) | {"revision": "0001"}).encode()
                archive.writestr(name, told)
        yield folder / f"{lie}.zip"


def test_a_file_that_lies_is_refused_and_nothing_is_written(database: TestDatabase, lived: House, tmp_path: Path) -> None:
    whole, into = tmp_path / "tout.zip", tmp_path / "again.sqlite3"
    backups.make(database.owner_url, whole, now=lived.clock())
    for false in lies(whole, tmp_path):
        with pytest.raises(BackupRefused):
            backups.restore(lived.app, false, f"sqlite:///{into}")
        assert not into.exists() or not into.stat().st_size, false.name


def test_a_restore_that_breaks_in_its_middle_leaves_nothing(
    database: TestDatabase, lived: House, tmp_path: Path, empty: Empty, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full disk, a server that goes: the database is as empty as before."""
    file, into = tmp_path / "tout.zip", empty(database.owner_url.partition("+")[0].partition(":")[0])
    backups.make(database.owner_url, file, now=lived.clock())
    row, left = backups._row, iter(range(100))

    def breaks(columns: object, values: object) -> object:
        if next(left) == 99:
            raise RuntimeError("the server is gone")
        return row(columns, values)  # type: ignore[arg-type]

    with monkeypatch.context() as broken, pytest.raises(RuntimeError, match="is gone"):
        broken.setattr(backups, "_row", breaks)
        backups.restore(lived.app, file, into)
    assert is_empty(into)
