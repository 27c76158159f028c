"""The papers that go with a liaison form: seen by who sends it, or sent for the platform to see; never kept longer than it takes. Pure.

"Seen, not kept, on, by" is enough and the default (domain.md §9 "Documents").
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from mobility.criteria import AAH, ASS, CEJ, TEMP_WORK
from mobility.dated import DatedSetting
from mobility.errors import RuleBroken
from mobility.liaison import ACCEPTED, WAITING
from mobility.papers import DRIVING_RIGHTS, HOME, IDENTITY, JOB, LICENCE, PAPER_KINDS, RSA
from mobility.tongues import capital

QPV, OTHER = "qpv", "other"
KINDS = {
    JOB: "Contrat de travail, promesse d’embauche ou attestation de formation",
    RSA: capital(PAPER_KINDS[RSA].name),
    CEJ: "Contrat d’engagement jeune ou PACEA",
    AAH: "Notification AAH",
    ASS: "Notification ASS",
    TEMP_WORK: "Contrat de mission d’intérim",
    QPV: "Adresse en quartier prioritaire",
    HOME: capital(PAPER_KINDS[HOME].name),
    LICENCE: capital(PAPER_KINDS[LICENCE].name),
    DRIVING_RIGHTS: capital(PAPER_KINDS[DRIVING_RIGHTS].name),
    IDENTITY: capital(PAPER_KINDS[IDENTITY].name),
    OTHER: "Autre pièce",
}
MOST = 12  # of one form
OLDEST = timedelta(days=365)
PAPER_DAYS = DatedSetting(
    key="liaison.paper_days",
    label="Fichiers joints à une fiche de liaison : gardés après la réponse, en jours",
    default=30,
    source="Choix de la plateforme",
    kind="int",
    most=365,
    help="Une pièce se regarde, elle ne se garde pas : ce que personne n’a marqué « vu » s’efface ce jour-là aussi.",
)


@dataclass(frozen=True, kw_only=True)
class Paper:
    """A paper of a form: the day its sender saw it, whether its file is here, and when the platform saw it or its file went unseen."""

    kind: str
    seen_on: date
    added_on: date
    by_platform: bool
    has_file: bool
    checked_on: date | None = None
    dropped_on: date | None = None


def check_paper(status: str, seen_on: date, held: int, today: date) -> None:
    """Raises RuleBroken when the form takes no paper any more, or the day cannot be."""
    if status not in WAITING | {ACCEPTED}:
        raise RuleBroken("Cette fiche n’attend plus de pièce : elle a reçu une autre réponse, ou elle est close.")
    if held >= MOST:
        raise RuleBroken(f"Cette fiche a déjà {MOST} pièces : retirez-en une d’abord.")
    if seen_on > today:
        raise RuleBroken("Ce jour n’est pas encore venu : donnez celui où la pièce a été vue.", field="seen_on")
    if seen_on < today - OLDEST:
        raise RuleBroken("Cette pièce a été vue il y a plus d’un an : regardez-la de nouveau.", field="seen_on")


def kept_until(answered_on: date | None, days: int) -> date | None:
    """The last day on which a form's files are here; None while it waits for its answer."""
    return answered_on + timedelta(days=days) if answered_on else None


def missing(
    rsa_declared: bool | None, rsa_seen: bool | None, qpv_declared: bool | None, situations: Collection[str], kinds: frozenset[str]
) -> tuple[str, ...]:
    """What the form declares and no paper shows yet, as codes of KINDS."""
    asked = {RSA: rsa_declared and not rsa_seen, QPV: qpv_declared and HOME not in kinds} | dict.fromkeys(situations, True)
    return tuple(kind for kind, is_asked in asked.items() if is_asked and kind not in kinds)
