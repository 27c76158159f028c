"""Poles: where vehicles wait and people are met; a platform opens with one and adds its others."""

from datetime import datetime

from sqlalchemy import select

from mobility import audit
from mobility.db import db
from mobility.errors import Conflict
from mobility.geo.places import Place
from mobility.models import Site
from mobility.queries.sites import get_site
from mobility.rights import Viewer


def add_site(
    *,
    name: str,
    address: str | None = None,
    postcode: str | None = None,
    commune: str | None = None,
    place: Place | None,
    by: Viewer,
    now: datetime,
) -> Site:
    """Another pole, at a `place` when its address is known. Raises Conflict on `name` when one is called so."""
    return _write(Site(), name, (address, postcode, commune), place, verb="add_site", by=by, now=now)


def change_site(
    site_id: int,
    *,
    name: str,
    address: str | None = None,
    postcode: str | None = None,
    commune: str | None = None,
    place: Place | None,
    by: Viewer,
    now: datetime,
) -> Site:
    """Replace its name and address; vehicles and meetings follow. Raises NotFound, Conflict on `name`."""
    return _write(get_site(site_id), name, (address, postcode, commune), place, verb="change_site", by=by, now=now)


def _write(
    site: Site, name: str, at: tuple[str | None, str | None, str | None], place: Place | None, *, verb: str, by: Viewer, now: datetime
) -> Site:
    if db.session.scalar(select(Site.id).filter(Site.name == name, Site.id != (site.id or 0))) is not None:
        raise Conflict("Un pôle porte déjà ce nom.", field="name")
    site.name = name
    site.address, site.postcode, site.commune = at
    site.lat, site.lon = (place.lat, place.lon) if place else (None, None)
    db.session.add(site)
    db.session.flush()
    audit.record(verb, site, by=by, now=now)
    return site
