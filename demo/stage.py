"""Where the stories are played: one platform, its people at work, and the day they count from."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from mobility.periods import instant_of
from mobility.rights import Role, Viewer


@dataclass(kw_only=True)
class Stage:
    """A platform of the demonstration while it is being lived; `now` is the instant of the act under way."""

    today: date
    now: datetime
    sites: dict[str, int] = field(default_factory=dict)
    staff: dict[Role, Viewer] = field(default_factory=dict)
    prescribers: list[Viewer] = field(default_factory=list)
    vehicles: dict[str, list[int]] = field(default_factory=dict)
    odometers: dict[int, int] = field(default_factory=dict)  # by vehicle, in km

    def at(self, days: int, hour: int = 9, minute: int = 0) -> datetime:
        """An hour in Paris, so many days from today (negative: before)."""
        return instant_of(self.today + timedelta(days=days), time(hour, minute))

    def day(self, days: int) -> date:
        """A day, so many from today."""
        return self.today + timedelta(days=days)

    @property
    def adviser(self) -> Viewer:
        """Whoever is at the desk."""
        return self.staff[Role.ADVISER]

    def tell(self, at: datetime) -> None:
        """Move to an instant."""
        self.now = at
