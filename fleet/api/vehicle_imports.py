"""The fleet's spreadsheet by JSON: sent, looked at, taken; the pages' actions."""

from typing import Any

from fleet.actions.vehicle_imports import get_import, rows_of, take_file
from fleet.models import VehicleImport
from fleet.queries.vehicle_lines import judge
from fleet.schemas.vehicles import VehicleImportOut
from fleet.views.vehicle_imports import keep_sent
from mobility.clock import now, today
from mobility.rights import Role
from mobility.web.access import allow
from mobility.web.api import Blueprint
from mobility.web.viewer import viewer

blp = Blueprint("vehicle_imports_api", __name__, url_prefix="/api/v1/p/<slug>/vehicle-imports", description="Le parc en tableau")


@blp.post("")
@blp.response(201, VehicleImportOut)
@allow(Role.MANAGER)
def send() -> dict[str, Any]:
    """Send a CSV or XLSX file as `file` of a multipart/form-data body; the answer says what each line would do."""
    return _told(keep_sent())


@blp.get("/<int:import_id>")
@blp.response(200, VehicleImportOut)
@allow(Role.MANAGER)
def show(import_id: int) -> dict[str, Any]:
    """What each line of a file would do today."""
    return _told(get_import(import_id))


@blp.post("/<int:import_id>/take")
@blp.response(200, VehicleImportOut)
@allow(Role.MANAGER)
def take(import_id: int) -> dict[str, Any]:
    """Do it, all of it or nothing."""
    return _told(take_file(import_id, by=viewer(), now=now()))


def _told(kept: VehicleImport) -> dict[str, Any]:
    return {
        "id": kept.id,
        "file_name": kept.file_name,
        "taken_at": kept.taken_at,
        "counts": kept.counts,
        "lines": judge(rows_of(kept), today=today()),
    }
