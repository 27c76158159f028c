"""A vehicle lent from one platform to another: who may take which step, and when. Nobody stands in it. Pure."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from billing.price_sentence import join_and
from fleet.blocks import LONGEST
from mobility.errors import Conflict, RuleBroken
from mobility.periods import Period, say_moment

LENDER, BORROWER = "lender", "borrower"
ASKED, ACCEPTED, REFUSED, WITHDRAWN = "asked", "accepted", "refused", "withdrawn"
RECEIVED, GIVEN_BACK, ENDED = "received", "given_back", "ended"
STATUS_NAMES = {
    ASKED: "demandé",
    ACCEPTED: "accepté",
    REFUSED: "refusé",
    WITHDRAWN: "retiré",
    RECEIVED: "en cours",
    GIVEN_BACK: "rendu",
    ENDED: "terminé",
}
STATUS_TONES = {ASKED: "waiting", ACCEPTED: "near", RECEIVED: "fine", GIVEN_BACK: "near"}
LIVE = frozenset({ACCEPTED, RECEIVED, GIVEN_BACK})  # the lender's vehicle is kept back
REFUSALS = {
    "none_free": "aucun véhicule libre à ces dates",
    "own_need": "nous en avons besoin",
    "too_long": "trop longtemps",
    "other": "autre raison",
}
# A step: who takes it, and from where.
STEPS = {
    ACCEPTED: (LENDER, frozenset({ASKED})),
    REFUSED: (LENDER, frozenset({ASKED})),
    WITHDRAWN: (BORROWER, frozenset({ASKED})),
    RECEIVED: (BORROWER, frozenset({ACCEPTED})),
    GIVEN_BACK: (BORROWER, frozenset({RECEIVED})),
    ENDED: (LENDER, frozenset({ACCEPTED, GIVEN_BACK})),
}


def steps_from(status: str, side: str) -> tuple[str, ...]:
    """The steps that a side may take now."""
    return tuple(to for to, (who, before) in STEPS.items() if who == side and status in before)


# What one side waits for from the other: the word for it, and the verb.
_WAITS = {
    (LENDER, ASKED): ("demandé", "Répondre"),
    (BORROWER, ACCEPTED): ("accepté, à recevoir", "Recevoir"),
    (LENDER, GIVEN_BACK): ("rendu, à reprendre", "Terminer"),
}
# What a loan that nears its end asks of each side, then what one that is past it does.
_SOON = {(BORROWER, RECEIVED): ("prêt à rendre", "Rendre"), (LENDER, RECEIVED): ("revient bientôt", "Voir")}
_LATE = {
    (BORROWER, ACCEPTED): ("jamais reçu : prévenez le prêteur", "Voir"),
    (LENDER, ACCEPTED): ("jamais parti", "Terminer"),
    (BORROWER, RECEIVED): ("en retard, à rendre", "Rendre"),
    (LENDER, RECEIVED): ("en retard", "Voir"),
}
SOON = timedelta(days=2)


def is_overdue(status: str, ends_at: datetime, now: datetime) -> bool:
    """Whether the vehicle should be back at the lender's and is not."""
    return status in LIVE and ends_at <= now


def waits_for(status: str, side: str, *, ends_at: datetime, now: datetime, is_asked: bool = False) -> tuple[str, str, str] | None:
    """What a loan waits for from a side, its verb, and how hard it presses; None when nothing does. `is_asked`: for a later end."""
    found = _WAITS.get((side, status)), "waiting"
    if is_asked and side == LENDER and may_last_longer(status):
        found = ("prolongation demandée", "Répondre"), "waiting"
    elif is_overdue(status, ends_at, now) and (side, status) in _LATE:
        found = _LATE[side, status], "over"
    elif ends_at - now <= SOON and (side, status) in _SOON:
        found = _SOON[side, status], "near"
    words, tone = found
    return (*words, tone) if words else None


def may_last_longer(status: str) -> bool:
    """Whether a later end may be asked for, and answered."""
    return status in (ACCEPTED, RECEIVED)


def check_longer(status: str, side: str, agreed: Period, wanted_until: datetime, *, now: datetime) -> None:
    """A later end than what was agreed is the borrower's to ask. Raises Conflict, RuleBroken on `ends_at`."""
    if side != BORROWER or not may_last_longer(status):
        raise Conflict(f"Ce prêt est {STATUS_NAMES[status]} : sa prolongation n’est pas à demander ici, ou plus possible.")
    if wanted_until <= max(agreed.ends_at, now):
        raise RuleBroken("Pour prolonger, indiquez une fin plus tardive, à venir.", field="ends_at")
    _check_length(agreed.starts_at, wanted_until)


def check_answer(status: str, side: str, wanted_until: datetime | None, *, agreed: bool, now: datetime) -> None:
    """The answer is the lender's; a yes comes before the day it is for. Raises Conflict."""
    if side != LENDER or wanted_until is None or not may_last_longer(status):
        raise Conflict("Aucune prolongation n’attend votre réponse pour ce prêt.")
    if agreed and wanted_until <= now:
        raise Conflict("La date demandée est passée : refusez, et l’emprunteur en demandera une autre.")


# What of a vehicle's sheet may change after the yes, as people call it.
_PARTS = {
    "label": "le nom",
    "plate": "la plaque",
    "frame_number": "le numéro de cadre",
    "gearbox": "la boîte de vitesses",
    "double_controls": "les doubles commandes",
    "adaptations": "les aménagements",
    "energy": "l’énergie",
    "level": "le niveau",
    "equipment": "les équipements",
    "inspection_until": "le contrôle technique",
    "insured_until": "la fin de l’assurance",
    "insurer": "l’assureur",
    "policy": "le numéro de police",
    "excess_cents": "la franchise",
    "co2_g_km": "les émissions",
    "odometer_km": "le compteur",
    "marks": "les marques",
    "ends_at": "la fin du prêt",
}


def say_change(change: Mapping[str, Any]) -> str:
    """One line of what changed since the yes: "le 5 mars 2026 à 10 h 00, chez l’emprunteur : le compteur et les marques"."""
    side = "chez le prêteur" if change["side"] == LENDER else "chez l’emprunteur"
    said = join_and([_PARTS.get(name, name) for name in change["what"]])
    return f"{say_moment(datetime.fromisoformat(change['at']))}, {side} : {said}"


def say_keys(received_at: datetime, given_back_at: datetime | None) -> str:
    """When the borrower had the keys: "du mardi 10 mars 2026 à 9 h 00 au samedi 14 mars 2026 à 17 h 00", or since when."""
    if given_back_at is None:
        return f"depuis le {say_moment(received_at)}"
    return f"du {say_moment(received_at)} au {say_moment(given_back_at)}"


def say_waiting(count: int) -> str:
    """How many bookings of the lender's a vehicle that is late leaves on foot."""
    return f"{count} réservation{'s' if count > 1 else ''} compte{'nt' if count > 1 else ''} sur ce véhicule"


def check_step(to: str, status: str, side: str) -> None:
    """Raises Conflict when the step is the other side's, or comes too early or too late."""
    if to not in steps_from(status, side):
        raise Conflict(f"Ce prêt est {STATUS_NAMES[status]} : cette étape n’est pas la vôtre, ou n’est plus possible.")


def check_wish(lender_id: int, borrower_id: int, starts_at: datetime, ends_at: datetime, *, now: datetime) -> None:
    """Raises RuleBroken on `lender_id`, `starts_at` or `ends_at`."""
    if lender_id == borrower_id:
        raise RuleBroken("Choisissez une autre plateforme que la vôtre.", field="lender_id")
    if starts_at < now:
        raise RuleBroken("Un prêt se demande pour des dates à venir.", field="starts_at")
    if ends_at <= starts_at:
        raise RuleBroken("La fin vient après le début.", field="ends_at")
    _check_length(starts_at, ends_at)


def _check_length(starts_at: datetime, ends_at: datetime) -> None:
    if ends_at - starts_at > LONGEST:
        raise RuleBroken("Un prêt dure un an au plus : demandez-en un autre ensuite.", field="ends_at")
