"""Money in, for the staff: take it, list it, look at it, give it back."""

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response as BaseResponse

from billing.actions import payments, refunds, till
from billing.documents.note import note_pdf
from billing.documents.receipt import receipt_pdf
from billing.lists import PAYMENTS
from billing.means import MEANS_LABELS, is_note_due
from billing.payments import OPEN_CARD, PURPOSE_LABELS, STATUS_LABELS, STATUS_TONES
from billing.queries import papers
from billing.queries import payments as queries
from billing.queries.accounts import balance_cents, get_account
from billing.queries.gateway_books import find_dispute_of
from billing.schemas.payments import PURPOSES, PayLinkSchema, PaymentSchema, RefundSchema, TransferSeenSchema
from billing.views.amounts import typed
from billing.views.checkout import key_of_request
from billing.views.links import hand_over_link
from mobility.clock import now, today
from mobility.db import db, transaction
from mobility.models import Beneficiary
from mobility.rights import Role
from mobility.web.access import allow, own_transactions
from mobility.web.forms import Form, from_form, or_again
from mobility.web.lists import show as show_list
from mobility.web.looks import look
from mobility.web.viewer import viewer

pages = Blueprint("payments", __name__)
MONEY = (Role.ADVISER, Role.TREASURER, Role.MANAGER)
BOOKS = (Role.TREASURER, Role.MANAGER)
MEANS_HELP = {
    "card": "Sur le téléphone de la personne, par un lien ou un code à scanner.",
    "transfer": "Annoncé maintenant, reçu au relevé.",
}


@pages.get("/p/<slug>/payments")
@allow(*MONEY)
def index() -> ResponseReturnValue:
    """Payments, the latest first."""
    return show_list(PAYMENTS, queries.all_payments(), "billing/payments.html")


@pages.get("/p/<slug>/accounts/<int:account_id>/pay")
@allow(*MONEY)
def new(account_id: int, form: Form | None = None) -> str:
    """What is due and why, and the means it may be paid in."""
    account = get_account(account_id, viewer())
    look(account.beneficiary_id, page="pay")
    due_cents = max(balance_cents(account_id), 0)
    means = papers.means_of(account, now=now())
    return render_template(
        "billing/pay.html",
        form=form or Form(values={"cents": typed(due_cents)} if due_cents else {}),
        account=account,
        person=db.session.get_one(Beneficiary, account.beneficiary_id),
        due_cents=due_cents,
        lines=papers.note_lines(account_id, due_cents) if due_cents else [],
        means_options=[(each.code, each.label, MEANS_HELP.get(each.code)) for each in means if each.is_allowed],
        refused=[each for each in means if not each.is_allowed],
        purposes=[(code, PURPOSE_LABELS[code]) for code in PURPOSES],
        note_due=is_note_due(due_cents, on=today()),
    )


@pages.post("/p/<slug>/accounts/<int:account_id>/pay")
@allow(*MONEY)
@or_again(new)
def create(account_id: int) -> BaseResponse:
    """Take it."""
    get_account(account_id, viewer())
    payment = till.pay_in(account_id, **from_form(PaymentSchema()), by=viewer(), now=now())
    if number := queries.find_receipt_number(payment.id):
        flash(f"Le paiement est reçu : reçu n° {number}.", "fine")
        return redirect(url_for("payments.receipt", number=number), code=303)
    return redirect(url_for("payments.show", payment_id=payment.id), code=303)


@pages.get("/p/<slug>/accounts/<int:account_id>/note.pdf")
@allow(*MONEY, Role.BENEFICIARY)
def note(account_id: int) -> Response:
    """The detailed note of what is due today, or with `of=losses` of what was written off and may still be paid."""
    look(get_account(account_id, viewer()).beneficiary_id, page="money")
    return Response(
        note_pdf(papers.note_paper(account_id, of_losses=request.args.get("of") == "losses", now=now())), mimetype="application/pdf"
    )


@pages.get("/p/<slug>/payments/<int:payment_id>")
@allow(*MONEY)
def show(payment_id: int, form: Form | None = None, refund_id: int | None = None) -> str:
    """One payment, whatever became of it, and what can be done now."""
    line = queries.get_payment(payment_id, viewer())
    look(line.person.id, page="payment")
    return render_template(
        "billing/payment.html",
        line=line,
        form=form or Form(),
        refunds=queries.list_refunds(payment_id),
        left_cents=refunds.refundable_cents(line.payment),
        is_open=line.payment.means == "card" and line.payment.status in OPEN_CARD,
        may_refund=viewer().may(*BOOKS),
        dispute=find_dispute_of(payment_id) if viewer().may(*BOOKS) else None,
        labels=STATUS_LABELS,
        tones=STATUS_TONES,
        means=MEANS_LABELS,
        purposes=PURPOSE_LABELS,
    )


@pages.post("/p/<slug>/payments/<int:payment_id>/link")
@allow(*MONEY)
@own_transactions
@or_again(show)
def link(payment_id: int) -> str:
    """Hand the link over: on this screen with its QR, by mail, or by text message. Clicked twice it makes another link, no more."""
    asked = from_form(PayLinkSchema())
    with transaction():
        queries.get_payment(payment_id, viewer())
        sent = hand_over_link(payment_id, asked["send"], by=viewer(), now=now())
        line = queries.get_payment(payment_id, viewer())
    return render_template("billing/pay_link.html", line=line, sent=sent)


@pages.post("/p/<slug>/payments/<int:payment_id>/seen")
@allow(*MONEY)
@or_again(show)
def seen(payment_id: int) -> BaseResponse:
    """The announced transfer stands on the bank's statement."""
    receipt = payments.confirm_transfer(payment_id, **from_form(TransferSeenSchema()), by=viewer(), now=now())
    flash(f"Le virement est reçu : reçu n° {receipt.number}.", "fine")
    return redirect(url_for("payments.receipt", number=receipt.number), code=303)


@pages.post("/p/<slug>/payments/<int:payment_id>/cancel")
@allow(*MONEY)
@or_again(show)
def cancel(payment_id: int) -> BaseResponse:
    """The announced transfer will not come."""
    payments.cancel_payment(payment_id, by=viewer(), now=now())
    flash("Le virement attendu est annulé.", "fine")
    return redirect(url_for("payments.show", payment_id=payment_id), code=303)


@pages.post("/p/<slug>/payments/<int:payment_id>/refund")
@allow(*BOOKS)
@own_transactions
@or_again(show)
def refund(payment_id: int) -> BaseResponse:
    """Give back; by card through the gateway, between two transactions."""
    asked, key = from_form(RefundSchema()), key_of_request()
    with transaction():
        made = refunds.refund_payment(payment_id, **asked, key=key, by=viewer(), now=now())
    refunds.send(made.id, by=viewer(), now=now())
    flash("Le remboursement est enregistré.", "fine")
    return redirect(url_for("payments.show", payment_id=payment_id), code=303)


@pages.post("/p/<slug>/payments/<int:payment_id>/refunds/<int:refund_id>/again")
@allow(*BOOKS)
@own_transactions
@or_again(show)
def refund_again(payment_id: int, refund_id: int) -> BaseResponse:
    """Ask anew for a refund that the gateway refused or did not answer; clicked twice it goes out once."""
    with transaction():
        made = refunds.ask_again(payment_id, refund_id, by=viewer(), now=now())
    refunds.send(made.id, by=viewer(), now=now())
    flash("Le remboursement est renvoyé au prestataire.", "fine")
    return redirect(url_for("payments.show", payment_id=payment_id), code=303)


@pages.get("/p/<slug>/receipts/<int:number>")
@allow(*MONEY, Role.BENEFICIARY)
def receipt(number: int) -> str:
    """A receipt on screen."""
    found, line = queries.get_receipt(number, viewer())
    look(line.person.id, page="receipt")
    return render_template("billing/receipt.html", receipt=found, line=line, paper=papers.receipt_paper(number))


@pages.get("/p/<slug>/receipts/<int:number>.pdf")
@allow(*MONEY, Role.BENEFICIARY)
def receipt_as_pdf(number: int) -> Response:
    """The same on paper."""
    _, line = queries.get_receipt(number, viewer())
    look(line.person.id, page="receipt")
    return Response(receipt_pdf(papers.receipt_paper(number)), mimetype="application/pdf")
