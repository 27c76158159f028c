"""What was paid on time and what late, told by the charges and the money received, never typed (domain.md §2.5, §3.3)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from billing.price_sentence import join_and
from mobility.periods import say_day

DAYS = "billing.on_time_days"  # the dated setting
ON_TIME, LATE, OPEN, OVERDUE = "on_time", "late", "open", "overdue"


@dataclass(frozen=True, kw_only=True)
class Fallen:
    """A charge in cents (below zero for a credit), its sentence, and the day it was posted on: from then on it is to be paid."""

    label: str
    on: date
    cents: int


@dataclass(frozen=True, kw_only=True)
class Received:
    """Money received on a day, in cents; below zero for what went back."""

    on: date
    cents: int


@dataclass(frozen=True, kw_only=True)
class RecordLine:
    """A charge, the last day that was on time, the day it was paid in full (None: not yet), and how that stands."""

    fallen: Fallen
    by_on: date
    settled_on: date | None
    state: str
    days_late: int

    @property
    def said(self) -> str:
        """How it stands, in words."""
        days = f"{self.days_late} jour{'s' if self.days_late > 1 else ''}"
        return {ON_TIME: "payé à temps", LATE: f"payé, {days} de retard", OPEN: "à payer", OVERDUE: f"en retard de {days}"}[self.state]

    @property
    def day_said(self) -> str:
        """When it was paid, or until when it is on time."""
        return f"le {say_day(self.settled_on)}" if self.settled_on else f"d’ici le {say_day(self.by_on)}" if self.state == OPEN else ""


@dataclass(frozen=True, kw_only=True)
class PaymentRecord:
    """The charges of somebody, the oldest first, and how each was paid."""

    lines: tuple[RecordLine, ...]

    def count(self, state: str) -> int:
        """How many stand so."""
        return sum(line.state == state for line in self.lines)

    @property
    def sentence(self) -> str:
        """As in "Sur 9 échéances : 8 payées à temps et 1 payée en retard."; free weeks and months are none."""
        total = len(self.lines)
        if not total:
            return "Aucune échéance n’a encore été à payer."
        if total == 1:
            return f"Une seule échéance : {self.lines[0].said}."
        if self.count(ON_TIME) == total:
            return f"Les {total} échéances ont toutes été payées à temps."
        counted = [_say(self.count(state), words) for state, words in _WORDS.items() if self.count(state)]
        return f"Sur {total} échéances : {join_and(counted)}."


_WORDS = {ON_TIME: ("payée", " à temps"), LATE: ("payée", " en retard"), OPEN: ("à payer", ""), OVERDUE: ("en retard", ", à payer")}


def record_lines(fallen: Sequence[Fallen], received: Iterable[Received], *, days: int, today: date) -> list[RecordLine]:
    """One account's charges, the oldest settled first; a credit counts as money already in, as on a receipt (billing/allocation.py).

    On time is paid within so many days of the charge's own.
    """
    needed = -sum(-one.cents for one in fallen if one.cents < 0)
    moves, lines = sorted(received, key=lambda one: one.on), []
    for one in (one for one in fallen if one.cents > 0):
        needed += one.cents
        lines.append(_judge(one, _settled_on(one, needed, moves), days=days, today=today))
    return lines


def payment_record(lines: Iterable[RecordLine]) -> PaymentRecord:
    """The lines of all accounts, by day."""
    return PaymentRecord(lines=tuple(sorted(lines, key=lambda line: line.fallen.on)))


def _settled_on(one: Fallen, needed: int, moves: Iterable[Received]) -> date | None:
    """The day on which what came in reached the charge for good: money that went back opens it again."""
    total, on = 0, one.on if needed <= 0 else None
    for move in moves:
        total += move.cents
        on = None if total < needed else on or max(move.on, one.on)
    return on


def _judge(one: Fallen, settled_on: date | None, *, days: int, today: date) -> RecordLine:
    by_on = one.on + timedelta(days=days)
    days_late = max(((settled_on or today) - by_on).days, 0)
    states = (OVERDUE, OPEN) if settled_on is None else (LATE, ON_TIME)
    return RecordLine(fallen=one, by_on=by_on, settled_on=settled_on, state=states[not days_late], days_late=days_late)


def _say(count: int, words: tuple[str, str]) -> str:
    verb, rest = words
    return f"{count} {verb}{'s' if count > 1 and verb == 'payée' else ''}{rest}"
