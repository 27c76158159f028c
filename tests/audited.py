"""Watches what requests commit: a platform's row written without an audit entry of its own is told at the end of the test."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from flask import has_request_context, request
from sqlalchemy import event, inspect
from sqlalchemy.orm import ORMExecuteState, Session

from mobility.db import PlatformRow

KEPT = "written_in_this_request"
# Looks, and consequences of an act: what is due next is reckoned from it. A gateway's event is kept as it was told, and what it
# changes is audited.
BY_THEMSELVES = {"audit_entry", "booklet_look", "counter", "file_look", "gateway_event", "message", "sent_form", "upkeep_due"}
# Rows that only a noted row brings about: the stretches of a booking or a block, the paper of a payment, the chain of the entries, the
# doubtful lines of an import.
BROUGHT = {"occupancy", "receipt", "books", "journal_entry", "ledger_line", "ledger_month", "import_doubt"}
# Columns that say again, on the row they are about, what a row noted beside them says.
SAID_AGAIN = {
    "beneficiary": {"last_contact_at", "erased_at"},  # the meeting, the form, the action; the erasure
    "billing_account": {"terms"},  # the agreement of a payer
    "booking": {"price_sentence", "qpv"},  # the right that moved the price
    "deposit": {"status", "held_cents", "kind", "deferred_reason", "plan", "expires_on"},  # its steps
    "payment": {"refunded_cents"},  # the step of the deposit that gave back
    "point_etape": {"reading_id", "condition_id", "payment_id"},  # the reading, the condition report, the payment
    # The condition report, the step of its life, the transfer.
    "vehicle": {"level", "stage", "in_service_on", "out_of_service_on", "site_id"},
}


@dataclass
class Written:
    """What one transaction wrote: its entries, and rows by table and id with the columns that changed (none of a row new or gone)."""

    rows: dict[tuple[str, int], set[str]] = field(default_factory=dict)
    whole: set[tuple[str, int]] = field(default_factory=set)
    in_bulk: set[str] = field(default_factory=set)
    entries: set[tuple[str, int | None]] = field(default_factory=set)

    def unnoted(self) -> list[str]:
        """The tables, and of rows changed the columns, that no entry accounts for."""
        rows = [_said(table, columns) for (table, id_), columns in self.rows.items() if self._is_silent(table, id_, columns)]
        bulk = set() if self.entries else self.in_bulk - BY_THEMSELVES
        return sorted({*rows, *bulk})

    def _is_silent(self, table: str, id_: int, columns: set[str]) -> bool:
        if table in BY_THEMSELVES or (table, id_) in self.entries:
            return False
        says_again = (table, id_) not in self.whole and columns <= SAID_AGAIN.get(table, set())
        return not (self.entries and (table in BROUGHT or says_again))


def _said(table: str, columns: set[str]) -> str:
    return f"{table} ({', '.join(sorted(columns))})" if columns else table


def _written(session: Session) -> Written:
    found: Written = session.info.setdefault(KEPT, Written())
    return found


def _note(session: Session, context: object) -> None:
    written = _written(session)
    for row in (*session.new, *session.dirty, *session.deleted):
        columns = _changed(row) if row in session.dirty else set()
        if isinstance(row, PlatformRow) and (columns or row not in session.dirty):
            written.rows.setdefault((row.__tablename__, row.id), set()).update(columns)
            if row not in session.dirty:
                written.whole.add((row.__tablename__, row.id))


def _note_bulk(state: ORMExecuteState) -> None:
    if state.is_insert and state.bind_mapper is not None:
        table = state.bind_mapper.local_table.name  # type: ignore[attr-defined]
        _written(state.session).in_bulk.add(table)
        if table == "audit_entry":
            entries = state.parameters if isinstance(state.parameters, list) else [state.parameters or {}]
            _written(state.session).entries.update((entry["table_name"], entry["row_id"]) for entry in entries)


def _forget(session: Session) -> None:
    session.info.pop(KEPT, None)


def _changed(row: object) -> set[str]:
    state = inspect(row)
    assert state is not None
    return {column.key for column in state.mapper.column_attrs if state.attrs[column.key].history.has_changes()}


@contextmanager
def every_write_audited() -> Iterator[None]:
    """Raises AssertionError at the end, naming endpoint, tables and columns."""
    silent: list[str] = []

    def judge(session: Session) -> None:
        written = session.info.pop(KEPT, Written())
        if has_request_context() and (unnoted := written.unnoted()):
            silent.append(f"{request.method} {request.endpoint} wrote {unnoted}")

    hooks = {"after_flush": _note, "do_orm_execute": _note_bulk, "after_commit": judge, "after_rollback": _forget}
    for name, hook in hooks.items():
        event.listen(Session, name, hook)
    try:
        yield
    finally:
        for name, hook in hooks.items():
            event.remove(Session, name, hook)
    assert not silent, "no audit entry: " + "; ".join(silent)
