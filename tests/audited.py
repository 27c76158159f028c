"""Watches what requests commit: a platform's rows written without an audit entry beside them are told at the end of the test."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import has_request_context, request
from sqlalchemy import event
from sqlalchemy.orm import ORMExecuteState, Session

from mobility.db import PlatformRow

# Consequences of an act, never the act: what is due next is reckoned from it. A gateway's event is kept as it was told, and what it
# changes is audited.
BY_THEMSELVES = {"audit_entry", "counter", "file_look", "gateway_event", "message", "sent_form", "upkeep_due"}
KEPT = "written_in_this_request"


@contextmanager
def every_write_audited() -> Iterator[None]:
    """Raises AssertionError at the end, naming endpoint and tables."""
    silent: list[str] = []

    def note(session: Session, context: object) -> None:
        rows = [*session.new, *session.dirty, *session.deleted]
        session.info.setdefault(KEPT, set()).update(row.__tablename__ for row in rows if isinstance(row, PlatformRow))

    def note_bulk(state: ORMExecuteState) -> None:
        if state.is_insert and state.bind_mapper is not None:
            state.session.info.setdefault(KEPT, set()).add(state.bind_mapper.local_table.name)  # type: ignore[attr-defined]

    def judge(session: Session) -> None:
        written = session.info.pop(KEPT, set())
        if has_request_context() and written - BY_THEMSELVES and "audit_entry" not in written:
            silent.append(f"{request.method} {request.endpoint} wrote {sorted(written)}")

    def forget(session: Session) -> None:
        session.info.pop(KEPT, None)

    hooks = {"after_flush": note, "do_orm_execute": note_bulk, "after_commit": judge, "after_rollback": forget}
    for name, hook in hooks.items():
        event.listen(Session, name, hook)
    try:
        yield
    finally:
        for name, hook in hooks.items():
            event.remove(Session, name, hook)
    assert not silent, "no audit entry: " + "; ".join(silent)
