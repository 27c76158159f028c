"""« Versements du prestataire de cartes » and « Paiements par carte contestés »: what waits for the bank, what waits for a decision."""

from dataclasses import replace

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from billing.actions import gateway_books, gateway_disputes, payouts
from billing.gateway_books import DECISIONS, LOSS
from billing.ledger import AT_GATEWAY
from billing.losses import REASONS
from billing.queries.figures import balance_of
from billing.queries.gateway_books import all_disputes, all_payouts, get_dispute, list_to_bank
from billing.queries.means import takes_cards
from billing.schemas.gateway_books import DisputeDecisionSchema, PayoutBankedSchema
from billing.views.gateway_lists import DISPUTES, PAYOUTS, say_state
from billing.views.money import BOOKS
from mobility.clock import now, today
from mobility.money import euros
from mobility.rights import Role
from mobility.web.access import allow, own_transactions
from mobility.web.forms import Form, from_form, or_again
from mobility.web.lists import show as show_list
from mobility.web.looks import look
from mobility.web.viewer import viewer

pages = Blueprint("gateway_books", __name__)


@pages.get("/p/<slug>/money/payouts", endpoint="payouts")
@allow(*BOOKS)
def show_payouts(form: Form | None = None, payout_id: int | None = None) -> ResponseReturnValue:
    """What is on its way to the bank, each with the form that says it is there; and everything sent so far."""
    on_the_way = list_to_bank()
    forms = {each.id: Form(values={"banked_on": today()}, prefix=f"banked-{each.id}") for each in on_the_way}
    if form is not None and payout_id in forms:
        forms[payout_id] = replace(form, prefix=f"banked-{payout_id}")
    context = {
        "form": Form() if form is None or payout_id in forms else form,
        "forms": forms,
        "on_the_way": on_the_way,
        "at_gateway_cents": balance_of(AT_GATEWAY),
        "takes_cards": takes_cards(),
    }
    return show_list(PAYOUTS, all_payouts(), "billing/payouts.html", **context)


@pages.post("/p/<slug>/money/payouts", endpoint="read")
@allow(*BOOKS)
@own_transactions
def read() -> Response:
    """Ask the gateway now, without waiting for the night."""
    entered = gateway_books.follow(now=now())
    said = {0: "Rien de nouveau", 1: "1 mouvement écrit"}.get(entered, f"{entered} mouvements écrits")
    flash(f"Prestataire de cartes lu : {said[0].lower()}{said[1:]}.", "fine")
    return redirect(url_for("gateway_books.payouts"), code=303)


@pages.post("/p/<slug>/money/payouts/<int:payout_id>/banked")
@allow(*BOOKS)
@or_again(show_payouts)
def banked(payout_id: int) -> Response:
    """The bank has it."""
    payout = payouts.note_banked(payout_id, **from_form(PayoutBankedSchema()), by=viewer(), now=now())
    flash(f"{euros(payout.cents)} sont à la banque.", "fine")
    return redirect(url_for("gateway_books.payouts"), code=303)


@pages.get("/p/<slug>/money/disputes")
@allow(*BOOKS)
def disputes() -> ResponseReturnValue:
    """Every payment claimed back, the latest first."""
    return show_list(DISPUTES, all_disputes(), "billing/disputes.html")


@pages.get("/p/<slug>/money/disputes/<int:dispute_id>")
@allow(*BOOKS)
def dispute(dispute_id: int, form: Form | None = None) -> str:
    """One of them, and once lost what may be decided."""
    line = get_dispute(dispute_id)
    look(line.person.id, page="money")
    decisions = [each for each in DECISIONS.items() if each[0] != LOSS or viewer().may(Role.MANAGER)]
    return render_template(
        "billing/dispute.html",
        line=line,
        state=say_state(line.dispute),
        form=form or Form(),
        decisions=decisions,
        may_lose=len(decisions) == len(DECISIONS),
        reasons=list(REASONS.items()),
    )


@pages.post("/p/<slug>/money/disputes/<int:dispute_id>")
@allow(*BOOKS)
@or_again(dispute)
def decide(dispute_id: int) -> Response:
    """Ask again, or write off."""
    gateway_disputes.decide(dispute_id, **from_form(DisputeDecisionSchema()), by=viewer(), now=now())
    flash("La suite de cette contestation est écrite dans les comptes.", "fine")
    return redirect(url_for("gateway_books.dispute", dispute_id=dispute_id), code=303)
