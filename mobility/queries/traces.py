"""What ties people to the platform on the ground: contacts, forms, actions, meetings.

A visit to their own space is none: who comes to take their data away has not asked to be kept, and one tap there says so.
"""

from collections.abc import Collection, Iterator
from typing import Any

from sqlalchemy import Select, func, select

from mobility.corrections import ERASURE
from mobility.db import among, db
from mobility.liaison import WAITING
from mobility.models import Action, Attachment, Beneficiary, ContactNote, CorrectionRequest, Document, LiaisonForm, Meeting, WorkshopSeat
from mobility.periods import paris_day
from mobility.retention import Trace


def traces(ids: Collection[int]) -> Iterator[Trace]:
    """Of these people: the last of each kind, and what waits for an answer of ours."""
    person = Beneficiary.id, Beneficiary.created_at, Beneficiary.last_contact_at
    for id_, created_at, contact_at in db.session.execute(select(*person).filter(among(Beneficiary.id, ids))):
        yield Trace(beneficiary_id=id_, what="dossier ouvert", on=paris_day(created_at))  # an import's day: its clock starts there
        yield Trace(beneficiary_id=id_, what="dernier contact", on=paris_day(contact_at))
    for id_, on in db.session.execute(last_of(Action, func.max(func.coalesce(Action.ended_on, Action.started_on)), ids)):
        yield Trace(beneficiary_id=id_, what="action du parcours", on=on)
    for id_, at in db.session.execute(last_of(Meeting, func.max(Meeting.starts_at), ids).filter(Meeting.cancelled_at.is_(None))):
        yield Trace(beneficiary_id=id_, what="rendez-vous", on=paris_day(at))
    for id_, at in db.session.execute(last_of(ContactNote, func.max(ContactNote.at), ids).filter(ContactNote.withdrawn_at.is_(None))):
        yield Trace(beneficiary_id=id_, what="échange noté", on=paris_day(at))
    theirs = last_of(WorkshopSeat, func.max(func.coalesce(WorkshopSeat.marked_at, WorkshopSeat.asked_at)), ids)
    for id_, at in db.session.execute(theirs):
        yield Trace(beneficiary_id=id_, what="atelier", on=paris_day(at))
    for table, column, what in ((Document, Document.seen_at, "document vu"), (Attachment, Attachment.added_at, "photo ou pièce")):
        for id_, at in db.session.execute(last_of(table, func.max(column), ids)):
            yield Trace(beneficiary_id=id_, what=what, on=paris_day(at))
    yield from _unanswered(ids)


def _unanswered(ids: Collection[int]) -> Iterator[Trace]:
    forms = last_of(LiaisonForm, func.count(), ids).filter(LiaisonForm.status.in_(WAITING))
    for id_, _ in db.session.execute(forms):
        yield Trace(beneficiary_id=id_, what="fiche de liaison sans réponse", on=None)
    asked = last_of(CorrectionRequest, func.count(), ids).filter(CorrectionRequest.outcome.is_(None), CorrectionRequest.subject != ERASURE)
    for id_, _ in db.session.execute(asked):
        yield Trace(beneficiary_id=id_, what="correction demandée sans réponse", on=None)


def last_of(table: Any, wanted: Any, ids: Collection[int]) -> Select[*tuple[Any, ...]]:
    """One line a person: what `wanted` gathers of their rows."""
    return select(table.beneficiary_id, wanted).filter(among(table.beneficiary_id, ids)).group_by(table.beneficiary_id)
