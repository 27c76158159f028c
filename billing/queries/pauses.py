"""Pauses in asking for what is owed: those of an account, and which one runs."""

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, bindparam, select

from billing.models import ChasePause
from mobility.clock import today
from mobility.db import Kept

_OF_ACCOUNT = Kept(select(ChasePause).filter(ChasePause.account_id == bindparam("account_id")).order_by(ChasePause.id.desc()))


def runs_on(day: Any) -> ColumnElement[bool]:
    """Whether a pause runs on a day (a date, or a parameter)."""
    return ChasePause.ended_at.is_(None) & (ChasePause.until_on >= day)


def list_pauses(account_id: int) -> list[ChasePause]:
    """An account's pauses, the latest first."""
    return list(_OF_ACCOUNT(account_id=account_id).scalars())


def find_pause(account_id: int, on: date | None = None) -> ChasePause | None:
    """The one that runs, today unless told."""
    day = on or today()
    return next((pause for pause in list_pauses(account_id) if pause.ended_at is None and pause.until_on >= day), None)
