"""Third-party payers for who keeps the books; their agreements, rental by rental, for everybody who sees to money."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from billing.actions import payers as actions
from billing.ledger import OF_PAYERS
from billing.queries.accounts import get_account
from billing.queries.claims import list_payers, not_invoiced_of
from billing.queries.payers import agreements_with, get_agreement, get_payer
from billing.queries.tariffs import may_read
from billing.schemas.payers import AgreementSchema, EndOfAgreementSchema, PayerSchema
from billing.shares import PAYER_KINDS, say_agreement
from billing.terms import thaw
from billing.views.money import BOOKS, MONEY
from mobility.clock import now, today
from mobility.web.access import allow
from mobility.web.forms import Form, from_form, or_again
from mobility.web.looks import look, look_at_lines
from mobility.web.viewer import viewer

pages = Blueprint("payers", __name__)


@pages.get("/p/<slug>/money/payers")
@allow(*BOOKS)
def index(form: Form | None = None) -> str:
    """The payers, what each owes, and a new one."""
    return render_template("billing/payers.html", lines=list_payers(), kinds=PAYER_KINDS, claims=OF_PAYERS, form=form or Form())


@pages.post("/p/<slug>/money/payers")
@allow(*BOOKS)
@or_again(index)
def create() -> ResponseReturnValue:
    """Add a payer."""
    payer = actions.add_payer(**from_form(PayerSchema()), by=viewer(), now=now())
    flash(f"« {payer.name} » est enregistré : une prise en charge se note sur le compte d’une location.", "fine")
    return redirect(url_for("payers.index"), code=303)


@pages.get("/p/<slug>/money/payers/<int:payer_id>")
@allow(*BOOKS)
def show(payer_id: int, form: Form | None = None) -> str:
    """A payer, its agreements, and its identity to change."""
    payer = get_payer(payer_id)
    lines = agreements_with(payer.id)
    look_at_lines({line.person.id for line in lines}, page="money")
    values = {name: getattr(payer, name) or "" for name in actions.IDENTITY}
    return render_template(
        "billing/payer.html",
        payer=payer,
        lines=lines,
        not_invoiced=not_invoiced_of(payer.id),
        kinds=PAYER_KINDS,
        today=today(),
        form=form or Form(values=values),
    )


@pages.post("/p/<slug>/money/payers/<int:payer_id>")
@allow(*BOOKS)
@or_again(show)
def change(payer_id: int) -> ResponseReturnValue:
    """Change who they are."""
    payer = actions.change_payer(payer_id, **from_form(PayerSchema()), by=viewer(), now=now())
    flash(f"« {payer.name} » est à jour.", "fine")
    return redirect(url_for("payers.show", payer_id=payer.id), code=303)


@pages.get("/p/<slug>/money/accounts/<int:account_id>/agreements")
@allow(*MONEY)
def agreements(account_id: int, form: Form | None = None) -> str:
    """Who else pays this rental, and a new agreement."""
    account = get_account(account_id, viewer())
    look(account.beneficiary_id, page="money")
    terms = thaw(account.terms)
    return render_template(
        "billing/agreements.html",
        account=account,
        person=may_read(account.beneficiary_id, viewer()),
        by_month=terms.programme is not None,
        agreed=[(one, say_agreement(one)) for one in terms.agreements],
        payers=[(line.payer.id, line.payer.name) for line in list_payers()],
        may_add=viewer().may(*BOOKS),
        form=form or Form(),
        today=today(),
    )


@pages.post("/p/<slug>/money/accounts/<int:account_id>/agreements")
@allow(*MONEY)
@or_again(agreements)
def agree(account_id: int) -> ResponseReturnValue:
    """Record an agreement; what it takes over of days already charged is credited."""
    actions.agree(account_id, **from_form(AgreementSchema()), by=viewer(), now=now())
    flash("La prise en charge est enregistrée. Les jours déjà comptés ont été revus.", "fine")
    return redirect(url_for("payers.agreements", account_id=account_id), code=303)


@pages.get("/p/<slug>/money/agreements/<int:agreement_id>/end")
@allow(*MONEY)
def ending(agreement_id: int, form: Form | None = None) -> str:
    """The end of an agreement, once the person was told."""
    row = get_agreement(agreement_id)
    account = get_account(row.account_id, viewer())
    look(account.beneficiary_id, page="money")
    payer, person = get_payer(row.payer_id), may_read(account.beneficiary_id, viewer())
    return render_template("billing/agreement_end.html", agreement=row, account=account, payer=payer, person=person, form=form or Form())


@pages.post("/p/<slug>/money/agreements/<int:agreement_id>/end")
@allow(*MONEY)
@or_again(ending)
def end(agreement_id: int) -> ResponseReturnValue:
    """Record the last day; a later one gives back the days charged meanwhile."""
    row = actions.end_agreement(agreement_id, **from_form(EndOfAgreementSchema()), by=viewer(), now=now())
    flash("La fin de la prise en charge est enregistrée. Aucun jour déjà compté n’augmente.", "fine")
    return redirect(url_for("payers.agreements", account_id=row.account_id), code=303)
