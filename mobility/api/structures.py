"""Structures as JSON: the staff all of them, a prescriber their own."""

from typing import Any

from mobility.actions import structures
from mobility.clock import now
from mobility.lists import STRUCTURES
from mobility.models import Structure
from mobility.queries.structures import structures_of
from mobility.rights import Role
from mobility.schemas.liaison import NothingSchema
from mobility.schemas.paths import StructureOut, StructureSchema
from mobility.web.access import allow
from mobility.web.api import Blueprint
from mobility.web.lists import list_of, told
from mobility.web.viewer import viewer

blp = Blueprint("structures_api", __name__, url_prefix="/api/v1/p/<slug>/structures", description="Structures prescriptrices")


@blp.get("")
@blp.arguments(STRUCTURES.schema(), location="query")
@blp.response(200, list_of(StructureOut))
@allow(Role.PRESCRIBER, Role.ADVISER, Role.MANAGER)
def index(asked: dict[str, Any]) -> dict[str, Any]:
    """Structures by name, fifty a page."""
    return told(STRUCTURES, structures_of(viewer()), asked)


@blp.post("")
@blp.arguments(StructureSchema)
@blp.response(201, StructureOut)
@allow(Role.ADVISER, Role.MANAGER)
def create(sent: dict[str, Any]) -> Structure:
    """Add a structure."""
    return structures.add_structure(**sent, by=viewer(), now=now())


@blp.put("/<int:structure_id>")
@blp.arguments(StructureSchema)
@blp.response(200, StructureOut)
@allow(Role.ADVISER, Role.MANAGER)
def update(sent: dict[str, Any], structure_id: int) -> Structure:
    """Replace what is known of a structure."""
    return structures.update_structure(structure_id, **sent, by=viewer(), now=now())


@blp.post("/<int:structure_id>/close")
@blp.arguments(NothingSchema)
@blp.response(200, StructureOut)
@allow(Role.ADVISER, Role.MANAGER)
def close(sent: dict[str, Any], structure_id: int) -> Structure:
    """Close a structure from today on."""
    return structures.close_structure(structure_id, by=viewer(), now=now())
