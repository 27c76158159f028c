"""What each engine is told on connecting and on beginning."""

from functools import partial
from time import monotonic
from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import Connection, Engine, create_engine, event, inspect
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import InvalidatePoolError
from sqlalchemy.pool import ConnectionPoolEntry, QueuePool

from mobility.db.guards import APP_ROLE
from mobility.db.transaction import is_writing

if TYPE_CHECKING:
    import psycopg

IDLE_SECONDS = 5


class ByAim(QueuePool):
    """Connections that write, kept apart from those that read: SQLite prepares every statement of one anew when told to change over."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._writers = QueuePool(*args, **options)

    def _do_get(self) -> ConnectionPoolEntry:
        if not is_writing():
            return super()._do_get()
        self._writers.dispatch, self._writers._dialect = self.dispatch, self._dialect  # what the engine was told meanwhile
        return self._writers._do_get()

    def dispose(self) -> None:
        """Close them all."""
        super().dispose()
        self._writers.dispose()


def prepare(engine: Engine) -> None:
    """Hook our settings on an engine, once, before its first connection."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _connect_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    else:
        event.listen(engine, "connect", _connect_postgresql)
        event.listen(engine, "checkin", _note_return)
        event.listen(engine, "checkout", partial(_check_alive, engine))
        event.listen(engine, "begin", _begin_postgresql)


def engine_options(url: str) -> dict[str, Any]:
    """Options of `create_engine` for a database address."""
    if url.startswith("sqlite"):
        return {"poolclass": ByAim, "connect_args": {"timeout": 10}}
    # A database that has gone answers within seconds.
    return {"pool_size": 16, "max_overflow": 16, "pool_timeout": 4, "connect_args": {"connect_timeout": 4}}


def is_empty(url: str) -> bool:
    """Whether the database holds no table at all."""
    engine = create_engine(url)
    try:
        return not inspect(engine).get_table_names()
    finally:
        engine.dispose()


def _connect_sqlite(connection: DBAPIConnection, record: ConnectionPoolEntry) -> None:
    # isolation_level None: our BEGIN is the only one.
    connection.isolation_level = None
    cursor = connection.cursor()
    # FULL: what was acknowledged is on the disk, so that a power cut takes back no receipt that somebody holds.
    for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON", "busy_timeout = 10000"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    # Said when it changes alone, which `ByAim` makes once for each connection.
    if connection.info.get("writes") is not is_writing():
        connection.exec_driver_sql(f"PRAGMA query_only = {'OFF' if is_writing() else 'ON'}")
        connection.info["writes"] = is_writing()
    # IMMEDIATE: a writer that begins as a reader and then upgrades loses to "database is locked".
    connection.exec_driver_sql("BEGIN IMMEDIATE" if is_writing() else "BEGIN")


def _connect_postgresql(connection: DBAPIConnection, record: ConnectionPoolEntry) -> None:
    # Whoever logs in works as the role that owns nothing, so that row-level security holds for superusers' addresses too.
    connection.autocommit = True
    cursor = connection.cursor()
    cursor.execute(f"SET ROLE {APP_ROLE}")
    cursor.close()
    connection.autocommit = False


def _note_return(connection: DBAPIConnection, record: ConnectionPoolEntry) -> None:
    record.info["returned"] = monotonic()


def _check_alive(engine: Engine, connection: DBAPIConnection, record: ConnectionPoolEntry, proxy: object) -> None:
    """A connection that died while nobody used it is replaced before use, and every other with it; one just used is taken at its word."""
    if monotonic() - record.info.get("returned", monotonic()) < IDLE_SECONDS:
        return
    try:
        engine.dialect.do_ping(connection)
    except engine.dialect.loaded_dbapi.Error as error:
        raise InvalidatePoolError from error


def _begin_postgresql(connection: Connection) -> None:
    # Said in the BEGIN itself, which the driver sends before the first statement.
    driver = cast("psycopg.Connection", connection.connection.driver_connection)
    driver.read_only = not is_writing()
