"""A work order’s life in the workshop, what its lines cost, and how long it kept the vehicle (domain.md §1 "mechanic")."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from fleet.life import Life
from mobility.money import round_half_up
from mobility.periods import say_moment

OPENED, PLANNED, IN_WORKSHOP, DONE, CLOSED = "opened", "planned", "in_workshop", "done", "closed"
STATUS_NAMES = {OPENED: "ouvert", PLANNED: "prévu", IN_WORKSHOP: "à l’atelier", DONE: "terminé", CLOSED: "clos"}

SUBJECTS = {
    "service": "entretien",
    "inspection": "contrôle technique",
    "tyres": "pneus",
    "battery": "batterie",
    "helmet": "casque",
    "defect": "défaut",
    "accident": "accident",
    "other": "autre travail",
}
_BLOCKED_FOR = {"service": "service", "inspection": "inspection", "defect": "breakdown", "accident": "breakdown"}

PART, LABOUR = "part", "labour"
LINE_NAMES = {PART: "pièce", LABOUR: "main-d’œuvre"}
QUARTERS_AN_HOUR = 4

PLAN, START, FINISH, CLOSE, WRITE = "plan", "start", "finish", "close", "write"
NEXT = {
    PLAN: {OPENED: PLANNED, PLANNED: PLANNED, IN_WORKSHOP: IN_WORKSHOP},
    START: {OPENED: IN_WORKSHOP, PLANNED: IN_WORKSHOP},
    FINISH: {IN_WORKSHOP: DONE},
    CLOSE: {OPENED: CLOSED, PLANNED: CLOSED, DONE: CLOSED},
    WRITE: {OPENED: OPENED, PLANNED: PLANNED, IN_WORKSHOP: IN_WORKSHOP, DONE: DONE},
}
_WHY_NOT = {
    OPENED: "Le véhicule n’est pas encore à l’atelier : notez d’abord son entrée.",
    PLANNED: "Le véhicule n’est pas encore à l’atelier : notez d’abord son entrée.",
    IN_WORKSHOP: "Le véhicule est à l’atelier : notez d’abord la fin des travaux.",
    DONE: "Les travaux sont déjà terminés.",
    CLOSED: "Cet ordre de réparation est clos : il ne change plus. Ouvrez-en un nouveau.",
}


@dataclass(frozen=True, kw_only=True)
class Cost:
    """What an order costs, in cents: its parts, its labour, and how many quarter hours that labour took."""

    parts_cents: int = 0
    labour_cents: int = 0
    quarters: int = 0

    @property
    def total_cents(self) -> int:
        """Parts and labour."""
        return self.parts_cents + self.labour_cents


_LIFE = Life(next=NEXT, why_not=_WHY_NOT.__getitem__)
may, after = _LIFE.may, _LIFE.after


def blocked_for(subject: str) -> str:
    """The reason (fleet/blocks.py) for which a vehicle is kept back while this is done."""
    return _BLOCKED_FOR.get(subject, "workshop")


def line_cents(kind: str, quantity: int, unit_cents: int) -> int:
    """What a line costs: pieces at their price, quarter hours at the price of an hour, halves of a cent up."""
    return quantity * unit_cents if kind == PART else round_half_up(quantity * unit_cents, QUARTERS_AN_HOUR)


def sum_up(lines: Iterable[tuple[str, int, int]]) -> Cost:
    """Lines as (kind, quantity, unit cents), summed line by line."""
    parts = labour = quarters = 0
    for kind, quantity, unit_cents in lines:
        cents = line_cents(kind, quantity, unit_cents)
        parts, labour = (parts + cents, labour) if kind == PART else (parts, labour + cents)
        quarters += quantity if kind == LABOUR else 0
    return Cost(parts_cents=parts, labour_cents=labour, quarters=quarters)


def downtime(started_at: datetime | None, done_at: datetime | None, now: datetime) -> timedelta | None:
    """How long the work has kept the vehicle so far, or kept it; None when it never came in."""
    return None if started_at is None else (done_at or now) - started_at


def say_garage(proposed_at: datetime | None, told_done_at: datetime | None) -> str | None:
    """What the garage said last that waits for an answer; None when it said nothing."""
    if told_done_at is not None:
        return "le garage dit que c’est prêt"
    return f"le garage propose le {say_moment(proposed_at)}" if proposed_at is not None else None


def say_hours(quarters: int) -> str:
    """Quarter hours as read aloud: 1 → "15 min", 6 → "1 h 30"."""
    hours, rest = divmod(quarters, QUARTERS_AN_HOUR)
    if not hours:
        return f"{rest * 15} min"
    return f"{hours} h {rest * 15:02d}" if rest else f"{hours} h"


def say_span(span: timedelta) -> str:
    """A downtime in words, its smallest parts left out: "2 jours et 3 h", "5 h", "moins d’une heure"."""
    hours = span // timedelta(hours=1)
    days, rest = divmod(hours, 24)
    said = [f"{days} jour{'s' if days > 1 else ''}"] if days else []
    said += [f"{rest} h"] if rest else []
    return " et ".join(said) or "moins d’une heure"
