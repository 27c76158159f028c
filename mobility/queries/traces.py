"""What ties people to the platform on the ground: contacts, forms, actions, meetings.

A visit to their own space is none: who comes to take their data away has not asked to be kept, and one tap there says so.
"""

from collections.abc import Collection, Iterable, Iterator
from typing import Any

from sqlalchemy import ColumnElement, Select, func, literal, select, true, union_all

from mobility.corrections import ERASURE
from mobility.db import among, db
from mobility.db.types import Instant
from mobility.liaison import WAITING
from mobility.models import (
    Action,
    Attachment,
    Beneficiary,
    ContactNote,
    CorrectionRequest,
    Document,
    LiaisonForm,
    LiaisonPaper,
    Meeting,
    WorkshopSeat,
)
from mobility.periods import paris_day
from mobility.retention import Trace
from mobility.tongues import say

# What, its table, its instant, and which rows count.
Lasting = tuple[str, Any, Any, ColumnElement[bool]]
_LASTING: tuple[Lasting, ...] = (
    (say("rendez-vous"), Meeting, Meeting.starts_at, Meeting.cancelled_at.is_(None)),
    (say("échange noté"), ContactNote, ContactNote.at, ContactNote.withdrawn_at.is_(None)),
    (say("atelier"), WorkshopSeat, func.coalesce(WorkshopSeat.marked_at, WorkshopSeat.asked_at), true()),
    (say("document vu"), Document, Document.seen_at, true()),
    (say("pièce d’une fiche de liaison"), LiaisonPaper, LiaisonPaper.added_at, true()),
    (say("photo ou pièce"), Attachment, Attachment.added_at, true()),
)


def traces(ids: Collection[int]) -> Iterator[Trace]:
    """Of these people: the last of each kind, and what waits for an answer of ours."""
    person = Beneficiary.id, Beneficiary.created_at, Beneficiary.last_contact_at
    for id_, created_at, contact_at in db.session.execute(select(*person).filter(among(Beneficiary.id, ids))):
        yield Trace(beneficiary_id=id_, what=say("dossier ouvert"), on=paris_day(created_at))  # an import's day: its clock starts there
        yield Trace(beneficiary_id=id_, what=say("dernier contact"), on=paris_day(contact_at))
    for id_, on in db.session.execute(last_of(Action, func.max(func.coalesce(Action.ended_on, Action.started_on)), ids)):
        yield Trace(beneficiary_id=id_, what=say("action du parcours"), on=on)
    yield from last_instants(ids, _LASTING)
    yield from _unanswered(ids)


def _unanswered(ids: Collection[int]) -> Iterator[Trace]:
    forms = last_of(LiaisonForm, func.count(), ids).filter(LiaisonForm.status.in_(WAITING))
    for id_, _ in db.session.execute(forms):
        yield Trace(beneficiary_id=id_, what=say("fiche de liaison sans réponse"), on=None)
    asked = last_of(CorrectionRequest, func.count(), ids).filter(CorrectionRequest.outcome.is_(None), CorrectionRequest.subject != ERASURE)
    for id_, _ in db.session.execute(asked):
        yield Trace(beneficiary_id=id_, what=say("correction demandée sans réponse"), on=None)


def last_of(table: Any, wanted: Any, ids: Collection[int]) -> Select[*tuple[Any, ...]]:
    """One line a person: what `wanted` gathers of their rows."""
    return select(table.beneficiary_id, wanted).filter(among(table.beneficiary_id, ids)).group_by(table.beneficiary_id)


def last_instants(ids: Collection[int], lasting: Iterable[Lasting]) -> Iterator[Trace]:
    """Of these people: the last instant of each kind, in one question for all of them."""
    asked = (
        select(table.beneficiary_id, literal(str(what)), func.max(at, type_=Instant()))
        .filter(among(table.beneficiary_id, ids), counts)
        .group_by(table.beneficiary_id)
        for what, table, at, counts in lasting
    )
    said = {what: what for what, *_ in lasting}  # what a database gives back is a plain string
    for id_, what, at in db.session.execute(union_all(*asked)):
        yield Trace(beneficiary_id=id_, what=said[what], on=paris_day(at))
