"""The list of files taken in from before: conditions file by file, how it ended, what the rents came to."""

from functools import partial
from typing import Any

from flask import url_for

from fleet.conditions import MET, MISSING, STATE_NAMES, WAIVED
from fleet.follow_up import LASTING_SOLUTIONS
from fleet.lifecycle import RETURN_REASONS
from fleet.models import PastRental
from fleet.past_rentals import say_conditions, worst_state
from fleet.queries.past_rentals import PastLine, read_past
from mobility.cells import Euros, Said
from mobility.listing import Column, Filter, Listing
from mobility.lists import BY_NAME
from mobility.models import Action, Beneficiary, Structure
from mobility.names import fold
from mobility.web.fields import Day, Text

_TONES = {MISSING: "near", WAIVED: "waiting", MET: "fine"}


def state_of(line: PastLine) -> Said:
    """Whether everything was met, something waived, something missing."""
    state = worst_state(line.conditions)
    return Said({MISSING: "à compléter", WAIVED: "avec dispense"}.get(state, STATE_NAMES[state] + "s"), _TONES[state])


def _end(line: PastLine) -> str | None:
    if line.outcome is None:
        return None
    return f"{RETURN_REASONS[line.outcome.end_reason]} ; {LASTING_SOLUTIONS[line.outcome.lasting_solution]}"


def _matching(query: Any, words: str) -> Any:
    for word in fold(words).split():
        query = query.filter(Beneficiary.search_key.contains(word, autoescape=True))
    return query


PAST_RENTALS = Listing(
    name="dossiers-repris",
    title="Dossiers AMIE repris",
    columns=[
        Column("number", "Dossier", lambda line: line.past.number, [PastRental.id], short=True),
        Column(
            "person",
            "Personne",
            lambda line: f"{line.person.first_name} {line.person.last_name}",
            BY_NAME,
            lambda line: url_for("files.show", beneficiary_id=line.person.id),
        ),
        Column("structure", "Structure", lambda line: line.structure.name, [Structure.name]),
        Column("handed_on", "Remis le", lambda line: line.action.started_on, [Action.started_on]),
        Column("returned_on", "Rendu le", lambda line: line.action.ended_on, [Action.ended_on]),
        Column("state", "Conditions", state_of),
        Column("conditions", "Manque ou dispense", lambda line: say_conditions(line.conditions) or None),
        Column("end", "Fin", _end),
        Column("rents", "Loyers", lambda line: Euros(sum(month.rent_cents for month in line.months)), number=True),
    ],
    filters=[
        Filter("q", "Nom", partial(Text, longest=80), _matching),
        Filter("since", "Remis depuis le", Day, lambda q, day: q.filter(Action.started_on >= day)),
        Filter("until", "Jusqu’au", Day, lambda q, day: q.filter(Action.started_on <= day)),
    ],
    sort="number",
    tie=PastRental.id,
    read=read_past,
    person=lambda line: int(line.person.id),
)
