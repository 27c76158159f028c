"""Closing the books: a day, a month or a year is over, its entries stand, its sums are kept for good (domain.md §9, accounting). Pure."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import count, takewhile

from billing.chain import GENESIS, entry_hash
from mobility.errors import RuleBroken
from mobility.periods import say_day

CLOSES_BY_ITSELF = "billing.closes_by_itself"  # the setting of a platform that wants the closings of the night
KINDS = {"day": "Journée", "month": "Mois", "year": "Année"}
Sums = Mapping[str, tuple[int, int]]  # of each ledger account: debit and credit, in cents


@dataclass(frozen=True, kw_only=True)
class Closed:
    """A closing as it stands: what it froze, where the books stood, what its entries come to, and everything since the first entry."""

    kind: str
    first_on: date
    last_on: date
    closed_at: datetime
    closed_by: int | None
    last_entry: int
    last_hash: str
    sums: Sums
    running_cents: int


def check_end(kind: str, last_on: date, *, today: date, last_closed_on: date | None) -> None:
    """Raises RuleBroken on `last_on` unless a period of this kind ends there, is over, and follows the last one closed."""
    if last_on >= today:
        raise RuleBroken("Seule une période finie se clôture : choisissez un jour passé.", field="last_on")
    if not is_end(kind, last_on):
        period = "du mois à clôturer" if kind == "month" else "de l’année à clôturer : un 31 décembre"
        raise RuleBroken(f"Choisissez le dernier jour {period}.", field="last_on")
    if last_closed_on is not None and last_on <= last_closed_on:
        raise RuleBroken(f"C’est déjà clôturé, jusqu’au {say_day(last_closed_on)}.", field="last_on")


def is_end(kind: str, day: date) -> bool:
    """Whether a period of this kind ends on a day."""
    after = day + timedelta(days=1)
    return kind == "day" or (after.day == 1 and (kind == "month" or after.month == 1))


def ends_over(kind: str, *, last_closed_on: date | None, today: date) -> list[date]:
    """The last days of the periods over since the last one closed, the earliest first; where none ever was, the latest alone."""
    over = (today - timedelta(days=back) for back in count(1))
    if last_closed_on is None:
        return [next(day for day in over if is_end(kind, day))]
    return [day for day in takewhile(lambda day: day > last_closed_on, over) if is_end(kind, day)][::-1]


def moved_cents(sums: Sums) -> int:
    """What a period's entries come to on either side."""
    return sum(debit for debit, _ in sums.values())


def usual_end(today: date) -> date:
    """The last day of the last month that is over: what is closed most often."""
    return today.replace(day=1) - timedelta(days=1)


def closing_hash(previous: str, closed: Closed) -> str:
    """The closing's hash: it holds the one before it and the head of the entries' chain, so what was kept is never told otherwise."""
    body = {
        "kind": closed.kind,
        "first_on": closed.first_on.isoformat(),
        "last_on": closed.last_on.isoformat(),
        "closed_at": closed.closed_at.astimezone(UTC).isoformat(),
        "closed_by": closed.closed_by,
        "last_entry": closed.last_entry,
        "last_hash": closed.last_hash,
        "sums": {code: list(sides) for code, sides in closed.sums.items()},
        "running_cents": closed.running_cents,
    }
    return entry_hash(previous, json.dumps(body, sort_keys=True, separators=(",", ":")).encode())


def find_wrong(closings: Iterable[tuple[Closed, str]]) -> date | None:
    """The last day of the first closing whose kept hash is not its own; None when all are well."""
    previous = GENESIS
    for closed, kept in closings:
        previous = closing_hash(previous, closed)
        if kept != previous:
            return closed.last_on
    return None
