"""A place on the map and how far two of them are: degrees in, kilometres out, never a false precision. Pure."""

from dataclasses import dataclass
from enum import StrEnum
from math import asin, cos, radians, sin, sqrt

EARTH_RADIUS_KM = 6371.0088  # mean radius, IUGG
ROAD_FACTOR = 1.3  # how much longer a road is than the line through the air (architecture.md, "Outside worlds")


class Precision(StrEnum):
    """How closely a place is known, in the words of the Base Adresse Nationale."""

    HOUSE = "housenumber"
    STREET = "street"
    LOCALITY = "locality"
    COMMUNE = "municipality"


@dataclass(frozen=True, kw_only=True)
class Place:
    """A point in degrees (WGS 84) with its French address. Raises ValueError off the globe."""

    label: str
    postcode: str
    commune: str
    insee: str
    lat: float
    lon: float
    precision: Precision

    def __post_init__(self) -> None:
        if not (-90 <= self.lat <= 90 and -180 <= self.lon <= 180):
            raise ValueError("a place is on the globe")


@dataclass(frozen=True, kw_only=True)
class RoadDistance:
    """A one-way trip in kilometres by road; an estimate always says so."""

    km: float
    is_estimate: bool

    @property
    def sentence(self) -> str:
        """The distance as read on screen: "18 km par la route", "environ 18 km, estimation à vol d’oiseau"."""
        said = say_km(self.km)
        return f"environ {said}, estimation à vol d’oiseau" if self.is_estimate else f"{said} par la route"


def say_km(km: float) -> str:
    """Kilometres as a French reader writes them, one decimal below ten: 4.26 → "4,3 km", 18.2 → "18 km"."""
    shown = f"{km:.1f}".removesuffix(".0") if km < 9.95 else f"{km:.0f}"
    return shown.replace(".", ",") + " km"


def great_circle_km(a: Place, b: Place) -> float:
    """Kilometres between two places through the air (haversine)."""
    lat_a, lat_b = radians(a.lat), radians(b.lat)
    half_lat, half_lon = (lat_b - lat_a) / 2, radians(b.lon - a.lon) / 2
    chord = sin(half_lat) ** 2 + cos(lat_a) * cos(lat_b) * sin(half_lon) ** 2
    return 2 * EARTH_RADIUS_KM * asin(sqrt(chord))  # a chord one rounding above 1 has the root 1


def estimate_road_km(a: Place, b: Place) -> RoadDistance:
    """Great circle × 1.3, to the tenth of a kilometre, always flagged as an estimate."""
    return RoadDistance(km=round(great_circle_km(a, b) * ROAD_FACTOR, 1), is_estimate=True)


def can_measure(a: Place, b: Place) -> bool:
    """Whether a distance means anything: within one commune of which only the centre is known, it would be 0 km, and the mileage cap 0."""
    return not (a.insee == b.insee and Precision.COMMUNE in (a.precision, b.precision))
