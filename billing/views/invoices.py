"""Payers' invoices: issued for a month, printed, then paid, disputed or credited."""

from flask import Blueprint, Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from billing.actions import invoices as actions
from billing.documents.invoice import invoice_pdf
from billing.invoices import STATES, TONES, left_of_line
from billing.queries.invoices import all_invoices, asked_lines, find_row, given_up_of, invoice_paper, list_steps
from billing.queries.payers import get_payer
from billing.schemas.invoices import CreditSchema, InvoicePaidSchema, InvoiceSchema, ReasonSchema
from billing.views.amounts import typed
from billing.views.invoice_list import INVOICES
from billing.views.money import BOOKS
from mobility.clock import now, today
from mobility.periods import ONE_DAY
from mobility.web.access import allow
from mobility.web.forms import Form, from_form, or_again
from mobility.web.lists import show as show_list
from mobility.web.viewer import viewer

pages = Blueprint("invoices", __name__)
STEPS = {"paid": "Payée", "disputed": "Contestée", "credited": "Avoir"}


@pages.get("/p/<slug>/money/invoices")
@allow(*BOOKS)
def index() -> ResponseReturnValue:
    """The invoices and credit notes, the latest first."""
    return show_list(INVOICES, all_invoices(), "billing/invoices.html")


@pages.get("/p/<slug>/money/payers/<int:payer_id>/invoices/new")
@allow(*BOOKS)
def new(payer_id: int, form: Form | None = None) -> str:
    """The invoice of a month for a payer; last month to begin with."""
    usual = Form(values={"month_on": (today().replace(day=1) - ONE_DAY).isoformat()})
    return render_template("billing/invoice_new.html", payer=get_payer(payer_id), form=form or usual)


@pages.post("/p/<slug>/money/payers/<int:payer_id>/invoices")
@allow(*BOOKS)
@or_again(new)
def create(payer_id: int) -> ResponseReturnValue:
    """Issue it."""
    invoice = actions.issue_invoice(payer_id, **from_form(InvoiceSchema()), by=viewer(), now=now())
    flash(f"La facture n° {invoice.number} est émise.", "fine")
    return redirect(url_for("invoices.show", number=invoice.number), code=303)


@pages.get("/p/<slug>/money/invoices/<int:number>")
@allow(*BOOKS)
def show(number: int, form: Form | None = None) -> str:
    """An invoice, what became of it, and what comes next."""
    row = find_row(number)
    usual = Form(values={"cents": typed(row.progress.left_cents), "received_on": today().isoformat()})
    return render_template(
        "billing/invoice.html",
        row=row,
        paper=invoice_paper(row),
        steps=list_steps(row.invoice),
        names=STEPS,
        state=STATES[row.progress.state],
        tone=TONES.get(row.progress.state, "waiting"),
        form=form or usual,
    )


@pages.get("/p/<slug>/money/invoices/<int:number>.pdf")
@allow(*BOOKS)
def as_pdf(number: int) -> Response:
    """The same on paper."""
    return Response(invoice_pdf(invoice_paper(find_row(number))), mimetype="application/pdf")


@pages.post("/p/<slug>/money/invoices/<int:number>/paid")
@allow(*BOOKS)
@or_again(show)
def receive(number: int) -> ResponseReturnValue:
    """The payer paid, in whole or in part."""
    actions.receive(number, **from_form(InvoicePaidSchema()), by=viewer(), now=now())
    flash("Le paiement est noté.", "fine")
    return redirect(url_for("invoices.show", number=number), code=303)


@pages.post("/p/<slug>/money/invoices/<int:number>/dispute")
@allow(*BOOKS)
@or_again(show)
def dispute(number: int) -> ResponseReturnValue:
    """The payer disputes it."""
    actions.dispute(number, **from_form(ReasonSchema()), by=viewer(), now=now())
    flash("La contestation est notée.", "fine")
    return redirect(url_for("invoices.show", number=number), code=303)


@pages.get("/p/<slug>/money/invoices/<int:number>/credit")
@allow(*BOOKS)
def crediting(number: int, form: Form | None = None) -> str:
    """What to give up of an invoice: chosen lines, an amount of one, or all that is left."""
    row = find_row(number)
    paper, given_up = invoice_paper(row), given_up_of(row.invoice)
    rests = [sum(left_of_line(asked, given_up.get(place, {})).values()) for place, asked in enumerate(asked_lines(row.invoice), 1)]
    lines = [(place, line, cents) for place, (line, cents) in enumerate(zip(paper.lines, rests, strict=True), 1) if cents]
    return render_template("billing/invoice_credit.html", row=row, paper=paper, lines=lines, form=form or Form())


@pages.post("/p/<slug>/money/invoices/<int:number>/credit")
@allow(*BOOKS)
@or_again(crediting)
def credit(number: int) -> ResponseReturnValue:
    """Give it up, by a credit note."""
    note = actions.credit(number, **from_form(CreditSchema()), by=viewer(), now=now())
    flash(f"L’avoir n° {note.number} est émis ; la personne n’en doit rien.", "fine")
    return redirect(url_for("invoices.show", number=note.number), code=303)
