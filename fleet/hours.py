"""A loan of some hours: a test ride, the way to an interview. It has no week, no cap, no deposit and no way out (domain.md §10.1)."""

from datetime import timedelta

from billing.terms import BY_THE_HOUR
from mobility.errors import RuleBroken
from mobility.periods import Period, paris_day

_LEAST = timedelta(minutes=15)


def is_by_the_hour(programme: str) -> bool:
    """Whether a programme lends for some hours of one day."""
    return programme in BY_THE_HOUR


def check_hours(programme: str, period: Period) -> None:
    """Raises RuleBroken on field `ends_at` when a loan of some hours leaves its day, or is over as it begins."""
    if not is_by_the_hour(programme):
        return
    if paris_day(period.starts_at) != paris_day(period.ends_at):
        raise RuleBroken("Un prêt de quelques heures commence et finit le même jour.", field="ends_at")
    if period.ends_at - period.starts_at < _LEAST:
        raise RuleBroken("Un prêt dure au moins un quart d’heure.", field="ends_at")
