"""A household's month in a few amounts, and what a loan would leave of it (domain.md §3.3, §9 "Personal microcredit")."""

from collections.abc import Mapping
from dataclasses import dataclass

from mobility.errors import RuleBroken
from mobility.money import euros

INCOMES = {"wages": "Salaires", "benefits": "Aides et allocations", "other_income": "Autres revenus"}
COSTS = {
    "home": "Logement : loyer, énergie, eau, assurance",
    "living": "Vie courante : courses, téléphone, santé",
    "children": "Enfants : garde, cantine, pension versée",
    "loans": "Crédits et dettes en cours",
    "vehicle": "Le futur véhicule : assurance, carburant, entretien",
    "other_costs": "Autres charges",
}
MOST_CENTS = 2_000_000  # a month: above it somebody typed a year


@dataclass(frozen=True, kw_only=True)
class MonthBudget:
    """The amounts of one month, in cents, by the codes of INCOMES and COSTS; a code left out is nothing."""

    lines: Mapping[str, int]

    @property
    def income_cents(self) -> int:
        """What comes in."""
        return sum(self.lines.get(code, 0) for code in INCOMES)

    @property
    def costs_cents(self) -> int:
        """What goes out, the rental of today and the loan left aside."""
        return sum(self.lines.get(code, 0) for code in COSTS)

    @property
    def left_cents(self) -> int:
        """What is left of a month; below zero when it does not suffice."""
        return self.income_cents - self.costs_cents

    @property
    def sentence(self) -> str:
        """What is left, in words."""
        if self.left_cents < 0:
            return f"Il manque {euros(-self.left_cents)} par mois, avant toute mensualité."
        return f"Il reste {euros(self.left_cents)} par mois, avant toute mensualité."

    def say_after(self, instalment_cents: int) -> str:
        """What the loan's instalment leaves, in one sentence."""
        left_cents = self.left_cents - instalment_cents
        if left_cents < 0:
            return f"Une fois la mensualité payée, il manquerait {euros(-left_cents)} par mois : ce prêt est trop lourd pour ce budget."
        return f"Une fois la mensualité payée, il resterait {euros(left_cents)} par mois."


def check_budget(lines: Mapping[str, int]) -> None:
    """A budget says something of what comes in. Raises RuleBroken beside the first income."""
    if not any(lines.get(code) for code in INCOMES):
        raise RuleBroken("Notez au moins un revenu.", field=next(iter(INCOMES)))
