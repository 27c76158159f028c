"""The days of a use that comes back: weekdays of each week, or of one week in two; only they are charged (domain.md §10.1)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from mobility.periods import monday_of


@dataclass(frozen=True, kw_only=True)
class Rhythm:
    """Weekdays (Monday = 0); `week_on` is the Monday of a week that counts, when only one week in two does."""

    weekdays: frozenset[int]
    week_on: date | None = None

    def holds(self, day: date) -> bool:
        """Whether the day counts."""
        return day.weekday() in self.weekdays and (self.week_on is None or (monday_of(day) - self.week_on).days % 14 == 0)


def freeze_rhythm(rhythm: Rhythm) -> dict[str, Any]:
    """A rhythm as plain JSON."""
    return {"weekdays": sorted(rhythm.weekdays), "week_on": rhythm.week_on.isoformat() if rhythm.week_on else None}


def thaw_rhythm(frozen: Mapping[str, Any]) -> Rhythm:
    """The rhythm back from its JSON."""
    week_on = frozen["week_on"]
    return Rhythm(weekdays=frozenset(frozen["weekdays"]), week_on=date.fromisoformat(week_on) if week_on else None)
