"""A file for a lender: what the person lets into it, line by line, and its life until the vehicle is theirs (domain.md §3.3, §9)."""

from collections.abc import Collection
from datetime import date
from decimal import Decimal

from fleet.life import Life
from mobility.errors import RuleBroken
from mobility.tongues import words

PREPARED, SENT, ACCEPTED, REFUSED, PAID, DROPPED = "prepared", "sent", "accepted", "refused", "paid", "dropped"
STATUS_NAMES = words(
    {
        PREPARED: "préparé",
        SENT: "envoyé",
        ACCEPTED: "accepté",
        REFUSED: "refusé",
        PAID: "versé",
        DROPPED: "abandonné",
    }
)
TONES = {PREPARED: "waiting", SENT: "waiting", ACCEPTED: "fine", REFUSED: "over", PAID: "fine", DROPPED: "neutral"}
OPEN = (PREPARED, SENT, ACCEPTED)  # something is still awaited

PREPARE, SEND, ACCEPT, REFUSE, PAY, DROP = "prepare", "send", "accept", "refuse", "pay", "drop"
NEXT = {
    PREPARE: {PREPARED: PREPARED},
    SEND: {PREPARED: SENT},
    ACCEPT: {SENT: ACCEPTED},
    REFUSE: {SENT: REFUSED, ACCEPTED: REFUSED},
    PAY: {ACCEPTED: PAID},
    DROP: dict.fromkeys(OPEN, DROPPED),
}
_WHY_NOT = {
    PREPARED: "Ce dossier n’est pas encore envoyé.",
    SENT: "Ce dossier est envoyé : attendez la réponse, ou abandonnez-le.",
    ACCEPTED: "Le prêt est déjà accepté.",
    REFUSED: "Ce dossier a été refusé : préparez-en un autre.",
    PAID: "Le prêt est versé : ce dossier ne change plus.",
    DROPPED: "Ce dossier est abandonné : préparez-en un autre.",
}
_LIFE = Life(next=NEXT, why_not=_WHY_NOT.__getitem__)
may, after = _LIFE.may, _LIFE.after

REFUSALS = {
    "budget": "le budget ne suffit pas",
    "debts": "trop de crédits en cours, ou un incident de paiement",
    "income": "un emploi jugé trop court ou trop récent",
    "vehicle": "le véhicule ou son prix",
    "papers": "il manque des pièces",
    "unsaid": "sans raison dite",
}

# What the person may let in, by the part of the file it stands in; their name and the loan asked for are the file itself.
PARTS = {
    "Qui je suis": {"birth": "ma date de naissance", "address": "mon adresse", "contact": "mon téléphone et mon courriel"},
    "Mon parcours": {"jobs": "mes emplois et formations notés ici"},
    "Ma location": {"contract": "mon contrat et ses dates", "rent": "mon loyer"},
    "Mes paiements": {"payments": "le résumé de mes paiements, à temps ou en retard", "instalments": "chaque échéance et son paiement"},
    "Mon budget": {"budget": "ce qui me reste dans le mois", "amounts": "chaque montant de mon budget"},
    "Le véhicule à acheter": {"quote": "le devis du véhicule : vendeur, modèle, prix"},
    "Mon accompagnement": {
        "assessment": "la date de mon bilan de mobilité",
        "point_etapes": "mes points-étapes : combien, et quand",
        "steps": "les actions que j’ai suivies",
    },
}
LINES = {code: words for lines in PARTS.values() for code, words in lines.items()}
_FINEST = 1_000_000  # a rate is kept in millionths


def check_choice(lines: Collection[str], *, agreed: bool) -> None:
    """Nothing goes in that the person did not choose. Raises RuleBroken beside the field."""
    if not lines:
        raise RuleBroken("Cochez avec la personne ce qu’elle veut mettre dans son dossier.", field="lines")
    if not agreed:
        raise RuleBroken("Le dossier se prépare avec l’accord de la personne : elle seule choisit ce qui y entre.", field="agreed")


def check_day(on: date, *, not_before: date | None, today: date, field: str = "on") -> None:
    """What happened follows what came before it, and nothing lies ahead. Raises RuleBroken beside the field."""
    if on > today:
        raise RuleBroken("Ce jour n’est pas encore venu.", field=field)
    if not_before is not None and on < not_before:
        raise RuleBroken("Ce jour vient avant l’étape précédente : vérifiez les deux dates.", field=field)


def millionths_of(yearly_rate: Decimal) -> int:
    """A rate as it is kept. Raises RuleBroken when it is finer than that."""
    scaled = yearly_rate * _FINEST
    if scaled != int(scaled):
        raise RuleBroken("Écrivez le taux avec quatre décimales au plus.", field="yearly_rate")
    return int(scaled)


def rate_of(millionths: int) -> Decimal:
    """The rate as it was told."""
    return Decimal(millionths) / _FINEST
