"""Whose rows: every read and write of a platform's table happens inside one platform's scope, on both engines."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any, TypeVar, cast

from flask import g
from sqlalchemy import BigInteger, BindParameter, Connection, Select, Table, bindparam, event, text
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import LoaderCriteriaOption, ORMExecuteState, Session, SessionTransaction, UOWTransaction, with_loader_criteria
from sqlalchemy.sql import ClauseElement, visitors
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from mobility.db.last import write_what_waits
from mobility.db.rows import PlatformRow, db

HERE = "platform_id"
_SCOPED = "scoped"  # the execution option under which a question carries itself, scoped
S = TypeVar("S", bound=Select[*tuple[Any, ...]])


class PlatformNotSet(RuntimeError):
    """A platform's table was read or written with no platform set: a fault of ours, never of the user."""


def platform_id() -> int | None:
    """The platform in force, or None outside any."""
    return getattr(g, "platform_id", None)


def this_platform() -> BindParameter[int]:
    """The platform in force when the question is asked."""
    return bindparam(HERE)


def enter(id_: int | None, *, is_told: bool = False) -> None:
    """Set the platform for the rest of this application context; PostgreSQL's row-level security follows at once.

    `is_told`: it does already, for the id was asked for through `entering`.
    """
    g.platform_id = id_
    if not is_told and db.session().in_transaction():
        _tell_database(db.session.connection(), id_)


class entering(FunctionElement[int]):
    """The id of the one platform that a question finds, which row-level security follows from there on: one way to the database less."""

    type = BigInteger()
    inherit_cache = True


@compiles(entering)
def _the_id_alone(element: entering, compiler: SQLCompiler, **more: Any) -> str:
    return compiler.process(element.clauses, **more)


@compiles(entering, "postgresql")
def _the_id_set(element: entering, compiler: SQLCompiler, **more: Any) -> str:
    return f"CAST(set_config('app.platform_id', CAST({compiler.process(element.clauses, **more)} AS text), true) AS bigint)"


@contextmanager
def platform_scope(id_: int) -> Iterator[None]:
    """Work inside one platform, then come back to what held before (jobs, the command line, a word to another platform)."""
    before = platform_id()
    if before is not None:  # what waits there is written there
        write_what_waits()
        db.session.flush()
    enter(id_)
    try:
        yield
        write_what_waits()
    finally:
        enter(before)


def _tell_database(connection: Connection, id_: int | None) -> None:
    if connection.dialect.name == "postgresql" and not connection.invalidated:  # one that is gone holds nothing: its own fault is told
        connection.execute(text("SELECT set_config('app.platform_id', :id, true)"), {"id": str(id_ or "")})


@event.listens_for(Session, "after_begin")
def _on_begin(session: Session, transaction: SessionTransaction, connection: Connection) -> None:
    if (here := platform_id()) is not None:  # what an earlier transaction was told ended with it
        _tell_database(connection, here)


@event.listens_for(Session, "do_orm_execute")
def _scope_reads(state: ORMExecuteState) -> None:
    here = platform_id()
    if here is None:
        _refuse_platform_tables(state)
    elif (known := state.execution_options.get(_SCOPED)) is not None:
        state.statement, state.parameters = known, {HERE: here} | cast(dict[str, Any], state.parameters)
    elif not state.is_insert:
        state.statement = state.statement.options(_only(here))


def scoped_once(statement: S) -> S:
    """A question that will be asked again and again, its condition on the platform put in beforehand."""
    return statement.execution_options(**{_SCOPED: statement.options(_ONLY_HERE)})


@cache
def _only(here: int) -> LoaderCriteriaOption:
    """Rows of one platform: made once for each, because taking the condition apart costs more than a small read."""
    return with_loader_criteria(PlatformRow, lambda row: row.platform_id == here, include_aliases=True)


# What is read again of a row later is scoped by its own question.
_ONLY_HERE = with_loader_criteria(
    PlatformRow, lambda row: row.platform_id == this_platform(), include_aliases=True, propagate_to_loaders=False
)


def _refuse_platform_tables(state: ORMExecuteState) -> None:
    for element in visitors.iterate(cast(ClauseElement, state.statement)):
        if isinstance(element, Table) and "platform_id" in element.c and element.name not in GLOBAL_TABLES:
            raise PlatformNotSet(f"the table {element.name} was reached with no platform set")


@event.listens_for(Session, "before_flush")
def _scope_writes(session: Session, context: UOWTransaction, instances: object) -> None:
    here = platform_id()
    for row in [*session.new, *session.dirty, *session.deleted]:
        if not isinstance(row, PlatformRow):
            continue
        if here is None:
            raise PlatformNotSet(f"{type(row).__name__} was written with no platform set")
        if row.platform_id is None:
            row.platform_id = here
        elif row.platform_id != here:
            raise PlatformNotSet(f"{type(row).__name__} belongs to another platform")


# Tables that name a platform without being its rows: read before the platform is known, or by the worker across platforms.
GLOBAL_TABLES = frozenset({"platform", "account", "grant", "account_session", "login_attempt", "outbox"})
