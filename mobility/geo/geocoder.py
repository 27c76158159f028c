"""Where an address is: the port, the national address base behind it, and our own table when nobody is connected."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from mobility.geo.gazetteer import match, read_communes
from mobility.geo.places import Place

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
        return found(match(text, self._places, limit=min(limit, FOUND_MAX)))


def found(places: tuple[Place, ...]) -> Found:
    """The answer that these places make."""
    return Found(places=places, reason=None if places else NOTHING_FOUND)
