"""A loaded timetable (gtfs.py) asked by a shift: is there a direct ride that arrives in time, and one back after it?"""

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from math import ceil
from pathlib import Path

from mobility.geo.places import Place, Precision, great_circle_km

WALKABLE_KM, WALK_KM_H = 1.0, 5  # from a door to a stop
MOST_WAIT = timedelta(minutes=75)  # before the shift, and after it
_DEGREE_KM = 70  # a degree of longitude at least, in France; one of latitude is 111
_RIDES = """
SELECT a.leaves, b.arrives, trip.line, a.stop, b.stop FROM call a
JOIN call b ON b.trip = a.trip AND b.seq > a.seq JOIN trip ON trip.id = a.trip JOIN day ON day.service = trip.service AND day."on" = ?
WHERE a.stop IN ({start}) AND b.stop IN ({end}) AND {at} BETWEEN ? AND ?
"""
_THERE, _BACK = "b.arrives", "a.leaves"
Stops = dict[str, tuple[str, int]]  # name, and minutes on foot, by id


@dataclass(frozen=True, kw_only=True)
class Ride:
    """One direct ride: its line, its stops, when it leaves the first and arrives at the second."""

    line: str
    from_stop: str
    to_stop: str
    leaves: time
    arrives: time


@dataclass(frozen=True, kw_only=True)
class RoundTrip:
    """The ride that is there last before a shift, and the first that leaves after it."""

    there: Ride
    back: Ride


class Timetable:
    """A loaded file."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def runs_on(self, day: date) -> bool:
        """Whether anything runs on a day: outside what is published nothing is known."""
        with self._open() as known:
            return known.execute('SELECT 1 FROM day WHERE "on" = ? LIMIT 1', (day.isoformat(),)).fetchone() is not None

    def round_trip(self, home: Place, work: Place, *, on: date, begins: time, ends: time) -> RoundTrip | None:
        """The direct rides of a shift that begins on a day, the walks counted; None without both. A shift may end after midnight."""
        starts, stops = datetime.combine(on, begins), datetime.combine(on, ends)
        stops += timedelta(days=1 if ends <= begins else 0)
        with self._open() as known:
            near_home, near_work = _near(known, home), _near(known, work)
            there = _ride(known, near_home, near_work, _THERE, starts - MOST_WAIT, starts)
            back = _ride(known, near_work, near_home, _BACK, stops, stops + MOST_WAIT)
        return RoundTrip(there=there, back=back) if there and back else None

    def _open(self) -> closing[sqlite3.Connection]:
        return closing(sqlite3.connect(f"{self._file.absolute().as_uri()}?mode=ro", uri=True))


def _near(known: sqlite3.Connection, place: Place) -> Stops:
    apart = WALKABLE_KM / _DEGREE_KM
    box = (place.lat - apart, place.lat + apart, place.lon - apart, place.lon + apart)
    rows = known.execute("SELECT id, name, lat, lon FROM stop WHERE lat BETWEEN ? AND ? AND lon BETWEEN ? AND ?", box)
    walks = ((id_, name, great_circle_km(place, point(lat, lon))) for id_, name, lat, lon in rows)
    return {id_: (name, ceil(60 * km / WALK_KM_H)) for id_, name, km in walks if km <= WALKABLE_KM}


def _ride(known: sqlite3.Connection, start: Stops, end: Stops, at: str, earliest: datetime, latest: datetime) -> Ride | None:
    """The ride whose `at` is nearest to the shift, the walk on the side of the work counted."""
    sql = _RIDES.format(start=",".join("?" * len(start)), end=",".join("?" * len(end)), at=at)
    found: list[tuple[int, int, str, str, str]] = []
    for day in (latest.date(), latest.date() - timedelta(days=1)):  # after midnight a ride belongs to the service day before
        first, last = (int((edge - datetime.combine(day, time())).total_seconds()) for edge in (earliest, latest))
        later = int((latest.date() - day).total_seconds())
        for leaves, arrives, line, left, reached in known.execute(sql, (day.isoformat(), *start, *end, first, last)):
            in_time = arrives + 60 * end[reached][1] <= last if at == _THERE else leaves - 60 * start[left][1] >= first
            if in_time:
                found.append((leaves - later, arrives - later, line, left, reached))
    if not found:
        return None
    leaves, arrives, line, left, reached = max(found, key=lambda ride: ride[1]) if at == _THERE else min(found)
    return Ride(line=line, from_stop=start[left][0], to_stop=end[reached][0], leaves=_hour(leaves), arrives=_hour(arrives))


def point(lat: float, lon: float) -> Place:
    """A place known by its degrees alone."""
    return Place(label="", postcode="", commune="", insee="", lat=lat, lon=lon, precision=Precision.HOUSE)


def _hour(seconds: int) -> time:
    minutes = seconds // 60 % (24 * 60)
    return time(minutes // 60, minutes % 60)
