"""The pictures and papers of a step of a deposit: a cheque, a letter of guarantee, what shows why a part was kept."""

from collections.abc import Sequence
from datetime import datetime

from billing.keeping import MOST_PHOTOS
from billing.models import DepositPhoto, DepositStep
from mobility import audit
from mobility.actions.attachments import claim
from mobility.attachments import AttachmentKind
from mobility.db import db
from mobility.errors import RuleBroken
from mobility.models import Beneficiary
from mobility.rights import Role, Viewer

_MONEY = frozenset({Role.ADVISER, Role.TREASURER, Role.MANAGER})
# Theirs too: whoever has a part kept sees what shows why.
PROOF = AttachmentKind(code="deposit", name="pièce d’une caution", adders=_MONEY, readers=_MONEY, own=True)


def keep_proofs(step: DepositStep, beneficiary_id: int, photos: Sequence[int], *, by: Viewer, now: datetime) -> None:
    """Claim what was sent for a step. Raises RuleBroken on `pictures`."""
    if len(photos) > MOST_PHOTOS:
        raise RuleBroken(f"{MOST_PHOTOS} pièces au plus : gardez celles qui montrent quelque chose.", field="pictures")
    person = db.session.get_one(Beneficiary, beneficiary_id)
    for kept in claim(photos, kind=PROOF.code, beneficiary_id=person.id, field="pictures", by=by, now=now):
        photo = DepositPhoto(attachment_id=kept.id, step_id=step.id)
        db.session.add(photo)
        audit.record("keep_photo", photo, by=by, now=now, subject=person)
