"""How long a vehicle stood still for repairs over the past year, and what share of its time that is. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from fleet.work import say_span
from mobility.periods import Period

OVER = timedelta(days=365)
STOPPED_FOR = ("workshop", "breakdown", "inspection", "service")  # cleaning between two people is no downtime


@dataclass(frozen=True, kw_only=True)
class Downtime:
    """How long, in how many stops, out of how long in the fleet."""

    span: timedelta
    stops: int
    out_of: timedelta

    @property
    def permille(self) -> int:
        """The share of its time, in thousandths, halves up."""
        return int(self.span / self.out_of * 1000 + 0.5) if self.out_of else 0

    @property
    def sentence(self) -> str:
        """As read aloud: "2 jours et 3 h d’arrêt en 12 mois, en 2 passages (0,6 % du temps)."."""
        if not self.stops:
            return "Aucun arrêt en 12 mois."
        times = f"{self.stops} passages" if self.stops > 1 else "un passage"
        return f"{say_span(self.span)} d’arrêt en 12 mois, en {times} ({self.permille // 10},{self.permille % 10} % du temps)."


def measure(stops: Iterable[Period], *, since: datetime, now: datetime) -> Downtime:
    """What stops come to over the past year, or since the vehicle came; what lies ahead or before does not count."""
    begin = max(since, now - OVER)
    spans = [min(stop.ends_at, now) - max(stop.starts_at, begin) for stop in stops]
    counted = [span for span in spans if span > timedelta(0)]
    return Downtime(span=sum(counted, timedelta()), stops=len(counted), out_of=max(now - begin, timedelta()))
