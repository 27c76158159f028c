"""What assessments hang on the ground's slots: the desk, a person's file and own space, the yearly report."""

from collections.abc import Iterable
from datetime import date

from flask import url_for

from assessments.models import Assessment
from assessments.moments import ENTRY, MOMENT_NAMES
from assessments.orientation import OPEN, STATE_NAMES, WAY_NAMES
from assessments.queries import clearances_of, effectiveness_of, figures_of, list_assessments, list_finished, list_waiting
from assessments.sheets import TONES, say_change
from mobility.liaison import ACCEPTED, say_age, waiting_days
from mobility.periods import say_day
from mobility.queries.liaison import list_forms_of
from mobility.rights import Role, Viewer
from mobility.slots import DeskCard, Line, NextAct, ReportLine, Section
from mobility.tongues import capital, joined, say, small


def desk_cards(viewer: Viewer, today: date) -> Iterable[DeskCard]:
    """People accepted who have no entry assessment yet: without it, no vehicle."""
    if not viewer.may(Role.ADVISER, Role.MANAGER):
        return
    lines: dict[int, Line] = {}
    for person, form, draft in list_waiting():
        lines.setdefault(
            person.id,
            Line(
                text=f"{person.first_name} {person.last_name}",
                detail=f"Fiche reçue {say_age(waiting_days(form.received_on, today))}",
                href=_href(draft) if draft else url_for("assessments.person", beneficiary_id=person.id),
                state="commencé" if draft else "",
                tone="waiting",
                act="Reprendre le bilan" if draft else "Commencer le bilan",
            ),
        )
    empty = "Chaque personne acceptée a son bilan d’entrée."
    yield DeskCard(order=35, key="assessments", title="Bilans à faire", icon="clipboard-data", lines=tuple(lines.values()), empty=empty)


def next_acts(beneficiary_id: int, viewer: Viewer, today: date) -> Iterable[NextAct]:
    """The entry assessment of a person accepted: without it, no vehicle."""
    if not viewer.may(Role.ADVISER, Role.MANAGER):
        return
    entries = [one for one in list_assessments(beneficiary_id) if one.kind == ENTRY]
    is_accepted = any(line.form.status == ACCEPTED for line in list_forms_of(beneficiary_id, viewer))
    if not is_accepted or any(one.finished_at for one in entries):
        return
    draft = next(iter(entries), None)
    yield NextAct(
        order=30,
        title="Faire le bilan d’entrée",
        text="Il dit quels véhicules conviennent : sans lui, pas de réservation.",
        href=_href(draft) if draft else url_for("assessments.person", beneficiary_id=beneficiary_id),
        verb="Reprendre le bilan" if draft else "Commencer le bilan",
        icon="clipboard-data",
    )


def file_sections(beneficiary_id: int, viewer: Viewer, today: date) -> Iterable[Section]:
    """The assessments held and what they open today, for those who hold them."""
    if not viewer.may(Role.ADVISER, Role.MANAGER):
        return
    held = list_assessments(beneficiary_id)
    page = url_for("assessments.person", beneficiary_id=beneficiary_id)
    yield Section(
        order=30,
        key="assessments",
        title="Bilan de mobilité",
        icon="clipboard-data",
        facts=(*_change(beneficiary_id), *_by_state(beneficiary_id)),
        lines=tuple(_line(assessment) for assessment in held),
        acts=(Line(text="Bilans et véhicules ouverts" if held else "Commencer le bilan d’entrée", href=page),),
        empty="Pas encore de bilan d’entrée : sans lui, pas de véhicule.",
    )


def own_sections(beneficiary_id: int, viewer: Viewer, today: date) -> Iterable[Section]:
    """The person's own assessments, finished ones, and what they open."""
    yield Section(
        order=50,
        key="assessments",
        title=say("Mon bilan"),
        icon="clipboard-data",
        facts=(*_change(beneficiary_id), *_by_state(beneficiary_id, only=OPEN)),
        lines=(*(_line(assessment) for assessment in list_finished(beneficiary_id)), *_not_yet_open(beneficiary_id)),
        empty=say("Vous ferez votre bilan de mobilité avec votre conseiller : il dit ce qui vous convient pour aller travailler."),
    )


def report_lines(year: int) -> Iterable[ReportLine]:
    """How many assessments, and how far people came: means over those who have both, and how sure they are (domain.md §2.7)."""
    figures, by_public = figures_of(year)
    lines = (
        ("entry_assessments", "Personnes avec un bilan d’entrée", figures.entries),
        ("exit_assessments", "Personnes avec un bilan de sortie", figures.exits),
        ("assessments_compared", "Personnes avec les deux bilans, comparables", figures.compared),
        ("potential_at_entry", "Potentiel moyen à l’entrée, sur 100", figures.potential_at_entry),
        ("potential_at_exit", "Potentiel moyen à la sortie, sur 100", figures.potential_at_exit),
        ("effectiveness", "Points gagnés en moyenne entre les deux", figures.effectiveness),
        ("effectiveness_margin", "Marge de cette moyenne, en points (à 95 %)", figures.margin),
        ("effectiveness_by_public", "Points gagnés en moyenne, par public", by_public),
    )
    for order, (key, label, value) in enumerate(lines, start=30):
        yield ReportLine(order=order, key=key, label=label, value=value)


def _change(beneficiary_id: int) -> tuple[tuple[str, str], ...]:
    points = effectiveness_of(beneficiary_id)
    return () if points is None else ((say("De l’entrée à la sortie"), say_change(points)),)


def _line(assessment: Assessment) -> Line:
    finished = assessment.finished_at is not None
    return Line(
        text=say("%(what)s du %(day)s", what=MOMENT_NAMES[assessment.kind], day=say_day(assessment.held_on)),
        detail=say("Potentiel : %(points)s sur 100", points=assessment.potential) if finished else "",
        href=_href(assessment),
        state=say("terminé") if finished else say("commencé"),
        tone="fine" if finished else "waiting",
        act=say("Lire") if finished else say("Reprendre"),
    )


def _not_yet_open(beneficiary_id: int) -> Iterable[Line]:
    """What stands in the way, and the next step; what is open needs no explaining."""
    for clearance in clearances_of(beneficiary_id).values():
        if clearance.state == OPEN:
            continue
        yield Line(
            text=WAY_NAMES[clearance.kind],
            detail=joined(" ", (clearance.reason, clearance.next_step)),
            state=STATE_NAMES[clearance.state],
            tone=TONES[clearance.state],
        )


def _by_state(beneficiary_id: int, *, only: str | None = None) -> Iterable[tuple[str, str]]:
    """("Ouvert", "Vélo, voiture"), and so on: one line a state that has any."""
    clearances = clearances_of(beneficiary_id).values()
    for state, name in STATE_NAMES.items():
        ways = [WAY_NAMES[clearance.kind] for clearance in clearances if clearance.state == state]
        if ways and only in (None, state):
            yield capital(name), joined(", ", [ways[0], *map(small, ways[1:])])


def _href(assessment: Assessment) -> str:
    return url_for("assessments.show", assessment_id=assessment.id)
