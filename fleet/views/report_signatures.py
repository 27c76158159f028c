"""The place to sign a condition report: beside the adviser, or from one's own phone."""

from dataclasses import replace

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from fleet.actions.report_signatures import leave_unsigned, sign_report
from fleet.checks import CHECK_IN, MOMENT_NAMES, SIGNED_HOW, UNSIGNED
from fleet.queries.condition_papers import as_seen, get_report, report_paper
from fleet.queries.rentals import Rental, find_outcome, list_conditions
from fleet.schemas.rentals import ReportSignatureSchema, UnsignedReportSchema
from fleet.views.rentals import ADVISERS, open_rental
from mobility.clock import now
from mobility.codes import choices
from mobility.queries.letterhead import person_of
from mobility.rights import Role
from mobility.tongues import say
from mobility.web.access import allow
from mobility.web.forms import Form, from_form, or_again
from mobility.web.tongue import in_every_tongue
from mobility.web.viewer import viewer

pages = Blueprint("report_signatures", __name__)


@pages.get("/p/<slug>/bookings/<int:booking_id>/condition-reports/<int:report_id>/signature")
@allow(*ADVISERS)
def show(booking_id: int, report_id: int, form: Form | None = None) -> str:
    """What the report says, and the place to sign it."""
    rental = open_rental(booking_id, page="condition_report")
    return _page(rental, report_id, form, "fleet/report_signature.html")


@pages.post("/p/<slug>/bookings/<int:booking_id>/condition-reports/<int:report_id>/signature")
@allow(*ADVISERS)
@or_again(show)
def sign(booking_id: int, report_id: int) -> ResponseReturnValue:
    """Note the signature, made on this screen or on paper."""
    sign_report(booking_id, report_id, **from_form(ReportSignatureSchema()), by=viewer(), now=now())
    return _done(booking_id, report_id, "L’état des lieux est signé.")


@pages.post("/p/<slug>/bookings/<int:booking_id>/condition-reports/<int:report_id>/unsigned")
@allow(*ADVISERS)
@or_again(show)
def leave(booking_id: int, report_id: int) -> ResponseReturnValue:
    """The person does not sign now, and why."""
    leave_unsigned(booking_id, report_id, **from_form(UnsignedReportSchema()), by=viewer(), now=now())
    return _done(booking_id, report_id, "C’est noté : la personne pourra encore le signer depuis son espace.")


@pages.get("/p/<slug>/me/condition/<int:booking_id>/reports/<int:report_id>")
@allow(Role.BENEFICIARY)
@in_every_tongue
def own(booking_id: int, report_id: int, form: Form | None = None) -> str:
    """One's own report, to read and to sign."""
    rental = open_rental(booking_id, page="condition_report")
    return _page(rental, report_id, form, "fleet/own_report_signature.html")


@pages.post("/p/<slug>/me/condition/<int:booking_id>/reports/<int:report_id>")
@allow(Role.BENEFICIARY)
@in_every_tongue
@or_again(own)
def sign_own(booking_id: int, report_id: int) -> ResponseReturnValue:
    """One's own signature, from one's own phone."""
    open_rental(booking_id, page="condition_report")
    sign_report(booking_id, report_id, **from_form(ReportSignatureSchema()), by=viewer(), now=now())
    flash(say("Merci : l’état des lieux est signé."), "fine")
    return redirect(url_for("marks.own", booking_id=booking_id), code=303)


def to_sign(booking_id: int, sentence: str) -> ResponseReturnValue:
    """From a look that was just kept to its signature, while the person is there."""
    flash(f"{sentence} Avant que la personne parte, faites-lui signer l’état des lieux.", "fine")
    report = list_conditions(booking_id)[-1]
    return redirect(url_for("report_signatures.show", booking_id=booking_id, report_id=report.id), code=303)


def signed_on_device(booking_id: int, sentence: str) -> ResponseReturnValue:
    """From a look that was signed without network: what is left to do, or its signature again when that one was not kept."""
    report = list_conditions(booking_id)[-1]
    if report.signed_at is not None:
        return _done(booking_id, report.id, f"{sentence} L’état des lieux signé hors connexion est gardé.")
    flash(f"{sentence} Mais la signature hors connexion n’est pas gardée : relisez l’état des lieux et signez-le à nouveau.", "near")
    return redirect(url_for("report_signatures.show", booking_id=booking_id, report_id=report.id), code=303)


def _done(booking_id: int, report_id: int, sentence: str) -> ResponseReturnValue:
    """Of a return, what is left to say is how it ended, or to look over the vehicle taken in exchange; of a departure, all is shown."""
    rental = open_rental(booking_id, page="condition_report")
    is_return = get_report(report_id, rental).moment == CHECK_IN
    if rental.is_unseen:
        sentence, then = f"{sentence} Il reste à regarder ensemble le véhicule pris en échange.", "handovers.check_out"
    elif is_return and not (rental.is_running or rental.is_by_the_hour or find_outcome(booking_id)):
        sentence, then = f"{sentence} Il reste à dire comment cela se termine.", "outcomes.show"
    else:
        then = "marks.compare"
    flash(sentence, "fine")
    return redirect(url_for(then, booking_id=booking_id), code=303)


def _page(rental: Rental, report_id: int, form: Form | None, template: str) -> str:
    report = get_report(report_id, rental)
    is_leaving = request.endpoint == "report_signatures.leave"
    return render_template(
        template,
        rental=as_seen(rental, report),
        report=report,
        paper=report_paper(report, rental),
        moment=MOMENT_NAMES[report.moment],
        signed_how=SIGNED_HOW,
        unsigned=UNSIGNED,
        choices=choices(UNSIGNED),
        form=form if form and not is_leaving else Form(values={"signer_name": person_of(rental.person).full_name, "how": "screen"}),
        leaving=replace(form, prefix="leave") if form and is_leaving else Form(prefix="leave"),
    )
