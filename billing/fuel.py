"""The fuel allowance of the AMIE programme: an amount, with receipts, for the months that cover fuel (domain.md §3.3, §3.4)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from billing.schedule import Month
from mobility.errors import RuleBroken
from mobility.money import euros
from mobility.periods import say_span
from mobility.tongues import say, words

FUEL = "fuel"
PAID_LABELS = words(
    {
        "cash": "remboursé en espèces",
        "transfer": "remboursé par virement",
        "station": "payé à la station par l’association",
    }
)
WITHDRAWAL_REASONS = words(
    {
        "twice": "noté deux fois",
        "mistaken": "montant, jour ou moyen mal noté",
        "elsewhere": "noté sur le mauvais compte",
        "private": "trajet privé, somme rendue",
    }
)
WORDS = {"paid": PAID_LABELS, "withdrawn": WITHDRAWAL_REASONS}


@dataclass(frozen=True, kw_only=True)
class Allowance:
    """What is granted and what receipts have used of it, in cents; its days, both included."""

    cents: int
    used_cents: int
    first_on: date
    last_on: date

    @property
    def left_cents(self) -> int:
        """What receipts may still draw."""
        return max(self.cents - self.used_cents, 0)

    @property
    def sentence(self) -> str:
        """What is left and for what, in words."""
        told = {"all": euros(self.cents), "span": say_span(self.first_on, self.last_on)}
        if not self.left_cents:
            return say("Les %(all)s sont utilisés pour le carburant des trajets de travail, %(span)s.", **told)
        return say("Il reste %(left)s sur %(all)s pour le carburant des trajets de travail, %(span)s.", left=euros(self.left_cents), **told)


def allowance(months: Iterable[Month], cents: int, used_cents: int) -> Allowance | None:
    """The allowance of the months whose rent covers fuel, None when none does."""
    covered = [month for month in months if FUEL in month.covers]
    if not covered:
        return None
    return Allowance(cents=cents, used_cents=used_cents, first_on=covered[0].first_on, last_on=covered[-1].last_on)


def draw(granted: Allowance, cents: int, *, spent_on: date, for_work: bool, today: date) -> int:
    """What of a receipt the allowance pays: all of it, or what is left. Raises RuleBroken beside the field (domain.md §3.4)."""
    if not for_work:
        raise RuleBroken("Seul le carburant des trajets de travail est pris en charge, jamais celui des trajets privés.", field="for_work")
    if spent_on > today:
        raise RuleBroken("Ce jour n’est pas encore venu.", field="spent_on")
    if not granted.first_on <= spent_on <= granted.last_on:
        raise RuleBroken(f"Le carburant est pris en charge {say_span(granted.first_on, granted.last_on)}.", field="spent_on")
    if cents <= 0:
        raise RuleBroken("Le montant doit être supérieur à zéro.", field="cents")
    if not granted.left_cents:
        raise RuleBroken(f"L’enveloppe de {euros(granted.cents)} est déjà utilisée.", field="cents")
    return min(cents, granted.left_cents)
