"""Collective workshops: one held with somebody late and somebody away, one to come that is full, one cancelled."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from demo.stage import Stage
from demo.timeline import Story
from mobility.actions.group_trips import plan_trips
from mobility.actions.workshops import answer_invitation, cancel_workshop, invite, mark_attendance, plan_workshop
from mobility.db import db, platform_id
from mobility.liaison import ACCEPTED
from mobility.models import Beneficiary, Grant, LiaisonForm, WorkshopSeat
from mobility.rights import Role
from mobility.workshops import QUEUED


def workshops(stage: Stage) -> Story:
    """Planned three weeks ago and held last week; the next ones stand in the calendar."""
    site = next(iter(stage.sites.values()))
    yield stage.at(-21, 9, 10)
    plain: dict[str, Any] = {"minutes": 120, "site_id": site, "open_to": "everybody", "by": stage.adviser}
    held = plan_workshop(
        subject="networks", title="Bus, fiches horaires et tarifs réduits", starts_at=stage.at(-8, 9), places=8, **plain, now=stage.now
    )
    off = plan_workshop(subject="cycling", title="Remise en selle", starts_at=stage.at(-5, 14), places=6, **plain, now=stage.now)
    for person_id in _on_path()[:4]:
        seat = invite(held.id, beneficiary_id=person_id, by=stage.adviser, now=stage.now)
        answer_invitation(seat.id, coming=True, by=stage.adviser, now=stage.now)
    yield stage.at(-8, 9, 40)
    for seat_id, mark in zip(_seats_of(held.id), ("came", "late", "came", "absent"), strict=False):
        mark_attendance(seat_id, mark=mark, by=stage.adviser, now=stage.now)
    yield stage.at(-6, 16)
    cancel_workshop(off.id, reason="too_few", by=stage.adviser, now=stage.now)
    yield stage.at(-2, 11, 20)
    coming = plan_workshop(
        subject="driving_practice",
        title="Simulation de conduite et mise en mouvement",
        starts_at=stage.at(6, 14),
        places=3,
        **plain,
        now=stage.now,
    )
    plain |= {"site_id": None, "place": "Médiathèque, salle du rez-de-chaussée"}
    plan_workshop(subject="budget", title="Combien coûtent mes trajets ?", starts_at=stage.at(13, 9, 30), places=8, **plain, now=stage.now)
    for place, person_id in enumerate(_on_path()[:4]):
        seat = invite(coming.id, beneficiary_id=person_id, by=stage.adviser, now=stage.now)
        if place and seat.state != QUEUED:
            answer_invitation(seat.id, coming=True, by=stage.adviser, now=stage.now)


def trips(stage: Stage) -> Story:
    """Each week to the harbour's first shifts: the first trip with three passengers, one of them only for a part of the way."""
    yield stage.at(-3, 14)
    stops = "4:25 Gare de La Ciotat\n4:35 Place du Marché\n4:55 Zone du Port"
    told = {"title": "Vers la zone du Port, équipe du matin", "stops": stops, "place": "Minibus blanc, conduit par un bénévole formé"}
    first, *_ = plan_trips(**told, on=stage.day(4), weeks=3, places=2, open_to="everybody", by=stage.adviser, now=stage.now)
    for person_id, leg in zip(_on_path()[:3], ((0, 1), (1, 2), (0, 2)), strict=False):
        seat = invite(first.id, beneficiary_id=person_id, leg=leg, by=stage.adviser, now=stage.now)
        if leg == (1, 2):
            answer_invitation(seat.id, coming=True, charter=True, by=stage.adviser, now=stage.now)


def _on_path() -> Sequence[int]:
    """Whose form was accepted, those with a space of their own first."""
    enters = select(Grant.beneficiary_id).filter(Grant.role == Role.BENEFICIARY, Grant.platform_id == platform_id())
    accepted = select(LiaisonForm.beneficiary_id).filter(LiaisonForm.status == ACCEPTED)
    people = select(Beneficiary.id).filter(Beneficiary.id.in_(accepted.union(enters)))
    return db.session.scalars(people.order_by(Beneficiary.id.in_(enters).desc(), Beneficiary.id)).all()


def _seats_of(workshop_id: int) -> Sequence[int]:
    return db.session.scalars(select(WorkshopSeat.id).filter(WorkshopSeat.group_workshop_id == workshop_id).order_by(WorkshopSeat.id)).all()
