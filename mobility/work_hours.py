"""The hours of a job as they are typed, day by day: "lun–ven 5:00–13:00, sam 8 h à 12 h". Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time

MONDAY_TO_FRIDAY = 0b0011111  # a bit a day, Monday the lowest
_NAMES = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
_EVERY = re.compile(r"(?:tous les jours|7 ?j(?:ours)?[ /]*7)\s*:?\s*")
_DAY = rf"(?:{'|'.join(f'{name[:3]}(?:{name[3:]})?' for name in _NAMES)})\b\.?"
_DAYS = re.compile(rf"(?:du |les? )?({_DAY})(?:\s*(?:-|au|a)\s*({_DAY}))?\s*[:,/]?\s*(?:et (?=le |lun|mar|mer|jeu|ven|sam|dim))?")
_CLOCK = r"([01]?\d|2[0-3])(?:\s*[h:](?:\s*([0-5]\d)(?!\s*[h:\d]))?)?"
_HOURS = re.compile(rf"(?:de )?{_CLOCK}\s*(?:-|a)\s*{_CLOCK}(?!\d)\s*(?:[,;/]|et\b|puis\b)?\s*")
Span = tuple[time, time]


@dataclass(frozen=True, kw_only=True)
class Week:
    """From when to when each day worked, 0 for Monday; an end before its begin is on the day after."""

    days: Mapping[int, Span]

    @property
    def bits(self) -> int:
        """The days worked, a bit a day."""
        return sum(1 << day for day in self.days)

    @property
    def earliest(self) -> Span:
        """The hours of the day that begins first, the hardest to reach by bus."""
        return min(self.days.values())


def read_week(words: str | None) -> Week | None:
    """The days and hours of a text wholly understood, hours apart on one day as one span; None for any other, said in free words."""
    left = _plain(words)
    days: dict[int, Span] = {}
    while left:
        named, left = _take_days(left)
        span, left = _take_hours(left)
        if not named or span is None or days.keys() & named:
            return None
        days |= {day: span for day in named}
    return Week(days=days) if days else None


def usual_span(words: str | None) -> Span | None:
    """The hours to plan a journey for: of the day that begins first, or those of a text that names no day ("5 h – 13 h")."""
    week = read_week(words)
    if week is not None:
        return week.earliest
    span, left = _take_hours(_plain(words))
    return None if left else span


def worked_days(words: str | None) -> int:
    """The days worked as bits: those the hours say, Monday to Friday where they say none."""
    week = read_week(words)
    return week.bits if week else MONDAY_TO_FRIDAY


def short_days(bits: int) -> str:
    """The days of a bit pattern: "lun., mar., jeu."."""
    return ", ".join(f"{name[:3]}." for day, name in enumerate(_NAMES) if bits >> day & 1)


def _plain(words: str | None) -> str:
    said = re.sub("[‐‑‒–—−]", "-", (words or "").casefold().replace("à", "a"))
    return re.sub(r"\s+", " ", said).strip(" .;,")


def _take_days(left: str) -> tuple[set[int], str]:
    """The days at the head of a text, and what follows them."""
    if every := _EVERY.match(left):
        return set(range(7)), left[every.end() :]
    named: set[int] = set()
    while found := _DAYS.match(left):
        first = _day(found[1])
        last = _day(found[2]) if found[2] else first
        named |= {day % 7 for day in range(first, last + 1 if last >= first else last + 8)}
        left = left[found.end() :]
    return named, left


def _take_hours(left: str) -> tuple[Span | None, str]:
    """The hours at the head of a text, the first's begin to the last's end, and what follows them."""
    spans: list[Span] = []
    while found := _HOURS.match(left):
        hour, minute, to_hour, to_minute = found.groups()
        spans.append((time(int(hour), int(minute or 0)), time(int(to_hour), int(to_minute or 0))))
        left = left[found.end() :]
    if not spans or spans[0][0] == spans[-1][1]:
        return None, left
    return (spans[0][0], spans[-1][1]), left


def _day(name: str) -> int:
    return next(number for number, whole in enumerate(_NAMES) if whole.startswith(name[:3]))
