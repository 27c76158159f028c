"""The short mobility check: eight taps say whether a platform fits a person, and what else could help (domain.md §2.1, §2.3). Pure.

It names nobody, keeps nothing, and promises nothing: the full assessment decides (domain.md §2.2).
"""

from collections.abc import Iterator
from dataclasses import dataclass

FITS, PERHAPS, NOT_NEEDED = "fits", "perhaps", "not_needed"
TONES_OF_FIT = {FITS: "fine", PERHAPS: "waiting", NOT_NEEDED: "neutral"}


@dataclass(frozen=True, kw_only=True)
class Question:
    """One tap: its code, its words, the codes and words of its answers."""

    code: str
    words: str
    answers: dict[str, str]


QUESTIONS = tuple(
    Question(code=code, words=words, answers=answers)
    for code, words, answers in (
        (
            "purpose",
            "Pour quoi faire ?",
            {"job": "un emploi ou une formation trouvés", "search": "chercher un emploi", "life": "autre chose"},
        ),
        (
            "distance",
            "De chez elle au travail, un aller fait",
            {"near": "moins de 3 km", "bike": "3 à 7 km", "mid": "7 à 15 km", "long": "15 à 30 km", "far": "plus de 30 km"},
        ),
        ("hours", "À quelles heures ?", {"day": "en journée", "odd": "tôt, tard, la nuit ou le dimanche", "vary": "elles changent"}),
        ("transit", "Un bus ou un train à ces heures-là ?", {"yes": "oui", "no": "non", "unknown": "je ne sais pas"}),
        ("licence", "Son permis", {"none": "aucun", "learning": "en cours", "AM": "AM (ancien BSR)", "B": "permis B"}),
        ("cycles", "Sait-elle faire du vélo ?", {"yes": "oui", "no": "non", "unknown": "je ne sais pas"}),
        (
            "means",
            "Aujourd’hui, elle a",
            {"none": "aucun véhicule", "broken": "un véhicule en panne ou trop cher", "own": "un véhicule qui roule"},
        ),
        ("rights", "Ses ressources", {"aided": "RSA, CEJ, AAH, ASS ou revenus modestes", "other": "autres", "unknown": "je ne sais pas"}),
    )
)
# How far each goes, as the assessment's own advice counts (assessments/orientation.py).
WALKABLE, CYCLABLE, EBIKE = ("near",), ("near", "bike"), ("near", "bike", "mid")


@dataclass(frozen=True, kw_only=True)
class Check:
    """What the eight answers say: whether a platform fits, the sentence, the kinds of vehicle to think of, and what else could help."""

    fit: str
    sentence: str
    kinds: tuple[str, ...]
    others: tuple[str, ...]


def check(answers: dict[str, str]) -> Check:
    """The answer to eight taps, by the code of each question."""
    kinds, others = tuple(_kinds(answers)), tuple(_others(answers))
    fit = _fit(answers, kinds)
    return Check(fit=fit, sentence=_SENTENCES[fit], kinds=kinds if fit != NOT_NEEDED else (), others=others)


_SENTENCES = {
    FITS: "La plateforme est faite pour cela : envoyez une fiche de liaison, même avant la signature du contrat.",
    PERHAPS: "À voir ensemble : envoyez une fiche, nous cherchons avec la personne ce qui convient, avec ou sans véhicule.",
    NOT_NEEDED: "Un prêt de véhicule ne semble pas nécessaire aujourd’hui. Voici ce qui peut aider ; revenez si cela change.",
}


def _fit(answers: dict[str, str], kinds: tuple[str, ...]) -> str:
    """Whoever can go by what they have, or by a bus at their hours, needs no loan; a job and a kind they may ride is what it is for."""
    if answers["means"] == "own" or (answers["transit"] == "yes" and answers["hours"] == "day"):
        return NOT_NEEDED
    return FITS if answers["purpose"] == "job" and kinds else PERHAPS


def _kinds(answers: dict[str, str]) -> Iterator[str]:
    """What they may ride over that distance, the greenest first."""
    if answers["cycles"] == "yes" and answers["distance"] in CYCLABLE:
        yield "bike"
    if answers["cycles"] == "yes" and answers["distance"] in EBIKE:
        yield "ebike"
    if answers["licence"] in ("AM", "B") and answers["distance"] != "far":
        yield "scooter"
    if answers["licence"] == "B":
        yield "car"


def _others(answers: dict[str, str]) -> Iterator[str]:
    """What could help beside a loan, or instead of it: each a whole sentence."""
    if answers["distance"] in WALKABLE:
        yield "À pied : moins de 3 km se font en une demi-heure environ."
    if answers["transit"] != "no":
        yield "Le bus ou le train : nous cherchons la ligne, l’horaire et la correspondance avec la personne."
    if answers["transit"] != "no" and answers["rights"] != "other":
        yield "Les tarifs réduits : avec de petits revenus, l’abonnement coûte souvent la moitié ou rien. Voyez la région et la ville."
    if answers["cycles"] != "no" and answers["distance"] in EBIKE:
        yield "L’aide à l’achat d’un vélo électrique : l’État, la région ou la ville en ont souvent une, plus forte pour de petits revenus."
    if answers["cycles"] == "no" and answers["distance"] in EBIKE:
        yield "La vélo-école : on y apprend à tout âge, en quelques séances."
    if answers["licence"] in ("none", "learning"):
        yield "L’auto-école sociale : un permis à prix réduit, avec un accompagnement ; France Travail et la mission locale peuvent aider."
    if answers["hours"] != "vary" and answers["distance"] in ("mid", "long", "far"):
        yield "Le covoiturage avec des collègues : l’employeur connaît souvent qui habite à côté."
    if answers["means"] == "broken":
        yield "Le garage solidaire : une réparation au prix des pièces, ou presque."
