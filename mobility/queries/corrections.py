"""What people asked to have put right, and what was answered."""

from collections.abc import Sequence

from sqlalchemy import select

from mobility.db import db
from mobility.errors import NotFound
from mobility.models import CorrectionRequest


def list_corrections(beneficiary_id: int) -> Sequence[CorrectionRequest]:
    """A person's, the latest first."""
    asked = select(CorrectionRequest).filter(CorrectionRequest.beneficiary_id == beneficiary_id)
    return db.session.scalars(asked.order_by(CorrectionRequest.id.desc())).all()


def list_open_corrections(beneficiary_id: int) -> list[CorrectionRequest]:
    """Those not yet answered, the oldest first."""
    return [one for one in reversed(list_corrections(beneficiary_id)) if one.outcome is None]


def get_correction(correction_id: int) -> CorrectionRequest:
    """One of them, for the platform's advisers. Raises NotFound."""
    found = db.session.scalar(select(CorrectionRequest).filter(CorrectionRequest.id == correction_id))
    if found is None:
        raise NotFound("Cette demande n’existe pas ici.")
    return found
