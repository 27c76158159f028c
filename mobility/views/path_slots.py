"""What people, forms and paths show elsewhere: on the desk, in a file, in one's own space, in the search box, in the menu."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from flask import Flask, g, url_for

from mobility import codes
from mobility.liaison import RECEIVED, WAITING, say_age, waiting_days
from mobility.meeting_reminders import LETTER
from mobility.models import Beneficiary, Meeting
from mobility.papers import PAPER_KINDS, SOON_DAYS
from mobility.periods import paris_time, say_moment
from mobility.phones import say_phone
from mobility.queries.liaison import Line as FormLine
from mobility.queries.liaison import count_by_status, find_by_number, is_late, list_forms_of, list_waiting, tone_of
from mobility.queries.liaison_paper import need_of
from mobility.queries.paths import list_meetings_of_desk
from mobility.queries.people import list_expiring, search
from mobility.rights import Role, Viewer
from mobility.slots import DeskCard, Hit, Line, NavItem, NextAct, Slot, fill
from mobility.views.path_sections import ADVISERS, attendance_of, own_sections, paper_state, sections

DESK_MOST = 8


def register(app: Flask) -> None:
    """Fill the slots."""
    fill(app, Slot.FILE, sections)
    fill(app, Slot.NEXT_ACT, next_acts)
    fill(app, Slot.OWN_SPACE, own_sections)
    fill(app, Slot.DESK, cards)
    fill(app, Slot.SEARCH, hits)
    fill(app, Slot.NAV, nav)
    fill(app, Slot.FRONT, ways_in)


def nav(viewer: Viewer) -> Iterable[NavItem]:
    """The menu of those who send people, and of those who meet them."""
    if viewer.may(*ADVISERS):
        yield _nav(20, "Fiches de liaison", "liaison.index", "send")
        yield _nav(25, "Personnes", "people.index", "people")
        yield _nav(80, "Structures", "structures.index", "building")
    elif viewer.may(Role.PRESCRIBER):
        yield _nav(10, "Mes fiches", "liaison.index", "send")
        yield _nav(20, "Nouvelle fiche", "liaison.new", "plus-lg")


def ways_in() -> Iterable[Line]:
    """What a visitor of a platform can do: prescribe."""
    if g.get("platform") is None:
        return
    yield Line(text="Vous suivez une personne : envoyez une fiche de liaison", href=url_for("structures.prescribe"), act="Prescrire")


def hits(words: str, viewer: Viewer) -> Iterable[Hit]:
    """People by name, phone or number; forms by their number."""
    if not viewer.may(*ADVISERS):
        return
    for line in find_by_number(words, viewer):
        href = url_for("liaison.show", form_id=line.form.id)
        yield Hit(kind="Fiches de liaison", label=line.form.number, href=href, detail=_full_name(line.person))
    for person in search(words, viewer, limit=20):
        detail = " · ".join(part for part in (person.number, person.commune, say_phone(person.phone) if person.phone else None) if part)
        yield Hit(kind="Personnes", label=_full_name(person), href=url_for("files.show", beneficiary_id=person.id), detail=detail)


def cards(viewer: Viewer, today: date) -> Iterable[DeskCard]:
    """The adviser's day: forms waiting with their age, today's meetings, papers soon too old."""
    if not viewer.may(*ADVISERS):
        return
    waiting = list_waiting(viewer, limit=DESK_MOST)
    total = len(waiting) if len(waiting) < DESK_MOST else count_by_status(viewer)["waiting"]
    yield DeskCard(
        order=20,
        key="liaison-forms",
        title="Fiches de liaison en attente",
        icon="send",
        lines=tuple(_waiting(line, today) for line in waiting),
        empty="Aucune fiche n’attend de réponse.",
        more_href=url_for("liaison.index") if total > len(waiting) else None,
        total=total,
    )
    held_today, to_say = list_meetings_of_desk(today)
    of_day = (_meeting_of_day(meeting, person) for meeting, person in held_today if meeting.kind != "point_etape")
    yield DeskCard(
        order=15,
        key="meetings",
        title="Rendez-vous du jour",
        icon="calendar-check",
        lines=(*of_day, *(_reminder_to_say(meeting, person) for meeting, person in to_say)),
        empty="Aucun rendez-vous aujourd’hui, et personne à rappeler.",
    )
    expiring = list_expiring(today)
    yield DeskCard(
        order=60,
        key="papers",
        title="Documents bientôt trop anciens",
        icon="file-earmark-text",
        lines=tuple(_paper_to_renew(paper, last, today) for paper, last in expiring[:DESK_MOST]),
        total=len(expiring),
        empty=f"Aucun document n’arrive à sa fin dans les {SOON_DAYS} jours.",
    )


def next_acts(beneficiary_id: int, viewer: Viewer, today: date) -> Iterable[NextAct]:
    """A form that waits: meet the person, then answer."""
    if not viewer.may(*ADVISERS):
        return
    for line in list_forms_of(beneficiary_id, viewer):
        if line.form.status in WAITING:
            to_meet = line.form.status == RECEIVED
            yield NextAct(
                order=40,
                title=f"Rencontrer {line.person.first_name}" if to_meet else "Répondre à la fiche de liaison",
                text=f"Fiche {line.form.number} de {line.structure.name}, {say_age(waiting_days(line.form.received_on, today))}.",
                href=url_for("liaison.show", form_id=line.form.id),
                verb="Noter la rencontre" if to_meet else "Répondre à la fiche",
                icon="send",
            )


def _waiting(line: FormLine, today: date) -> Line:
    days = waiting_days(line.form.received_on, today)
    return Line(
        text=_full_name(line.person),
        detail=f"{line.structure.name} · {need_of(line.form)} À joindre {codes.CONTACTS[line.person.contact_by]}.",
        href=url_for("liaison.show", form_id=line.form.id),
        state=f"en retard, {say_age(days)}" if is_late(line.form, today) else say_age(days),
        tone=tone_of(line.form, today),
        act="Répondre" if line.form.met_on else "Rencontrer",
    )


def _meeting_of_day(meeting: Meeting, person: Beneficiary) -> Line:
    hour, (state, tone) = paris_time(meeting.starts_at), attendance_of(meeting) or ("prévu", "waiting")
    return Line(
        text=f"{hour.hour} h {hour.minute:02d} : {_full_name(person)}",
        detail=codes.MEETING_KINDS[meeting.kind],
        href=url_for("paths.show_meeting", meeting_id=meeting.id),
        state=state,
        tone=tone,
        act="Ouvrir",
    )


def _reminder_to_say(meeting: Meeting, person: Beneficiary) -> Line:
    by_letter = meeting.reminder_channel == LETTER
    return Line(
        text=_full_name(person),
        detail=f"{codes.MEETING_KINDS[meeting.kind].capitalize()} {say_moment(meeting.starts_at)}",
        href=url_for("paths.show_meeting", meeting_id=meeting.id),
        state="lettre à envoyer" if by_letter else "rappel à dire",
        tone="waiting",
        act="Imprimer" if by_letter else "Rappeler",
    )


def _paper_to_renew(paper: Any, last: date, today: date) -> Line:
    state, tone = paper_state(last, today)
    href = url_for("paths.document", beneficiary_id=paper.beneficiary_id, kind=paper.kind)
    return Line(text=_full_name(paper), detail=PAPER_KINDS[paper.kind].name, href=href, state=state, tone=tone, act="Revoir")


def _nav(order: int, label: str, endpoint: str, icon: str) -> NavItem:
    return NavItem(order=order, label=label, href=url_for(endpoint), icon=icon, endpoint=endpoint)


def _full_name(person: Any) -> str:
    return f"{person.first_name} {person.last_name}"
