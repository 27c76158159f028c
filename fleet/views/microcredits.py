"""A microcredit's file: prepared with the person line by line, then followed until the vehicle is theirs."""

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from billing.queries.accounts import get_account
from billing.queries.readiness import aimed_loan
from billing.repayment import say_rate
from billing.views.amounts import typed
from fleet.actions import microcredits as actions
from fleet.documents.microcredit import microcredit_pdf
from fleet.follow_up import LASTING_SOLUTIONS
from fleet.microcredits import DROPPED, LINES, NEXT, OPEN, PREPARE, PREPARED, REFUSALS, REFUSED, STATUS_NAMES, TONES, may
from fleet.models import Microcredit
from fleet.queries.microcredit_papers import paper_of, quote_of
from fleet.queries.microcredits import list_microcredits, loan_of, read_microcredit, repayment_of
from fleet.queries.rentals import Rental, find_outcome
from fleet.schemas.microcredits import AnswerSchema, PaidSchema, PrepareSchema, SendSchema
from fleet.schemas.work_orders import NothingSchema
from fleet.views.rentals import ADVISERS, open_rental, pdf
from mobility.actions.attachments import keep_attachment
from mobility.clock import now, today
from mobility.codes import choices
from mobility.rights import Role
from mobility.web.access import allow
from mobility.web.forms import Form, as_json, from_form, load, or_again
from mobility.web.looks import look
from mobility.web.viewer import viewer

pages = Blueprint("microcredits", __name__)


@pages.get("/p/<slug>/bookings/<int:booking_id>/microcredit")
@allow(*ADVISERS)
def show(booking_id: int, form: Form | None = None) -> str:
    """Where the person's file stands, the next act, and what was asked before."""
    rental = open_rental(booking_id, page="microcredit")
    files = list_microcredits(rental.person.id)
    current = next((each for each in files if each.status in OPEN), None)
    outcome = find_outcome(booking_id)
    return render_template(
        "fleet/microcredit.html",
        rental=rental,
        current=current,
        repayment=repayment_of(current) if current else None,
        past=[each for each in files if each is not current],
        acts={act: current is not None and may(act, current.status) for act in NEXT} | {PREPARE: _may_prepare(rental, files)},
        outcome=LASTING_SOLUTIONS[outcome.lasting_solution] if outcome else None,
        form=form or Form(values={"on": today()}),
        file_form=form or Form(values=_typed(rental, current)),
        lines=LINES,
        words={"status": STATUS_NAMES, "tones": TONES, "refusals": REFUSALS},
        reasons=choices(REFUSALS),
    )


@pages.post("/p/<slug>/bookings/<int:booking_id>/microcredit")
@allow(*ADVISERS)
@or_again(show)
def prepare(booking_id: int) -> ResponseReturnValue:
    """The loan, the quote that the form carries, and the lines that the person let in."""
    answers, quote = MultiDict(request.form), request.files.get("quote")
    if quote is not None and quote.filename:
        person_id = open_rental(booking_id, page="microcredit").person.id
        kept = keep_attachment(quote.read(), kind=actions.QUOTE.code, beneficiary_id=person_id, field="quote", by=viewer(), now=now())
        answers["quote_id"] = str(kept.id)
    row = actions.prepare(booking_id, **load(PrepareSchema(), as_json(PrepareSchema(), answers)), by=viewer(), now=now())
    return _done(row, f"Le dossier {row.number} est prêt à relire ensemble.")


@pages.post("/p/<slug>/bookings/<int:booking_id>/microcredit/send")
@allow(*ADVISERS)
@or_again(show)
def send(booking_id: int) -> ResponseReturnValue:
    """It left for a lender."""
    row = actions.send(booking_id, **from_form(SendSchema()), by=viewer(), now=now())
    return _done(row, "L’envoi est noté : le dossier ne change plus.")


@pages.post("/p/<slug>/bookings/<int:booking_id>/microcredit/answer")
@allow(*ADVISERS)
@or_again(show)
def answer(booking_id: int) -> ResponseReturnValue:
    """What the lender said."""
    row = actions.answer(booking_id, **from_form(AnswerSchema()), by=viewer(), now=now())
    return _done(row, "La réponse du prêteur est notée.")


@pages.post("/p/<slug>/bookings/<int:booking_id>/microcredit/paid")
@allow(*ADVISERS)
@or_again(show)
def pay_out(booking_id: int) -> ResponseReturnValue:
    """The money came."""
    row = actions.pay_out(booking_id, **from_form(PaidSchema()), by=viewer(), now=now())
    return _done(row, "Le prêt est versé : la solution durable est en vue.")


@pages.post("/p/<slug>/bookings/<int:booking_id>/microcredit/drop")
@allow(*ADVISERS)
@or_again(show)
def drop(booking_id: int) -> ResponseReturnValue:
    """The person goes no further with it."""
    from_form(NothingSchema())
    row = actions.drop(booking_id, by=viewer(), now=now())
    return _done(row, f"Le dossier {row.number} est abandonné.")


@pages.get("/p/<slug>/microcredits/<int:microcredit_id>.pdf")
@allow(*ADVISERS, Role.BENEFICIARY)
def paper(microcredit_id: int) -> ResponseReturnValue:
    """The file on paper, for advisers and for its own person."""
    row = read_microcredit(microcredit_id, viewer())
    look(row.beneficiary_id, page="microcredit")
    written = microcredit_pdf(paper_of(row, by=viewer(), now=now()), quote_of(row, by=viewer()))
    return pdf(written, f"microcredit-{row.number}")


def _done(row: Microcredit, sentence: str) -> ResponseReturnValue:
    flash(sentence, "fine")
    return redirect(url_for("microcredits.show", booking_id=row.booking_id), code=303)


def _may_prepare(rental: Rental, files: Sequence[Microcredit]) -> bool:
    """A first file, the one not sent yet, or another once the last came to nothing."""
    return rental.booking.handed_over_at is not None and (not files or files[0].status in (PREPARED, REFUSED, DROPPED))


def _typed(rental: Rental, current: Microcredit | None) -> dict[str, Any]:
    """The file as it was prepared; without one, the loan that the schedule rises to, and not one line."""
    account_id = rental.booking.account_id
    loan = loan_of(current) if current else aimed_loan(get_account(account_id, viewer())) if account_id else None
    asked = (
        {"principal_cents": typed(loan.principal_cents), "yearly_rate": say_rate(loan.yearly_rate), "months": loan.months} if loan else {}
    )
    if current is None:
        return asked
    told = {"seller": current.seller, "vehicle": current.vehicle, "price_cents": typed(current.price_cents)}
    return asked | told | {"lines": list(current.lines)}
