"""A defect is told by who has the vehicle, and judged by the workshop: a notice only warns, out of service keeps the vehicle back."""

from datetime import datetime

from fleet.actions import blocks
from fleet.actions.occupancy import lock_vehicle
from fleet.actions.opening import open_booking
from fleet.defects import NEW, NOTICE, OUT, say_state
from fleet.lifecycle import NotNow
from fleet.models import Block, Booking, Defect, Vehicle
from fleet.queries.defects import get_defect
from fleet.queries.rentals import RUNNING
from mobility import audit
from mobility.actions.attachments import claim
from mobility.actions.people import lock_beneficiary
from mobility.actions.telling import tell_person
from mobility.attachments import AttachmentKind
from mobility.db import db
from mobility.errors import Conflict, NotFound, RuleBroken
from mobility.rights import Role, Viewer
from mobility.tongues import say

# Of the vehicle as its driver saw it: they send and see their own.
_REPAIRERS = frozenset({Role.ADVISER, Role.MANAGER, Role.MECHANIC})
DEFECT = AttachmentKind(code="defect", name="photo d’un défaut", adders=_REPAIRERS, readers=_REPAIRERS, own=True)


def tell_defect(
    booking_id: int, *, part: str, words: str | None = None, photo: int | None = None, field: str = "photo", by: Viewer, now: datetime
) -> Defect:
    """Who has the vehicle says what is wrong. Raises NotFound for another's, NotNow without the vehicle, RuleBroken on the picture."""
    booking, person, vehicle = open_booking(booking_id, version=None, now=now)
    if by.beneficiary_id != person.id:
        raise NotFound("Cette mise à disposition n’existe pas, ou n’est pas pour vous.")
    if booking.status not in RUNNING:
        raise NotNow("Vous n’avez plus ce véhicule : appelez-nous si quelque chose ne va pas.")
    defect = Defect(vehicle_id=vehicle.id, booking_id=booking.id, part=part, words=words, state=NEW, told_at=now, told_by=by.account_id)
    if photo is not None:
        (kept,) = claim([photo], kind=DEFECT.code, beneficiary_id=person.id, field=field, by=by, now=now)
        defect.photo_id = kept.id
    db.session.add(defect)
    audit.record("tell", defect, by=by, now=now, subject=person)
    return defect


def judge_defect(
    defect_id: int, *, state: str, answer: str | None = None, ends_at: datetime | None = None, by: Viewer, now: datetime
) -> Defect:
    """What the workshop makes of it; the person is told. Out of service keeps the vehicle back until `ends_at`, or the next booking.

    Raises NotFound, Conflict once it was judged, RuleBroken on `ends_at`, Conflict when a booking waits for the vehicle right now.
    """
    found = get_defect(defect_id)
    person = lock_beneficiary(db.session.get_one(Booking, found.booking_id).beneficiary_id)
    vehicle = lock_vehicle(found.vehicle_id)
    db.session.refresh(found)
    if found.state not in (NEW, NOTICE) or state == found.state:
        raise Conflict("Ce signalement est déjà traité : relisez la page.")
    if state == OUT:
        found.block_id = _keep_back(found, vehicle, ends_at, by=by, now=now).id
    found.state, found.answer, found.judged_at, found.judged_by = state, answer, now, by.account_id
    tell_person(person, say_state(state, answer), subject=say("Votre signalement : %(vehicle)s", vehicle=vehicle.label), now=now)
    audit.record("judge", found, by=by, now=now, subject=person)
    return found


def _keep_back(defect: Defect, vehicle: Vehicle, ends_at: datetime | None, *, by: Viewer, now: datetime) -> Block:
    if ends_at is None:
        raise RuleBroken("Dites jusqu’à quand le véhicule reste hors service ; cela se change ensuite.", field="ends_at")
    until = blocks.until_next(vehicle, ends_at, now=now)
    if until <= now < ends_at:
        raise Conflict("Quelqu’un attend ce véhicule en ce moment même : donnez-lui d’abord un autre véhicule (page « En panne »).")
    return blocks.block(vehicle.id, reason="breakdown", starts_at=now, ends_at=until, note=f"Signalement {defect.id}", by=by, now=now)
