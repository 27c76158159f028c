"""How a rental ended: why, which job, whether a lasting solution was found; then the prescriber is told (domain.md §3.6, §3.7)."""

from datetime import datetime

from fleet.actions.opening import open_booking
from fleet.actions.prescribers import tell_step
from fleet.follow_up import LASTING_SOLUTIONS, check_code, say_outcome
from fleet.lifecycle import RETURNED, NotNow, check_return_reason
from fleet.models import Outcome
from fleet.queries.rentals import find_outcome
from mobility import audit
from mobility.codes import JOB_KINDS
from mobility.db import db
from mobility.errors import Conflict
from mobility.periods import paris_day
from mobility.rights import Viewer
from mobility.steps import Step


def record_outcome(booking_id: int, *, reason: str, job_kind: str, lasting_solution: str, by: Viewer, now: datetime) -> Outcome:
    """Say once how a returned rental ended; the prescriber reads the outcome, never debts nor kilometres.

    Raises NotNow before the return, Conflict when it was said, RuleBroken beside the field.
    """
    booking, person, _ = open_booking(booking_id, version=None, now=now)
    if booking.status != RETURNED:
        raise NotNow("Le bilan de fin se remplit une fois le véhicule rendu.")
    if find_outcome(booking.id) is not None:
        raise Conflict("La fin de cette mise à disposition est déjà notée.")
    check_return_reason(reason)
    outcome = Outcome(
        beneficiary_id=person.id,
        booking_id=booking.id,
        recorded_on=paris_day(now),
        end_reason=reason,
        job_kind=check_code(job_kind, JOB_KINDS, field="job_kind"),
        lasting_solution=check_code(lasting_solution, LASTING_SOLUTIONS, field="lasting_solution"),
        recorded_by=by.account_id,
    )
    db.session.add(outcome)
    audit.record("record_outcome", outcome, by=by, now=now, subject=person)
    tell_step(booking, Step.ENDED, now=now, outcome=say_outcome(outcome.job_kind, outcome.lasting_solution))
    return outcome
