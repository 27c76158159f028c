"""A platform's dated settings: a new value from a day on; what held before stays as it was."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from mobility import audit
from mobility.dated import check_value
from mobility.db import db
from mobility.errors import Conflict, RuleBroken
from mobility.models import Setting
from mobility.periods import paris_day
from mobility.practice import get_setting
from mobility.rights import Viewer


def set_setting(key: str, value: Any, *, from_on: date, by: Viewer, now: datetime) -> Setting:
    """Give a setting a value from today or a later day on. Raises NotFound, RuleBroken, Conflict for a second change of today."""
    check_value(get_setting(key), value)
    today = paris_day(now)
    if from_on < today:
        raise RuleBroken(
            "Une règle change à partir d’aujourd’hui ou d’un jour à venir : le passé reste tel qu’il a été appliqué.", field="from_on"
        )
    row = db.session.scalar(select(Setting).filter(Setting.key == key, Setting.from_on == from_on))
    if row is not None and from_on == today:
        raise Conflict("Cette règle a déjà changé aujourd’hui : choisissez un jour à partir de demain.", field="from_on")
    if row is None:
        row = Setting(key=key, from_on=from_on)
        db.session.add(row)
    row.value, row.set_by = value, by.account_id
    audit.record("set setting", row, by=by, now=now)
    return row
