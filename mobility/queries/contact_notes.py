"""What was said with a person."""

from dataclasses import dataclass

from sqlalchemy import bindparam, select

from mobility.contact_notes import SIDES, SUBJECTS, WAYS
from mobility.db import Kept, db
from mobility.errors import NotFound
from mobility.models import Account, ContactNote
from mobility.tongues import capital, joined

_THEIRS = Kept(
    select(ContactNote, Account.name)
    .outerjoin(Account, Account.id == ContactNote.noted_by)
    .filter(ContactNote.beneficiary_id == bindparam("beneficiary_id"), ContactNote.withdrawn_at.is_(None))
    .order_by(ContactNote.at.desc(), ContactNote.id.desc())
    .limit(bindparam("limit"))
)


@dataclass(frozen=True, kw_only=True)
class Told:
    """An exchange with the name of who noted it, "" for nobody known."""

    row: ContactNote
    noted_by: str

    @property
    def title(self) -> str:
        """About what, and how: "Le véhicule, au téléphone"."""
        return joined(", ", (capital(SUBJECTS[self.row.subject]), WAYS[self.row.way]))

    @property
    def side(self) -> str:
        """Who began it."""
        return SIDES[self.row.side]


def list_contact_notes(beneficiary_id: int, *, limit: int = 100) -> list[Told]:
    """A person's, the latest first, without those withdrawn."""
    return [Told(row=row, noted_by=name or "") for row, name in _THEIRS(beneficiary_id=beneficiary_id, limit=limit)]


def get_contact_note(note_id: int) -> ContactNote:
    """One of them. Raises NotFound."""
    found = db.session.scalar(select(ContactNote).filter(ContactNote.id == note_id))
    if found is None:
        raise NotFound("Cet échange n’existe pas ici.")
    return found
