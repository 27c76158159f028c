"""The hirer's way on pages: hirers, orders by state, one order with its invoices, guarantee and who bears what (domain.md §3.5)."""

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from billing import hires
from billing.actions import hirers as actions
from billing.actions.hirers import IDENTITY, PAPER
from billing.documents.hire import hire_pdf
from billing.queries.hire_papers import guarantee_paper, order_paper
from billing.queries.hires import HireRow, all_bills, all_hires, get_hire, get_hirer, list_hire_steps, list_hirers
from billing.schemas.hires import HirerSchema
from billing.views.hire_acts import OF_ORDER, OF_STEP, Act
from billing.views.hire_lists import HIRE_BILLS, HIRES
from billing.views.hire_told import forms_of, told_of
from billing.views.money import BOOKS, MONEY
from mobility.actions.attachments import keep_attachment
from mobility.clock import now, today
from mobility.errors import NotFound
from mobility.web.access import allow
from mobility.web.forms import Form, as_json, from_form, load, or_again
from mobility.web.lists import show as show_list
from mobility.web.looks import look
from mobility.web.viewer import viewer

pages = Blueprint("hires", __name__)


@pages.get("/p/<slug>/money/hirers")
@allow(*MONEY)
def hirers(form: Form | None = None) -> str:
    """The hirers, what each is owed, and a new one."""
    return render_template("billing/hirers.html", lines=list_hirers(), form=form or Form(), may_write=viewer().may(*BOOKS))


@pages.post("/p/<slug>/money/hirers")
@allow(*BOOKS)
@or_again(hirers)
def add_hirer() -> ResponseReturnValue:
    """Add one."""
    hirer = actions.add_hirer(**from_form(HirerSchema()), by=viewer(), now=now())
    flash(f"« {hirer.name} » est enregistré : une commande se fait depuis la réservation.", "fine")
    return redirect(url_for("hires.hirers"), code=303)


@pages.get("/p/<slug>/money/hirers/<int:hirer_id>")
@allow(*BOOKS)
def hirer(hirer_id: int, form: Form | None = None) -> str:
    """A hirer's identity, to change."""
    found = get_hirer(hirer_id)
    values = {name: getattr(found, name) or "" for name in IDENTITY}
    return render_template("billing/hirer.html", hirer=found, form=form or Form(values=values))


@pages.post("/p/<slug>/money/hirers/<int:hirer_id>")
@allow(*BOOKS)
@or_again(hirer)
def change_hirer(hirer_id: int) -> ResponseReturnValue:
    """Change it."""
    found = actions.change_hirer(hirer_id, **from_form(HirerSchema()), by=viewer(), now=now())
    flash(f"« {found.name} » est à jour.", "fine")
    return redirect(url_for("hires.hirers"), code=303)


@pages.get("/p/<slug>/money/hires")
@allow(*MONEY)
def index() -> ResponseReturnValue:
    """The orders, the latest first."""
    return show_list(HIRES, all_hires(), "billing/hires.html")


@pages.get("/p/<slug>/money/hires/invoices")
@allow(*BOOKS)
def bills() -> ResponseReturnValue:
    """The hirers' invoices, the latest first."""
    return show_list(HIRE_BILLS, all_bills(), "billing/hire_bills.html")


@pages.get("/p/<slug>/money/hires/<int:hire_id>")
@allow(*MONEY)
def show(hire_id: int, hire_step_id: int | None = None, form: Form | None = None) -> str:
    """One order: where it stands, its guarantee, its invoices and what comes next for each, who bears what, all that happened."""
    row = _looked_at(hire_id)
    told = told_of(row)
    return render_template("billing/hire.html", row=row, forms=forms_of(row, told["steps"], form, hire_step_id), today=today(), **told)


@pages.get("/p/<slug>/money/hires/<int:hire_id>.pdf")
@allow(*MONEY)
def order_pdf(hire_id: int) -> Response:
    """The order, for the hirer."""
    return Response(hire_pdf(order_paper(_looked_at(hire_id))), mimetype="application/pdf")


@pages.get("/p/<slug>/money/hires/<int:hire_id>/guarantee.pdf")
@allow(*MONEY)
def guarantee_pdf(hire_id: int) -> Response:
    """The letter of guarantee, as it was last given. Raises NotFound before."""
    row = _looked_at(hire_id)
    given = [step for step in list_hire_steps(hire_id) if step.act == hires.GUARANTEED]
    if not given:
        raise NotFound
    return Response(hire_pdf(guarantee_paper(row, given[-1])), mimetype="application/pdf")


def _hang(act: Act) -> None:
    """One act as a POST: its form read, its paper kept, done; refused, the page comes again with what was typed."""

    def view(hire_id: int, **step: int) -> ResponseReturnValue:
        schema, form, paper = act.schema(), MultiDict(request.form), request.files.get("paper")
        if paper is not None and paper.filename and "attachment_id" in schema.fields:
            person_id = get_hire(hire_id).person.id
            kept = keep_attachment(paper.read(), kind=PAPER.code, beneficiary_id=person_id, field="paper", by=viewer(), now=now())
            form["attachment_id"] = str(kept.id)
        act.run(hire_id, *step.values(), **load(schema, as_json(schema, form)), by=viewer(), now=now())
        flash(act.said, "fine")
        return redirect(url_for("hires.show", hire_id=hire_id), code=303)

    view.__name__, view.__doc__ = act.name, f"The act « {act.name} » on an order."
    where = "/steps/<int:hire_step_id>" if act.on_step else ""
    pages.post(f"/p/<slug>/money/hires/<int:hire_id>{where}/{act.name}", endpoint=act.name)(allow(*act.roles)(or_again(show)(view)))


for _each in (*OF_ORDER, *OF_STEP):
    _hang(_each)


def _looked_at(hire_id: int) -> HireRow:
    row = get_hire(hire_id)
    look(row.person.id, page="hire")
    return row
