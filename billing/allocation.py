"""Which charges a payment settles: the oldest first, credits counting as money already in; what is over is paid ahead."""

from collections.abc import Iterable
from dataclasses import dataclass

AHEAD = "Avance sur les prochains jours"


@dataclass(frozen=True, kw_only=True)
class Owed:
    """A charge posted, in cents (below zero for a credit), and its sentence."""

    label: str
    cents: int


def allocate(charges: Iterable[Owed], *, paid_before_cents: int, cents: int) -> list[Owed]:
    """The parts of a payment of `cents`, which they sum to exactly. `paid_before_cents` was received before it on the same account."""
    posted = list(charges)
    covered = paid_before_cents - sum(charge.cents for charge in posted if charge.cents < 0)
    left, parts = cents, []
    for charge in (charge for charge in posted if charge.cents > 0):
        open_cents = max(charge.cents - covered, 0)
        covered = max(covered - charge.cents, 0)
        part = min(open_cents, left)
        left -= part
        if part:
            parts.append(Owed(label=charge.label, cents=part))
    return [*parts, Owed(label=AHEAD, cents=left)] if left else parts
