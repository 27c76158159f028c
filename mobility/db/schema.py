"""Building and upgrading the schema, with the owner's rights; the guards are laid again after every upgrade."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from sqlalchemy import Connection, create_engine, event, text

from mobility.db.guards import install

MIGRATIONS = Path(__file__).parent.parent / "migrations"


def upgrade(app: Flask, url: str, *, to: str = "head") -> None:
    """Bring the database at `url` (the owner's address) to a revision, then lay the guards. One transaction on both engines."""
    with _owner(url) as connection:
        _run(connection, lambda config: command.upgrade(config, to))
        if to == "head":
            install(connection, app.extensions.get("guards", []))


def build(app: Flask, url: str, fill: Callable[[Connection], None]) -> None:
    """Make the schema in an empty database, have it filled, then lay the guards: they watch rows that come, not rows that come back."""
    with _owner(url) as connection:
        _run(connection, lambda config: command.upgrade(config, "head"))
        fill(connection)
        install(connection, app.extensions.get("guards", []))


def downgrade(url: str, *, to: str) -> None:
    """Take the database back to an earlier revision ("base" for nothing)."""
    with _owner(url) as connection:
        _run(connection, lambda config: command.downgrade(config, to))


def revision(url: str) -> str | None:
    """The revision the database stands at; None before the first."""
    engine = create_engine(url)
    try:
        with engine.connect() as connection:
            return MigrationContext.configure(connection).get_current_revision()
    finally:
        engine.dispose()


def newest() -> str | None:
    """The revision this version of the code wants."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    return ScriptDirectory.from_config(config).get_current_head()


def _run(connection: Connection, act: Callable[[Config], None]) -> None:
    """Run migrations, with what would be in their way put aside.

    On SQLite the triggers go first: one that names a table keeps it from being rebuilt; they are laid again after. On PostgreSQL the
    owner stands under row-level security too, as no platform: a change of the rows that are there would find none of them.
    """
    with _rows_in_sight(connection):
        _migrate(connection, act)


def _migrate(connection: Connection, act: Callable[[Config], None]) -> None:
    if connection.dialect.name == "sqlite":
        for name in connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'trigger'").scalars().all():
            connection.exec_driver_sql(f"DROP TRIGGER {name}")
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    act(config)


@contextmanager
def _rows_in_sight(connection: Connection) -> Iterator[None]:
    """Row-level security binds all but the owner until the end of the block, inside the caller's transaction."""
    if connection.dialect.name == "sqlite":
        yield
        return
    forced = connection.execute(text("SELECT relname FROM pg_class WHERE relforcerowsecurity AND relkind = 'r'")).scalars().all()
    for name in forced:
        connection.exec_driver_sql(f'ALTER TABLE "{name}" NO FORCE ROW LEVEL SECURITY')
    yield
    for name in forced:
        connection.exec_driver_sql(f'ALTER TABLE IF EXISTS "{name}" FORCE ROW LEVEL SECURITY')


@contextmanager
def _owner(url: str) -> Iterator[Connection]:
    """A plain connection of the owner: none of the application's hooks, foreign keys asleep while tables are rebuilt.

    SQLite's driver begins nothing for a change of schema, which would stand whatever failed after it: it is told to.
    """
    engine = create_engine(url)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", lambda connection, record: setattr(connection, "isolation_level", None))
        event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    try:
        with engine.begin() as connection:
            yield connection
    finally:
        engine.dispose()
