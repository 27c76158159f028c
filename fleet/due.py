"""What a vehicle will need soon: inspection and insurance, with the day and how pressing it is (domain.md §1 "mechanic")."""

from dataclasses import dataclass
from datetime import date, timedelta

from fleet.availability import VehicleFacts
from mobility.periods import say_day

SOON = timedelta(days=30)


@dataclass(frozen=True, kw_only=True)
class Due:
    """One thing due: its name, its day, a word and a tone."""

    name: str
    on: date
    word: str
    tone: str

    @property
    def pressing(self) -> bool:
        """Whether somebody should act now."""
        return self.tone != "fine"


def list_due(vehicle: VehicleFacts, today: date) -> list[Due]:
    """Inspection and insurance with a known end, the earliest first."""
    ends = (("contrôle technique", vehicle.inspection_until_on), ("assurance", vehicle.insured_until_on))
    return sorted((_due(name, on, today) for name, on in ends if on is not None), key=lambda due: due.on)


def _due(name: str, on: date, today: date) -> Due:
    if on < today:
        return Due(name=name, on=on, word=f"dépassé depuis le {say_day(on)}", tone="over")
    if on - today <= SOON:
        return Due(name=name, on=on, word=f"avant le {say_day(on)}", tone="near")
    return Due(name=name, on=on, word=f"jusqu’au {say_day(on)}", tone="fine")
