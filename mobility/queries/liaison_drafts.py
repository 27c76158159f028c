"""Liaison forms begun and not sent: each author's own, and nobody else's."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Select, false, or_, select

from mobility import practice
from mobility.db import db
from mobility.errors import NotFound
from mobility.liaison import DRAFT_DAYS
from mobility.models import LiaisonDraft, LiaisonForm
from mobility.periods import ONE_DAY, paris_day
from mobility.rights import Viewer


def list_drafts(viewer: Viewer) -> Sequence[LiaisonDraft]:
    """The viewer's own, the latest first."""
    return db.session.scalars(_own(viewer).order_by(LiaisonDraft.saved_at.desc(), LiaisonDraft.id.desc())).all()


def get_draft(draft_id: int, viewer: Viewer) -> LiaisonDraft:
    """One of the viewer's own. Raises NotFound, the same for missing and not theirs."""
    found = db.session.scalar(_own(viewer).filter(LiaisonDraft.id == draft_id))
    if found is None:
        raise NotFound
    return found


def find_draft(key: str, viewer: Viewer) -> LiaisonDraft | None:
    """The viewer's own of a key."""
    return db.session.scalar(_own(viewer).filter(LiaisonDraft.key == key))


def was_sent(key: str, viewer: Viewer) -> bool:
    """Whether the viewer's form of a key has left."""
    own = or_(LiaisonForm.prescriber_account_id.is_(None), LiaisonForm.prescriber_account_id == viewer.account_id)
    return db.session.scalar(select(LiaisonForm.id).filter(LiaisonForm.draft_key == key, own).limit(1)) is not None


def kept_until(draft: LiaisonDraft) -> date:
    """The last day on which it is kept if nothing more is written."""
    saved_on = paris_day(draft.saved_at)
    days: int = practice.value_on(DRAFT_DAYS.key, saved_on)
    return saved_on + days * ONE_DAY


def title_of(draft: LiaisonDraft) -> str:
    """Whom it is about, as far as it says."""
    name = " ".join(draft.typed[part] for part in ("first_name", "last_name") if draft.typed.get(part))
    return name or "Personne pas encore nommée"


def _own(viewer: Viewer) -> Select[LiaisonDraft]:
    asked = select(LiaisonDraft)
    return asked.filter(false()) if viewer.account_id is None else asked.filter(LiaisonDraft.account_id == viewer.account_id)
