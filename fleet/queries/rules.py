"""What the platform's dated settings say on the day of an act on a booking."""

from datetime import datetime, timedelta

from mobility import practice
from mobility.periods import paris_day


def hold_until(now: datetime) -> datetime:
    """When an option taken now runs out."""
    return now + timedelta(hours=practice.value_on("fleet.hold_hours", paris_day(now)))


def no_show_hours(now: datetime) -> int:
    """How long after its start a vehicle waits for the person."""
    hours: int = practice.value_on("fleet.no_show_hours", paris_day(now))
    return hours
