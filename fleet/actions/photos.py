"""The pictures of a look over a vehicle: sent ahead, claimed by the report or the reading that needs them."""

from collections.abc import Sequence
from datetime import datetime

from fleet.marks import MOST_PHOTOS
from fleet.models import ConditionReport, LookPhoto, OdometerReading, VehicleMark
from mobility import audit
from mobility.actions.attachments import claim
from mobility.attachments import AttachmentKind
from mobility.db import db
from mobility.errors import RuleBroken
from mobility.models import Beneficiary
from mobility.rights import Role, Viewer

_ADVISERS = frozenset({Role.ADVISER, Role.MANAGER})

# Of the vehicle, about nobody: the next person's adviser, and whoever repairs it, see what was there.
CONDITION = AttachmentKind(
    code="condition", name="photo de l’état du véhicule", adders=_ADVISERS | {Role.MECHANIC}, readers=_ADVISERS | {Role.MECHANIC}
)
# Of a person's kilometres: they send and see their own.
ODOMETER = AttachmentKind(code="odometer", name="photo du compteur", adders=_ADVISERS, readers=_ADVISERS, own=True)


def keep_photos(
    attachment_ids: Sequence[int],
    *,
    report: ConditionReport,
    mark: VehicleMark | None = None,
    field: str = "photos",
    by: Viewer,
    now: datetime,
) -> None:
    """The pictures of a report, or of one of its marks: of the vehicle, about nobody. Raises RuleBroken on `field`."""
    if len(attachment_ids) > MOST_PHOTOS:
        raise RuleBroken(f"{MOST_PHOTOS} photos au plus : gardez celles qui montrent quelque chose.", field=field)
    for kept in claim(attachment_ids, kind=CONDITION.code, field=field, by=by, now=now):
        photo = LookPhoto(attachment_id=kept.id, report_id=report.id, mark_id=mark.id if mark else None)
        db.session.add(photo)
        audit.record("keep_photo", photo, by=by, now=now)


def keep_meter_photo(attachment_id: int | None, *, reading: OdometerReading, person: Beneficiary, by: Viewer, now: datetime) -> None:
    """The picture of the odometer beside what was read on it. Raises RuleBroken on field `odometer_photo`."""
    if attachment_id is None:
        return
    (kept,) = claim([attachment_id], kind=ODOMETER.code, beneficiary_id=person.id, field="odometer_photo", by=by, now=now)
    photo = LookPhoto(attachment_id=kept.id, reading_id=reading.id)
    db.session.add(photo)
    audit.record("keep_photo", photo, by=by, now=now, subject=person)
