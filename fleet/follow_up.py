"""The short lists of the point-étape and of the outcome, and when the next one comes (domain.md §2.5, §8)."""

from datetime import datetime, timedelta

from mobility.codes import JOB_KINDS
from mobility.errors import RuleBroken
from mobility.periods import instant_of, paris_day, paris_time

MODES = {"pole": "au pôle", "phone": "par téléphone", "sms": "par SMS", "visit": "en visite"}

JOB_STATES = {
    "not_started": "l’emploi n’a pas commencé",
    "working": "en emploi, tout va bien",
    "changes": "les horaires ou le lieu changent",
    "ending": "le contrat se termine bientôt",
    "ended": "l’emploi est terminé",
    "training": "en formation",
    "searching": "en recherche",
}

NEXT_STEPS = {
    "none": "on continue ainsi",
    "extend": "prolonger la mise à disposition",
    "licence": "avancer vers le permis",
    "budget": "préparer un budget voiture",
    "microcredit": "monter un dossier de microcrédit",
    "buy": "chercher un véhicule à acheter",
    "transit": "essayer les transports en commun",
    "carpool": "trouver un covoiturage",
    "referent": "faire le point avec le référent",
    "give_back": "préparer le retour du véhicule",
}

LASTING_SOLUTIONS = {
    "own_car": "une voiture à soi",
    "own_two_wheeler": "un vélo ou un deux-roues à soi",
    "transit": "les transports en commun",
    "carpool": "le covoiturage",
    "company_vehicle": "un véhicule de l’employeur",
    "closer": "un logement ou un travail plus proche",
    "other": "une autre solution durable",
    "none": "pas encore de solution durable",
}

GRANT_REASONS = {
    "health": "un rendez-vous de santé",
    "children": "la garde des enfants",
    "papers": "une démarche administrative",
    "job_search": "un entretien ou une formation",
    "family": "une raison familiale",
    "adjusted": "un plafond ajusté au point-étape",
}


def check_code(code: str | None, codes: dict[str, str], *, field: str) -> str:
    """The code, when it is one of the list. Raises RuleBroken beside the field."""
    if code not in codes:
        raise RuleBroken("Choisissez une des réponses proposées.", field=field)
    return code


def say_outcome(job_kind: str, lasting_solution: str) -> str:
    """The job and the lasting solution as the prescriber reads them: "CDI, une voiture à soi" (domain.md §8)."""
    return f"{JOB_KINDS[job_kind]}, {LASTING_SOLUTIONS[lasting_solution]}"


def next_at(after: datetime, interval_days: int) -> datetime:
    """The same hour in Paris, so many days later: a week of point-étapes crosses summer time without moving."""
    return instant_of(paris_day(after) + timedelta(days=interval_days), paris_time(after))


def check_note(note: str | None) -> str | None:
    """A factual note of 300 characters at most, which the person can read (domain.md §9 "Data"). Raises RuleBroken."""
    if note is not None and len(note) > 300:
        raise RuleBroken(f"Une note tient en 300 caractères : il y en a {len(note)}.", field="note")
    return note or None
