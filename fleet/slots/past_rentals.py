"""Files taken in from before: on the person's file."""

from collections.abc import Iterator
from datetime import date

from flask import Flask, url_for

from fleet.conditions import LICENCE, LICENCE_YEARS, MET, MISSING, STATE_NAMES, Condition
from fleet.past_rentals import TO_COMPLETE
from fleet.queries.past_rentals import PastLine, past_rentals_of
from mobility.periods import say_day, say_span
from mobility.rights import Role, Viewer
from mobility.slots import Line, Section, Slot, fill


def fill_past_rentals(app: Flask) -> None:
    """Hang them."""
    fill(app, Slot.FILE, _file)


def _file(beneficiary_id: int, viewer: Viewer, today: date) -> Iterator[Section]:
    if not viewer.may(Role.ADVISER, Role.MANAGER):
        return
    for line in past_rentals_of(beneficiary_id):
        yield Section(
            order=64,
            key=f"past-rental-{line.past.id}",
            title=f"Dossier AMIE {line.past.number}, repris",
            icon="folder",
            sentence=_days(line),
            lines=tuple(_line(line, condition) for condition in line.conditions if condition.state != MET),
        )


def _days(line: PastLine) -> str:
    first, last = line.action.started_on, line.action.ended_on
    return f"Véhicule prêté {say_span(first, last) if last else f'depuis le {say_day(first)}'}."


def _line(line: PastLine, condition: Condition) -> Line:
    is_blank = condition.sentence == TO_COMPLETE
    is_paper = is_blank and condition.code in (LICENCE, LICENCE_YEARS)
    return Line(
        text=condition.label.capitalize(),
        detail=condition.sentence,
        state="à compléter" if is_blank else STATE_NAMES[condition.state],
        tone="near" if condition.state == MISSING else "waiting",
        href=url_for("paths.document", beneficiary_id=line.person.id, kind="licence") if is_paper else None,
        act="Noter" if is_paper else "",
    )
