"""The platform's poles, as lists and pages read them."""

from collections.abc import Sequence

from flask import current_app
from sqlalchemy import select

from mobility.db import db
from mobility.errors import NotFound
from mobility.geo.places import Place
from mobility.models import Site


def list_sites() -> Sequence[Site]:
    """The platform's poles, by name."""
    return db.session.scalars(select(Site).order_by(Site.name, Site.id)).all()


def get_site(site_id: int) -> Site:
    """A pole. Raises NotFound."""
    found = db.session.get(Site, site_id)
    if found is None:
        raise NotFound("Ce pôle n’existe pas ici.")
    return found


def locate(*, address: str | None, postcode: str | None, commune: str | None) -> Place | None:
    """Where a typed address stands, asked outside any writing transaction; None when nobody knows: distances are then not told."""
    search = current_app.extensions["geocoder"]
    for typed in (" ".join(part for part in (address, postcode, commune) if part), " ".join(part for part in (postcode, commune) if part)):
        if typed and (found := search.find(typed, limit=1)).places:
            place: Place = found.places[0]
            return place
    return None
