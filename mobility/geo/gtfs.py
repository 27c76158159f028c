"""A GTFS folder read into one SQLite file: only what a shift asks of it, stops, calls, lines, and the days each service runs.

Times are seconds since the start of the service day, past 24:00 after midnight, as GTFS has them.
"""

import csv
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from mobility.errors import RuleBroken

Cell = dict[str, str]
Read = Callable[[Cell], tuple[Any, ...] | None]
_TABLES = """
CREATE TABLE stop (id TEXT PRIMARY KEY, name TEXT NOT NULL, lat REAL NOT NULL, lon REAL NOT NULL);
CREATE TABLE trip (id TEXT PRIMARY KEY, service TEXT NOT NULL, line TEXT NOT NULL);
CREATE TABLE call (trip TEXT NOT NULL, seq INTEGER NOT NULL, stop TEXT NOT NULL, arrives INTEGER NOT NULL, leaves INTEGER NOT NULL);
CREATE TABLE day (service TEXT NOT NULL, "on" TEXT NOT NULL, PRIMARY KEY (service, "on"));
"""
_INDEXES = """
CREATE INDEX call_trip ON call (trip, seq);
CREATE INDEX call_stop ON call (stop, trip);
CREATE INDEX stop_at ON stop (lat, lon);
"""
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MOST_DAYS = 800  # of one calendar line: two years are published at most


@dataclass(frozen=True, kw_only=True)
class Loaded:
    """What a folder held, and the first and the last day it is good for."""

    stops: int
    trips: int
    first_on: date
    last_on: date


def load_timetable(folder: Path, file: Path) -> Loaded:
    """Read a folder into `file`, whole or not at all. Raises RuleBroken with the file and the line that cannot be read."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = file.with_suffix(".new")
    fresh.unlink(missing_ok=True)
    try:
        with closing(sqlite3.connect(fresh)) as made, made:
            loaded = _fill(made, folder)
        os.replace(fresh, file)
    finally:
        fresh.unlink(missing_ok=True)
    return loaded


def _fill(made: sqlite3.Connection, folder: Path) -> Loaded:
    lines = dict(_each(folder, "routes.txt", lambda row: (row["route_id"], row.get("route_short_name") or row["route_long_name"])))
    made.executescript(_TABLES)
    made.executemany("INSERT INTO stop VALUES (?, ?, ?, ?)", _each(folder, "stops.txt", _stop))
    trips = _each(folder, "trips.txt", lambda row: (row["trip_id"], row["service_id"], lines[row["route_id"]]))
    made.executemany("INSERT INTO trip VALUES (?, ?, ?)", trips)
    made.executemany("INSERT INTO call VALUES (?, ?, ?, ?, ?)", _each(folder, "stop_times.txt", _call))
    made.executemany("INSERT OR IGNORE INTO day VALUES (?, ?)", _runs(folder))
    for service, on, runs in _each(folder, "calendar_dates.txt", _exception, needed=False):
        if runs:
            made.execute("INSERT OR IGNORE INTO day VALUES (?, ?)", (service, on))
        else:
            made.execute('DELETE FROM day WHERE service = ? AND "on" = ?', (service, on))
    made.executescript(_INDEXES)
    stops, trips_kept = (made.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in ("stop", "trip"))
    first, last = made.execute('SELECT min("on"), max("on") FROM day').fetchone()
    if first is None:
        raise RuleBroken("Ces horaires ne circulent aucun jour : calendar.txt et calendar_dates.txt n’en disent aucun.")
    return Loaded(stops=stops, trips=trips_kept, first_on=date.fromisoformat(first), last_on=date.fromisoformat(last))


def _each(folder: Path, name: str, read: Read, *, needed: bool = True) -> Iterator[Any]:
    """Every row of a table as `read` makes it."""
    path = folder / name
    if not path.is_file():
        if needed:
            raise RuleBroken(f"Il manque {name} : ce dossier n’est pas un jeu d’horaires GTFS.")
        return
    with path.open(encoding="utf-8-sig", newline="") as opened:
        for number, row in enumerate(csv.DictReader(opened), start=2):
            try:
                values = read(row)
            except (KeyError, TypeError, ValueError) as wrong:
                raise RuleBroken(f"{name}, ligne {number}, ne se lit pas : {wrong}.") from None
            if values is not None:
                yield values


def _stop(row: Cell) -> tuple[Any, ...] | None:
    """Entrances and the inner ways of stations have no calls, and may have no place."""
    if not row["stop_lat"] or not row["stop_lon"]:
        return None
    return row["stop_id"], row["stop_name"], float(row["stop_lat"]), float(row["stop_lon"])


def _call(row: Cell) -> tuple[Any, ...] | None:
    """Stops between two timed ones may have no hour: nobody can count on them."""
    if not row["arrival_time"] or not row["departure_time"]:
        return None
    return row["trip_id"], int(row["stop_sequence"]), row["stop_id"], _seconds(row["arrival_time"]), _seconds(row["departure_time"])


def _seconds(said: str) -> int:
    hours, minutes, seconds = (int(part) for part in said.strip().split(":"))
    return 3600 * hours + 60 * minutes + seconds


def _runs(folder: Path) -> Iterator[tuple[str, str]]:
    """Each day of each service of calendar.txt."""
    for service, weekdays, first, last in _each(folder, "calendar.txt", _calendar, needed=False):
        days = (first + timedelta(days=step) for step in range(min((last - first).days + 1, _MOST_DAYS)))
        yield from ((service, day.isoformat()) for day in days if day.weekday() in weekdays)


def _calendar(row: Cell) -> tuple[Any, ...]:
    weekdays = frozenset(number for number, name in enumerate(_WEEKDAYS) if row[name] == "1")
    return row["service_id"], weekdays, _day(row["start_date"]), _day(row["end_date"])


def _exception(row: Cell) -> tuple[Any, ...]:
    return row["service_id"], _day(row["date"]).isoformat(), row["exception_type"] == "1"


def _day(said: str) -> date:
    return datetime.strptime(said.strip(), "%Y%m%d").date()  # noqa: DTZ007 — a day of the timetable has no hour
