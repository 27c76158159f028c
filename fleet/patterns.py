"""The hours of each person who shares one vehicle, as they come back by the week or the fortnight, in Paris (docs/adr/0016).

Written "12345 05:00-14:00": days (Monday = 1) and hours; for a fortnight then the other week's days, where
they are others, its hours, or "-", and a first week's Monday.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from billing.price_sentence import join_and
from billing.rhythm import Rhythm
from billing.terms import DAILY
from mobility.errors import RuleBroken
from mobility.periods import ONE_DAY, Period, days_between, instant_of, monday_of, paris_day, paris_time, say_day
from mobility.tongues import joined, say

LONGEST = timedelta(days=92)  # what one act takes at most: a stretch a day; a longer sharing is extended
WEEKDAY_NAMES = (say("lundi"), say("mardi"), say("mercredi"), say("jeudi"), say("vendredi"), say("samedi"), say("dimanche"))
_HOUR = "(?:[01][0-9]|2[0-3]):[0-5][0-9]"
_HOURS = f"{_HOUR}-{_HOUR}"
WRITTEN = f"([1-7]{{1,7}}) ({_HOURS})(?: (?:([1-7]{{1,7}}) (?!-))?({_HOURS}|-) ([0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}))?"
MISWRITTEN = "Des jours et des heures sont attendus, par exemple « 12345 05:00-14:00 » : du lundi au vendredi, de 5 h à 14 h."


@dataclass(frozen=True, kw_only=True)
class Hours:
    """From one hour of the clock to another; to that of the next day when it is not later."""

    from_time: time
    to_time: time

    @property
    def is_overnight(self) -> bool:
        """Whether they end on the next day."""
        return self.to_time <= self.from_time


@dataclass(frozen=True, kw_only=True)
class Pattern:
    """Weekdays (Monday = 0) and their hours. With `first_week_on`, a Monday, they are those of its week and of one in two from it on;
    the weeks between have `other_hours`, on days of their own or on the same, or nothing."""

    weekdays: frozenset[int]
    hours: Hours
    other_hours: Hours | None = None
    first_week_on: date | None = None
    own_days: frozenset[int] | None = None  # of the other week; None: the same

    def __post_init__(self) -> None:
        if not self.weekdays:
            raise RuleBroken("Cochez au moins un jour.", field="weekdays")
        alike = self.hours.from_time == self.hours.to_time and (self.first_week_on is None or self.other_hours == self.hours)
        if alike and len(self.weekdays & self.other_weekdays) == 7:
            raise RuleBroken("Ces heures prennent toute la semaine : faites une réservation sans partage.", field="weekdays")

    @property
    def other_weekdays(self) -> frozenset[int]:
        """The days of the other week."""
        return self.weekdays if self.own_days is None else self.own_days

    def hours_on(self, day: date) -> Hours | None:
        """Those that begin on a day."""
        is_first = self.first_week_on is None or (monday_of(day) - self.first_week_on).days % 14 == 0
        if day.weekday() not in (self.weekdays if is_first else self.other_weekdays):
            return None
        return self.hours if is_first else self.other_hours

    @property
    def rhythm(self) -> Rhythm:
        """The days that are charged: those on which its hours begin."""
        other = frozenset[int]() if self.other_hours is None else self.other_weekdays
        if self.first_week_on is None or other == self.weekdays:
            return Rhythm(weekdays=self.weekdays)
        return Rhythm(weekdays=self.weekdays, week_on=self.first_week_on, other_weekdays=other)


def write(pattern: Pattern) -> str:
    """A pattern in its one written form."""
    first = f"{_write_days(pattern.weekdays)} {_write_hours(pattern.hours)}"
    if pattern.first_week_on is None:
        return first
    own = f"{_write_days(pattern.other_weekdays)} " if pattern.other_hours and pattern.other_weekdays != pattern.weekdays else ""
    return f"{first} {own}{_write_hours(pattern.other_hours)} {pattern.first_week_on.isoformat()}"


def read(written: str) -> Pattern:
    """The pattern back. Raises RuleBroken on `pattern` or `weekdays`."""
    found = re.fullmatch(WRITTEN, written)
    if found is None:
        raise RuleBroken(MISWRITTEN, field="pattern")
    days, hours, own_days, other, week = found.groups()
    return Pattern(
        weekdays=_read_days(days),
        hours=_read_hours(hours),
        other_hours=_read_hours(other) if other not in (None, "-") else None,
        first_week_on=_read_monday(week) if week else None,
        own_days=_read_days(own_days) if own_days else None,
    )


def stretches(pattern: Pattern, within: Period) -> list[Period]:
    """The pattern's hours inside a period, in order; those that touch are one."""
    found: list[Period] = []
    for day in days_between(paris_day(within.starts_at) - ONE_DAY, paris_day(within.ends_at)):
        if hours := pattern.hours_on(day):
            starts_at = max(_instant(day, hours.from_time), within.starts_at)
            ends_at = min(_instant(day + ONE_DAY if hours.is_overnight else day, hours.to_time), within.ends_at)
            if found and starts_at <= found[-1].ends_at:
                before = found.pop()
                starts_at, ends_at = before.starts_at, max(ends_at, before.ends_at)
            if starts_at < ends_at:
                found.append(Period(starts_at=starts_at, ends_at=ends_at))
    return found


def uses_of(pattern: str | None, period: Period) -> list[Period]:
    """What a booking uses of a period: all of it, or its stretches of a shared vehicle."""
    return [period] if pattern is None else stretches(read(pattern), period)


def hull_of(pattern: str | None, period: Period) -> Period:
    """From the first use inside a period to the end of the last one. Raises RuleBroken on `ends_at` when it holds none."""
    uses = uses_of(pattern, period)
    if not uses:
        raise RuleBroken("Aucune de ces heures ne tombe entre le départ et le retour.", field="ends_at")
    return Period(starts_at=uses[0].starts_at, ends_at=uses[-1].ends_at)


def check_shareable(pattern: str | None, programme: str, period: Period) -> None:
    """Raises RuleBroken on `programme` for months and single hours, which are not shared, and on `ends_at` for too many stretches."""
    if pattern is None:
        return
    if programme != DAILY:
        raise RuleBroken("Un véhicule se partage au tarif à la journée.", field="programme")
    if period.ends_at - period.starts_at > LONGEST:
        raise RuleBroken(f"Un partage se réserve pour {LONGEST.days} jours au plus : prolongez-le ensuite.", field="ends_at")


def rhythm_of(pattern: str | None) -> Rhythm | None:
    """The days that a written pattern charges; None: all of them."""
    return None if pattern is None else read(pattern).rhythm


def say_pattern(pattern: str | None) -> str | None:
    """In words: "du lundi au vendredi, de 5 h à 14 h"; None for a vehicle that is not shared."""
    return None if pattern is None else _say(read(pattern))


def _say(pattern: Pattern) -> str:
    days, first = say_days(sorted(pattern.weekdays)), _say_hours(pattern.hours)
    if pattern.first_week_on is None:
        return joined(", ", (days, first))
    told = {"days": days, "hours": first, "monday": say_day(pattern.first_week_on)}
    if pattern.other_hours is None:
        return say("une semaine sur deux (semaine du %(monday)s, puis une sur deux), %(days)s, %(hours)s", **told)
    told["other"] = _say_hours(pattern.other_hours)
    if pattern.other_weekdays == pattern.weekdays:
        return say("%(days)s, une semaine %(hours)s (semaine du %(monday)s, puis une sur deux), l’autre %(other)s", **told)
    told["others"] = say_days(sorted(pattern.other_weekdays))
    return say("une semaine %(days)s, %(hours)s (semaine du %(monday)s, puis une sur deux), l’autre %(others)s, %(other)s", **told)


def say_days(days: list[int]) -> str:
    """Days of the week, 0 for Monday, in order: "du lundi au vendredi", "le lundi et le jeudi"."""
    if len(days) == 7:
        return say("tous les jours")
    if len(days) > 2 and days[-1] - days[0] == len(days) - 1:
        return say("du %(first)s au %(last)s", first=WEEKDAY_NAMES[days[0]], last=WEEKDAY_NAMES[days[-1]])
    return join_and([say("le %(day)s", day=WEEKDAY_NAMES[day]) for day in days])


def _say_hours(hours: Hours) -> str:
    told = {"begin": say_time(hours.from_time), "end": say_time(hours.to_time)}
    if hours.is_overnight and hours.to_time != time():
        return say("de %(begin)s à %(end)s le lendemain", **told)
    return say("de %(begin)s à %(end)s", **told)


def say_time(at: time) -> str:
    """An hour of the day: "9 h", "9 h 05", "minuit"."""
    if at == time():
        return say("minuit")
    return say("%(hour)s h %(minute)s", hour=at.hour, minute=f"{at.minute:02d}") if at.minute else say("%(hour)s h", hour=at.hour)


def _instant(day: date, at: time) -> datetime:
    """The instant of an hour in Paris; one that summer time skips is the change itself, so that what does not meet never meets in UTC."""
    found = instant_of(day, at)
    return found if paris_time(found) == at else found.replace(minute=0)


def _write_days(days: frozenset[int]) -> str:
    return "".join(str(day + 1) for day in sorted(days))


def _read_days(written: str) -> frozenset[int]:
    return frozenset(int(day) - 1 for day in written)


def _write_hours(hours: Hours | None) -> str:
    return f"{hours.from_time:%H:%M}-{hours.to_time:%H:%M}" if hours else "-"


def _read_hours(written: str) -> Hours:
    from_time, to_time = (time.fromisoformat(hour) for hour in written.split("-"))
    return Hours(from_time=from_time, to_time=to_time)


def _read_monday(written: str) -> date:
    try:
        return monday_of(date.fromisoformat(written))
    except (ValueError, OverflowError):
        raise RuleBroken(MISWRITTEN, field="pattern") from None
