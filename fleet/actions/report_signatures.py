"""The person's signature of a condition report: on screen, or on paper and noted (issue 3 "Handover and return")."""

from datetime import datetime

from fleet.actions.opening import open_booking
from fleet.actions.signing import note_signature
from fleet.checks import SCREEN
from fleet.models import ConditionReport
from mobility import audit
from mobility.db import db
from mobility.errors import Conflict, NotFound
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
    note_signature(report, "l’état des lieux", signer_name=signer_name, agreed=agreed, how=how, signature=signature, by=by, now=now)
    audit.record("sign_report", report, by=by, now=now, subject=person)
    return report
