"""What is owed, by how long it has been owed: payments settle the oldest charges first, so what is left is of the latest ones. Pure."""

from dataclasses import dataclass
from datetime import date, timedelta

BOUNDS = (30, 60, 90)  # days
AGES = {"new": "Moins de 30 jours", "month": "30 à 59 jours", "two_months": "60 à 89 jours", "old": "90 jours et plus"}


@dataclass(frozen=True, kw_only=True)
class Aged:
    """An amount owed, in cents, by its age; the parts come to the whole."""

    new: int
    month: int
    two_months: int
    old: int


def first_days(today: date) -> list[date]:
    """From which day on a charge is younger than each bound."""
    return [today - timedelta(days=bound - 1) for bound in BOUNDS]
