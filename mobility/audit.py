"""Every write leaves who, when, what; values stay out of it, and people stand there by their pseudonymous number."""

from datetime import datetime

from sqlalchemy import inspect

from mobility.db import GlobalRow, PlatformRow, db
from mobility.models import AuditEntry, Beneficiary
from mobility.rights import Viewer


def record(verb: str, row: PlatformRow | GlobalRow, *, by: Viewer, now: datetime, subject: Beneficiary | None = None) -> None:
    """Flush the row and note the act on it: its table, its id, the names of the fields that changed."""
    changed = changed_fields(row)
    db.session.flush()
    db.session.add(
        AuditEntry(
            at=now,
            account_id=by.account_id,
            role=",".join(sorted(by.roles))[:20] or None,
            verb=verb,
            table_name=str(inspect(type(row)).local_table),
            row_id=row.id,
            subject_number=subject.number if subject else None,
            changes={"fields": changed},
        )
    )
    db.session.flush()


def record_export(name: str, lines: int, *, by: Viewer, now: datetime) -> None:
    """Note that a list left as a file: which one and how many lines. It changed no row."""
    role = ",".join(sorted(by.roles))[:20] or None
    db.session.add(AuditEntry(at=now, account_id=by.account_id, role=role, verb="export", table_name=name, changes={"lines": lines}))


def changed_fields(row: PlatformRow | GlobalRow) -> list[str]:
    """Names of the columns that differ from the database, in name order."""
    state = inspect(row)
    return sorted(a.key for a in state.mapper.column_attrs if state.attrs[a.key].history.has_changes())
