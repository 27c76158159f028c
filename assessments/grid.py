"""What an assessment grid is made of: dimensions of items, each item answered in words from 0 to 4 (domain.md §2.2, §10.7)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

LEVELS = range(5)


@dataclass(frozen=True, kw_only=True)
class Item:
    """One thing to look at with the person: how it is said, and its five levels in words, from 0 to 4."""

    code: str
    label: str
    levels: tuple[str, str, str, str, str]


@dataclass(frozen=True, kw_only=True)
class Dimension:
    """Items that belong together. Weight 0 is a declared need: listened to, never scored (domain.md §9 "Data")."""

    code: str
    label: str
    weight: int
    items: tuple[Item, ...]
    strength: str = ""
    next_step: str = ""

    @property
    def counts(self) -> bool:
        """Whether it enters the potential."""
        return self.weight > 0


@dataclass(frozen=True, kw_only=True)
class Grid:
    """A version of the grid, in force from a day; a version that was used once is never changed."""

    version: str
    label: str
    from_on: date
    dimensions: tuple[Dimension, ...]

    def items(self) -> Iterator[Item]:
        """Every item, in the order of the sheet."""
        for dimension in self.dimensions:
            yield from dimension.items

    @cached_property
    def item_codes(self) -> frozenset[str]:
        """The codes that an answer may carry."""
        return frozenset(item.code for item in self.items())
