"""When somebody has to be at work next: from the days worked and the hours as they were typed, or from those of a shared vehicle. Pure."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from fleet.patterns import read, stretches
from mobility.periods import ONE_DAY, Period, instant_of, paris_day, paris_time

WEEK = 7
FORTNIGHT = 2 * WEEK * ONE_DAY  # after which a pattern comes back
USUAL = time(8)  # where nobody knows the hour, to put people in order; never shown

_CLOCK = r"(?<![\d,.x×])([01]?\d|2[0-3])"
_MARK = r"\s*(?:h(?:eures?)?(?![a-z])(?:\s?([0-5]\d)(?!\d|\s*h))?|:([0-5]\d))"  # 5h, 5 h 30, 05:00
_SPAN = r"(?=\s*(?:à|-|–|/)\s*(?:[01]?\d|2[0-3])(?:\s*h|:))"  # the first of "de 5 à 13 h"
_A_LENGTH = r"(?!\s*(?:(?:/|par)\s*(?:sem|mois|jour|j\b)|hebdo))"  # 20 h par semaine is no hour of the day
_HOUR = re.compile(rf"{_CLOCK}(?:{_MARK}{_A_LENGTH}|{_SPAN})|\b(midi|minuit)\b")
_AN_END = re.compile(r"(?:jusqu['’]?\s*[àa]?|fin|avant)(?:\s*à)?\s*$")


@dataclass(frozen=True, kw_only=True)
class Shift:
    """The next one: its day, and its instant where the hour is known."""

    on: date
    at: datetime | None = None

    @property
    def sorts_at(self) -> datetime:
        """Where it stands among those of other people."""
        return self.at or instant_of(self.on, USUAL)


def first_hour(words: str | None) -> time | None:
    """The hour at which typed hours begin ("de 5 h à 13 h", "nuit 21h"); None where they hold none."""
    said = (words or "").lower()
    for found in _HOUR.finditer(said):
        if _AN_END.search(said[: found.start()]):
            continue
        hour, after_h, after_colon, name = found.groups()
        return time(int(hour), int(after_h or after_colon or 0)) if hour else time(12 if name == "midi" else 0)
    return None


def next_shift(weekdays: int, hours: str | None, *, pattern: str | None = None, from_at: datetime) -> Shift:
    """The first that begins from an instant on; of a shared vehicle, the first of its own hours.

    `weekdays` holds a bit a day, Monday the lowest; with none known, that very day.
    """
    if pattern is not None:
        around = Period(starts_at=from_at - ONE_DAY, ends_at=from_at + FORTNIGHT + ONE_DAY)
        at = next(use.starts_at for use in stretches(read(pattern), around) if use.starts_at >= from_at)
        return Shift(on=paris_day(at), at=at)
    starts, on = first_hour(hours), paris_day(from_at)
    if starts is None:
        return Shift(on=_next_worked(weekdays, on))
    on = _next_worked(weekdays, on + ONE_DAY if starts < paris_time(from_at) else on)
    return Shift(on=on, at=instant_of(on, starts))


def _next_worked(weekdays: int, from_on: date) -> date:
    days = (from_on + timedelta(days=ahead) for ahead in range(WEEK))
    return next((day for day in days if weekdays >> day.weekday() & 1), from_on)
