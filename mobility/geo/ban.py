"""The Base Adresse Nationale, a geocoder of France; the only module that imports geopy."""

import logging
from collections.abc import Mapping
from typing import Any

from geopy.adapters import URLLibAdapter
from geopy.exc import GeopyError
from geopy.geocoders import BANFrance
from geopy.location import Location
from geopy.util import logger

from mobility.geo.geocoder import FOUND_MAX, NO_ANSWER, Found, found
from mobility.geo.places import Place, Precision
from mobility.web_json import NoAnswer

BAN_DOMAIN = "data.geopf.fr/geocodage"  # geopy's own default host has been dead since January 2026
TYPED_MAX = 200  # characters the national base accepts in a query


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
            return found(())
        try:
            answered = self._ban.geocode(query, limit=max(1, min(limit, FOUND_MAX)), exactly_one=False) or []
            return found(tuple(_place(location) for location in answered))
        except (GeopyError, LookupError, TypeError, ValueError, AttributeError):
            return Found(reason=NO_ANSWER)

    def check(self) -> None:
        """Asks for one town. Raises NoAnswer."""
        if self.find("13600 La Ciotat", limit=1).reason == NO_ANSWER:
            raise NoAnswer("the address search does not answer", may_retry=True)


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
