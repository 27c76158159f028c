"""Two files of one person made one, and two again, as JSON."""

from typing import Any

from mobility.actions.merging import merge_files, part_files
from mobility.clock import now
from mobility.models import FileMerge
from mobility.queries.merges import Preview, list_merges_into, preview
from mobility.queries.people import get_beneficiary
from mobility.schemas.liaison import NothingSchema
from mobility.schemas.merges import MergeOut, MergeSchema, PreviewOut
from mobility.views.likeness import ADVISERS
from mobility.views.merges import both
from mobility.web.access import allow
from mobility.web.api import Blueprint
from mobility.web.looks import look
from mobility.web.viewer import viewer

blp = Blueprint("merges_api", __name__, url_prefix="/api/v1/p/<slug>", description="Personnes et parcours")


@blp.get("/beneficiaries/<int:beneficiary_id>/likeness/<int:other_id>/merge")
@blp.response(200, PreviewOut)
@allow(*ADVISERS)
def show(beneficiary_id: int, other_id: int) -> Preview:
    """What making one file of both would do."""
    return preview(*both(beneficiary_id, other_id))


@blp.post("/beneficiaries/<int:beneficiary_id>/likeness/<int:other_id>/merge")
@blp.arguments(MergeSchema)
@blp.response(200, MergeOut)
@allow(*ADVISERS)
def make(sent: dict[str, Any], beneficiary_id: int, other_id: int) -> FileMerge:
    """Make one file of both: the first is kept."""
    both(beneficiary_id, other_id)
    return merge_files(beneficiary_id, other_id, **sent, by=viewer(), now=now())


@blp.get("/beneficiaries/<int:beneficiary_id>/merges")
@blp.response(200, MergeOut(many=True))
@allow(*ADVISERS)
def index(beneficiary_id: int) -> list[FileMerge]:
    """The merges by which other files went into this one."""
    person = get_beneficiary(beneficiary_id, viewer())
    look(person.id, page="merges")
    return [merge for merge, _ in list_merges_into(person.id)]


@blp.post("/beneficiaries/<int:beneficiary_id>/merges/<int:merge_id>/undo")
@blp.arguments(NothingSchema)
@blp.response(200, MergeOut)
@allow(*ADVISERS)
def undo(sent: dict[str, Any], beneficiary_id: int, merge_id: int) -> FileMerge:
    """Two files again, each with what it had."""
    return part_files(beneficiary_id, merge_id, by=viewer(), now=now())
