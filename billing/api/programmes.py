"""The escalating programme by JSON: its versions, a new one from a day on; the page's own action and schema."""

from typing import Any

from billing.actions.programmes import set_programme
from billing.programmes import DatedProgramme, read_programme
from billing.queries.programmes import as_rule, list_programmes
from billing.schemas.programmes import ProgrammeOut, ProgrammeSchema
from billing.views.money import BOOKS
from mobility.clock import now
from mobility.rights import Role
from mobility.web.access import allow
from mobility.web.api import Blueprint
from mobility.web.viewer import viewer

blp = Blueprint("programmes_api", __name__, url_prefix="/api/v1/p/<slug>/money/programmes", description="Programme AMIE, par versions")


@blp.get("")
@blp.response(200, ProgrammeOut(many=True))
@allow(*BOOKS)
def index() -> list[DatedProgramme]:
    """The platform's own versions, the latest first, then the preset that holds before them."""
    return list_programmes()


@blp.post("")
@blp.arguments(ProgrammeSchema)
@blp.response(201, ProgrammeOut)
@allow(Role.MANAGER)
def create(asked: dict[str, Any]) -> DatedProgramme:
    """A version from today or a later day on; accounts keep the one they froze."""
    return as_rule(set_programme(read_programme(asked), by=viewer(), now=now()))
