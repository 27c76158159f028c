"""A new tariff and what it changes: rentals to come that no contract binds yet follow it; the floor above knows them (domain.md §10.1)."""

from dataclasses import dataclass
from datetime import date

from billing.tariffs import Tariff


@dataclass(frozen=True, kw_only=True)
class TariffChange:
    """The tariff that days from `from_on` leave, the one they follow, and the first day that is another's again (None: for good)."""

    before: Tariff
    after: Tariff
    from_on: date
    until: date | None


@dataclass(frozen=True, kw_only=True)
class Move:
    """One rental that the change reprices: its number, its person's name, its first day, cents before and after, the sentence after."""

    number: str
    name: str
    first_on: date
    before_cents: int
    after_cents: int
    sentence: str
    href: str

    @property
    def difference_cents(self) -> int:
        """Above zero when it costs more."""
        return self.after_cents - self.before_cents
