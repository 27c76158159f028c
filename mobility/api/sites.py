"""Poles as JSON."""

from collections.abc import Sequence
from typing import Any

from mobility.actions import sites
from mobility.clock import now
from mobility.db import transaction
from mobility.models import Site
from mobility.queries.sites import get_site, list_sites, locate
from mobility.rights import Role
from mobility.schemas.sites import SiteOut, SiteSchema
from mobility.web.access import allow, own_transactions
from mobility.web.api import Blueprint
from mobility.web.viewer import viewer

blp = Blueprint("sites_api", __name__, url_prefix="/api/v1/p/<slug>/sites", description="Pôles")


@blp.get("")
@blp.response(200, SiteOut(many=True))
@allow(Role.ADVISER, Role.MECHANIC, Role.MANAGER)
def index() -> Sequence[Site]:
    """All of them by name."""
    return list_sites()


@blp.post("")
@blp.arguments(SiteSchema)
@blp.response(201, SiteOut)
@allow(Role.MANAGER)
@own_transactions
def create(sent: dict[str, Any]) -> dict[str, Any]:
    """Add a pole; sent again with the same name and address, it is the same one."""
    point = locate(sent)
    with transaction():
        return _told(sites.add_site(**sent, point=point, by=viewer(), now=now()))


@blp.put("/<int:site_id>")
@blp.arguments(SiteSchema)
@blp.response(200, SiteOut)
@allow(Role.MANAGER)
@own_transactions
def update(sent: dict[str, Any], site_id: int) -> dict[str, Any]:
    """Replace what is known of a pole."""
    point = locate(sent, known=get_site(site_id))
    with transaction():
        return _told(sites.change_site(site_id, **sent, point=point, by=viewer(), now=now()))


def _told(site: Site) -> dict[str, Any]:
    """Its values while its transaction stands."""
    told: dict[str, Any] = SiteOut().dump(site)
    return told
