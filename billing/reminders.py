"""Reminders of what is to be paid: which step of the rhythm a day calls for, each once, never with a threat or a fee. Pure.

Before the day, then after it, on days that the platform sets; then the adviser meets the person instead (domain.md §9).
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from billing.deposits import Instalment
from mobility.channels import CALL, MAIL, SMS
from mobility.dated import DatedSetting
from mobility.errors import Conflict
from mobility.tongues import words

BEFORE_DAYS = DatedSetting(
    key="billing.reminder_before_days",
    label="Rappels de paiement : combien de jours avant",
    default=2,
    source="domain.md §9",
    kind="int",
    help="Avant une échéance ou un versement d’un plan. 0 : aucun rappel avant.",
    most=30,
)
AFTER_DAYS = DatedSetting(
    key="billing.reminder_after_days",
    label="Rappels de paiement : combien de jours après",
    default="3, 10, 30",
    source="domain.md §9",
    kind="days",
    help="Jamais de frais ni de menace. Après le dernier, c’est le conseiller qui voit la personne. Vide : aucun rappel après.",
)
LEAST = DatedSetting(
    key="billing.reminder_least_cents",
    label="Rappels de paiement : à partir de quelle somme",
    default=500,
    source="domain.md §9",
    kind="cents",
    help="Une somme plus petite attend le point-étape.",
)
BEFORE = 0  # the step before the day; those after it are counted from one
APART = 3  # days at least between two reminders, whatever they are about
LASTS = 14  # days during which a step is still told: what is older is for somebody to talk about
AHEAD = 61  # days in which the next one is looked for
SUNDAY = 6

LETTER = "letter"
CHANNEL_LABELS = {SMS: "par SMS", MAIL: "par courriel", CALL: "à dire au téléphone", LETTER: "lettre à imprimer"}
BY_SOMEBODY = (CALL, LETTER)
HOLD_REASONS = words(
    {
        "disputed": "Désaccord en cours d’examen",
        "seen": "J’en parle avec la personne",
        "asked": "La personne l’a demandé",
        "fragile": "Moment difficile",
    }
)


@dataclass(frozen=True, kw_only=True)
class Pace:
    """A platform's rhythm: days before (0: none), days after in order, and the least amount that is reminded of, in cents."""

    before_days: int
    after_days: tuple[int, ...]
    least_cents: int


@dataclass(frozen=True, kw_only=True)
class Due:
    """Cents to be paid through a day, and what for; `key` names it for good."""

    key: str
    on: date
    cents: int
    what: str


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """A reminder to send: of what first, its step (None: sent by somebody), the cents asked in all, and how many dues they are."""

    due: Due
    step: int | None
    cents: int
    count: int
    is_late: bool


def read_days(text: str) -> tuple[int, ...]:
    """The days of the setting: "3, 10, 30"."""
    return tuple(int(part) for part in text.split(",") if part.strip())


def reminder_channel(channel: str, *, phone: str | None, email: str | None) -> str:
    """How a reminder reaches who is called: by their phone; a mail, or a letter, for who has none."""
    if channel != CALL or phone:
        return channel
    return MAIL if email else LETTER


def dues_of(charges: Iterable[Due], parts: Sequence[Instalment], *, settled_cents: int, plan_id: int | None = None) -> tuple[Due, ...]:
    """What is left to pay, the earliest first. A plan's parts stand for the oldest charges; money settles the oldest first too."""
    charged = list(charges)
    covered = settled_cents - sum(due.cents for due in charged if due.cents < 0) + sum(part.cents for part in parts)
    left = [Due(key=f"part-{plan_id}-{part.due_on}", on=part.due_on, cents=part.cents, what="le plan convenu ensemble") for part in parts]
    for due in charged:
        if due.cents > 0:
            open_cents = max(due.cents - covered, 0)
            covered = max(covered - due.cents, 0)
            left += [replace(due, cents=open_cents)] if open_cents else []
    return tuple(sorted(left, key=lambda due: (due.on, due.key)))


def ask_for(dues: Sequence[Due], today: date, *, least_cents: int = 1, step: int | None = None) -> Wanted | None:
    """What would be asked on a day: all that is late, or else what comes next; None below the least amount."""
    late = [due for due in dues if due.on < today]
    if sum(due.cents for due in late) >= least_cents:
        asked, is_late = late, True
    else:
        ahead = [due for due in dues if due.on >= today]
        asked, is_late = [due for due in ahead if due.on == ahead[0].on], False
    cents = sum(due.cents for due in asked)
    return Wanted(due=asked[0], step=step, cents=cents, count=len(asked), is_late=is_late) if asked and cents >= least_cents else None


def find_wanted(
    dues: Sequence[Due], told: Collection[tuple[str, int | None]], *, last_on: date | None, pace: Pace, today: date
) -> Wanted | None:
    """The reminder that a day calls for, None where there is none.

    `told` is what was said before, by its due's key and its step; `last_on` the day of the last word about money. Never on a Sunday.
    """
    asked = ask_for(dues, today, least_cents=max(pace.least_cents, 1))
    if asked is None or today.weekday() == SUNDAY or (last_on is not None and (today - last_on).days < APART):
        return None
    step = _step(asked, pace, today)
    return replace(asked, step=step) if step is not None and (asked.due.key, step) not in told else None


def find_next_on(
    dues: Sequence[Due], told: Collection[tuple[str, int | None]], *, last_on: date | None, pace: Pace, today: date
) -> date | None:
    """The day of the next reminder if nothing is paid until then, from tomorrow on; None when none comes within two months."""
    ahead = (today + timedelta(days=count) for count in range(1, AHEAD))
    return next((day for day in ahead if find_wanted(dues, told, last_on=last_on, pace=pace, today=day)), None)


def is_over(dues: Sequence[Due], told: Collection[tuple[str, int | None]], *, pace: Pace, today: date) -> bool:
    """Whether everything was said that is said from afar: the adviser meets the person instead."""
    asked = ask_for(dues, today, least_cents=max(pace.least_cents, 1))
    if asked is None or not asked.is_late or not pace.after_days:
        return False
    return (asked.due.key, len(pace.after_days)) in told or (today - asked.due.on).days >= pace.after_days[-1] + LASTS


def check_may_ask(asked: Wanted | None, *, why_not: str | None, sent_on: date | None, today: date) -> Wanted:
    """Raises Conflict when nothing is owed, something keeps reminders back, or one left today."""
    if why_not is not None:
        raise Conflict(why_not)
    if asked is None:
        raise Conflict("Rien n’est dû sur ce compte : il n’y a rien à rappeler.")
    if sent_on == today:
        raise Conflict("Un rappel est déjà parti aujourd’hui : un par jour suffit.")
    return asked


def _step(asked: Wanted, pace: Pace, today: date) -> int | None:
    days = (today - asked.due.on).days
    if not asked.is_late:
        return BEFORE if pace.before_days and -days <= pace.before_days else None
    passed = [number for number, after in enumerate(pace.after_days, 1) if after <= days]
    return passed[-1] if passed and days - pace.after_days[passed[-1] - 1] < LASTS else None
