"""The days of a use that comes back: weekdays of each week, or of a fortnight; only they are charged (domain.md §10.1)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from mobility.periods import monday_of


@dataclass(frozen=True, kw_only=True)
class Rhythm:
    """Weekdays (Monday = 0). With `week_on`, a Monday, they are those of its week and of one in two; `other_weekdays` those between."""

    weekdays: frozenset[int]
    week_on: date | None = None
    other_weekdays: frozenset[int] = frozenset()

    def holds(self, day: date) -> bool:
        """Whether the day counts."""
        is_first = self.week_on is None or (monday_of(day) - self.week_on).days % 14 == 0
        return day.weekday() in (self.weekdays if is_first else self.other_weekdays)


def freeze_rhythm(rhythm: Rhythm) -> dict[str, Any]:
    """A rhythm as plain JSON."""
    week_on = rhythm.week_on.isoformat() if rhythm.week_on else None
    return {"weekdays": sorted(rhythm.weekdays), "week_on": week_on, "other_weekdays": sorted(rhythm.other_weekdays)}


def thaw_rhythm(frozen: Mapping[str, Any]) -> Rhythm:
    """The rhythm back from its JSON, that of before the other week had days of its own too."""
    week_on = frozen["week_on"]
    return Rhythm(
        weekdays=frozenset(frozen["weekdays"]),
        week_on=date.fromisoformat(week_on) if week_on else None,
        other_weekdays=frozenset(frozen.get("other_weekdays", ())),
    )
