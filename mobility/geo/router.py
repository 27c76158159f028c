"""How far two places are by road: the port, an OSRM-style service behind it, and the estimate when nobody is connected."""

from typing import Protocol

from mobility.geo.places import Place, RoadDistance, can_measure, estimate_road_km
from mobility.web_json import NoAnswer, ask


class Router(Protocol):
    """Kilometres of the one-way trip by road; None when `can_measure` says that it means nothing."""

    def road_km(self, a: Place, b: Place) -> RoadDistance | None: ...


class EstimateRouter:
    """The embedded default: great circle × 1.3, flagged as an estimate."""

    def road_km(self, a: Place, b: Place) -> RoadDistance | None:
        """An estimate, without asking anybody."""
        return estimate_road_km(a, b) if can_measure(a, b) else None


class OsrmRouter:
    """A service that speaks OSRM's `/route/v1/driving`; when it does not answer, the estimate stands in."""

    def __init__(self, base_url: str, *, timeout_s: float = 4.0) -> None:
        self._base_url = base_url.rstrip("/")
        self._timeout_s = timeout_s

    def road_km(self, a: Place, b: Place) -> RoadDistance | None:
        """The driven distance, to the tenth of a kilometre; no address leaves the house, only two points."""
        if not can_measure(a, b):
            return None
        try:
            return RoadDistance(km=self.ask_km(a, b), is_estimate=False)
        except NoAnswer:
            return estimate_road_km(a, b)

    def ask_km(self, a: Place, b: Place) -> float:
        """What the service says, in kilometres. Raises NoAnswer when it fails, knows no road, or answers another shape."""
        points = f"{a.lon:.5f},{a.lat:.5f};{b.lon:.5f},{b.lat:.5f}"
        answer = ask(f"{self._base_url}/route/v1/driving/{points}?overview=false", timeout_s=self._timeout_s)
        try:
            metres = float(answer["routes"][0]["distance"])
        except (LookupError, TypeError, ValueError):
            raise NoAnswer("the routing service gave no route", may_retry=False) from None
        if not 0 <= metres < 20_000_000:  # half the way round the earth; also refuses NaN
            raise NoAnswer("the routing service gave an impossible distance", may_retry=False)
        return round(metres / 1000, 1)
