"""A calendar that phones and desktops subscribe to (iCalendar, RFC 5545): instants in UTC, so that each device shows its own hours."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from mobility.later import later

if TYPE_CHECKING:
    import icalendar
else:
    icalendar = later("icalendar")

ICS = "text/calendar; charset=utf-8"
EVERY = timedelta(hours=1)  # how often a device is asked to read again; each follows its own habit all the same


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One event; `uid` tells it from every other of the platform, and stays its own when its hours change."""

    uid: str
    starts_at: datetime
    ends_at: datetime
    title: str
    place: str | None = None
    href: str


@dataclass(frozen=True, kw_only=True)
class Calendar:
    """What a device shows as one calendar."""

    name: str
    entries: tuple[Entry, ...]


def write_calendar(calendar: Calendar, *, realm: str, now: datetime) -> bytes:
    """The calendar as its file; `realm` is the platform, for the events' identifiers."""
    book = icalendar.Calendar()
    book.add("PRODID", "-//Point-Étape//FR")
    book.add("VERSION", "2.0")
    book.add("METHOD", "PUBLISH")
    book.add("X-WR-CALNAME", calendar.name)
    book.add("REFRESH-INTERVAL", EVERY, parameters={"VALUE": "DURATION"})
    for entry in calendar.entries:
        book.add_component(_event(entry, realm, now))
    written: bytes = book.to_ical()
    return written


def _event(entry: Entry, realm: str, now: datetime) -> "icalendar.Event":
    event = icalendar.Event()
    event.add("UID", f"{entry.uid}@{realm}.point-etape")
    event.add("DTSTAMP", now)
    event.add("DTSTART", entry.starts_at)
    event.add("DTEND", entry.ends_at)
    event.add("SUMMARY", entry.title)
    if entry.place:
        event.add("LOCATION", entry.place)
    event.add("DESCRIPTION", entry.href)  # many devices show no URL
    event.add("URL", entry.href)
    return event
