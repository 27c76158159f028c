"""A structure's own figures as JSON."""

from typing import Any

from mobility.queries.structure_figures import structure_figures
from mobility.rights import Role
from mobility.schemas.reports import asked_year
from mobility.schemas.structure_figures import FiguresOut, FiguresQuery
from mobility.structure_figures import StructureFigures
from mobility.web.access import allow
from mobility.web.api import Blueprint
from mobility.web.viewer import viewer

blp = Blueprint("structure_figures_api", __name__, url_prefix="/api/v1/p/<slug>", description="Chiffres d’une structure prescriptrice")


@blp.get("/liaison-forms/figures")
@blp.arguments(FiguresQuery, location="query")
@blp.response(200, FiguresOut)
@allow(Role.PRESCRIBER, Role.ADVISER, Role.MANAGER)
def show(asked: dict[str, Any]) -> StructureFigures:
    """Sent, met, accepted, refused and why, days from the form to the meeting, outcomes: of a year's forms."""
    return structure_figures(asked_year(asked), asked.get("structure_id"), viewer())
