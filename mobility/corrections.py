"""What a person may ask to have put right, until when they are answered, and what an answer needs (GDPR art. 12 and 16). Pure."""

from datetime import date

from mobility.errors import RuleBroken
from mobility.periods import months_after
from mobility.tongues import joined, say, words

SUBJECTS = words(
    {
        "identity": "mon nom, ma date de naissance",
        "contact": "mon téléphone, mon courriel, mon adresse",
        "path": "mon parcours, mes rendez-vous",
        "job": "mon emploi, ma formation",
        "papers": "mes papiers vus",
        "assessment": "mon bilan de mobilité",
        "rental": "ma location, mon véhicule",
        "money": "ce que je dois, mes paiements",
        "other": "autre chose",
        "erasure": "l’effacement de mon dossier",
    }
)
ERASURE = "erasure"
DONE, REFUSED = "done", "refused"
OUTCOMES = words({DONE: "C’est corrigé", REFUSED: "Ce n’est pas retenu"})
MOST_OPEN = 10
_MONTHS = 1


def answer_due_on(asked_on: date) -> date:
    """The last day to answer: a month after it was asked."""
    return months_after(asked_on, _MONTHS)


def check_answer(subject: str, outcome: str, reason: str | None) -> None:
    """Raises RuleBroken: a refusal says why, and an erasure is not said but made."""
    if subject == ERASURE and outcome == DONE:
        raise RuleBroken("Faites-le depuis « Effacer le dossier » : la demande part avec lui.", field="outcome")
    if outcome == REFUSED and not reason:
        raise RuleBroken("Dites pourquoi : la personne lira cette raison.", field="reason")


def say_answer(subject: str, outcome: str, reason: str | None) -> str:
    """The answer in one sentence, as the person is told it."""
    what = SUBJECTS[subject]
    asked = say("Votre demande (%(what)s)", what=what) if subject == ERASURE else say("Votre demande de correction (%(what)s)", what=what)
    if outcome == DONE:
        return joined(" ", (say("%(asked)s : c’est corrigé.", asked=asked), reason))
    return say(
        "%(asked)s n’est pas retenue : %(reason)s Vous pouvez en parler à votre conseiller, ou vous adresser à la CNIL (www.cnil.fr).",
        asked=asked,
        reason=reason,
    )
