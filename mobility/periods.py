"""Instants are UTC, days are dates in Europe/Paris; a period is half-open, a span of days holds both its ends (domain.md §10.1). Pure."""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from mobility.errors import RuleBroken
from mobility.tongues import say, say_instant

PARIS = ZoneInfo("Europe/Paris")
ONE_DAY = timedelta(days=1)

_MONTHS = ["janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"]
_WEEKDAYS = ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"]


@dataclass(frozen=True, kw_only=True)
class Period:
    """Half-open [starts_at, ends_at) between two aware instants. Raises ValueError when empty or naive."""

    starts_at: datetime
    ends_at: datetime

    def __post_init__(self) -> None:
        if self.starts_at.tzinfo is None or self.ends_at.tzinfo is None:
            raise ValueError("a period needs aware instants")
        if self.ends_at <= self.starts_at:
            raise ValueError("a period ends after it starts")

    def overlaps(self, other: "Period") -> bool:
        """Whether the two share an instant; touching ends do not."""
        return self.starts_at < other.ends_at and other.starts_at < self.ends_at


def check_order(first_on: date | None, last_on: date | None, *, sentence: str, field: str) -> None:
    """What begins does not end before: raises RuleBroken on `field` when both days are told and the last comes first."""
    if first_on is not None and last_on is not None and last_on < first_on:
        raise RuleBroken(sentence, field=field)


def paris_day(instant: datetime) -> date:
    """The date in Europe/Paris of an aware instant. Raises ValueError when naive."""
    if instant.tzinfo is None:
        raise ValueError("a naive instant has no day")
    return instant.astimezone(PARIS).date()


def paris_time(instant: datetime) -> time:
    """The wall-clock time in Europe/Paris of an aware instant."""
    return instant.astimezone(PARIS).time()


def instant_of(day: date, at: time = time(0, 0)) -> datetime:
    """The UTC instant of a wall-clock time in Paris; an hour that summer time skips is read as the one after."""
    return datetime.combine(day, at, tzinfo=PARIS).astimezone(UTC)


def days_between(first: date, last: date) -> Iterator[date]:
    """Every day from first to last, both included; nothing when last < first."""
    for count in range((last - first).days + 1):  # counting, because a step past 31 December 9999 would overflow
        yield first + timedelta(days=count)


def monday_of(day: date) -> date:
    """The Monday of the calendar week that holds the day."""
    return day - timedelta(days=day.weekday())


def say_day(day: date) -> str:
    """A date as read aloud: "1er mars 2026", "14 janvier 2026"."""
    return say_instant(_day(day), day, "day")


def _day(day: date) -> str:
    return f"{'1er' if day.day == 1 else day.day} {_MONTHS[day.month - 1]} {day.year}"


def say_span(first: date, last: date) -> str:
    """Days from first to last as read aloud: "le 2 mars 2026", "du 2 au 8 mars 2026", "du 30 mars 2026 au 5 avril 2026"."""
    if first == last:
        return say("le %(day)s", day=say_day(first))
    same_month = (first.year, first.month) == (last.year, last.month)
    start = say_day(first).split()[0] if same_month else say_day(first)
    return say("du %(first)s au %(last)s", first=start, last=say_day(last))


def say_weekday(day: date) -> str:
    """A date with its weekday: "lundi 2 mars 2026"."""
    return say_instant(_weekday(day), day, "weekday")


def _weekday(day: date) -> str:
    return f"{_WEEKDAYS[day.weekday()]} {_day(day)}"


def say_moment(instant: datetime) -> str:
    """An instant in Paris: "lundi 2 mars 2026 à 9 h 05"."""
    local = instant.astimezone(PARIS)
    return say_instant(f"{_weekday(local.date())} à {local.hour} h {local.minute:02d}", local, "moment")


def say_hour(instant: datetime) -> str:
    """The hour of an instant in Paris: "9 h", "9 h 05"."""
    local = instant.astimezone(PARIS)
    return say_instant(f"{local.hour} h {local.minute:02d}" if local.minute else f"{local.hour} h", local, "hour")


def age_on(born_on: date, day: date) -> int:
    """Completed years on a day."""
    return day.year - born_on.year - ((day.month, day.day) < (born_on.month, born_on.day))


def months_after(day: date, months: int) -> date:
    """The same day of the month, `months` later; the last day of a shorter month (31 January + 1 → 28 February)."""
    year, month0 = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month0 + 1, min(day.day, monthrange(year, month0 + 1)[1]))
