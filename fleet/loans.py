"""A vehicle lent from one platform to another: who may take which step, and when. Nobody stands in it. Pure."""

from datetime import datetime

from mobility.errors import Conflict, RuleBroken

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


def waits_for(status: str, side: str) -> tuple[str, str] | None:
    """What a loan waits for from a side, and its verb; None when nothing does."""
    return _WAITS.get((side, status))


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
