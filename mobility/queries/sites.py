"""The platform's poles, as lists and pages read them."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import current_app
from sqlalchemy import select

from mobility.db import db
from mobility.errors import NotFound
from mobility.geo.geocoder import NO_ANSWER, Found
from mobility.models import Site

PARTS = ("address", "postcode", "commune")
Point = tuple[float, float]  # latitude and longitude, in degrees


def list_sites() -> Sequence[Site]:
    """The platform's poles, by name."""
    return db.session.scalars(select(Site).order_by(Site.name, Site.id)).all()


def get_site(site_id: int) -> Site:
    """A pole. Raises NotFound."""
    found = db.session.get(Site, site_id)
    if found is None:
        raise NotFound("Ce pôle n’existe pas ici.")
    return found


def same_address(site: Site, at: Mapping[str, Any]) -> bool:
    """Whether a pole stands at this address already, letter by letter."""
    return all(getattr(site, part) == at.get(part) for part in PARTS)


def locate(at: Mapping[str, Any], *, known: Site | None = None) -> Point | None:
    """Where an address stands, or its town, asked outside any writing transaction; None when nobody knows: distances are then not told.

    A pole `known` at the same address keeps its point: a search that knows only towns, or does not answer, would lose it.
    """
    if known is not None and known.lat is not None and known.lon is not None and same_address(known, at):
        return known.lat, known.lon
    search = current_app.extensions["geocoder"]
    for parts in (PARTS, PARTS[1:]):
        typed = " ".join(filter(None, (at.get(part) for part in parts)))
        found = search.find(typed, limit=1) if typed else Found()
        if found.places:
            return found.places[0].lat, found.places[0].lon
        if found.reason == NO_ANSWER:
            break
    return None
