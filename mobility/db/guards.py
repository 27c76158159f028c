"""What the database itself refuses: row-level security, append-only tables, and more from each package. Idempotent, run after upgrades.

Alembic's batch mode drops SQLite's triggers without a word, so the guards are laid again each time, and a test reads the catalogue.
"""

from dataclasses import dataclass

from flask import Flask
from sqlalchemy import Connection, text

from mobility.db.rows import Base
from mobility.db.scope import GLOBAL_TABLES

APP_ROLE = "point_etape_app"


@dataclass(frozen=True, kw_only=True)
class Guard:
    """One guard in the words of both engines; each statement can be run again harmlessly."""

    name: str
    sqlite: tuple[str, ...]
    postgresql: tuple[str, ...]


def add(app: Flask, *guards: Guard) -> None:
    """Hang a package's guards on the application."""
    app.extensions.setdefault("guards", []).extend(guards)


@dataclass(frozen=True, kw_only=True)
class Door:
    """The one UPDATE that an append-only table lets through, as a condition on OLD and NEW in each engine's words (docs/adr/0027)."""

    sqlite: str
    postgresql: str


def append_only(table: str, door: Door | None = None) -> Guard:
    """Rows of this table are written once: UPDATE, DELETE and TRUNCATE are refused, but for what a `door` lets through."""
    said = f"{table} is append-only"
    # Nested: outside a row's own trigger OLD and NEW may not even be named.
    through = f"IF TG_OP = 'UPDATE' THEN IF {door.postgresql} THEN RETURN NEW; END IF; END IF; " if door else ""
    refused = f"BEGIN {through}RAISE EXCEPTION '{said}'; END"
    body = f"CREATE OR REPLACE FUNCTION {table}_append_only() RETURNS trigger LANGUAGE plpgsql AS $$ {refused} $$"
    triggers = tuple(
        f"CREATE OR REPLACE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} "
        f"FOR EACH {'STATEMENT' if act == 'TRUNCATE' else 'ROW'} EXECUTE FUNCTION {table}_append_only()"
        for act in ("UPDATE", "DELETE", "TRUNCATE")
    )
    closed = f"WHEN NOT coalesce(({door.sqlite}), 0)" if door else ""
    sqlite = tuple(
        statement
        for act, when in (("UPDATE", closed), ("DELETE", ""))
        for statement in (
            f"DROP TRIGGER IF EXISTS {table}_no_{act.lower()}",
            f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} {when} BEGIN SELECT RAISE(ABORT, '{said}'); END",
        )
    )
    return Guard(name=f"{table} is append-only", sqlite=sqlite, postgresql=(body, *triggers))


def platform_tables() -> list[str]:
    """Tables whose rows belong to one platform, in name order."""
    return sorted(t.name for t in Base.metadata.tables.values() if "platform_id" in t.c and t.name not in GLOBAL_TABLES)


def install(connection: Connection, guards: list[Guard]) -> None:
    """Lay every guard; the caller commits. On PostgreSQL also row-level security and the application role's rights."""
    if connection.dialect.name == "postgresql":
        for table in platform_tables():
            for statement in _row_level_security(table):
                connection.execute(text(statement))
        _grant(connection)
    for guard in guards:
        for statement in guard.sqlite if connection.dialect.name == "sqlite" else guard.postgresql:
            connection.exec_driver_sql(statement)


def _row_level_security(table: str) -> tuple[str, ...]:
    mine = "platform_id = nullif(current_setting('app.platform_id', true), '')::bigint"
    return (
        f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY',
        f'ALTER TABLE "{table}" FORCE ROW LEVEL SECURITY',
        f'DROP POLICY IF EXISTS own_platform ON "{table}"',
        f'CREATE POLICY own_platform ON "{table}" USING ({mine}) WITH CHECK ({mine})',
    )


def _grant(connection: Connection) -> None:
    """The application reads and writes rows; it owns nothing."""
    # Roles belong to the server: another database being made beside this one may create it between the look and the making.
    made = f"CREATE ROLE {APP_ROLE} NOLOGIN NOSUPERUSER NOBYPASSRLS"
    missing = f"NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{APP_ROLE}')"
    beside = "EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL"
    connection.execute(text(f"DO $$ BEGIN IF {missing} THEN {made}; END IF; {beside}; END $$"))
    for statement in (
        f"GRANT USAGE ON SCHEMA public TO {APP_ROLE}",
        f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {APP_ROLE}",
        f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {APP_ROLE}",
    ):
        connection.execute(text(statement))
