"""Cheques to take to the bank: chosen for a slip, followed to the bank, and back when one is unpaid."""

from flask import Blueprint, Response, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response as BaseResponse

from billing.actions.cheques import make_slip, return_cheque
from billing.documents.slip import slip_pdf
from billing.queries import cheques as queries
from billing.schemas.cheques import ReturnedSchema, SlipSchema
from billing.views.money import BOOKS
from mobility.clock import now
from mobility.money import euros
from mobility.periods import say_day
from mobility.web.access import allow
from mobility.web.forms import Form, from_form, or_again
from mobility.web.viewer import viewer

pages = Blueprint("cheques", __name__)


@pages.get("/p/<slug>/money/cheques")
@allow(*BOOKS)
def show(form: Form | None = None) -> str:
    """The cheques that wait, all of them ticked until somebody says otherwise."""
    waiting = queries.list_waiting()
    return render_template(
        "billing/cheques.html",
        form=form or Form(values={"cheques": [str(each.entry_number) for each in waiting]}),
        options=[(each.entry_number, f"{euros(each.cents)}, {each.said}", f"reçu le {say_day(each.received_on)}") for each in waiting],
        cents=sum(each.cents for each in waiting),
    )


@pages.post("/p/<slug>/money/cheques")
@allow(*BOOKS)
@or_again(show)
def create() -> BaseResponse:
    """Put the chosen ones on a slip."""
    slip = make_slip(**from_form(SlipSchema()), by=viewer(), now=now())
    flash(f"Remise n° {slip.number} : {euros(slip.cents)} de chèques. Imprimez le bordereau.", "fine")
    return redirect(url_for("cheques.slip", number=slip.number), code=303)


@pages.get("/p/<slug>/money/slips/<int:number>")
@allow(*BOOKS)
def slip(number: int, form: Form | None = None) -> str:
    """A slip: its cheques, where they are, and the form of one that came back."""
    found = queries.get_slip(number)
    cheques = queries.list_of_slip(found.id)
    good = [(each.entry_number, f"{euros(each.cents)}, {each.said}") for each in cheques if each.banked and not each.banked.returned_at]
    return render_template("billing/slip.html", form=form or Form(), slip=found, cheques=cheques, good=good)


@pages.get("/p/<slug>/money/slips/<int:number>.pdf")
@allow(*BOOKS)
def paper(number: int) -> Response:
    """The slip as the bank wants it."""
    return Response(slip_pdf(queries.slip_paper(number)), mimetype="application/pdf")


@pages.post("/p/<slug>/money/slips/<int:number>/returned")
@allow(*BOOKS)
@or_again(slip)
def returned(number: int) -> BaseResponse:
    """A cheque came back unpaid."""
    cheque = return_cheque(number, **from_form(ReturnedSchema()), by=viewer(), now=now())
    flash(f"{euros(cheque.cents)} sont de nouveau dus. Le bureau le dit à qui suit la personne.", "fine")
    return redirect(url_for("cheques.slip", number=number), code=303)
