"""The place to sign a condition report: beside the adviser, or from one's own phone."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from fleet.actions.report_signatures import sign_report
from fleet.checks import MOMENT_NAMES, SIGNED_HOW
from fleet.queries.condition_papers import get_report, report_paper
from fleet.queries.rentals import Rental
from fleet.schemas.rentals import ReportSignatureSchema
from fleet.views.rentals import ADVISERS, open_rental
from mobility.clock import now
from mobility.queries.letterhead import person_of
from mobility.rights import Role
from mobility.web.access import allow
from mobility.web.forms import Form, from_form, or_again
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
    flash("L’état des lieux est signé.", "fine")
    return redirect(url_for("marks.compare", booking_id=booking_id), code=303)


@pages.get("/p/<slug>/me/condition/<int:booking_id>/reports/<int:report_id>")
@allow(Role.BENEFICIARY)
def own(booking_id: int, report_id: int, form: Form | None = None) -> str:
    """One's own report, to read and to sign."""
    rental = open_rental(booking_id, page="condition_report")
    return _page(rental, report_id, form, "fleet/own_report_signature.html")


@pages.post("/p/<slug>/me/condition/<int:booking_id>/reports/<int:report_id>")
@allow(Role.BENEFICIARY)
@or_again(own)
def sign_own(booking_id: int, report_id: int) -> ResponseReturnValue:
    """One's own signature, from one's own phone."""
    open_rental(booking_id, page="condition_report")
    sign_report(booking_id, report_id, **from_form(ReportSignatureSchema()), by=viewer(), now=now())
    flash("Merci : l’état des lieux est signé.", "fine")
    return redirect(url_for("marks.own", booking_id=booking_id), code=303)


def _page(rental: Rental, report_id: int, form: Form | None, template: str) -> str:
    report = get_report(report_id, rental)
    return render_template(
        template,
        rental=rental,
        report=report,
        paper=report_paper(report, rental),
        moment=MOMENT_NAMES[report.moment],
        signed_how=SIGNED_HOW,
        form=form or Form(values={"signer_name": person_of(rental.person).full_name, "how": "screen"}),
    )
