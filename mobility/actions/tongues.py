"""The tongue of what is sent to a person: their own choice, theirs to take back (docs/adr/0030)."""

from datetime import datetime

from mobility import audit
from mobility.actions.people import lock_beneficiary
from mobility.models import Beneficiary
from mobility.rights import Viewer


def write_in(beneficiary_id: int, tongue: str | None, *, by: Viewer, now: datetime) -> Beneficiary:
    """Have what is sent to a person said in one of the tongues too, or (None) in French alone. Raises NotFound, Conflict once erased."""
    person = lock_beneficiary(beneficiary_id)
    if person.tongue != tongue:
        person.tongue = tongue
        audit.record("write_in_tongue", person, by=by, now=now, subject=person)
    return person
