"""What a vehicle will need soon: inspection and insurance, with the day and how pressing it is (domain.md §1 "mechanic")."""

from dataclasses import dataclass
from datetime import date, timedelta

from fleet.availability import VehicleFacts
from mobility.periods import say_day

SOON = timedelta(days=30)


@dataclass(frozen=True, kw_only=True)
class Due:
    """One thing due: its name, the last day it holds, a word and a tone."""

    name: str
    until: date
    word: str
    tone: str

    @property
    def pressing(self) -> bool:
        """Whether somebody should act now."""
        return self.tone != "fine"

    @property
    def sentence(self) -> str:
        """Until when, in words."""
        return f"jusqu’au {say_day(self.until)}"


def list_due(vehicle: VehicleFacts, today: date) -> list[Due]:
    """Inspection, insurance and lease with a known end, the earliest first."""
    ends = (
        ("contrôle technique", vehicle.inspection_until_on),
        ("assurance", vehicle.insured_until_on),
        ("retour au loueur", vehicle.leased_until_on),
    )
    return sorted((_due(name, until, today) for name, until in ends if until is not None), key=lambda due: due.until)


def _due(name: str, until: date, today: date) -> Due:
    if until < today:
        return Due(name=name, until=until, word="dépassé", tone="over")
    if until - today <= SOON:
        return Due(name=name, until=until, word="bientôt", tone="near")
    return Due(name=name, until=until, word="à jour", tone="fine")
