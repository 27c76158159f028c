"""Two people who read their file and found something wrong: one was answered, the other waits."""

from demo.stage import Stage
from demo.timeline import Story
from fleet.queries.rentals import list_rentals
from mobility.actions.corrections import answer_correction, ask_correction
from mobility.corrections import DONE
from mobility.rights import Role, Viewer

_TOLD = (
    ("contact", "Mon courriel a changé en mars, l’ancien n’existe plus.", "L’adresse est à jour dans votre dossier."),
    ("job", "Je commence à 5 h 30, pas à 5 h.", None),
)


def corrections(stage: Stage) -> Story:
    """Asked from their own space, twelve days ago; answered the day after."""
    yield stage.at(-12, 19, 40)
    asked = []
    for rental, (subject, words, reason) in zip(list_rentals(), _TOLD, strict=False):
        own = Viewer(name=rental.name, roles=frozenset({Role.BENEFICIARY}), beneficiary_id=rental.person.id)
        asked.append((ask_correction(rental.person.id, subject=subject, words=words, by=own, now=stage.now), reason))
    yield stage.at(-11, 9, 15)
    for row, reason in asked:
        if reason:
            answer_correction(row.id, outcome=DONE, reason=reason, by=stage.adviser, now=stage.now)
