"""Every write leaves who, when, what; values stay out of it, and people stand there by their pseudonymous number."""

from datetime import datetime
from typing import Any

from sqlalchemy import inspect

from mobility.db import GlobalRow, PlatformRow, db, platform_id, write_last
from mobility.models import AuditEntry, Beneficiary
from mobility.rights import Viewer


def record(verb: str, row: PlatformRow | GlobalRow, *, by: Viewer, now: datetime, subject: Beneficiary | None = None) -> None:
    """Flush the row and note the act on it: its table, its id, the names of the fields that changed."""
    changed = changed_fields(row)
    db.session.flush()
    number = subject.number if subject else None
    _note(verb, str(inspect(type(row)).local_table), {"fields": changed}, by=by, at=now, row_id=row.id, subject_number=number)


def record_export(name: str, lines: int, *, by: Viewer, now: datetime) -> None:
    """Note that a list left as a file: which one and how many lines. It changed no row."""
    _note("export", name, {"lines": lines}, by=by, at=now, row_id=None, subject_number=None)


def _note(verb: str, table: str, changes: dict[str, Any], *, by: Viewer, **more: Any) -> None:
    role = ",".join(sorted(by.roles))[:20] or None
    who = {"platform_id": platform_id(), "account_id": by.account_id, "role": role}
    write_last(AuditEntry, verb=verb, table_name=table, changes=changes, **who, **more)


def changed_fields(row: PlatformRow | GlobalRow) -> list[str]:
    """Names of the columns that differ from the database, in name order."""
    state = inspect(row)
    return sorted(a.key for a in state.mapper.column_attrs if state.attrs[a.key].history.has_changes())
