"""What was said with a person, noted in few factual words that they read themselves, and that do not stay (domain.md §9 "Data"). Pure."""

from datetime import datetime, timedelta

from mobility.dated import DatedSetting
from mobility.errors import RuleBroken
from mobility.tongues import words

SUBJECTS = words(
    {
        "job": "l’emploi ou la formation",
        "trips": "les trajets",
        "vehicle": "le véhicule",
        "papers": "les papiers",
        "money": "un paiement",
        "meeting": "un rendez-vous",
        "licence": "le permis",
        "other": "autre chose",
    }
)
WAYS = words(
    {
        "phone": "au téléphone",
        "sms": "par SMS",
        "mail": "par courriel",
        "met": "de vive voix",
        "letter": "par lettre",
        "structure": "par la structure qui suit la personne",
    }
)
SIDES = words({"us": "nous avons appelé ou écrit", "them": "la personne a appelé ou écrit"})
LONGEST = 300
OLDEST = timedelta(days=60)  # what is older is not noted from memory
KEPT_MONTHS = DatedSetting(
    key="contacts.note_months",
    label="Échanges notés : leurs mots s’effacent après, en mois",
    default=24,
    source="domain.md §9 « Retention »",
    kind="int",
    most=36,
    help="Restent le jour, le sujet et le moyen, jusqu’à ce que le dossier s’efface. 0 : aucun mot n’est gardé, pas même le premier jour.",
)


def check_moment(at: datetime, now: datetime) -> None:
    """Raises RuleBroken on `at` for a moment to come, or one too far back to be told exactly."""
    if at > now:
        raise RuleBroken("Cet échange est dans le futur : notez-le quand il aura eu lieu.", field="at")
    if now - at > OLDEST:
        raise RuleBroken(f"Cet échange a plus de {OLDEST.days} jours : ce dont on se souvient si tard n’est plus exact.", field="at")
