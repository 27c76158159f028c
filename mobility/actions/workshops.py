"""Collective workshops: planned, people asked, seats given in order and never twice, who came, cancelled."""

from datetime import datetime

from sqlalchemy import select

from mobility import audit
from mobility.actions.links import Purpose, make_link
from mobility.actions.paths import start_action
from mobility.actions.people import lock_beneficiary
from mobility.actions.telling import tell_person
from mobility.addresses import page_address
from mobility.channels import CALL, channel_for
from mobility.db import db, platform_id
from mobility.errors import Conflict, NotFound, RuleBroken
from mobility.group_trips import TRIP_ACTION, Leg, check_charter, check_leg, from_data, has_room, this_one
from mobility.models import Action, Beneficiary, GroupWorkshop, Site, WorkshopSeat
from mobility.periods import paris_day
from mobility.queries.letterhead import platform_here
from mobility.queries.workshops import (
    count_taken,
    find_seat_of,
    get_seat,
    get_workshop,
    legs_taken,
    list_queued,
    list_seats,
    list_to_remind,
    told_of,
)
from mobility.rights import Viewer, house
from mobility.tongues import say
from mobility.workshops import (
    ACCEPTED,
    CANCELLATIONS,
    DECLINED,
    HOLDING,
    INVITED,
    PRESENT,
    PUBLICS,
    QUEUED,
    check_marked,
    check_open,
    is_reminder_due,
    say_cancelled,
    say_invited,
    say_reminder,
    seat_for,
    subjects_on,
)


def plan_workshop(
    *,
    subject: str,
    title: str,
    starts_at: datetime,
    minutes: int,
    places: int,
    open_to: str,
    site_id: int | None = None,
    place: str | None = None,
    by: Viewer,
    now: datetime,
) -> GroupWorkshop:
    """Put a workshop in the calendar, led by whoever plans it, at a pole or at a place in words. Raises NotFound, RuleBroken."""
    if subject not in subjects_on(paris_day(starts_at)):
        raise RuleBroken("Choisissez un thème de la liste.", field="subject")
    if open_to not in PUBLICS:
        raise RuleBroken("Choisissez un public de la liste.", field="open_to")
    if starts_at < now:
        raise RuleBroken("Cet atelier est dans le passé.", field="starts_at")
    if site_id is None and place is None:
        raise RuleBroken("Choisissez un pôle, ou écrivez le lieu.", field="place")
    if site_id is not None and db.session.scalar(select(Site.id).filter(Site.id == site_id)) is None:
        raise NotFound
    told = {"subject": subject, "title": title, "starts_at": starts_at, "minutes": minutes, "places": places, "open_to": open_to}
    workshop = GroupWorkshop(**told, site_id=site_id, place=place, adviser_id=by.account_id)
    db.session.add(workshop)
    audit.record("plan_workshop", workshop, by=by, now=now)
    return workshop


def cancel_workshop(workshop_id: int, *, reason: str, by: Viewer, now: datetime) -> GroupWorkshop:
    """It will not take place; everybody who holds a seat or waits for one is told. Raises NotFound, RuleBroken, Conflict."""
    if reason not in CANCELLATIONS:
        raise RuleBroken("Choisissez une raison de la liste.", field="reason")
    workshop = lock_workshop(workshop_id)
    if workshop.cancelled_at is not None or workshop.held_at is not None:
        raise Conflict(f"{_this(workshop)} a eu lieu ou est déjà annulé.")
    workshop.cancelled_at, workshop.cancel_reason = now, reason
    audit.record("cancel_workshop", workshop, by=by, now=now)
    for seat, person in list_seats(workshop_id):
        if seat.state != DECLINED and now < workshop.starts_at:
            _tell(seat, person, say_cancelled(told_of(workshop, seat)), now=now)
            audit.record("tell_cancelled", seat, by=by, now=now, subject=person)
    return workshop


def invite(workshop_id: int, *, beneficiary_id: int, leg: Leg | None = None, by: Viewer, now: datetime) -> WorkshopSeat:
    """Ask somebody to a workshop: a seat while one is free, else the waiting list; they are told.

    On a trip, `leg` says where they get on and off; left out, from end to end. Raises NotFound, Conflict, RuleBroken on `alight`.
    """
    person, workshop = lock_beneficiary(beneficiary_id), lock_workshop(workshop_id)
    _check_open(workshop, now=now)
    seat = find_seat_of(workshop_id, beneficiary_id)
    if seat is not None and seat.state != DECLINED:
        raise Conflict(f"{person.first_name} est déjà sur la liste.", field="beneficiary_id")
    if seat is None:
        seat = WorkshopSeat(group_workshop_id=workshop.id, beneficiary_id=person.id)
    if stops := from_data(workshop.stops):
        seat.board, seat.alight = leg or (0, len(stops) - 1)
        check_leg(stops, (seat.board, seat.alight))
    _seat(seat, workshop, now=now)
    db.session.add(seat)
    audit.record("invite_to_workshop", seat, by=by, now=now, subject=person)
    _ask(seat, person, workshop, by=by, now=now)
    return seat


def answer_invitation(seat_id: int, *, coming: bool, charter: bool = False, by: Viewer, now: datetime) -> WorkshopSeat:
    """What the person says, or the adviser for them: they come, or their place goes to the first who waits.

    On a trip, who comes accepts the passenger's `charter`, once. Raises NotFound, Conflict, RuleBroken on `charter`.
    """
    seat, person, workshop = _locked(seat_id, by)
    _check_open(workshop, now=now)
    frees = not coming and seat.state in HOLDING
    if coming and workshop.stops and seat.charter_on is None:
        check_charter(charter)
        seat.charter_on = paris_day(now)
    if not coming:
        seat.state = DECLINED
    elif seat.state == INVITED:
        seat.state = ACCEPTED
    elif seat.state == DECLINED:  # after all: a seat if one is left, without being asked again
        _seat(seat, workshop, now=now)
        seat.state = ACCEPTED if seat.state == INVITED else QUEUED
    seat.answered_at = now
    audit.record("answer_invitation", seat, by=by, now=now, subject=person)
    if frees:
        _pass_on(workshop, by=by, now=now)
    return seat


def mark_attendance(seat_id: int, *, mark: str, by: Viewer, now: datetime) -> WorkshopSeat:
    """Came, late or absent, as often as it is put right; who came has the workshop as a step of their path. Raises NotFound, Conflict."""
    seat, person, workshop = _locked(seat_id, by)
    if workshop.cancelled_at is not None:
        raise Conflict(f"{_this(workshop)} est annulé.")
    if seat.state not in HOLDING:
        raise Conflict(f"{person.first_name} n’avait pas de place.")
    check_marked(mark, starts_at=workshop.starts_at, is_trip=workshop.stops is not None, now=now)
    seat.mark, seat.marked_at = mark, now
    if mark in PRESENT and seat.action_id is None:
        day = paris_day(workshop.starts_at)
        kind = TRIP_ACTION if workshop.stops else "workshop"
        action = start_action(person.id, kind=kind, started_on=day, charter_on=seat.charter_on, by=by, now=now)
        action.ended_on = day
        seat.action_id = action.id
        audit.record("end_action", action, by=by, now=now, subject=person)
    elif mark not in PRESENT and seat.action_id is not None:
        _drop_step(seat, person, by=by, now=now)
    audit.record("mark_attendance", seat, by=by, now=now, subject=person)
    if workshop.held_at is None and mark in PRESENT:
        workshop.held_at = now
        audit.record("hold_workshop", workshop, by=by, now=now)
    return seat


def remind_of_workshops(*, now: datetime) -> None:
    """Once, the day before, everybody who holds a seat. Run again, or by two workers, none is told twice."""
    for beneficiary_id, seat_id in list_to_remind(now):
        person = lock_beneficiary(beneficiary_id)
        seat = db.session.get_one(WorkshopSeat, seat_id, populate_existing=True)
        workshop = get_workshop(seat.group_workshop_id)
        due = is_reminder_due(starts_at=workshop.starts_at, asked_at=seat.asked_at, now=now)
        if not due or seat.reminded_at is not None or seat.state not in HOLDING:
            continue
        seat.reminded_at = now
        by = house(platform_id())
        _tell(seat, person, say_reminder(told_of(workshop, seat), _link(seat, person, workshop, by=by, now=now)), now=now)
        audit.record("remind_of_workshop", seat, by=by, now=now, subject=person)


def _check_open(workshop: GroupWorkshop, *, now: datetime) -> None:
    is_off, is_trip = workshop.cancelled_at is not None, workshop.stops is not None
    check_open(starts_at=workshop.starts_at, cancelled=is_off, is_trip=is_trip, now=now)


def _this(workshop: GroupWorkshop) -> str:
    return this_one(workshop.stops is not None)


def lock_workshop(workshop_id: int) -> GroupWorkshop:
    """The workshop, locked until the commit, after the person: seats are counted and given under it. Raises NotFound."""
    asked = select(GroupWorkshop).filter(GroupWorkshop.id == workshop_id).with_for_update().execution_options(populate_existing=True)
    found = db.session.scalar(asked)
    if found is None:
        raise NotFound
    return found


def _locked(seat_id: int, by: Viewer) -> tuple[WorkshopSeat, Beneficiary, GroupWorkshop]:
    """A seat that the viewer may write, under both locks."""
    found = get_seat(seat_id, by)
    person, workshop = lock_beneficiary(found.beneficiary_id), lock_workshop(found.group_workshop_id)
    return db.session.get_one(WorkshopSeat, seat_id, populate_existing=True), person, workshop


def _seat(seat: WorkshopSeat, workshop: GroupWorkshop, *, now: datetime) -> None:
    """A seat or a rank, counted under the workshop's lock; a seat is taken from here on."""
    seat.state = INVITED if _has_room(seat, workshop) else QUEUED
    seat.asked_at, seat.answered_at, seat.reminded_at = now, None, None


def _has_room(seat: WorkshopSeat, workshop: GroupWorkshop) -> bool:
    """Whether a seat is free for them, on a trip from their stop to the other."""
    if not workshop.stops:
        return seat_for(taken=count_taken(workshop.id), places=workshop.places) == INVITED
    assert seat.board is not None and seat.alight is not None
    return has_room(legs_taken(workshop.id), (seat.board, seat.alight), workshop.places)


def _pass_on(workshop: GroupWorkshop, *, by: Viewer, now: datetime) -> None:
    """The seat just freed is proposed to the first who waits; their row is read, not locked: one person's lock at a time."""
    db.session.flush()
    found = next((each for each in list_queued(workshop.id) if _has_room(each[0], workshop)), None)
    if found is None:
        return
    seat, person = found
    seat.state, seat.asked_at, seat.answered_at = INVITED, now, None
    _ask(seat, person, workshop, freed=True, by=by, now=now)
    audit.record("propose_freed_seat", seat, by=by, now=now, subject=person)


def _drop_step(seat: WorkshopSeat, person: Beneficiary, *, by: Viewer, now: datetime) -> None:
    """Somebody marked as come was not there: the step of their path goes."""
    action = db.session.get_one(Action, seat.action_id)
    seat.action_id = None
    audit.record("withdraw_action", action, by=by, now=now, subject=person)
    db.session.delete(action)


def _ask(seat: WorkshopSeat, person: Beneficiary, workshop: GroupWorkshop, *, freed: bool = False, by: Viewer, now: datetime) -> None:
    """Tell whoever has a seat to answer for, with the link to answer; who waits is told that they wait."""
    is_queued = seat.state == QUEUED
    link = None if is_queued else _link(seat, person, workshop, by=by, now=now)
    _tell(seat, person, say_invited(told_of(workshop, seat), queued=is_queued, freed=freed, link=link), now=now)


def _link(seat: WorkshopSeat, person: Beneficiary, workshop: GroupWorkshop, *, by: Viewer, now: datetime) -> str | None:
    """Where they answer without signing in, until it begins; none for whom only a voice reaches."""
    if channel_for(person.contact_by, phone=person.phone, email=person.email) == CALL:
        return None
    token = make_link(purpose=Purpose.WORKSHOP, lasts=workshop.starts_at - now, subject_id=seat.id, by=by, now=now)
    return page_address(platform_here().slug, f"workshop/{token}")


def _tell(seat: WorkshopSeat, person: Beneficiary, sentence: str, *, now: datetime) -> None:
    subject = say("Atelier") if seat.board is None else say("Trajet accompagné")
    seat.told_by = tell_person(person, sentence, subject=subject, now=now)
