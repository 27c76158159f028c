"""A hold on a card: a sum that the bank sets aside for a short rental, taken in part or lifted before it lapses by itself. Pure.

A bank keeps a hold for a week at most, so that it only suits a rental of less (docs/adr/0023). The gateway's word only ever moves it on.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from mobility.errors import RuleBroken
from mobility.money import euros
from mobility.periods import ONE_DAY, paris_day, say_day
from mobility.tongues import say, words

ON_HOLD = "card_hold"  # the kind of deposit that such a hold secures
MOST_DAYS = 6  # a week of rental gives the vehicle back on the eighth day: no hold lasts until then
SOON = timedelta(days=2)  # before it lapses, the desk says so

HELD, CAPTURING, RELEASING = "held", "capturing", "releasing"
CAPTURED, LAPSED, TAKEN = "captured", "lapsed", "taken"
PAGE_OPEN = ("asked", "pending")
HOLD_LABELS = words(
    {
        "asked": "lien à ouvrir",
        "pending": "page ouverte",
        "closed": "page fermée",
        HELD: "en place",
        CAPTURING: "débit demandé à la banque",
        RELEASING: "levée demandée",
        CAPTURED: "débitée",
        "released": "levée",
        LAPSED: "éteinte",
        TAKEN: "débitée hors d’ici",
    }
)
HOLD_TONES = {HELD: "fine", LAPSED: "near", TAKEN: "over"} | dict.fromkeys(("closed", CAPTURED, "released"), "neutral")
INSTEAD = say("Demandez plutôt une carte enregistrée (rien n’est débité), un chèque non encaissé ou le fonds de garantie.")


class HoldStatus(StrEnum):
    """Where a hold stands at the gateway, as it says when asked."""

    OPEN = "open"  # its page may still take a card
    HELD = "held"
    CAPTURED = "captured"
    CANCELLED = "cancelled"  # lifted, or lapsed by itself
    EXPIRED = "expired"  # its page closed without a card


@dataclass(frozen=True, kw_only=True)
class HoldState:
    """A hold as the gateway has it now; its card, its reference and the instant it lapses at are known once it was placed."""

    status: HoldStatus
    cents: int
    captured_cents: int = 0
    charge_reference: str | None = None
    capture_before: datetime | None = None
    brand: str | None = None
    last4: str | None = None


@dataclass(frozen=True, kw_only=True)
class CaptureOrder:
    """`cents` to take from a hold, once; what is left of it is lifted by that."""

    key: str
    charge_reference: str
    cents: int


_MOVES = {
    HoldStatus.HELD: {},
    HoldStatus.EXPIRED: dict.fromkeys(PAGE_OPEN, "closed"),
    HoldStatus.CANCELLED: dict.fromkeys(PAGE_OPEN, "closed") | {HELD: LAPSED, CAPTURING: LAPSED, RELEASING: "released"},
    HoldStatus.CAPTURED: dict.fromkeys((*PAGE_OPEN, "closed", HELD, CAPTURING, RELEASING), TAKEN),
}


def after(status: str, told: HoldStatus, *, is_awaited: bool) -> str:
    """The next status of a hold of ours once the gateway told one of its own; what is over stays as it is.

    One placed where nobody waits for it any more is to be lifted at once. Taken without an order of ours: `TAKEN`, for the treasurer.
    """
    if told is HoldStatus.HELD and status in (*PAGE_OPEN, "closed"):
        return HELD if is_awaited and status in PAGE_OPEN else RELEASING
    return _MOVES.get(told, {}).get(status, status)


def check_fits(first_on: date, last_on: date | None, *, field: str = "kind") -> None:
    """Raises RuleBroken on `field` for a rental that no hold lasts out, with what to ask instead."""
    if last_on is None:
        raise RuleBroken(
            say("Cette location n’a pas de dernier jour prévu, et une empreinte s’éteint en une semaine. %(instead)s", instead=INSTEAD),
            field=field,
        )
    if not fits(first_on, last_on):
        told = {"days": _days(first_on, last_on), "instead": INSTEAD}
        raise RuleBroken(
            say("Une empreinte s’éteint au bout de sept jours, et cette location en compte %(days)s. %(instead)s", **told), field=field
        )


def fits(first_on: date, last_on: date | None) -> bool:
    """Whether a rental is short enough for a hold."""
    return last_on is not None and _days(first_on, last_on) <= MOST_DAYS


def check_lasts(last_on: date, today: date) -> None:
    """Raises RuleBroken on `kind` when a hold placed today would lapse before the return."""
    if _days(today, last_on) > MOST_DAYS:
        earliest = last_on - (MOST_DAYS - 1) * ONE_DAY
        raise RuleBroken(
            say("Placée aujourd’hui, l’empreinte s’éteindrait avant le retour : demandez-la à partir du %(day)s.", day=say_day(earliest)),
            field="kind",
        )


def is_outlasted(last_on: date | None, capture_before: datetime) -> bool:
    """Whether a rental, prolonged, gives its vehicle back on the day its hold lapses or later: its return follows its last day."""
    return last_on is None or last_on + ONE_DAY >= paris_day(capture_before)


def agreed_points(platform_name: str, cents: int) -> tuple[str, ...]:
    """What the person agrees to by a hold, point by point; the French is what binds (docs/adr/0028)."""
    return (
        say("Votre banque met %(sum)s de côté, une semaine au plus : vous ne pouvez pas les dépenser pendant ce temps.", sum=euros(cents)),
        say(
            "Au retour du véhicule, %(name)s lève l’empreinte ; à défaut, elle s’éteint d’elle-même. "
            "Votre banque peut mettre quelques jours à le montrer.",
            name=platform_name,
        ),
        say(
            "Une partie n’est débitée que pour une somme déjà inscrite à votre compte (loyer impayé, dégât, perte, nettoyage, frais "
            "d’une contravention), une seule fois, avec la raison écrite et ce qui la prouve. Vous les lisez dans votre espace et pouvez "
            "les contester auprès de la plateforme."
        ),
    )


def _days(first_on: date, last_on: date) -> int:
    return (last_on - first_on).days + 1
