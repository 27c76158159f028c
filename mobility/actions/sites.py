"""Poles: where vehicles wait and people are met; a platform opens with one and adds its others."""

from datetime import datetime
from typing import TypedDict, Unpack

from sqlalchemy import select

from mobility import audit
from mobility.db import db, platform_id
from mobility.errors import Conflict
from mobility.models import Platform, Site
from mobility.queries.sites import Point, get_site, same_address
from mobility.rights import Viewer


class Address(TypedDict, total=False):
    """Where a pole stands, as its manager tells it."""

    address: str | None
    postcode: str | None
    commune: str | None


def add_site(*, name: str, point: Point | None, by: Viewer, now: datetime, **at: Unpack[Address]) -> Site:
    """Another pole, at a `point` when it is known; told a second time it is the same one. Raises Conflict on `name`."""
    # Two sendings at once come one after the other.
    db.session.get_one(Platform, platform_id(), with_for_update={"key_share": True}, populate_existing=True)
    called_so = db.session.scalar(select(Site).filter(Site.name == name))
    if called_so is not None and same_address(called_so, at):
        return called_so
    return _write(Site(), name, point, at, verb="add_site", by=by, now=now)


def change_site(site_id: int, *, name: str, point: Point | None, by: Viewer, now: datetime, **at: Unpack[Address]) -> Site:
    """Replace its name and address; vehicles and meetings follow. Raises NotFound, Conflict on `name`."""
    return _write(get_site(site_id), name, point, at, verb="change_site", by=by, now=now)


def _write(site: Site, name: str, point: Point | None, at: Address, *, verb: str, by: Viewer, now: datetime) -> Site:
    if db.session.scalar(select(Site.id).filter(Site.name == name, Site.id != (site.id or 0))) is not None:
        raise Conflict("Un pôle porte déjà ce nom.", field="name")
    site.name = name
    site.address, site.postcode, site.commune = at.get("address"), at.get("postcode"), at.get("commune")
    site.lat, site.lon = point or (None, None)
    db.session.add(site)
    db.session.flush()
    audit.record(verb, site, by=by, now=now)
    return site
