"""The yearly report as JSON."""

from typing import Any

from flask import Response, jsonify

from mobility.queries.reports import yearly_report
from mobility.rights import Role
from mobility.schemas.reports import ReportSchema, asked_year
from mobility.web.access import allow
from mobility.web.api import Blueprint

blp = Blueprint("reports_api", __name__, url_prefix="/api/v1/p/<slug>", description="Bilan annuel d’une plateforme")


@blp.get("/report")
@blp.arguments(ReportSchema, location="query")
@blp.response(200, description="Les chiffres de l’année ; les montants en centimes finissent par _cents, en euros par _eur")
@allow(Role.MANAGER, Role.TREASURER)
def year(asked: dict[str, Any]) -> Response:
    """The yearly report; `budget` in whole euros."""
    return jsonify(yearly_report(asked_year(asked), asked.get("budget")).as_json())
