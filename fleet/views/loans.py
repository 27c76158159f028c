"""Vehicles lent to other platforms and borrowed from them: what waits for us, what is under way, and the wish."""

from dataclasses import replace
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from fleet.actions import loan_extensions
from fleet.actions.loans import ask_loan, step_loan
from fleet.kinds import KINDS, get_kind
from fleet.loans import (
    ACCEPTED,
    BORROWER,
    LENDER,
    REFUSALS,
    STATUS_NAMES,
    STATUS_TONES,
    is_overdue,
    may_last_longer,
    say_change,
    say_keys,
    say_waiting,
    steps_from,
)
from fleet.models import VehicleLoan
from fleet.queries.loans import count_waiting, list_lendable, list_loans, list_partners, platform_names, side_of
from fleet.queries.vehicles import full_name
from fleet.schemas.loans import LoanSchema, LoanStepSchema, LongerLoanAnswerSchema, LongerLoanSchema
from mobility.clock import now
from mobility.periods import say_moment
from mobility.queries.sites import list_sites
from mobility.rights import Role
from mobility.web.access import allow
from mobility.web.forms import Form, from_form, or_again
from mobility.web.viewer import viewer

pages = Blueprint("loans", __name__)


@pages.get("/p/<slug>/vehicle-loans")
@allow(Role.MANAGER)
def index(form: Form | None = None, loan_id: int | None = None) -> str:
    """Every loan with the steps that are ours, and the form to ask for one."""
    tried = replace(form, prefix=f"l{loan_id}") if form and loan_id else None
    names = platform_names()
    return render_template(
        "fleet/loans.html",
        loans=[_line(loan, names, tried) for loan in list_loans()],
        tried=tried or Form(),
        form=form if form and not loan_id else Form(),
        partners=list(list_partners().items()),
        kinds=[(kind.code, kind.name.capitalize()) for kind in KINDS],
        sites=[(site.id, site.name) for site in list_sites()],
        refusals=[(code, words.capitalize()) for code, words in REFUSALS.items()],
        refusal_names=REFUSALS,
        say_waiting=say_waiting,
        say_change=say_change,
        say_keys=say_keys,
    )


@pages.post("/p/<slug>/vehicle-loans")
@allow(Role.MANAGER)
@or_again(index)
def ask() -> ResponseReturnValue:
    """Ask another platform for a vehicle."""
    ask_loan(**from_form(LoanSchema()), by=viewer(), now=now())
    flash("La demande est envoyée : l’autre plateforme la voit dès maintenant.", "fine")
    return redirect(url_for("loans.index"), code=303)


@pages.post("/p/<slug>/vehicle-loans/<int:loan_id>/steps")
@allow(Role.MANAGER)
@or_again(index)
def step(loan_id: int) -> ResponseReturnValue:
    """The next step of a loan."""
    loan = step_loan(loan_id, **from_form(LoanStepSchema()), by=viewer(), now=now())
    flash(f"Le prêt est {STATUS_NAMES[loan.status]}.", "fine")
    return redirect(url_for("loans.index"), code=303)


@pages.post("/p/<slug>/vehicle-loans/<int:loan_id>/extension")
@allow(Role.MANAGER)
@or_again(index)
def ask_longer(loan_id: int) -> ResponseReturnValue:
    """The borrower asks for a later end."""
    loan_extensions.ask_longer(loan_id, **from_form(LongerLoanSchema()), by=viewer(), now=now())
    flash("La prolongation est demandée : l’autre plateforme la voit dès maintenant.", "fine")
    return redirect(url_for("loans.index"), code=303)


@pages.post("/p/<slug>/vehicle-loans/<int:loan_id>/extension/answer")
@allow(Role.MANAGER)
@or_again(index)
def answer_longer(loan_id: int) -> ResponseReturnValue:
    """The lender answers."""
    loan = loan_extensions.answer_longer(loan_id, **from_form(LongerLoanAnswerSchema()), by=viewer(), now=now())
    flash(f"C’est dit à l’autre plateforme : le véhicule revient le {say_moment(loan.ends_at)}.", "fine")
    return redirect(url_for("loans.index"), code=303)


def _line(loan: VehicleLoan, names: dict[int, str], tried: Form | None) -> dict[str, Any]:
    side = side_of(loan)
    steps = steps_from(loan.status, side)
    is_tried = tried is not None and tried.prefix == f"l{loan.id}" and request.method == "POST"
    return {
        "loan": loan,
        "kind": get_kind(loan.kind),
        "other": names[loan.borrower_id if side == LENDER else loan.lender_id],
        "lends": side == LENDER,
        "ours": loan.vehicle_id if side == LENDER else loan.counterpart_id,
        "word": STATUS_NAMES[loan.status],
        "tone": STATUS_TONES.get(loan.status, "neutral"),
        "is_overdue": is_overdue(loan.status, loan.ends_at, now()),
        "waiting": count_waiting(loan, now()),
        "steps": steps,
        "may_ask_longer": side == BORROWER and may_last_longer(loan.status),
        "answers": side == LENDER and may_last_longer(loan.status) and loan.wanted_until is not None,
        "lendable": [(v.id, full_name(v)) for v in list_lendable(loan, now())] if ACCEPTED in steps else [],
        "form": tried if is_tried else Form(prefix=f"l{loan.id}"),
    }
