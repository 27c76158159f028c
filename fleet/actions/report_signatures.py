"""The person's signature of a condition report: on screen, or on paper and noted (issue 3 "Handover and return")."""

from datetime import datetime

from fleet.actions.contracts import check_drawing
from fleet.actions.opening import open_booking
from fleet.checks import PAPER, SCREEN
from fleet.models import ConditionReport
from mobility import audit
from mobility.db import db
from mobility.errors import Conflict, NotFound, RuleBroken
from mobility.rights import Viewer


def sign_report(
    booking_id: int,
    report_id: int,
    *,
    signer_name: str,
    agreed: bool,
    how: str = SCREEN,
    signature: str | None = None,
    by: Viewer,
    now: datetime,
) -> ConditionReport:
    """Note the person's signature of a report of their rental. Raises NotFound, Conflict when it is signed, RuleBroken."""
    booking, person, _ = open_booking(booking_id, version=None, now=now)
    report = db.session.get(ConditionReport, report_id)
    if report is None or report.booking_id != booking.id:
        raise NotFound("Cet état des lieux n’existe pas ici.")
    db.session.refresh(report)
    if report.signed_at is not None:
        raise Conflict("Cet état des lieux est déjà signé.")
    if how == PAPER and not by.is_staff:
        raise RuleBroken("Une signature sur papier est notée par votre conseiller.", field="how")
    if not agreed:
        raise RuleBroken("Cochez la case pour dire que l’état des lieux a été lu et accepté.", field="agreed")
    report.signer_name, report.signed_how, report.signed_at = signer_name, how, now
    report.signature = check_drawing(signature) if how == SCREEN else None
    audit.record("sign_report", report, by=by, now=now, subject=person)
    return report
