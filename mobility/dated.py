"""Law and usage change: what holds on a day is a version with the day it began, never a constant in code (domain.md, opening)."""

from collections.abc import Iterable
from datetime import date
from typing import Protocol, TypeVar

from mobility.errors import RuleBroken
from mobility.periods import say_day


class Dated(Protocol):
    """Anything that holds from a day on, until a later version of it begins."""

    @property
    def from_on(self) -> date: ...


D = TypeVar("D", bound=Dated)


def find_in_force(versions: Iterable[D], day: date) -> D | None:
    """The version that holds on a day: the latest one begun by then, or None before the first."""
    return max((v for v in versions if v.from_on <= day), key=lambda v: v.from_on, default=None)


def in_force(versions: Iterable[D], day: date) -> D:
    """The version that holds on a day. Raises RuleBroken before the first one."""
    found = find_in_force(versions, day)
    if found is None:
        raise RuleBroken(f"Aucune règle n’est en vigueur au {say_day(day)}.")
    return found
