"""The person's signature of a condition report: on screen, or on paper and noted."""

from datetime import datetime

from fleet.actions.opening import open_booking
from fleet.actions.signing import note_signature
from fleet.checks import MOMENT_NAMES, SCREEN
from fleet.models import ConditionReport
from mobility import audit
from mobility.actions.telling import mail_to
from mobility.addresses import page_address
from mobility.db import db
from mobility.errors import Conflict, NotFound
from mobility.models import Beneficiary
from mobility.queries.letterhead import platform_here
from mobility.rights import Viewer
from mobility.tongues import capital, say


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
    report, person = _open(booking_id, report_id, now=now)
    note_signature(report, say("l’état des lieux"), signer_name=signer_name, agreed=agreed, how=how, signature=signature, by=by, now=now)
    audit.record("sign_report", report, by=by, now=now, subject=person)
    tell_signed(report, person, now=now)
    return report


def leave_unsigned(booking_id: int, report_id: int, *, reason: str, by: Viewer, now: datetime) -> ConditionReport:
    """The person does not sign now, and why; they are sent the way to read it, and to sign it later. Raises NotFound, Conflict."""
    report, person = _open(booking_id, report_id, now=now)
    report.unsigned_reason = reason
    audit.record("leave_unsigned", report, by=by, now=now, subject=person)
    tell_unsigned(report, person, now=now)
    return report


def tell_signed(report: ConditionReport, person: Beneficiary, *, now: datetime) -> None:
    """Where the person finds the report that they signed."""
    told = say("c’est signé. Vous le lisez et l’imprimez ici, dans votre espace")
    _mail(report, person, say("Votre état des lieux signé"), told, now=now)


def tell_unsigned(report: ConditionReport, person: Beneficiary, *, now: datetime) -> None:
    """Where the person reads a report that is not signed, and may sign it."""
    told = say("il n’est pas signé. Vous pouvez le lire et le signer ici, ou nous dire ce que vous n’y reconnaissez pas")
    _mail(report, person, say("Votre état des lieux à lire et à signer"), told, now=now)


def _open(booking_id: int, report_id: int, *, now: datetime) -> tuple[ConditionReport, Beneficiary]:
    booking, person, _ = open_booking(booking_id, version=None, now=now)
    report = db.session.get(ConditionReport, report_id)
    if report is None or report.booking_id != booking.id:
        raise NotFound(say("Cet état des lieux n’existe pas ici."))
    db.session.refresh(report)
    if report.signed_at is not None:
        raise Conflict(say("Cet état des lieux est déjà signé."))
    return report, person


def _mail(report: ConditionReport, person: Beneficiary, subject: str, told: str, *, now: datetime) -> None:
    """Where the person finds their copy, to read and to print; a copy sent by mail would stay in boxes that others read."""
    if not person.email:
        return
    address = page_address(platform_here().slug, f"me/condition/{report.booking_id}/reports/{report.id}")
    said = say("« %(what)s » : %(told)s :\n%(url)s", what=capital(MOMENT_NAMES[report.moment]), told=told, url=address)
    mail_to(person, [say("Bonjour %(name)s,", name=person.first_name), said], subject=subject, now=now)
