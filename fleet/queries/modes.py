"""The ways to work that people chose."""

from collections.abc import Sequence

from sqlalchemy import bindparam, select

from fleet.models import ModeChoice
from mobility.db import Kept, look_once

_OF_PERSON = Kept(select(ModeChoice).filter(ModeChoice.beneficiary_id == bindparam("beneficiary_id")).order_by(ModeChoice.id.desc()))


def list_choices(beneficiary_id: int) -> Sequence[ModeChoice]:
    """A person's, the latest first: it is the one that counts."""
    return look_once(ModeChoice, beneficiary_id, lambda: _OF_PERSON(beneficiary_id=beneficiary_id).scalars().all())
