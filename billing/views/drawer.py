"""The cash drawer: opened and closed with a count; and the money taken from it to the bank."""

from dataclasses import replace

from flask import Blueprint, Response, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response as BaseResponse

from billing.actions import drawer as actions
from billing.documents.drawer import drawer_pdf
from billing.drawer import drawer_of
from billing.ledger import CASH
from billing.queries import drawer as queries
from billing.queries.bankings import all_bankings, list_on_the_way
from billing.queries.figures import balance_of
from billing.schemas.drawer import BankedSchema, CountSchema, TakenSchema
from billing.views.cash_lists import BANKINGS, DRAWERS
from billing.views.money import BOOKS
from mobility.clock import now, today
from mobility.money import euros
from mobility.web.access import allow
from mobility.web.forms import Form, from_form, or_again
from mobility.web.lists import show as show_list
from mobility.web.viewer import viewer

pages = Blueprint("drawer", __name__)


@pages.get("/p/<slug>/money/drawer")
@allow(*BOOKS)
def show(form: Form | None = None) -> ResponseReturnValue:
    """The drawer now, what moved since its last count, the form of the next one, and the drawers closed."""
    context = {"form": form or Form(), "drawer": queries.drawer_now()}
    return show_list(DRAWERS, queries.all_drawers(), "billing/drawer.html", **context)


@pages.post("/p/<slug>/money/drawer/open")
@allow(*BOOKS)
@or_again(show)
def open_() -> BaseResponse:
    """Begin with what is counted."""
    count = actions.open_drawer(**from_form(CountSchema()), by=viewer(), now=now())
    flash(f"La caisse n° {drawer_of(count.number)} est ouverte avec {euros(count.counted_cents)}.", "fine")
    return redirect(url_for("drawer.show"), code=303)


@pages.post("/p/<slug>/money/drawer/close")
@allow(*BOOKS)
@or_again(show)
def close() -> BaseResponse:
    """End with what is counted."""
    count = actions.close_drawer(**from_form(CountSchema()), by=viewer(), now=now())
    flash(f"La caisse n° {drawer_of(count.number)} est fermée avec {euros(count.counted_cents)}.", "fine")
    return redirect(url_for("drawer.show"), code=303)


@pages.get("/p/<slug>/money/drawer/<int:number>.pdf")
@allow(*BOOKS)
def paper(number: int) -> Response:
    """A closed drawer on paper."""
    return Response(drawer_pdf(queries.drawer_paper(number)), mimetype="application/pdf")


@pages.get("/p/<slug>/money/bankings")
@allow(*BOOKS)
def bankings(form: Form | None = None, number: int | None = None) -> ResponseReturnValue:
    """What is on its way to the bank, each with the form that says it is there; and everything taken so far."""
    on_the_way = list_on_the_way()
    forms = {each.number: Form(values={"banked_on": today()}, prefix=f"banked-{each.number}") for each in on_the_way}
    if form is not None and number in forms:
        forms[number] = replace(form, prefix=f"banked-{number}")
    context = {
        "form": Form() if form is None or number in forms else form,
        "forms": forms,
        "on_the_way": on_the_way,
        "in_drawer_cents": balance_of(CASH),
    }
    return show_list(BANKINGS, all_bankings(), "billing/bankings.html", **context)


@pages.post("/p/<slug>/money/bankings")
@allow(*BOOKS)
@or_again(bankings)
def take() -> BaseResponse:
    """Cash leaves the drawer for the bank."""
    banking = actions.take_to_bank(**from_form(TakenSchema()), by=viewer(), now=now())
    flash(f"Remise n° {banking.number} : {euros(banking.cents)} sont sortis de la caisse.", "fine")
    return redirect(url_for("drawer.bankings"), code=303)


@pages.post("/p/<slug>/money/bankings/<int:number>/banked")
@allow(*BOOKS)
@or_again(bankings)
def banked(number: int) -> BaseResponse:
    """The bank has it."""
    banking = actions.note_banked(number, **from_form(BankedSchema()), by=viewer(), now=now())
    flash(f"Remise n° {banking.number} : {euros(banking.cents)} sont à la banque.", "fine")
    return redirect(url_for("drawer.bankings"), code=303)
