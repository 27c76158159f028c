"""What an account's days were lived with: the name of the thing lent changes in the middle of a rental, and days keep theirs.

An account's names are `[from, name]` pairs in order, empty while there was only one.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import date

NamedFrom = tuple[date, str]


def renamed(names: Sequence[NamedFrom], *, before: str, after: str, on: date) -> list[NamedFrom]:
    """The names with another one from a day on; of two changes on one day the last counts."""
    known = list(names) or [(date.min, before)]
    return [*(pair for pair in known if pair[0] < on), (on, after)]


def name_on(names: Sequence[NamedFrom], day: date) -> str | None:
    """The name that held on a day; None where there was only ever one."""
    return next((name for from_on, name in reversed(names) if from_on <= day), None)


def say_names(names: Sequence[NamedFrom], days: Collection[date]) -> str:
    """As in "Citadine grise, puis Citadine bleue", for some days; empty where there was only ever one name."""
    held: Iterable[str | None] = (name_on(names, day) for day in sorted(days))
    return ", puis ".join(dict.fromkeys(name for name in held if name))
