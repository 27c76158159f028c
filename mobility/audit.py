"""Every write leaves who, when, what; values stay out of it, and people stand there by their pseudonymous number."""

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import inspect

from mobility.db import GlobalRow, PlatformRow, Write, db, platform_id, ready_many, write_last
from mobility.models import AuditEntry, Beneficiary
from mobility.rights import Viewer


def record(verb: str, row: PlatformRow | GlobalRow, *, by: Viewer, now: datetime, subject: Beneficiary | None = None) -> None:
    """Flush the row and note the act on it: its table, its id, the names of the fields that changed."""
    changed = changed_fields(row)
    db.session.flush()
    number = subject.number if subject else None
    _note(verb, str(inspect(type(row)).local_table), {"fields": changed}, by=by, at=now, row_id=row.id, subject_number=number)


def ready_notes(
    verb: str, table: type[PlatformRow], rows: Iterable[tuple[int, str]], *, fields: list[str], by: Viewer, now: datetime
) -> list[Write]:
    """The same act on each of many rows written in bulk, id and its person's number: an entry a row, as `record` leaves it, to be sent."""
    name, changes = str(inspect(table).local_table), json.dumps({"fields": fields})
    noted = [(now, by.account_id, _role(by), verb, name, row_id, number, changes) for row_id, number in rows]
    return ready_many(AuditEntry, ("at", "account_id", "role", "verb", "table_name", "row_id", "subject_number", "changes"), noted)


def record_export(name: str, lines: int, *, by: Viewer, now: datetime) -> None:
    """Note that a list left as a file: which one and how many lines. It changed no row."""
    _note("export", name, {"lines": lines}, by=by, at=now, row_id=None, subject_number=None)


def _note(verb: str, table: str, changes: dict[str, Any], *, by: Viewer, **more: Any) -> None:
    who = {"platform_id": platform_id(), "account_id": by.account_id, "role": _role(by)}
    write_last(AuditEntry, verb=verb, table_name=table, changes=changes, **who, **more)


def _role(by: Viewer) -> str | None:
    return ",".join(sorted(by.roles))[:20] or None


def changed_fields(row: PlatformRow | GlobalRow) -> list[str]:
    """Names of the columns that differ from the database, in name order."""
    state = inspect(row)
    touched = state.committed_state  # of no other column is there anything to compare with
    return sorted(a.key for a in state.mapper.column_attrs if a.key in touched and state.attrs[a.key].history.has_changes())
