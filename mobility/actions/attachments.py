"""Files are sent ahead of their form, claimed by the act that needs them, and dropped when no act came."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import delete, select

from mobility import audit
from mobility.attachments import get_kind, may_add
from mobility.db import db
from mobility.errors import NotFound, RuleBroken
from mobility.later import later
from mobility.models import Attachment, Beneficiary
from mobility.rights import Viewer

if TYPE_CHECKING:
    from mobility import uploads
else:
    uploads = later("mobility.uploads")

UNCLAIMED_LASTS = timedelta(days=2)


def keep_attachment(
    raw: bytes, *, kind: str, beneficiary_id: int | None = None, field: str = "file", by: Viewer, now: datetime
) -> Attachment:
    """Keep a file, made anew. Raises RuleBroken on `field` for a file that cannot be kept, NotFound for a person who is not here."""
    person = db.session.get(Beneficiary, beneficiary_id) if beneficiary_id is not None else None
    if (beneficiary_id is not None and person is None) or not may_add(get_kind(kind), by, beneficiary_id):
        raise NotFound
    upload = uploads.read_upload(raw, field=field)
    kept = Attachment(kind=kind, beneficiary_id=beneficiary_id, media_type=upload.media_type, size=len(upload.content))
    kept.content, kept.small, kept.width, kept.height = upload.content, upload.small, upload.width, upload.height
    kept.added_at, kept.added_by = now, by.account_id
    db.session.add(kept)
    audit.record("add", kept, by=by, now=now, subject=person)
    return kept


def claim(
    attachment_ids: Iterable[int], *, kind: str, beneficiary_id: int | None = None, field: str, by: Viewer, now: datetime
) -> Sequence[Attachment]:
    """The files that belong to an act from now on, in the order given. Raises RuleBroken on `field` for one that is not waiting for it."""
    return [_claim_one(id_, kind=kind, beneficiary_id=beneficiary_id, field=field, by=by, now=now) for id_ in dict.fromkeys(attachment_ids)]


def _claim_one(id_: int, *, kind: str, beneficiary_id: int | None, field: str, by: Viewer, now: datetime) -> Attachment:
    found = db.session.scalar(select(Attachment).filter(Attachment.id == id_).with_for_update())
    waiting = found is not None and found.claimed_at is None and found.kind == kind and found.beneficiary_id == beneficiary_id
    if found is None or not waiting or not may_add(get_kind(kind), by, beneficiary_id):
        raise RuleBroken("Cette photo n’est plus là : envoyez-la de nouveau.", field=field)
    found.claimed_at = now
    audit.record("claim", found, by=by, now=now)
    return found


def drop_unclaimed(*, now: datetime) -> None:
    """Drop what was sent ahead of a form that never came; run each day."""
    db.session.execute(
        delete(Attachment)
        .where(Attachment.claimed_at.is_(None), Attachment.added_at < now - UNCLAIMED_LASTS)
        .execution_options(synchronize_session=False)
    )
