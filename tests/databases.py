"""Databases for tests, migrated once per worker and emptied before each test."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import psycopg
from psycopg import sql
from sqlalchemy import event, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection

from mobility.db import Base, db
from mobility.db.schema import upgrade
from mobility.settings import Settings
from mobility.web.edge import PointEtape
from tests.house import FakeClock, Outside, make_settings
from wsgi import create_app


class TestDatabase:
    """An application on its own database. `outside` holds the recording ports."""

    __test__ = False
    app: PointEtape
    url: str
    owner_url: str

    def __init__(self, folder: Path, clock: FakeClock) -> None:
        self.folder, self.clock, self.outside = folder, clock, Outside(clock)

    def make_app(self, settings: Settings) -> PointEtape:
        """The application under test, its ports recorded, its clock ours."""
        app = create_app(settings, clock=self.clock, **self.outside.ports())
        app.testing = True
        return app

    def sweep(self) -> None:
        """Empty every table."""
        raise NotImplementedError

    def keep(self) -> Callable[[], None] | None:
        """How to put back what stands here now; None where that is no quicker than writing it again."""
        return None

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
        self.url = self.owner_url = f"sqlite:///{self.file}"
        self.app = self.make_app(make_settings(self.url, folder))
        with self.app.app_context():
            event.listen(db.engine, "connect", _without_waiting_for_the_disk, insert=True)
            db.engine.dispose()
        shutil.copy(self.file, self.template)

    def sweep(self) -> None:
        self._put(self.template)

    def keep(self) -> Callable[[], None]:
        kept = self.folder / "kept.sqlite3"
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


# A test fills a few tables of many: TRUNCATE would make new files for every one of them and its indexes.
_SWEEP = """DO $$ DECLARE name text; filled boolean; BEGIN
  FOREACH name IN ARRAY ARRAY[{tables}] LOOP
    EXECUTE format('SELECT EXISTS (SELECT FROM %I)', name) INTO filled;
    IF filled THEN EXECUTE format('DELETE FROM %I', name); END IF;
    PERFORM setval(pg_get_serial_sequence(quote_ident(name), 'id'), 1, false);
  END LOOP;
END $$"""


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
        tables = sql.SQL(", ").join(sql.Literal(t.name) for t in Base.metadata.sorted_tables)
        self._sweeping = sql.SQL(_SWEEP).format(tables=tables)

    def sweep(self) -> None:
        with self.app.app_context():
            db.session.remove()
        self._plain.execute(self._sweeping)
        self.outside.forget()

    def hang_up(self) -> bool:
        every = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        return bool(self._plain.execute(every).fetchall())

    def close(self) -> None:
        super().close()
        self._plain.close()
        with psycopg.connect(self.server_url, autocommit=True) as server:
            server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(self.name)))


def address_in(server_url: str, name: str) -> str:
    """The address of a database of the test server."""
    url = make_url(server_url.replace("@/", "@localhost/", 1) if "@/" in server_url else server_url)
    return url.set(drivername="postgresql+psycopg", database=name).render_as_string(hide_password=False)
