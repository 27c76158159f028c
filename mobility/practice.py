"""Law and usage as dated data: each package defines its settings with a default, a platform sets its own from a day on."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import Flask, current_app
from sqlalchemy import select

from mobility.db import db
from mobility.models import Setting


@dataclass(frozen=True, kw_only=True)
class DatedSetting:
    """A setting's key ("fleet.return_hour"), its words on the manager's page, its default and where the rule comes from."""

    key: str
    label: str
    default: Any
    source: str
    kind: str = "text"  # text, int, bool, cents, hour, choice
    help: str = ""


def define(app: Flask, *settings: DatedSetting) -> None:
    """Make settings known to the application."""
    known = app.extensions.setdefault("practice", {})
    for setting in settings:
        known[setting.key] = setting


def value_on(key: str, day: date) -> Any:
    """What holds for the platform in force on a day: its latest value from that day or before, or the default. KeyError when undefined."""
    setting: DatedSetting = current_app.extensions["practice"][key]
    found = db.session.scalar(select(Setting).filter(Setting.key == key, Setting.from_on <= day).order_by(Setting.from_on.desc()).limit(1))
    return setting.default if found is None else found.value
