"""The life of a booking, from the hold to the return: which act is allowed when, and what follows (docs/domain.md §2.4, §3.7)."""

from datetime import datetime, timedelta

from mobility.errors import Conflict, RuleBroken
from mobility.periods import paris_day
from mobility.tongues import words

HELD, CONFIRMED, OUT, LATE, RETURNED, CANCELLED, EXPIRED = "held", "confirmed", "out", "late", "returned", "cancelled", "expired"
STATUS_NAMES = words(
    {
        HELD: "en option",
        CONFIRMED: "réservée",
        OUT: "en cours",
        LATE: "en retard",
        RETURNED: "rendue",
        CANCELLED: "annulée",
        EXPIRED: "option expirée",
    }
)
RELEASED = "released"  # the status of a stretch that was let go of
WORKSHOP = "workshop"  # the status of a block: it occupies a vehicle as a booking does
HOLDING = frozenset({HELD, CONFIRMED, OUT, LATE, WORKSHOP})
ENDED = frozenset({RETURNED, CANCELLED, EXPIRED})

CONFIRM, EXPIRE, CANCEL, HAND_OVER, MARK_LATE = "confirm", "expire", "cancel", "hand_over", "mark_late"
NO_SHOW, REOPEN = "no_show", "reopen"
EXTEND, RENEW, SHORTEN, SHIFT, SPLIT, SWAP, TAKE_BACK = "extend", "renew", "shorten", "shift", "split", "swap", "take_back"
NEW_CHAIN = "new_chain"

# What each act leads to, from each status that allows it.
NEXT = {
    CONFIRM: {HELD: CONFIRMED},
    EXPIRE: {HELD: EXPIRED},
    CANCEL: {HELD: CANCELLED, CONFIRMED: CANCELLED},
    NO_SHOW: {CONFIRMED: CANCELLED},
    REOPEN: {CANCELLED: CONFIRMED},  # or the option that it was
    HAND_OVER: {CONFIRMED: OUT},
    MARK_LATE: {OUT: LATE},
    EXTEND: {HELD: HELD, CONFIRMED: CONFIRMED, OUT: OUT, LATE: OUT},
    RENEW: {OUT: OUT, LATE: OUT},
    SHORTEN: {HELD: HELD, CONFIRMED: CONFIRMED, OUT: OUT},
    SPLIT: {CONFIRMED: CONFIRMED, OUT: OUT},
    SWAP: {HELD: HELD, CONFIRMED: CONFIRMED, OUT: OUT, LATE: LATE},
    NEW_CHAIN: {HELD: HELD, CONFIRMED: CONFIRMED, OUT: OUT, LATE: LATE},
    TAKE_BACK: {OUT: RETURNED, LATE: RETURNED},
}

_ACT_WORDS = {
    CONFIRM: "confirmer",
    EXPIRE: "laisser expirer",
    CANCEL: "annuler",
    NO_SHOW: "libérer le véhicule de",
    REOPEN: "reprendre",
    HAND_OVER: "remettre le véhicule de",
    MARK_LATE: "signaler en retard",
    EXTEND: "prolonger",
    RENEW: "renouveler",
    SHORTEN: "raccourcir",
    SPLIT: "couper en deux",
    SWAP: "changer le véhicule de",
    NEW_CHAIN: "commencer une nouvelle suite de contrats avec",
    TAKE_BACK: "reprendre le véhicule de",
}
# Why not, and what to do instead.
_WHY_NOT = {
    HELD: "elle n’est encore qu’en option. Confirmez-la d’abord.",
    CONFIRMED: "elle est confirmée et le véhicule n’a pas encore été remis.",
    OUT: "le véhicule est déjà parti.",
    LATE: "le véhicule aurait déjà dû revenir. Prolongez-la ou reprenez le véhicule.",
    RETURNED: "le véhicule est déjà rendu.",
    CANCELLED: "elle est annulée. Faites-en une nouvelle.",
    EXPIRED: "l’option a expiré. Faites-en une nouvelle.",
}

CANCEL_REASONS = {
    "job_ended": "l’emploi ou la formation n’a pas lieu",
    "other_solution": "une autre solution a été trouvée",
    "vehicle_unavailable": "le véhicule n’est plus disponible",
    "conditions_missing": "une condition n’a pas pu être remplie",
    "no_news": "la personne ne donne plus de nouvelles",
    "mistake": "une erreur de saisie",
}
CANCELLED_WORDS = CANCEL_REASONS | {NO_SHOW: "la personne n’est pas venue chercher le véhicule"}
RETURN_REASONS = {
    "end_of_term": "la fin prévue",
    "own_vehicle": "un véhicule à soi",
    "end_of_contract": "la fin du contrat de travail",
    "other_vehicle": "un autre véhicule trouvé",
    "moved": "un déménagement",
    "stopped": "l’arrêt du parcours",
    "licence_lost": "le permis n’est plus valable",
    "unpaid": "le loyer n’est pas réglé",
    "breakdown": "une panne ou un accident",
    "other": "une autre raison",
}


class NotNow(Conflict):
    """The booking is in a status in which this act has no place: the page is stale, or the order is wrong (409)."""


def may(act: str, status: str) -> bool:
    """Whether the act is allowed in this status."""
    return status in NEXT[act]


def list_acts(status: str) -> tuple[str, ...]:
    """The acts that a booking in this status allows, in the order of its life."""
    return tuple(act for act in NEXT if may(act, status))


def after(act: str, status: str) -> str:
    """The status that follows the act. Raises NotNow with a French sentence."""
    if not may(act, status):
        raise NotNow(f"Impossible de {_ACT_WORDS[act]} cette réservation : {_WHY_NOT[status]}")
    return NEXT[act][status]


def is_hold_over(status: str, hold_until_at: datetime, now: datetime) -> bool:
    """Whether a hold has run out, so that the next booker may release it."""
    return status == HELD and hold_until_at <= now


def is_unfetched(status: str, starts_at: datetime, hours: int, now: datetime) -> bool:
    """Whether a booking's vehicle waited long enough for somebody to come."""
    return status == CONFIRMED and starts_at + timedelta(hours=hours) <= now


def is_same_day(cancelled_at: datetime, now: datetime) -> bool:
    """Whether a cancellation may still be taken back: on its day in Paris."""
    return paris_day(cancelled_at) == paris_day(now)


def check_cancel_reason(reason: str) -> None:
    """Raises RuleBroken on field `reason` unless the reason is one of the coded ones."""
    _check_reason(reason, CANCEL_REASONS, "Dites pourquoi la réservation est annulée.")


def check_return_reason(reason: str) -> None:
    """Raises RuleBroken on field `reason` unless the reason is one of the coded ones (early exit is the normal case, domain.md §3.7)."""
    _check_reason(reason, RETURN_REASONS, "Dites pourquoi la mise à disposition se termine.")


def _check_reason(reason: str, reasons: dict[str, str], sentence: str) -> None:
    if reason not in reasons:
        raise RuleBroken(sentence, field="reason")
