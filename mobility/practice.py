"""Law and usage as dated data: each package defines its settings with a default, a platform sets its own from a day on."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import Flask, current_app
from sqlalchemy import select

from mobility.db import db, read_once
from mobility.errors import NotFound, RuleBroken
from mobility.models import Setting
from mobility.money import MAX_CENTS, euros


@dataclass(frozen=True, kw_only=True)
class DatedSetting:
    """A setting's key ("fleet.return_hour"), its words on the manager's page, its default and where the rule comes from."""

    key: str
    label: str
    default: Any
    source: str
    kind: str = "text"  # text, int, bool, cents, hour, choice
    help: str = ""
    choices: tuple[tuple[str, str], ...] = ()  # of the kind "choice": code, words
    most: int = 100_000  # of the kind "int"
    since: tuple[tuple[date, Any], ...] = ()  # what the law has made of the default, by day, in order

    def by_law(self, day: date) -> tuple[date, Any]:
        """The default of a day, and the day it began."""
        return next((law for law in reversed(self.since) if law[0] <= day), (date.min, self.default))


def define(app: Flask, *settings: DatedSetting) -> None:
    """Make settings known to the application."""
    known = app.extensions.setdefault("practice", {})
    for setting in settings:
        known[setting.key] = setting


def value_on(key: str, day: date) -> Any:
    """What holds for the platform in force on a day: its own latest value, or the law's when that is later. KeyError when undefined."""
    return reader_of(key)(day)


def reader_of(key: str) -> Callable[[date], Any]:
    """`value_on` for many days of one key, the values looked up once. KeyError when undefined."""
    setting: DatedSetting = current_app.extensions["practice"][key]
    kept = list_values(key)

    def read(day: date) -> Any:
        law_on, value = setting.by_law(day)
        return next((row.value for row in kept if law_on <= row.from_on <= day), value)

    return read


def get_setting(key: str) -> DatedSetting:
    """A setting that some package defined. Raises NotFound."""
    known: dict[str, DatedSetting] = current_app.extensions.get("practice", {})
    if key not in known:
        raise NotFound
    return known[key]


def list_settings() -> list[DatedSetting]:
    """Every setting, by its French label, so that those of one thing stand together."""
    return sorted(current_app.extensions.get("practice", {}).values(), key=lambda setting: setting.label)


def list_values(key: str) -> Sequence[Setting]:
    """The values a platform gave a setting, the latest day first."""
    return read_once(Setting, "all", _by_key).get(key, ())


def _by_key() -> dict[str, list[Setting]]:
    """Every setting of the platform: few rows, and most pages ask for several."""
    found: dict[str, list[Setting]] = {}
    for row in db.session.scalars(select(Setting).order_by(Setting.from_on.desc())):
        found.setdefault(row.key, []).append(row)
    return found


def say_value(setting: DatedSetting, value: Any) -> str:
    """A value in words: "oui", "12:00", "250 €"; nothing for what the platform has yet to say."""
    if value is None:
        return ""
    if setting.kind == "bool":
        return "oui" if value else "non"
    if setting.kind == "cents":
        return euros(value)
    return dict(setting.choices).get(value, str(value))


_HOUR = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")
_FITS = {
    "bool": lambda value: isinstance(value, bool),
    "int": lambda value: type(value) is int and value >= 0,
    "cents": lambda value: type(value) is int and 0 <= value <= MAX_CENTS,
    "hour": lambda value: isinstance(value, str) and _HOUR.fullmatch(value) is not None,
    "text": lambda value: isinstance(value, str) and len(value) <= 300,
}
_ASKS = {
    "bool": "Répondez par oui ou par non.",
    "int": "Un nombre entier est attendu, en chiffres.",
    "cents": "Un montant est attendu, par exemple 250.",
    "hour": "Une heure est attendue, par exemple 12:00.",
    "text": "Un texte de 300 caractères au plus est attendu.",
    "choice": "Choisissez une des réponses proposées.",
}


def check_value(setting: DatedSetting, value: Any) -> None:
    """Raises RuleBroken on field `value` when the setting cannot have it."""
    fits = value in dict(setting.choices) if setting.choices else _FITS.get(setting.kind, _FITS["text"])(value)
    if not fits:
        raise RuleBroken(_ASKS.get(setting.kind, _ASKS["text"]), field="value")
    if setting.kind == "int" and value > setting.most:
        raise RuleBroken(f"{setting.most} au plus.", field="value")
