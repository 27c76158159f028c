"""A rental's pictures go, months after its deposit is settled: a person is not shown for ever (domain.md §9 "Retention")."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import delete

from billing.models import DepositPhoto
from billing.queries.settled import proofs_of
from fleet.models import AccidentPhoto, Booking, LookPhoto
from fleet.photo_retention import PHOTO_MONTHS
from fleet.queries.photo_retention import defects_of, list_over, looks_of, looks_of_gone_marks, scenes_of
from mobility import audit, practice
from mobility.db import db, platform_id
from mobility.models import Attachment
from mobility.periods import instant_of, months_after, paris_day
from mobility.rights import house


def forget_photos(*, now: datetime) -> None:
    """The daily job: the pictures of the rentals whose time is over, and of the marks mended since."""
    months = practice.value_on(PHOTO_MONTHS.key, paris_day(now))
    before = instant_of(months_after(paris_day(now), -months))
    for booking in list_over(before, months, now):
        _forget(booking, now)
    _drop(looks_of_gone_marks())


def _forget(booking: Booking, now: datetime) -> None:
    defects = defects_of(booking.id)
    told = [defect.photo_id for defect in defects]
    for defect in defects:
        defect.photo_id = None
    proofs = proofs_of(booking.account_id) if booking.account_id is not None else []
    _drop([*looks_of(booking.id), *scenes_of(booking.id), *proofs], told)
    booking.photos_gone_on = paris_day(now)
    audit.record("forget_photos", booking, by=house(platform_id()), now=now)


def _drop(shown: Iterable[LookPhoto | AccidentPhoto | DepositPhoto], more: Iterable[int | None] = ()) -> None:
    """These pictures and their files; what points to a file goes before it."""
    ids = [photo.attachment_id for photo in shown]
    for photo in shown:
        db.session.delete(photo)
    db.session.flush()
    files = [*ids, *(id_ for id_ in more if id_ is not None)]
    if files:
        db.session.execute(delete(Attachment).where(Attachment.id.in_(files)).execution_options(synchronize_session=False))
