"""What became of the people a structure sent over a year, for that structure itself (domain.md §8). Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from statistics import median
from typing import NamedTuple

from mobility.codes import OTHER_OFFERS, REFUSALS
from mobility.liaison import EXPIRED, WAITING
from mobility.money import round_half_up


class Answered(NamedTuple):
    """A form as it is counted: when it came, when the person was met, and what was answered."""

    beneficiary_id: int
    received_on: date
    met_on: date | None
    status: str
    reason: str | None
    other_offer: str | None

    @property
    def is_waiting(self) -> bool:
        """Whether nothing was answered yet."""
        return self.status in WAITING

    @property
    def is_accepted(self) -> bool:
        """Whether the person was taken in; a closed form keeps the answer it had."""
        return not (self.is_waiting or self.status == EXPIRED or self.reason or self.other_offer)


@dataclass(frozen=True, kw_only=True)
class StructureFigures:
    """Counts of forms, in words where there are several answers; `days` from form to meeting, the middle of them, None without any."""

    year: int
    sent: int
    waiting: int
    met: int
    accepted: int
    redirected: Mapping[str, int]
    refused: Mapping[str, int]
    days: int | None
    expired: int = 0  # nobody took them up in time
    outcomes: Mapping[str, int] = field(default_factory=dict)

    def rows(self) -> Iterable[tuple[str, str]]:
        """Label and value in words, in order; what a line is made of comes under it."""
        yield "Fiches envoyées", str(self.sent)
        yield "Personnes rencontrées", str(self.met)
        yield "De la fiche à la rencontre", "–" if self.days is None else f"{self.days} jour{'s' if self.days > 1 else ''}"
        yield "Fiches acceptées", str(self.accepted)
        for label, parts in (("Orientées vers autre chose", self.redirected), ("Refusées", self.refused)):
            yield label, str(sum(parts.values()))
            yield from ((f"  {part}", str(count)) for part, count in parts.items())
        yield "En attente d’une réponse", str(self.waiting)
        yield "Sans suite, faute d’avoir été prises à temps", str(self.expired)
        yield "Fins de mise à disposition", str(sum(self.outcomes.values()))
        yield from ((f"  {outcome}", str(count)) for outcome, count in self.outcomes.items())


def count(year: int, forms: Iterable[Answered], outcomes: Mapping[str, int]) -> StructureFigures:
    """The figures of a year's forms; `outcomes` are those of the people accepted, in words."""
    told = list(forms)
    refused = Counter(REFUSALS[form.reason] for form in told if form.reason)
    redirected = Counter(OTHER_OFFERS[form.other_offer] for form in told if form.other_offer and not form.reason)
    waits = [(form.met_on - form.received_on).days for form in told if form.met_on]
    return StructureFigures(
        year=year,
        sent=len(told),
        waiting=sum(form.is_waiting for form in told),
        met=len(waits),
        accepted=sum(form.is_accepted for form in told),
        redirected=dict(redirected.most_common()),
        refused=dict(refused.most_common()),
        days=round_half_up(int(2 * median(waits)), 2) if waits else None,
        expired=sum(form.status == EXPIRED for form in told),
        outcomes=outcomes,
    )
