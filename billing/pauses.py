"""A pause: nobody is chased for what an account owes, until a day. It counts on, costs nothing, and ends by itself. Pure."""

from datetime import date

from mobility.errors import RuleBroken
from mobility.periods import months_after, say_day
from mobility.tongues import say

MOST_MONTHS = 6
REASONS = {
    "job_lost": "Emploi perdu ou suspendu",
    "aid_awaited": "Aide demandée, réponse attendue",
    "over_indebted": "Dossier de surendettement déposé",
    "examined": "Désaccord en cours d’examen",
    "agreed": "Convenu avec la personne",
}


def check_pause(*, owed_cents: int, until_on: date, today: date) -> None:
    """Raises RuleBroken beside its field for a day that is over or too far, or where nothing is owed."""
    if owed_cents <= 0:
        raise RuleBroken("Rien n’est dû sur ce compte : il n’y a rien à mettre en pause.", field="until_on")
    latest = months_after(today, MOST_MONTHS)
    if not today <= until_on <= latest:
        raise RuleBroken(f"Une pause va d’aujourd’hui au {say_day(latest)} au plus tard, {MOST_MONTHS} mois.", field="until_on")


def say_pause(until_on: date) -> str:
    """What the person and the staff read of a pause that runs."""
    return say(
        "En pause jusqu’au %(day)s : rien n’est réclamé d’ici là. Ce qui est dû se compte toujours, sans frais.", day=say_day(until_on)
    )
