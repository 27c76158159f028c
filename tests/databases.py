"""Databases for tests, migrated once per worker and emptied before each test."""

import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from itertools import count
from pathlib import Path

import psycopg
from psycopg import sql
from sqlalchemy import event, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection

from mobility.db import Base, db
from mobility.db.schema import upgrade
from mobility.settings import Settings
from mobility.web.edge import PointEtape
from tests.house import FakeClock, House, Outside, make_house, make_settings
from wsgi import create_app


class TestDatabase:
    """An application on its own database. `outside` holds the recording ports."""

    __test__ = False
    app: PointEtape
    url: str
    owner_url: str

    def __init__(self, folder: Path, clock: FakeClock) -> None:
        self.folder, self.clock, self.outside = folder, clock, Outside(clock)
        self._house: tuple[House, Callable[[], None]] | None = None

    def make_app(self, settings: Settings) -> PointEtape:
        """The application under test, its ports recorded, its clock ours."""
        app = create_app(settings, clock=self.clock, **self.outside.ports())
        app.testing = True
        return app

    def sweep(self) -> None:
        """Empty every table."""
        raise NotImplementedError

    def keep(self) -> Callable[[], None]:
        """How to put back what stands here now, which is quicker than writing it again."""
        raise NotImplementedError

    def open_house(self) -> House:
        """Empty every table but for one house, the clock's hour being each time the same."""
        if self._house is None:
            self.sweep()
            self._house = make_house(self.app, self.clock), self.keep()
        else:
            self._house[1]()
        return replace(self._house[0], accounts=dict(self._house[0].accounts))

    def hang_up(self) -> bool:
        """End every connection of the application, as a server that starts anew does; whether there was one to end."""
        return False

    def close(self) -> None:
        with self.app.app_context():
            db.engine.dispose()


class SqliteDatabase(TestDatabase):
    """A file per worker; sweeping puts the migrated file back."""

    def __init__(self, folder: Path, clock: FakeClock) -> None:
        super().__init__(folder, clock)
        self.file, self.template = folder / "test.sqlite3", folder / "template.sqlite3"
        self._kept = count()
        self.url = self.owner_url = f"sqlite:///{self.file}"
        self.app = self.make_app(make_settings(self.url, folder))
        with self.app.app_context():
            event.listen(db.engine, "connect", _without_waiting_for_the_disk, insert=True)
            db.engine.dispose()
        shutil.copy(self.file, self.template)

    def sweep(self) -> None:
        self._put(self.template)

    def keep(self) -> Callable[[], None]:
        kept = self.folder / f"kept-{next(self._kept)}.sqlite3"
        self._close_file()
        shutil.copy(self.file, kept)
        return lambda: self._put(kept)

    def _put(self, template: Path) -> None:
        self._close_file()
        shutil.copy(template, self.file)
        self.outside.forget()

    def _close_file(self) -> None:
        """The last connection to go writes the journal into the file; what a crash left of it goes too."""
        with self.app.app_context():
            db.engine.dispose()
        for left in self.folder.glob("test.sqlite3-*"):
            left.unlink()


def _without_waiting_for_the_disk(connection: DBAPIConnection, _record: object) -> None:
    """As our PostgreSQL has it in tests/postgres.py: a power cut during a test run loses nothing of anybody."""
    cursor = connection.cursor()
    cursor.execute("PRAGMA synchronous = OFF")
    cursor.close()


# A test fills a few tables of many: TRUNCATE would make new files for every one of them and its indexes. A function keeps its plans.
_SWEEPER = "CREATE FUNCTION pg_temp.sweep() RETURNS void LANGUAGE plpgsql AS $$ BEGIN {each} END $$"
_SWEEP = """IF EXISTS (SELECT FROM {table}) THEN DELETE FROM {table}; END IF;
PERFORM setval({sequence}, 1, false) FROM {numbers} WHERE is_called;"""
_SEQUENCES = "SELECT name, pg_get_serial_sequence(quote_ident(name), 'id') FROM unnest(%s::text[]) AS name"
_COUNTED = "SELECT sequencename, last_value FROM pg_sequences WHERE last_value IS NOT NULL"


class PostgresqlDatabase(TestDatabase):
    """A database per worker, reached as the application's role; the superuser sweeps."""

    def __init__(self, folder: Path, clock: FakeClock, server_url: str, *, suffix: str = "") -> None:
        super().__init__(folder, clock)
        self.name = f"pe_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}_{os.getpid()}{suffix}"
        self.server_url = server_url
        with psycopg.connect(server_url, autocommit=True) as server:
            server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(self.name)))
            server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(self.name)))
        self.owner_url = address_in(server_url, self.name)
        self.url = self.owner_url
        self.app = self.make_app(make_settings(self.url, folder))
        upgrade(self.app, self.owner_url)
        self._plain = psycopg.connect(make_url(self.owner_url).set(drivername="postgresql").render_as_string(False), autocommit=True)
        # The superuser's own way around the append-only triggers, for emptying only.
        self._plain.execute("SET session_replication_role = replica")
        self._tables = [table.name for table in Base.metadata.sorted_tables]
        sequences = self._plain.execute(_SEQUENCES, [self._tables]).fetchall()
        each = [_sweep_of(name, sequence) for name, sequence in sequences]
        self._plain.execute(sql.SQL(_SWEEPER).format(each=sql.SQL("\n").join(each)))

    def sweep(self) -> None:
        with self.app.app_context():
            db.session.remove()
        self._plain.execute("SELECT pg_temp.sweep()")
        self.outside.forget()

    def keep(self) -> Callable[[], None]:
        rows = {name: self._copy_out(name) for name in self._tables if self._plain.execute(_any(name)).fetchone() is not None}
        counted = [sql.SQL("setval({}, {})").format(*map(sql.Literal, row)) for row in self._plain.execute(_COUNTED)]

        def again() -> None:
            self.sweep()
            with self._plain.transaction(), self._plain.cursor() as cursor:
                for name, data in rows.items():
                    with cursor.copy(sql.SQL("COPY {} FROM STDIN (FORMAT BINARY)").format(sql.Identifier(name))) as copy:
                        copy.write(data)
                if counted:
                    cursor.execute(sql.SQL("SELECT {}").format(sql.SQL(", ").join(counted)))

        return again

    def _copy_out(self, name: str) -> bytes:
        with self._plain.cursor().copy(sql.SQL("COPY {} TO STDOUT (FORMAT BINARY)").format(sql.Identifier(name))) as copy:
            return b"".join(bytes(part) for part in copy)

    def hang_up(self) -> bool:
        every = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        return bool(self._plain.execute(every).fetchall())

    def close(self) -> None:
        super().close()
        self._plain.close()
        with psycopg.connect(self.server_url, autocommit=True) as server:
            server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(self.name)))


def _any(table: str) -> sql.Composed:
    return sql.SQL("SELECT FROM {} LIMIT 1").format(sql.Identifier(table))


def _sweep_of(table: str, sequence: str) -> sql.Composed:
    schema, name = sequence.split(".")
    return sql.SQL(_SWEEP).format(table=sql.Identifier(table), sequence=sql.Literal(sequence), numbers=sql.Identifier(schema, name))


def address_in(server_url: str, name: str) -> str:
    """The address of a database of the test server."""
    url = make_url(server_url.replace("@/", "@localhost/", 1) if "@/" in server_url else server_url)
    return url.set(drivername="postgresql+psycopg", database=name).render_as_string(hide_password=False)
