"""The platform's offer for whoever asks, without a token: our own JSON, data·inclusion, GBFS (domain.md §8)."""

from typing import Any

from fleet import open_data
from fleet.queries.offer import is_published, list_poles, offer_on, publisher
from fleet.schemas.offer import GbfsSchema, InclusionServiceSchema, InclusionStructureSchema, OfferSchema
from mobility.addresses import api_address
from mobility.clock import now, today
from mobility.errors import NotFound
from mobility.web.access import public
from mobility.web.api import Blueprint
from mobility.web.platform import here

Kept = tuple[Any, int, dict[str, str]]
# The same for everybody, and asked by programs again and again: what stands before us may keep it for as long as GBFS says.
KEPT = {"Cache-Control": f"public, max-age={open_data.TTL}"}
blp = Blueprint("offer_api", __name__, url_prefix="/api/v1/p/<slug>", description="Offre publique")


@blp.get("/offer")
@blp.response(200, OfferSchema)
@blp.doc(security=[])
@public
def show() -> Kept:
    """The kinds lent today, their price, what is asked, and how many are free."""
    check_published()
    offer = offer_on(now())
    return {"poles": list_poles()} | {name: getattr(offer, name) for name in ("lead", "kinds", "reductions", "longest_days")}, 200, KEPT


@blp.get("/data-inclusion/structures")
@blp.response(200, InclusionStructureSchema(many=True))
@blp.doc(security=[])
@public
def structures() -> Kept:
    """The platform as data·inclusion reads structures."""
    check_published()
    return open_data.structures(publisher(here().id), list_poles(), today()), 200, KEPT


@blp.get("/data-inclusion/services")
@blp.response(200, InclusionServiceSchema(many=True))
@blp.doc(security=[])
@public
def services() -> Kept:
    """What is offered at each pole, as data·inclusion reads services."""
    check_published()
    return open_data.services(publisher(here().id), list_poles(), offer_on(now()), today()), 200, KEPT


@blp.get("/gbfs/<feed>.json")
@blp.response(200, GbfsSchema)
@blp.doc(security=[])
@public
def gbfs(feed: str) -> Kept:
    """One GBFS file: gbfs, system_information, vehicle_types, station_information or vehicle_availability."""
    check_published()
    if feed not in ("gbfs", *open_data.FEEDS):
        raise NotFound(f"Ce fichier n’existe pas : {', '.join(open_data.FEEDS)}.")
    return open_data.gbfs(feed, publisher(here().id), list_poles(), offer_on(now()), now(), api_address(here().slug, "gbfs")), 200, KEPT


def check_published() -> None:
    """Raises NotFound while the platform keeps its offer to itself."""
    if not is_published(today()):
        raise NotFound("Cette plateforme ne publie pas son offre.")
