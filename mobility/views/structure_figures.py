"""What became of the people a structure sent: its prescribers read it, and the platform's advisers of any structure."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from mobility.clock import today
from mobility.errors import DomainError
from mobility.queries.structure_figures import structure_figures
from mobility.queries.structures import list_prescribing
from mobility.rights import Role
from mobility.schemas.reports import asked_year
from mobility.schemas.structure_figures import FiguresQuery
from mobility.web.access import allow
from mobility.web.forms import Form, load
from mobility.web.viewer import viewer

pages = Blueprint("structure_figures", __name__)


@pages.get("/p/<slug>/liaison-forms/figures")
@allow(Role.PRESCRIBER, Role.ADVISER, Role.MANAGER)
def show() -> ResponseReturnValue:
    """The year asked for, or this one; a question out of sense is said beside its field."""
    values = {"year": request.args.get("year") or str(today().year), "structure_id": request.args.get("structure_id", "")}
    structures = [(str(structure.id), structure.name) for structure in list_prescribing(viewer(), on=today())]
    try:
        asked = load(FiguresQuery(), {name: value for name, value in values.items() if value})
        figures = structure_figures(asked_year(asked), asked.get("structure_id"), viewer())
    except DomainError as refused:
        errors = getattr(refused, "messages", {}) or {refused.field or "year": refused.sentence}
        form = Form(values=values, errors=errors)
        return render_template("path/figures.html", form=form, figures=None, structures=structures), refused.status
    return render_template("path/figures.html", form=Form(values=values), figures=figures, structures=structures)
