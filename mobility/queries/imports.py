"""Imports as they ran: how far, what they took, which lines are in doubt."""

from collections.abc import Sequence

from sqlalchemy import Select, select

from mobility.db import db
from mobility.errors import NotFound
from mobility.models import ImportDoubt, ImportRun


def get_run(run_id: int) -> ImportRun:
    """An import of the platform in force. Raises NotFound."""
    found = db.session.scalar(select(ImportRun).filter(ImportRun.id == run_id))
    if found is None:
        raise NotFound
    return found


def list_runs(limit: int = 50) -> Sequence[ImportRun]:
    """The latest imports first."""
    return db.session.scalars(select(ImportRun).order_by(ImportRun.id.desc()).limit(limit)).all()


def doubts_of(run_id: int) -> Select[ImportDoubt]:
    """Lines set aside or taken with a doubt: what lists narrow and order."""
    return select(ImportDoubt).filter(ImportDoubt.import_run_id == run_id)


def list_doubts(run_id: int) -> Sequence[ImportDoubt]:
    """All of them, those set aside first, by file and line."""
    return db.session.scalars(doubts_of(run_id).order_by(ImportDoubt.taken, ImportDoubt.file, ImportDoubt.line)).all()
