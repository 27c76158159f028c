"""The monthly review of the escalating programme: when each is due, and what the referent reads of it (domain.md §3.6). Pure."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from billing.price_sentence import join_and
from billing.schedule import MONTHS, month_spans
from mobility.errors import RuleBroken
from mobility.periods import say_day
from mobility.signature import signature
from mobility.tongues import words

DAYS_AFTER = "fleet.review_days"

HELD_HOW = {"pole": "au pôle", "phone": "par téléphone", "video": "en visioconférence", "visit": "en visite"}

JOBS = {"kept": "emploi conservé", "changed": "changement d’emploi", "ended": "emploi terminé"}

STEPS_TAKEN = {
    "licence": "avance vers le permis",
    "looking": "cherche un véhicule",
    "found": "a trouvé un véhicule",
    "lender": "a rencontré un prêteur",
    "other_way": "essaie un autre moyen de transport",
}

BUDGETS = {"held": "tenu", "tight": "juste", "exceeded": "dépassé", "unsaid": "la personne préfère ne pas le dire"}

AGREED = {
    "continue": "continuer ainsi",
    "licence": "avancer vers le permis",
    "search": "chercher un véhicule",
    "lender": "rencontrer un prêteur",
    "other_way": "essayer un autre moyen de transport",
    "referent": "faire le point avec le référent",
    "give_back": "préparer le retour du véhicule",
}

OPPOSED, NO_REFERENT, WITHDRAWN, NO_CONSENT, NO_ADDRESS = "opposed", "no_referent", "withdrawn", "no_consent", "no_address"
WHY_UNTOLD = words(
    {
        OPPOSED: "La personne s’y oppose.",
        NO_REFERENT: "Aucun référent : personne n’a envoyé de fiche de liaison.",
        WITHDRAWN: "La personne a retiré son accord : plus rien ne part au référent.",
        NO_CONSENT: "La fiche de liaison ne porte pas l’accord de la personne.",
        NO_ADDRESS: "Ni le référent ni sa structure n’ont d’adresse de courriel.",
    }
)


@dataclass(frozen=True, kw_only=True)
class ReviewMonth:
    """A month of the programme that was begun: its number, its days held, and from which day its review is due."""

    month: int
    first_on: date
    last_on: date
    due_on: date


@dataclass(frozen=True, kw_only=True)
class Told:
    """What the referent may read of a review: steps and outcomes in codes, never a debt, a kilometre, a budget or free words."""

    month: int
    held_on: date
    held_how: str
    job: str
    steps: Collection[str]
    agreed: Collection[str]


def review_months(handed_over_on: date, returned_on: date | None, *, months: int = MONTHS, days_after: int = 0) -> list[ReviewMonth]:
    """Each month begun, cut at an early return: its review is due `days_after` its last day. The day of the return begins no month."""
    found = []
    for number, (first, last) in enumerate(month_spans(handed_over_on, months), start=1):
        if returned_on is not None and number > 1 and returned_on <= first:
            break
        last = min(last, returned_on) if returned_on is not None else last
        found.append(ReviewMonth(month=number, first_on=first, last_on=last, due_on=last + timedelta(days=days_after)))
    return found


def due_months(months: Sequence[ReviewMonth], done: Collection[int], today: date) -> list[ReviewMonth]:
    """Those whose day has come and that nobody has reviewed, the oldest first."""
    return [each for each in months if each.due_on <= today and each.month not in done]


def check_held_on(held_on: date, month: ReviewMonth, today: date) -> None:
    """Raises RuleBroken beside the field: a review is held from its month's first day on, and not in the future."""
    if held_on < month.first_on:
        raise RuleBroken(f"Ce mois commence le {say_day(month.first_on)} : le bilan ne peut pas le précéder.", field="held_on")
    if held_on > today:
        raise RuleBroken("Le bilan se note une fois tenu : choisissez une date passée ou aujourd’hui.", field="held_on")


def why_untold(*, opposed: bool, has_referent: bool, is_withdrawn: bool, has_consent: bool, has_address: bool) -> str | None:
    """The code of the first reason for which nothing leaves; None when the feedback goes."""
    if opposed:
        return OPPOSED
    if not has_referent:
        return NO_REFERENT
    if is_withdrawn:
        return WITHDRAWN
    if not has_consent:
        return NO_CONSENT
    return None if has_address else NO_ADDRESS


def say_review(told: Told) -> str:
    """The feedback in sentences, as the referent and the person read it; only words of this file and a day can enter it."""
    said = [f"Bilan du mois {told.month} tenu le {say_day(told.held_on)}, {HELD_HOW[told.held_how]}.", f"Emploi : {JOBS[told.job]}."]
    taken = [words for code, words in STEPS_TAKEN.items() if code in told.steps]
    said.append(f"Vers l’autonomie : {join_and(taken)}." if taken else "Vers l’autonomie : pas de nouvelle étape ce mois-ci.")
    said.append(f"Convenu pour la suite : {join_and([words for code, words in AGREED.items() if code in told.agreed])}.")
    return " ".join(said)


def review_mail(sentence: str, *, person: str, month: int, number: str, address: str, signed: tuple[str, str | None]) -> tuple[str, str]:
    """Subject and body of the mail to the referent; `signed` is the platform's name and phone."""
    body = (
        f"Bonjour,\n\nDes nouvelles de {person} :\n\n{sentence}\n\n"
        f"Fiche de liaison {number}, à suivre ici :\n{address}\n\n"
        f"Merci de votre confiance.\n{signature(*signed)}\n"
    )
    return f"{person} : bilan du mois {month}", body
