"""Attendance on paper, as pages give it: a group's sheet, and somebody's own attestation in hours."""

from flask import Blueprint, Response

from mobility.clock import now
from mobility.documents.attendance import attestation_pdf, sheet_pdf
from mobility.queries.attendance import attestation_of, sheet_of
from mobility.queries.people import get_beneficiary
from mobility.rights import Role
from mobility.web.access import allow
from mobility.web.looks import look
from mobility.web.viewer import viewer

pages = Blueprint("attendance", __name__)

ADVISERS = (Role.ADVISER, Role.MANAGER)


@pages.get("/p/<slug>/workshops/<int:workshop_id>/sheet")
@allow(*ADVISERS)
def sheet(workshop_id: int) -> Response:
    """Who is expected, each with a place to sign."""
    return pdf(sheet_pdf(sheet_of(workshop_id, now())), f"presence-{workshop_id}")


@pages.get("/p/<slug>/people/<int:beneficiary_id>/attendance")
@allow(*ADVISERS, Role.BENEFICIARY)
def attestation(beneficiary_id: int) -> Response:
    """The workshops a person came to, in hours: for them, or their adviser who hands it over."""
    person = get_beneficiary(beneficiary_id, viewer())
    look(person.id, page="attendance")
    return pdf(attestation_pdf(attestation_of(person, now())), f"attestation-{person.number}")


def pdf(raw: bytes, name: str) -> Response:
    """A paper to read in the browser."""
    return Response(raw, mimetype="application/pdf", headers={"Content-Disposition": f'inline; filename="{name}.pdf"'})
