"""Imports as JSON: the page's own beginning, how far it is, and the lines to look at."""

from typing import Any

from flask import request

from mobility.models import ImportRun
from mobility.office_lists import DOUBTS
from mobility.queries.imports import doubts_of, get_run
from mobility.rights import Role
from mobility.schemas.imports import DoubtOut, RunOut
from mobility.views.imports import begin
from mobility.web.access import allow, own_transactions
from mobility.web.api import Blueprint
from mobility.web.lists import list_of, told

blp = Blueprint("imports_api", __name__, url_prefix="/api/v1/p/<slug>/imports", description="Imports d’années passées")


@blp.post("")
@blp.response(202, RunOut)
@allow(Role.MANAGER)
@own_transactions
def start() -> ImportRun:
    """Take a folder in: its four CSV files as `files` of a multipart/form-data body; ask the import itself how far it is."""
    return get_run(begin(request.files.getlist("files")))


@blp.get("/<int:run_id>")
@blp.response(200, RunOut)
@allow(Role.MANAGER)
def show(run_id: int) -> ImportRun:
    """How far an import is, and what it took."""
    return get_run(run_id)


@blp.get("/<int:run_id>/doubts")
@blp.arguments(DOUBTS.schema(), location="query")
@blp.response(200, list_of(DoubtOut))
@allow(Role.MANAGER)
def doubts(asked: dict[str, Any], run_id: int) -> dict[str, Any]:
    """The lines set aside or taken with a doubt, by number and reason, fifty a page."""
    return told(DOUBTS, doubts_of(get_run(run_id).id), asked)
