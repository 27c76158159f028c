"""The three moments of an assessment: at the entry, on the way, at the exit (domain.md §2.2, §2.7)."""

from datetime import date

from mobility.errors import RuleBroken
from mobility.tongues import words

ENTRY, REVIEW, EXIT = "entry", "review", "exit"
MOMENT_NAMES = words({ENTRY: "Bilan d’entrée", REVIEW: "Bilan intermédiaire", EXIT: "Bilan de sortie"})


def check_start(kind: str, *, held_on: date, entry_on: date | None, today: date) -> None:
    """Raises RuleBroken on `kind` for an unknown moment or one without its entry, on `held_on` for a day that cannot be."""
    if kind not in MOMENT_NAMES:
        raise RuleBroken("Choisissez un bilan d’entrée, intermédiaire ou de sortie.", field="kind")
    if held_on > today:
        raise RuleBroken("Ce bilan est dans le futur : commencez-le le jour venu.", field="held_on")
    if kind == ENTRY:
        return
    if entry_on is None:
        raise RuleBroken("Faites d’abord le bilan d’entrée : les autres se lisent à côté de lui.", field="kind")
    if held_on < entry_on:
        raise RuleBroken("Ce bilan ne peut pas précéder le bilan d’entrée.", field="held_on")
