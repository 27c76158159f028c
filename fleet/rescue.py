"""A vehicle breaks down: who needs one first, and which other would do best. Pure: nothing moves without a yes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

WEEK = 7


@dataclass(frozen=True, kw_only=True)
class Replacement:
    """A free vehicle of the same kind that fits, and how far its pole is from the one broken down (None: nobody placed them)."""

    vehicle_id: int
    label: str
    site: str
    is_here: bool
    road_km: float | None = None


def next_shift_on(weekdays: int, from_on: date) -> date:
    """The first day worked from a day on; `weekdays` holds a bit a day, Monday the lowest. With none known, that very day."""
    days = (from_on + timedelta(days=ahead) for ahead in range(WEEK))
    return next((day for day in days if weekdays >> day.weekday() & 1), from_on)


def rank(replacements: Iterable[Replacement]) -> list[Replacement]:
    """The same pole first, then the nearest, then those nobody placed; alike ones by name."""
    far = float("inf")
    return sorted(replacements, key=lambda r: (not r.is_here, far if r.road_km is None else r.road_km, r.label, r.vehicle_id))
