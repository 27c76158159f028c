"""Law and usage as dated data: each package defines its settings with a default, a platform sets its own from a day on."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from flask import Flask, current_app
from sqlalchemy import select

from mobility.dated import DatedSetting
from mobility.db import Known, columns_of, read_once, this_platform
from mobility.errors import NotFound
from mobility.models import Setting


class Value(NamedTuple):
    """What a platform gave a setting from a day on."""

    key: str
    from_on: date
    value: Any


@dataclass(frozen=True, kw_only=True)
class Shelf:
    """The page where settings that belong together are shown: its words, its endpoint, and the place on it."""

    label: str
    endpoint: str
    anchor: str | None = None


SETTINGS = Known(
    Setting,
    Value,
    select(*columns_of(Setting, Value)).filter(Setting.platform_id == this_platform()),
    latest_first=lambda value: value.from_on,
)


def define(app: Flask, *settings: DatedSetting) -> None:
    """Make settings known to the application."""
    known = app.extensions.setdefault("practice", {})
    for setting in settings:
        known[setting.key] = setting


def shelve(app: Flask, shelf: Shelf, keys: Iterable[str]) -> None:
    """Have settings shown on a page of their own, no longer on the list of all."""
    app.extensions.setdefault("shelves", {}).update(dict.fromkeys(keys, shelf))


def shelves() -> dict[str, Shelf]:
    """The settings that stand on a page of their own, by key."""
    found: dict[str, Shelf] = current_app.extensions.get("shelves", {})
    return found


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


def list_values(key: str) -> Sequence[Value]:
    """The values that a platform gave a setting, the latest day first."""
    return read_once(Setting, "by key", _by_key).get(key, ())


def _by_key() -> dict[str, list[Value]]:
    """Every setting of the platform: few rows, and most pages ask for several."""
    found: dict[str, list[Value]] = {}
    for row in SETTINGS():
        found.setdefault(row.key, []).append(row)
    return found
