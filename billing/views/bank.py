"""The bank's statements: a file sent, each transfer on what it pays, the rest set aside with a reason."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from billing.actions.bank import keep_statement, record_transfers, reopen_line, set_aside
from billing.queries.bank import all_lines, find_waiting, get_row, list_ibans
from billing.schemas.bank import BankAcceptedSchema, BankAsideSchema, BankStatementSchema
from billing.views.bank_list import BANK_LINES
from billing.views.money import BOOKS
from mobility.clock import now
from mobility.money import euros
from mobility.web.access import allow
from mobility.web.forms import Form, from_form, or_again
from mobility.web.lists import show as show_list
from mobility.web.viewer import viewer

pages = Blueprint("bank", __name__)


@pages.get("/p/<slug>/money/bank")
@allow(*BOOKS)
def show(form: Form | None = None) -> str:
    """A file to send, and what waits: the sure ones ticked until somebody says otherwise."""
    waiting = find_waiting()
    endings = ", …".join(iban[-4:] for iban in list_ibans())
    sure = [f"{each.line.id}={guess.code}" for each in waiting.shown for guess in each.guesses if guess.is_sure]
    form = form or Form()
    ticked = form.values.get("accepted", []) if "accepted" in form.errors else sure
    return render_template(
        "billing/bank.html", form=form, ticked=[ticked] if isinstance(ticked, str) else ticked, waiting=waiting, endings=endings
    )


@pages.post("/p/<slug>/money/bank")
@allow(*BOOKS)
@or_again(show)
def send() -> ResponseReturnValue:
    """Keep what a statement says."""
    kept, known = keep_sent()
    said = {0: "Aucun crédit nouveau", 1: "1 crédit nouveau"}.get(kept, f"{kept} crédits nouveaux")
    flash(f"{said} dans ce relevé{f', {known} déjà là' if known else ''}.", "fine")
    return redirect(url_for("bank.show"), code=303)


def keep_sent() -> tuple[int, int]:
    """The statement of this request, kept: how many of its credits are new, and how many were there."""
    sent = request.files.get("file")
    name, raw = (sent.filename or "", sent.read()) if sent else ("", b"")
    return keep_statement(name, raw, **from_form(BankStatementSchema()), by=viewer(), now=now())


@pages.post("/p/<slug>/money/bank/record")
@allow(*BOOKS)
@or_again(show)
def record() -> ResponseReturnValue:
    """Record the ticked ones, all of them or none."""
    lines = record_transfers(**from_form(BankAcceptedSchema()), by=viewer(), now=now())
    many = f"{len(lines)} virements enregistrés" if len(lines) > 1 else "Virement enregistré"
    flash(f"{many} : {euros(sum(line.cents for line in lines))}. Les reçus sont faits.", "fine")
    return redirect(url_for("bank.show"), code=303)


@pages.get("/p/<slug>/money/bank/lines")
@allow(*BOOKS)
def index() -> ResponseReturnValue:
    """Everything the statements told, the latest first."""
    return show_list(BANK_LINES, all_lines(), "billing/bank_lines.html")


@pages.get("/p/<slug>/money/bank/<int:bank_line_id>")
@allow(*BOOKS)
def line(bank_line_id: int, form: Form | None = None) -> str:
    """One line, and the form that sets it aside."""
    return render_template("billing/bank_line.html", row=get_row(bank_line_id), form=form or Form())


@pages.post("/p/<slug>/money/bank/<int:bank_line_id>/aside")
@allow(*BOOKS)
@or_again(line)
def aside(bank_line_id: int) -> ResponseReturnValue:
    """It pays nothing here."""
    set_aside(bank_line_id, **from_form(BankAsideSchema()), by=viewer(), now=now())
    flash("Ce crédit est laissé de côté, avec sa raison.", "fine")
    return redirect(url_for("bank.show"), code=303)


@pages.post("/p/<slug>/money/bank/<int:bank_line_id>/reopen")
@allow(*BOOKS)
@or_again(line)
def reopen(bank_line_id: int) -> ResponseReturnValue:
    """It waits again."""
    reopen_line(bank_line_id, by=viewer(), now=now())
    flash("Ce crédit est de nouveau à rapprocher.", "fine")
    return redirect(url_for("bank.show"), code=303)
