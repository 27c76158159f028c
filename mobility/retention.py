"""How long a person's file is kept without news of them, and the warning before it is to be erased (domain.md §9 "Retention"). Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from mobility.dated import DatedSetting
from mobility.errors import RuleBroken
from mobility.periods import months_after, say_day
from mobility.tongues import say

ACTIVE_MONTHS = DatedSetting(
    key="retention.active_months",
    label="Dossier d’une personne gardé après le dernier contact",
    default="24",
    source="domain.md §9",
    kind="choice",
    help="Compté depuis la dernière trace de la personne : rencontre, location, paiement. Une reprise compte du jour de la reprise.",
    choices=(("12", "un an"), ("24", "deux ans"), ("36", "trois ans")),
)
WARNING_DAYS = DatedSetting(
    key="retention.warning_days",
    label="Avertissement avant qu’un dossier soit à effacer",
    default="30",
    source="domain.md §9",
    kind="choice",
    help="La personne en est prévenue au moins ce temps-là avant.",
    choices=(("30", "30 jours"), ("60", "60 jours"), ("90", "90 jours")),
)

KEEP_REASONS = {
    "asked": "la personne le demande",
    "returning": "la personne revient bientôt",
    "claim": "un litige ou une réclamation est en cours",
    "funds": "un financeur demande encore des preuves",
}
ASKED = "asked"
BY_HAND = {"voice": "de vive voix", "letter": "par lettre", "unreachable": "la personne n’a pas pu être jointe"}
TOLD = {"mail": "par courriel", "sms": "par SMS", **BY_HAND}
KEPT, ALIVE = "kept", "alive"
LONGEST_MONTHS = 60  # contract claims lapse after five years
TO_TELL, WARNED, RIPE = "to_tell", "warned", "ripe"
STATES = {TO_TELL: "personne à prévenir", WARNED: "personne prévenue", RIPE: "à effacer", KEPT: "gardé", ALIVE: "la personne est revenue"}
TONES = {TO_TELL: "near", WARNED: "waiting", RIPE: "over", KEPT: "fine", ALIVE: "fine"}


@dataclass(frozen=True, kw_only=True)
class Trace:
    """One thing that ties a person to the platform: the day it happened, none while it is still open; `what` in French words."""

    beneficiary_id: int
    what: str
    on: date | None


@dataclass(frozen=True, kw_only=True)
class Clock:
    """What holds on a day: months kept after the last trace, days that a warning stands."""

    months: int
    days: int


@dataclass(frozen=True, kw_only=True)
class Standing:
    """Where a person's file stands: its last trace, what is still open, the first day without a reason to keep it."""

    last_on: date
    last_what: str
    open: tuple[str, ...]
    due_on: date


def standing(traces: Iterable[Trace], *, kept_until: date | None, clock: Clock) -> Standing:
    """Of one person's traces, at least one of them dated; `kept_until` is the day somebody had the file kept to. Raises ValueError."""
    all_of = list(traces)
    last = max(((trace.on, trace.what) for trace in all_of if trace.on is not None), default=None)
    if last is None:
        raise ValueError("a person with no dated trace")
    still = tuple(dict.fromkeys(trace.what for trace in all_of if trace.on is None))
    due = months_after(last[0], clock.months)
    return Standing(last_on=last[0], last_what=last[1], open=still, due_on=max(due, kept_until or due))


def is_to_warn(found: Standing, *, clock: Clock, today: date) -> bool:
    """Whether the warning begins: nothing is open, and the day comes within the days of a warning."""
    return not found.open and found.due_on - timedelta(days=clock.days) <= today


def is_alive(found: Standing, *, warned_for: date) -> bool:
    """Whether a warning falls: something is open again, or something happened since that puts the day off."""
    return bool(found.open) or found.due_on > warned_for


def erase_on(due_on: date, *, told_on: date, clock: Clock) -> date:
    """The first day the file may be erased: it is due, and the warning stood its whole time since the person was told."""
    return max(due_on, told_on + timedelta(days=clock.days))


def quiet_since(today: date, clock: Clock) -> date:
    """Whoever left a trace after this day is not to be warned today: what a query may leave out."""
    return months_after(today + timedelta(days=clock.days + 3), -clock.months)  # three days: months are not all as long


def check_keep(until_on: date, *, clock: Clock, today: date) -> None:
    """Raises RuleBroken on `until_on`: later than the next warning would come, five years at most."""
    first, last = today + timedelta(days=clock.days + 1), months_after(today, LONGEST_MONTHS)
    if until_on < first:
        raise RuleBroken(f"Un dossier se garde au moins jusqu’au {say_day(first)}.", field="until_on")
    if until_on > last:
        raise RuleBroken(f"Un dossier se garde cinq ans au plus, jusqu’au {say_day(last)} : la question se reposera.", field="until_on")


def state_of(*, told: bool, erase_on: date | None, closed_as: str | None, today: date) -> str:
    """Where a warning stands: one of STATES."""
    if closed_as is not None:
        return closed_as
    if not told or erase_on is None:
        return TO_TELL
    return RIPE if erase_on <= today else WARNED


def say_warning(last_on: date, from_on: date, address: str) -> str:
    """The warning as the person reads it: since when, from when, what stays, how to keep it or take it away first."""
    return say(
        "Nous n’avons pas de nouvelles de vous depuis le %(last)s. Votre dossier est à effacer à partir du %(day)s ; "
        "la loi nous fait garder les comptes. Pour le garder, ou pour emporter vos données avant : %(address)s ou dites-le-nous.",
        last=say_day(last_on),
        day=say_day(from_on),
        address=address,
    )
