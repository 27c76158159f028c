"""Notices of offences on the pages that gather: the desk, a person's file and own space, the search box."""

from collections.abc import Iterator
from datetime import date

from flask import Flask, url_for

from fleet.plates import read_question
from fleet.queries.fines import FineLine, clock_for, list_fines_of, list_open_fines
from fleet.queries.vehicles import full_name
from fleet.views.fine_list import fine_state
from fleet.views.fines import READERS
from mobility.periods import say_day, say_moment
from mobility.rights import Viewer
from mobility.slots import DeskCard, Hit, Line, Section, Slot, fill
from mobility.tongues import joined, say, words

_OWN_WORDS = words(
    {
        "driver_found": "vous allez recevoir un avis à votre nom",
        "named": "un avis à votre nom va arriver, ou est arrivé",
        "refused": "la désignation est à refaire : nous vous appelons si un papier manque",
        "contested": "contesté",
        "settled": "classé",
    }
)


def fill_fines(app: Flask) -> None:
    """Hang everything."""
    fill(app, Slot.DESK, _desk)
    fill(app, Slot.FILE, _file)
    fill(app, Slot.OWN_SPACE, _own)
    fill(app, Slot.SEARCH, _found)


def _desk(viewer: Viewer, today: date) -> Iterator[DeskCard]:
    if viewer.may(*READERS):
        yield DeskCard(
            order=24,
            key="fines",
            title="Contraventions à traiter",
            icon="envelope",
            lines=tuple(_to_do(today)),
            empty="Aucun conducteur n’est à désigner.",
            more_href=url_for("fines.index"),
        )


def _to_do(today: date) -> Iterator[Line]:
    for fine, vehicle, person, borrower in list_open_fines():
        clock = clock_for(fine, today)
        who = f"{person.first_name} {person.last_name}" if person else borrower or "conducteur à trouver"
        yield Line(
            text=f"{full_name(vehicle)} : {who}",
            detail=f"{say_moment(fine.offence_at)} ; à désigner avant le {say_day(clock.due_on)}",
            href=url_for("fines.show", fine_id=fine.id),
            state=clock.said,
            tone=clock.tone,
            act="Désigner" if person or borrower else "Chercher",
        )


def _file(beneficiary_id: int, viewer: Viewer, today: date) -> Iterator[Section]:
    lines = tuple(_line(row) for row in list_fines_of(beneficiary_id)) if viewer.may(*READERS) else ()
    if lines:
        yield Section(order=63, key="fines", title="Contraventions", icon="envelope", lines=lines)


def _line(row: FineLine) -> Line:
    fine, vehicle = row[0], row[1]
    state = fine_state(fine)
    href = url_for("fines.show", fine_id=fine.id)
    return Line(text=full_name(vehicle), detail=say_moment(fine.offence_at), href=href, state=state.word, tone=state.tone, act="Voir")


def _own(beneficiary_id: int, viewer: Viewer, today: date) -> Iterator[Section]:
    lines = tuple(
        Line(
            text=say("Avis n° %(number)s", number=fine.notice_number),
            detail=joined(", ", (full_name(vehicle), say_moment(fine.offence_at), fine.place)),
            state=_OWN_WORDS[fine.status],
        )
        for fine, vehicle, *_ in list_fines_of(beneficiary_id)
    )
    if lines:
        yield Section(
            order=45,
            key="fines",
            title=say("Mes avis de contravention"),
            icon="envelope",
            sentence=say("Si vous n’êtes pas d’accord, ne payez pas : payer, c’est reconnaître. L’avis à votre nom dit comment contester."),
            lines=lines,
        )


def _found(words: str, viewer: Viewer) -> Iterator[Hit]:
    asked = read_question(words)
    if asked is not None and viewer.may(*READERS):
        at = asked.hour.strftime("%H:%M") if asked.hour else None
        yield Hit(
            kind="Question",
            label=f"Qui avait {asked.plate} ?",
            href=url_for("fines.who", plate=asked.plate, on=asked.on.isoformat() if asked.on else None, hour=at),
            detail=f"le {say_day(asked.on)}{f' à {at}' if at else ''}" if asked.on else "à un jour et une heure",
        )
