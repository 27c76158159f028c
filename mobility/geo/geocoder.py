"""Where an address is: the port, the national address base behind it, and our own table when nobody is connected."""

import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from geopy.adapters import URLLibAdapter
from geopy.exc import GeopyError
from geopy.geocoders import BANFrance
from geopy.location import Location
from geopy.util import logger

from mobility.geo.gazetteer import match, read_communes
from mobility.geo.places import Place, Precision
from mobility.web_json import NoAnswer

BAN_DOMAIN = "data.geopf.fr/geocodage"  # geopy's own default host has been dead since January 2026
TYPED_MAX = 200  # characters the national base accepts in a query
FOUND_MAX = 20

NOTHING_FOUND = "Aucun lieu ne correspond : vérifiez le code postal ou le nom de la commune."
NO_ANSWER = "La recherche d’adresse ne répond pas pour le moment : choisissez la commune, l’adresse pourra être précisée plus tard."


@dataclass(frozen=True, kw_only=True)
class Found:
    """Places, the surest first; when there is none, the French sentence that says why."""

    places: tuple[Place, ...] = ()
    reason: str | None = None


class Geocoder(Protocol):
    """Finds the places a typed address may mean; never raises at the user."""

    def find(self, text: str, *, limit: int = 5) -> Found: ...


class TableGeocoder:
    """The embedded default: searches a table of places, the demo's communes unless told."""

    def __init__(self, places: Iterable[Place] | None = None) -> None:
        self._places = read_communes() if places is None else tuple(places)

    def find(self, text: str, *, limit: int = 5) -> Found:
        """Places by postcode or name, whatever the accents and the case."""
        return _found(match(text, self._places, limit=min(limit, FOUND_MAX)))


class BanGeocoder:
    """The Base Adresse Nationale through geopy; `domain` may be a host of ours that runs the same engine."""

    def __init__(self, *, domain: str = BAN_DOMAIN, scheme: str = "https", timeout_s: float = 4.0) -> None:
        logger.setLevel(logging.WARNING)  # geopy tells its log every address it is asked for, and whole answers
        # The urllib adapter is named so that an installed `requests` never changes retries and timeouts.
        self._ban = BANFrance(domain=domain, scheme=scheme, timeout=timeout_s, user_agent="point-etape", adapter_factory=URLLibAdapter)

    def find(self, text: str, *, limit: int = 5) -> Found:
        """Addresses of France; a service that fails, or answers nonsense, gives an empty answer with its reason."""
        query = " ".join(text.split())[:TYPED_MAX]
        if len(query) < 3:  # the national base refuses fewer
            return _found(())
        try:
            answered = self._ban.geocode(query, limit=max(1, min(limit, FOUND_MAX)), exactly_one=False) or []
            return _found(tuple(_place(location) for location in answered))
        except (GeopyError, LookupError, TypeError, ValueError, AttributeError):
            return Found(reason=NO_ANSWER)

    def check(self) -> None:
        """Asks for one town. Raises NoAnswer."""
        if self.find("13600 La Ciotat", limit=1).reason == NO_ANSWER:
            raise NoAnswer("the address search does not answer", may_retry=True)


def _found(places: tuple[Place, ...]) -> Found:
    return Found(places=places, reason=None if places else NOTHING_FOUND)


def _place(location: Location) -> Place:
    facts: Mapping[str, Any] = location.raw["properties"]
    lon, lat = location.raw["geometry"]["coordinates"]  # as sent: geopy's own point brings 500° back to 140°
    return Place(
        label=str(facts["label"]),
        postcode=str(facts.get("postcode", "")),
        commune=str(facts.get("city", "")),
        insee=str(facts.get("citycode", "")),
        lat=float(lat),
        lon=float(lon),
        precision=Precision(facts["type"]),
    )
