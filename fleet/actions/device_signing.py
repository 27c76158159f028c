"""Both signatures of a condition report made where there was no network: kept with it, or told why not (docs/adr/0025)."""

from datetime import datetime

from fleet.actions.report_signatures import tell_signed, tell_unsigned
from fleet.actions.signing import check_drawing, note_signature
from fleet.checks import SCREEN
from fleet.device_signing import OnDevice, check_same
from fleet.models import ConditionReport, OdometerReading
from fleet.queries.condition_papers import report_paper
from fleet.queries.condition_said import said_of
from fleet.queries.readings import DOUBTFUL
from fleet.queries.rentals import Rental
from mobility import audit
from mobility.db import db
from mobility.errors import RuleBroken
from mobility.rights import Viewer


def sign_on_device(
    report: ConditionReport, rental: Rental, signed: OnDevice, *, reading: OdometerReading | None, by: Viewer, now: datetime
) -> None:
    """Keep both signatures of a report just written, if they are of what it says; else it stays unsigned, with the reason to read.

    The report itself is kept either way: what was seen in the car park is not to be seen again. `reading` is its odometer's, if it has
    one; a doubtful one is on no paper before somebody confirms it (domain.md §10.5).
    """
    db.session.flush()
    try:
        _check_settled(reading)
        _sign(report, signed, said_of(report_paper(report, rental), reads_km=reading is not None), by=by, now=now)
    except RuleBroken as refused:
        report.device_refusal = refused.sentence
        audit.record("refuse_device_signatures", report, by=by, now=now, subject=rental.person)
        tell_unsigned(report, rental.person, now=now)
    else:
        audit.record("sign_report", report, by=by, now=now, subject=rental.person)
        tell_signed(report, rental.person, now=now)


def _check_settled(reading: OdometerReading | None) -> None:
    if reading is not None and reading.status == DOUBTFUL:
        raise RuleBroken(
            f"Le compteur signé hors connexion, {reading.km} km, ne suit pas les relevés d’avant : "
            "il est à confirmer, et le papier ne le dit pas encore."
        )


def _sign(report: ConditionReport, signed: OnDevice, written: tuple[str, ...], *, by: Viewer, now: datetime) -> None:
    check_same(signed.said, written)
    if not signed.adviser_agreed:
        raise RuleBroken("La signature hors connexion n’est pas complète : il manque celle de la plateforme.")
    adviser = check_drawing(signed.adviser_signature)
    note_signature(
        report,
        "l’état des lieux",
        signer_name=signed.signer_name,
        agreed=signed.agreed,
        how=SCREEN,
        signature=signed.signature,
        by=by,
        now=now,
    )
    report.adviser_signature, report.signed_on_device_at = adviser, signed.at
