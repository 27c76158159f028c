"""What is due each week, taken from the card that a person left: their agreement, the day it is said, the tries, when it stops. Pure.

Told two days before, by day, never on a Sunday; three tries a week at most; never a fee (docs/adr/0029).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from billing.card_gateway import LEAST_CENTS
from mobility.errors import RuleBroken
from mobility.money import euros
from mobility.periods import ONE_DAY, instant_of, monday_of, paris_day, paris_time, say_weekday
from mobility.tongues import joined, say, words

LEAST_CEILING, MOST_CEILING = 500, 50_000  # cents a week: less takes nothing, more is no week's rent
NOTICE = timedelta(days=2)
RETRY_AFTER = (3, 7)  # days after the first try
MOST_TRIES = 1 + len(RETRY_AFTER)
TOLD_FROM, TAKEN_FROM, UNTIL = time(9), time(10), time(18)  # in Paris
CONFIRM_DAYS = 7  # as long as the link lives by which a person confirms
SETTLING = timedelta(minutes=10)  # a gateway's search lags: before, "not found" says nothing
SUNDAY = 6

STATE_LABELS = words(
    {
        "announced": "annoncé",
        "asked": "demandé à la banque",
        "again": "nouvel essai prévu",
        "confirm": "à confirmer par la personne",
        "paid": "payé",
        "stopped": "arrêté, à revoir ensemble",
        "dropped": "annulé",
    }
)
STATE_TONES = {"paid": "fine", "stopped": "over", "confirm": "near", "again": "near", "dropped": "neutral"}
QUEUED = ("announced", "again")  # waits for its day
OPEN = (*QUEUED, "asked", "confirm")
DROPPED = words(
    {
        "withdrawn": "accord retiré",
        "replaced": "nouvel accord",
        "nothing_due": "déjà réglé",
        "held": "somme mise de côté : plan, pause ou désaccord",
        "card_gone": "carte oubliée ou expirée",
    }
)
ENDS = words(
    {
        "withdrawn": "retiré",
        "replaced": "remplacé par un autre accord",
        "card_gone": "terminé : la carte n’est plus enregistrée ou a expiré",
        "card_refused": "terminé : la banque n’accepte plus cette carte",
    }
)


@dataclass(frozen=True, kw_only=True)
class Refusal:
    """Why a bank said no: for the staff, for the person, and whether the same card may be tried again."""

    label: str
    sentence: str
    is_hard: bool = False


_NO_MORE = say("Votre banque n’accepte plus de paiement avec cette carte.")
UNTOLD = "untold"  # the message that announced it never arrived: nothing is taken unannounced
REFUSALS = {
    "funds": Refusal(label="provision insuffisante", sentence=say("Il n’y avait pas assez sur le compte de la carte ce jour-là.")),
    "limit": Refusal(label="plafond de la carte atteint", sentence=say("Le plafond de paiement de la carte est atteint pour le moment.")),
    "bank": Refusal(label="refusé par la banque, sans raison", sentence=say("Votre banque a dit non, sans nous dire pourquoi.")),
    "no_answer": Refusal(label="pas de réponse de la banque", sentence=say("La banque n’a pas répondu.")),
    "unconfirmed": Refusal(label="pas confirmé par la personne", sentence=say("Le paiement n’a pas été confirmé auprès de la banque.")),
    "expired": Refusal(label="carte expirée", sentence=say("La carte a expiré."), is_hard=True),
    "lost": Refusal(label="carte déclarée perdue", sentence=_NO_MORE, is_hard=True),
    "stolen": Refusal(label="carte déclarée volée", sentence=_NO_MORE, is_hard=True),
    "closed": Refusal(label="carte ou compte fermé", sentence=_NO_MORE, is_hard=True),
    UNTOLD: Refusal(label="l’annonce n’est pas arrivée", sentence=say("Notre message n’est pas arrivé, donc rien n’a été pris.")),
}


@dataclass(frozen=True, kw_only=True)
class Next:
    """What comes after a refusal: `again` and its day, or `stopped`."""

    status: str
    on: date | None = None


def agreed_words(card: str, most: str) -> str:
    """What the person agrees to, word for word, `most` being their sum: kept with the agreement, in French, which binds."""
    return say(
        "J’accepte que ma location, et mon adhésion s’il y en a une, soient payées automatiquement avec ma carte %(card)s, "
        "une fois par semaine, sans jamais dépasser %(most)s par semaine, ni ce que je dois. "
        "Une réparation n’est jamais prise ainsi. On me prévient au moins deux jours avant, avec la somme. "
        "Si la banque refuse, il n’y a aucuns frais de la plateforme. Je peux arrêter quand je veux, d’un geste, sans donner de raison.",
        card=card,
        most=most,
    )


def check_agreement(most_cents: int, *, is_agreed: bool) -> None:
    """Raises RuleBroken beside its field."""
    if not LEAST_CEILING <= most_cents <= MOST_CEILING:
        told = {"least": euros(LEAST_CEILING), "most": euros(MOST_CEILING)}
        raise RuleBroken(say("Choisissez un maximum de %(least)s à %(most)s par semaine.", **told), field="most_cents")
    if not is_agreed:
        raise RuleBroken(say("Rien n’est pris sans accord : cochez la case pour accepter ces mots."), field="agreed")


def may_tell(now: datetime) -> bool:
    """Whether a person may be told now: by day, never on a Sunday."""
    return paris_day(now).weekday() != SUNDAY and TOLD_FROM <= paris_time(now) < UNTIL


def may_take(now: datetime) -> bool:
    """Whether a bank may be asked now: a refusal wakes its person too."""
    return may_tell(now) and paris_time(now) >= TAKEN_FROM


def day_to_take(told_at: datetime) -> date:
    """The first day, no Sunday, whose opening comes two days at least after the person was told."""
    day = paris_day(told_at + NOTICE)
    while day.weekday() == SUNDAY or instant_of(day, TAKEN_FROM) < told_at + NOTICE:
        day += ONE_DAY
    return day


def week_of(day: date) -> date:
    """The Monday of a week: what is taken is taken once in it."""
    return monday_of(day)


def cents_to_take(*, due_cents: int, most_cents: int, told_cents: int | None = None) -> int:
    """Never more than is due, agreed to, or was said; 0 below what a gateway charges."""
    cents = min(due_cents, most_cents, due_cents if told_cents is None else told_cents)
    return cents if cents >= LEAST_CENTS else 0


def after_refusal(code: str, *, tried_on: Sequence[date]) -> Next:
    """What follows the last of these tries (the first one's day first): another day, or nothing more for this week."""
    if REFUSALS[code].is_hard or len(tried_on) >= MOST_TRIES:
        return Next(status="stopped")
    day = tried_on[0] + timedelta(days=RETRY_AFTER[len(tried_on) - 1])
    day = max(day, tried_on[-1] + ONE_DAY)
    return Next(status="again", on=day + ONE_DAY if day.weekday() == SUNDAY else day)


def is_confirm_over(asked_on: date, today: date) -> bool:
    """Whether the link by which a person confirms has died."""
    return (today - asked_on).days >= CONFIRM_DAYS


def say_told(cents: int, on: date, *, card: str, label: str, stop_url: str) -> str:
    """What the person reads two days before."""
    told = {"day": say_weekday(on), "sum": euros(cents), "card": card, "label": label, "url": stop_url}
    return say("Le %(day)s, %(sum)s seront pris sur votre carte %(card)s pour %(label)s. Pour arrêter, d’un geste : %(url)s.", **told)


def say_refused(cents: int, code: str, following: Next, *, pay_url: str) -> str:
    """What the person reads after a refusal: why, what comes, and that it costs nothing."""
    told = {"sum": euros(cents), "why": REFUSALS[code].sentence}
    said = say("%(sum)s n’ont pas pu être pris sur votre carte. %(why)s Il n’y a aucuns frais.", **told)
    if following.on is None:
        then = say("Nous n’essayons plus. Vous pouvez payer autrement, ou étaler avec votre conseiller : %(url)s.", url=pay_url)
    else:
        on = say_weekday(following.on)
        then = say("Un nouvel essai est prévu le %(day)s. Pour payer autrement ou arrêter : %(url)s.", day=on, url=pay_url)
    return joined(" ", (said, then))


def say_confirm(cents: int, url: str) -> str:
    """What the person reads when their bank wants to hear them."""
    told = {"sum": euros(cents), "url": url}
    return say("Votre banque demande que vous confirmiez vous-même le paiement de %(sum)s. Lien pour sept jours : %(url)s.", **told)


def say_noted(most_cents: int, stop_url: str) -> str:
    """What the person reads once an adviser noted their agreement: nobody agrees for them unseen."""
    return say(
        "Votre accord est noté : votre carte paie ce que vous devez chaque semaine, %(most)s au plus. "
        "Si ce n’est pas votre choix, arrêtez d’un geste : %(url)s.",
        most=euros(most_cents),
        url=stop_url,
    )


def say_ended(reason: str, pay_url: str) -> str:
    """What the person reads when an agreement ends without them."""
    told = {"how": ENDS[reason], "url": pay_url}
    return say("Le paiement automatique est %(how)s. Rien n’est plus pris. Pour payer autrement : %(url)s.", **told)
