"""The yearly report as a page and as a spreadsheet."""

from io import BytesIO
from typing import Any

from flask import Blueprint, Flask, Response, render_template, request, url_for

from mobility.cells import Euros, Value
from mobility.clock import today
from mobility.errors import DomainError
from mobility.queries.reports import yearly_report
from mobility.report import YearlyReport
from mobility.rights import Role, Viewer
from mobility.schemas.reports import ReportSchema, asked_year
from mobility.slots import NavItem, Slot, fill
from mobility.spreadsheets import XLSX, write_xlsx
from mobility.web.access import allow
from mobility.web.forms import Form, load

pages = Blueprint("reports", __name__)
_HEADINGS = ("Ce qui est compté", "Détail", "Valeur", "Unité")
_UNITS = {"cents": "€", "days": "jours", "percent": "%"}


def register(app: Flask) -> None:
    """Hang the pages, and their entry in the navigation."""
    app.register_blueprint(pages)
    fill(app, Slot.NAV, _nav)


def _nav(viewer: Viewer) -> list[NavItem]:
    if not viewer.may(Role.MANAGER, Role.TREASURER):
        return []
    return [NavItem(order=80, label="Bilan", href=url_for("reports.year"), icon="bar-chart", endpoint="reports.year")]


@pages.get("/p/<slug>/report")
@allow(Role.MANAGER, Role.TREASURER)
def year() -> Any:
    """The year asked for, or this one; a question out of sense is said beside its field."""
    try:
        report, form = _asked(), Form(values=_values())
    except DomainError as refused:
        errors = getattr(refused, "messages", {}) or {refused.field or "year": refused.sentence}
        return render_template("reports/year.html", report=None, form=Form(values=_values(), errors=errors)), refused.status
    return render_template("reports/year.html", report=report, form=form)


@pages.get("/p/<slug>/report.xlsx")
@allow(Role.MANAGER, Role.TREASURER)
def spreadsheet() -> Response:
    """The same figures as a spreadsheet."""
    report = _asked()
    name = f'attachment; filename="bilan-{report.year}.xlsx"'
    return Response(_workbook(report), content_type=XLSX, headers={"Content-Disposition": name})


def _values() -> dict[str, str]:
    return {"year": request.args.get("year") or str(today().year), "budget": request.args.get("budget", "")}


def _asked() -> YearlyReport:
    asked = load(ReportSchema(), request.args)
    return yearly_report(asked_year(asked), asked.get("budget"))


def _workbook(report: YearlyReport) -> bytes:
    kept = BytesIO()
    write_xlsx(kept, f"Bilan {report.year}, {report.platform}", _HEADINGS, (_line(*figure) for figure in report.cells()))
    return kept.getvalue()


def _line(label: str, detail: str | None, value: int | None, unit: str) -> list[Value]:
    return [label, detail, Euros(value) if unit == "cents" and value is not None else value, _UNITS.get(unit)]
