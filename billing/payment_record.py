"""What was paid on time and what late, told by the charges and the money received, never typed (domain.md §2.5, §3.3)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from billing.price_sentence import join_and
from mobility.periods import say_day

DAYS = "billing.on_time_days"  # the dated setting
ON_TIME, LATE, OPEN, OVERDUE, LOST = "on_time", "late", "open", "overdue", "lost"


@dataclass(frozen=True, kw_only=True)
class Fallen:
    """A charge in cents (below zero for a credit), its sentence, and the day it was posted on: from then on it is to be paid."""

    label: str
    on: date
    cents: int


@dataclass(frozen=True, kw_only=True)
class Received:
    """Money received on a day, in cents; below zero for what went back. `is_loss`: none came, the debt was written off."""

    on: date
    cents: int
    is_loss: bool = False


@dataclass(frozen=True, kw_only=True)
class RecordLine:
    """A charge, the last day that was on time, the day it was paid in full or written off (None: not yet), and how that stands."""

    fallen: Fallen
    by_on: date
    settled_on: date | None
    state: str
    days_late: int

    @property
    def said(self) -> str:
        """How it stands, in words."""
        days = f"{self.days_late} jour{'s' if self.days_late > 1 else ''}"
        return {
            ON_TIME: "payé à temps",
            LATE: f"payé, {days} de retard",
            OPEN: "à payer",
            OVERDUE: f"en retard de {days}",
            LOST: "non payé, passé en perte",
        }[self.state]

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


_WORDS = {
    ON_TIME: ("payée", " à temps"),
    LATE: ("payée", " en retard"),
    OPEN: ("à payer", ""),
    OVERDUE: ("en retard", ", à payer"),
    LOST: ("passée en perte", ""),
}


def record_lines(fallen: Sequence[Fallen], received: Iterable[Received], *, days: int, today: date) -> list[RecordLine]:
    """One account's charges, the oldest settled first; a credit counts as money already in, as on a receipt (billing/allocation.py).

    On time is paid within so many days of the charge's own.
    """
    needed = -sum(-one.cents for one in fallen if one.cents < 0)
    moves, lines = _lost_for_good(sorted(received, key=lambda one: one.on)), []
    for one in (one for one in fallen if one.cents > 0):
        needed += one.cents
        lines.append(_judge(one, *_settled_on(one, needed, moves), days=days, today=today))
    return lines


def payment_record(lines: Iterable[RecordLine]) -> PaymentRecord:
    """The lines of all accounts, by day."""
    return PaymentRecord(lines=tuple(sorted(lines, key=lambda line: line.fallen.on)))


def _lost_for_good(moves: Iterable[Received]) -> list[Received]:
    """The moves without what was written off and came all the same: it is paid on the day it came."""
    kept: list[Received] = []
    for move in moves:
        back = -move.cents if move.is_loss and move.cents < 0 else 0
        if not back:
            kept.append(move)
        for place in range(len(kept) - 1, -1, -1):
            if back and kept[place].is_loss:
                taken = min(back, kept[place].cents)
                kept[place], back = replace(kept[place], cents=kept[place].cents - taken), back - taken
    return kept


def _settled_on(one: Fallen, needed: int, moves: Iterable[Received]) -> tuple[date | None, bool]:
    """The day on which what came in reached the charge for good, and whether by a loss: money that went back opens it again."""
    total, on, is_lost = 0, one.on if needed <= 0 else None, False
    for move in moves:
        total += move.cents
        if total < needed:
            on = None
        elif on is None:
            on, is_lost = max(move.on, one.on), move.is_loss
    return on, on is not None and is_lost


def _judge(one: Fallen, settled_on: date | None, is_lost: bool, *, days: int, today: date) -> RecordLine:
    by_on = one.on + timedelta(days=days)
    days_late = max(((settled_on or today) - by_on).days, 0)
    states = (OVERDUE, OPEN) if settled_on is None else (LATE, ON_TIME)
    return RecordLine(fallen=one, by_on=by_on, settled_on=settled_on, state=LOST if is_lost else states[not days_late], days_late=days_late)


def _say(count: int, words: tuple[str, str]) -> str:
    verb, rest = words
    return f"{count} {verb}{'s' if count > 1 and verb == 'payée' else ''}{rest}"
