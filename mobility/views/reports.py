"""The yearly report as a page and as a spreadsheet."""

from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING, Any

from flask import Blueprint, Flask, Response, render_template, request, url_for

from mobility.cells import safe
from mobility.clock import today
from mobility.errors import DomainError
from mobility.later import later
from mobility.queries.reports import yearly_report
from mobility.report import YearlyReport
from mobility.rights import Role, Viewer
from mobility.schemas.reports import ReportSchema
from mobility.slots import NavItem, Slot, fill
from mobility.web.access import allow
from mobility.web.forms import Form, load

if TYPE_CHECKING:
    import openpyxl
else:
    openpyxl = later("openpyxl")

pages = Blueprint("reports", __name__)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


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
    return yearly_report(asked.get("year", today().year), asked.get("budget"))


def _workbook(report: YearlyReport) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = f"Bilan {report.year}"
    sheet.append([safe(f"{report.platform}, bilan {report.year}")])
    sheet["A1"].font = openpyxl.styles.Font(bold=True)
    for line in report.lines:
        values = line.value.items() if isinstance(line.value, dict) else [("", line.value)]
        for label, value in values:
            sheet.append([safe(line.label), safe(label), Decimal(value) / 100 if line.unit == "cents" and value is not None else value])
    sheet.append(["Budget (euros)", "", report.budget_eur])
    sheet.append(["Coût par bénéficiaire d’une action (euros)", "", report.cost_per_beneficiary_eur])
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 46, 36
    kept = BytesIO()
    book.save(kept)
    return kept.getvalue()
