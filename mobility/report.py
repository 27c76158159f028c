"""The yearly report: its lines gathered from every package, its cost per beneficiary. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from mobility.errors import RuleBroken
from mobility.gathered import ReportLine
from mobility.money import euros, round_half_up

FIRST_YEAR, LAST_YEAR = 1990, 2100
MOST_BUDGET_EUR = 10**9


@dataclass(frozen=True, kw_only=True)
class YearlyReport:
    """A platform's year: its lines in order, its budget in whole euros when given, and the cost per beneficiary in whole euros."""

    platform: str
    year: int
    budget_eur: int | None
    lines: tuple[ReportLine, ...]

    @property
    def cost_per_beneficiary_eur(self) -> int | None:
        """Budget / distinct people of at least one action, rounded half up to the euro; None without either (domain.md §10.8)."""
        beneficiaries = self.figures.get("beneficiaries")
        if self.budget_eur is None or not beneficiaries:
            return None
        return round_half_up(self.budget_eur, beneficiaries)

    @property
    def figures(self) -> dict[str, Any]:
        """Each line's value by its key."""
        return {line.key: line.value for line in self.lines}

    def as_json(self) -> dict[str, Any]:
        """What `--json`, the API and other programs read; amounts in cents end in `_cents`, in euros in `_eur`."""
        return {
            "platform": self.platform,
            "year": self.year,
            **self.figures,
            "budget_eur": self.budget_eur,
            "cost_per_beneficiary_eur": self.cost_per_beneficiary_eur,
        }

    def cells(self) -> Iterable[tuple[str, str | None, int | None, str]]:
        """Label, detail, value and unit of each figure in order, as a spreadsheet counts on."""
        for line in self.lines:
            spread = (line.value or {"aucun": None}) if isinstance(line.value, Mapping) else {None: line.value}
            yield from ((line.label, detail, value, line.unit) for detail, value in spread.items())
        if self.budget_eur is not None:
            cost = self.cost_per_beneficiary_eur
            yield "Budget", None, self.budget_eur * 100, "cents"
            yield "Coût par bénéficiaire d’une action", None, None if cost is None else cost * 100, "cents"

    def rows(self) -> Iterable[tuple[str, str]]:
        """Label and value in words, in order, the table of a line spread under it."""
        for line in self.lines:
            if isinstance(line.value, Mapping):
                yield line.label, "" if line.value else "aucun"
                yield from ((f"  {label}", say(value, line.unit)) for label, value in line.value.items())
            else:
                yield line.label, say(line.value, line.unit)
        if self.budget_eur is not None:
            yield "Budget", euros(self.budget_eur * 100)
            cost = self.cost_per_beneficiary_eur
            yield "Coût par bénéficiaire d’une action", "–" if cost is None else euros(cost * 100)


def say(value: int | None, unit: str) -> str:
    """A figure in words: "17,50 €", "92 jours", "50 %", a dash for none."""
    if value is None:
        return "–"
    if unit == "cents":
        return euros(value)
    number = f"{value:,}".replace(",", " ")
    return number + {"euros": " €", "days": " jour" + ("s" if abs(value) > 1 else ""), "hours": " h", "percent": " %"}.get(unit, "")


def percents(counts: Mapping[str | None, int]) -> dict[str | None, int]:
    """Each count as a whole percentage of them all, and 100 together: what rounding leaves goes to the largest remainders."""
    whole = sum(counts.values())
    if not whole:
        return {}
    parts = {key: 100 * count // whole for key, count in counts.items()}
    nearest = sorted(counts, key=lambda key: -(100 * counts[key] % whole))
    return parts | {key: parts[key] + 1 for key in nearest[: 100 - sum(parts.values())]}


def check_year(year: int) -> None:
    """Raises RuleBroken on `year` for a year no platform has lived."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise RuleBroken(f"Choisissez une année entre {FIRST_YEAR} et {LAST_YEAR}.", field="year")


def check_budget(budget_eur: int) -> None:
    """Raises RuleBroken on `budget` for a sum below zero or absurd."""
    if not 0 <= budget_eur <= MOST_BUDGET_EUR:
        raise RuleBroken("Le budget est un montant en euros, entre 0 et un milliard.", field="budget")
