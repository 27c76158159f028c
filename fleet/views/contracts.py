"""The contract's page: the terms before they are frozen, the paper, and the signature."""

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from billing.queries import deposit_of
from fleet.actions.contracts import MADE_WHILE, make_contract, sign_contract
from fleet.checks import SIGNED_HOW
from fleet.documents.contract import contract_pdf
from fleet.queries.contracts import draft, find_contract, get_contract, is_current, list_contracts, paper_of
from fleet.queries.insurance import gaps_of
from fleet.schemas.rentals import ContractVersionSchema, SignatureSchema
from fleet.views.rentals import ADVISERS, open_rental, pdf
from mobility.clock import now, today
from mobility.errors import NotFound
from mobility.rights import Role
from mobility.tongues import say
from mobility.web.access import allow
from mobility.web.forms import Form, from_form, load, or_again
from mobility.web.tongue import in_every_tongue
from mobility.web.viewer import viewer

pages = Blueprint("contracts", __name__)


@pages.get("/p/<slug>/bookings/<int:booking_id>/contract")
@allow(*ADVISERS)
def show(booking_id: int, form: Form | None = None) -> str:
    """The contract that counts, or what it would say; then the place to sign it."""
    rental = open_rental(booking_id, page="contract")
    if rental.booking.account_id is None:
        raise NotFound("Le contrat se fait une fois la réservation confirmée.")
    contract = find_contract(booking_id)
    paper = paper_of(contract) if contract else draft(rental, number="projet", adviser=viewer().name, now=now())
    return render_template(
        "fleet/contract.html",
        rental=rental,
        contract=contract,
        paper=paper,
        gaps=gaps_of(rental.vehicle, today()) if rental.booking.status in MADE_WHILE else (),
        is_open=rental.booking.status in MADE_WHILE,
        is_current=contract is not None and is_current(contract, rental),
        versions=list_contracts(booking_id),
        signed_how=SIGNED_HOW,
        deposit=deposit_of(rental.booking.account_id),
        form=form or Form(values={"signer_name": paper.person.full_name, "how": "screen"}),
    )


@pages.post("/p/<slug>/bookings/<int:booking_id>/contract")
@allow(*ADVISERS)
@or_again(show)
def make(booking_id: int) -> ResponseReturnValue:
    """Freeze the terms; a version made before is replaced."""
    contract = make_contract(booking_id, by=viewer(), now=now())
    flash(f"Le contrat {contract.number} est prêt à signer.", "fine")
    return redirect(url_for("contracts.show", booking_id=booking_id), code=303)


@pages.post("/p/<slug>/bookings/<int:booking_id>/contract/signature")
@allow(*ADVISERS)
@or_again(show)
def sign(booking_id: int) -> ResponseReturnValue:
    """Note the signature, made on this screen or on paper."""
    contract = sign_contract(booking_id, **from_form(SignatureSchema()), by=viewer(), now=now())
    flash(f"Le contrat {contract.number} est signé.", "fine")
    return redirect(url_for("rentals.show", booking_id=booking_id), code=303)


@pages.get("/p/<slug>/me/contracts/<int:booking_id>")
@allow(Role.BENEFICIARY)
@in_every_tongue
def own(booking_id: int, form: Form | None = None) -> str:
    """One's own contract, to read on a phone and to sign."""
    rental = open_rental(booking_id, page="contract")
    contract = find_contract(booking_id)
    if contract is None:
        raise NotFound(say("Votre contrat n’est pas encore prêt : votre conseiller vous préviendra."))
    paper = paper_of(contract)
    return render_template(
        "fleet/own_contract.html",
        rental=rental,
        contract=contract,
        paper=paper,
        signed_how=SIGNED_HOW,
        form=form or Form(values={"signer_name": paper.person.full_name}),
    )


@pages.post("/p/<slug>/me/contracts/<int:booking_id>")
@allow(Role.BENEFICIARY)
@in_every_tongue
@or_again(own)
def sign_own(booking_id: int) -> ResponseReturnValue:
    """One's own signature, from one's own phone."""
    open_rental(booking_id, page="contract")
    sign_contract(booking_id, **from_form(SignatureSchema()), by=viewer(), now=now())
    flash(say("Merci : votre contrat est signé."), "fine")
    return redirect(url_for("contracts.own", booking_id=booking_id), code=303)


@pages.get("/p/<slug>/bookings/<int:booking_id>/contract.pdf")
@allow(*ADVISERS, Role.BENEFICIARY)
def paper(booking_id: int) -> Response:
    """The contract on paper, or a version replaced since, for advisers and for its own person."""
    open_rental(booking_id, page="contract")
    contract = get_contract(booking_id, **load(ContractVersionSchema(), request.args))
    return pdf(contract_pdf(paper_of(contract)), f"contrat-{contract.number}")
