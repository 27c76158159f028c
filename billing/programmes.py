"""The escalating programme as dated data: months, month-1 rent by resources, the line to its target, covers (domain.md §3.3)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from billing.schedule import (
    AMIE_2008,
    COVER_LABELS,
    DEFAULT_COVERS,
    LOAN_LIMITS,
    MONTHS,
    Loan,
    Programme,
    check_loan,
    covers_of,
    instalment_cents,
)
from mobility.errors import RuleBroken
from mobility.money import euros

ROUNDINGS = {"cent": ("au centime", 1), "half": ("aux 50 centimes", 50), "euro": ("à l’euro", 100)}
MOST_BRACKETS = 3


@dataclass(frozen=True, kw_only=True)
class Bracket:
    """Those whose resources are at most so many cents a month (None: everybody else) pay this much in month 1."""

    up_to_cents: int | None
    first_rent_cents: int


@dataclass(frozen=True, kw_only=True)
class DatedProgramme:
    """A platform's programme from a day on; `target_cents` is the loan's instalment when it aims at one."""

    label: str
    from_on: date
    months: int
    brackets: tuple[Bracket, ...]
    second_rent_cents: int
    target_cents: int
    loan: Loan | None
    rounding: str
    covers: tuple[tuple[str, ...], ...]

    @property
    def programme(self) -> Programme:
        """What an account freezes: the month-1 rent of the lowest resources, until somebody chooses another bracket."""
        return Programme(
            label=self.label,
            first_rent_cents=self.brackets[0].first_rent_cents,
            second_rent_cents=self.second_rent_cents,
            target_cents=self.target_cents,
            covers=self.covers,
            months=self.months,
            rounding_cents=ROUNDINGS[self.rounding][1],
        )


AMIE_PRESET = DatedProgramme(
    label=AMIE_2008.label,
    from_on=date.min,
    months=MONTHS,
    brackets=(Bracket(up_to_cents=None, first_rent_cents=AMIE_2008.first_rent_cents),),
    second_rent_cents=AMIE_2008.second_rent_cents,
    target_cents=AMIE_2008.target_cents,
    loan=None,
    rounding="cent",
    covers=DEFAULT_COVERS,
)
# What a programme that prepares a loan begins with: 5,000 € over 24 months at 5 % a year, 219.36 € (domain.md §3.3).
LOAN_PRESET = Loan(principal_cents=500_000, yearly_rate=Decimal("0.05"), months=24)
PRESETS = {"amie-2008": "AMIE 2008 : 0, 46, 104, 162 et 220 €", "loan": "Prêt visé : jusqu’à la mensualité d’un prêt"}


def read_programme(given: Mapping[str, Any]) -> DatedProgramme:
    """The programme that somebody typed, its brackets and covers numbered from 1. Raises RuleBroken beside the field."""
    loan = Loan(**given["loan"]) if given["loan"] else None
    target = given["target_cents"]
    if (target is None) == (loan is None):
        raise RuleBroken("Donnez soit le loyer visé, soit le prêt visé : l’un des deux.", field="target_cents")
    if loan is not None:
        check_loan(loan, LOAN_LIMITS[-1])
        target = instalment_cents(loan.principal_cents, loan.yearly_rate, loan.months)
    if target < given["second_rent_cents"]:
        raise RuleBroken("Le dernier loyer est plus bas que celui du mois 2 : les loyers montent.", field="target_cents")
    return DatedProgramme(
        label=given["label"],
        from_on=given["from_on"],
        months=given["months"],
        brackets=_brackets(given),
        second_rent_cents=given["second_rent_cents"],
        target_cents=target,
        loan=loan,
        rounding=given["rounding"],
        covers=tuple(tuple(code for code in COVER_LABELS if code in given[f"covers_{number}"]) for number in range(1, given["months"] + 1)),
    )


def _brackets(given: Mapping[str, Any]) -> tuple[Bracket, ...]:
    """Each ceiling has the rent of its own below it and another above. Raises RuleBroken beside the field."""
    found, floor = [], -1
    for number in range(1, MOST_BRACKETS):
        ceiling, above = given[f"ceiling_{number}_cents"], given[f"first_rent_{number + 1}_cents"]
        if (ceiling is None) != (above is None):
            lacking = f"ceiling_{number}_cents" if ceiling is None else f"first_rent_{number + 1}_cents"
            raise RuleBroken("Une tranche a un plafond de ressources et un loyer : il manque celui-ci.", field=lacking)
        if ceiling is None:
            break
        if ceiling <= floor:
            raise RuleBroken("Les plafonds vont du plus bas au plus haut.", field=f"ceiling_{number}_cents")
        found.append(Bracket(up_to_cents=ceiling, first_rent_cents=given[f"first_rent_{number}_cents"]))
        floor = ceiling
    return (*found, Bracket(up_to_cents=None, first_rent_cents=given[f"first_rent_{len(found) + 1}_cents"]))


def say_brackets(brackets: Sequence[Bracket]) -> list[tuple[str, int]]:
    """Each bracket in words with its month-1 rent: "jusqu’à 900 € par mois", "au-delà"; one alone is for everybody."""
    if len(brackets) == 1:
        return [("quelles que soient les ressources", brackets[0].first_rent_cents)]
    return [("au-delà" if b.up_to_cents is None else f"jusqu’à {euros(b.up_to_cents)} par mois", b.first_rent_cents) for b in brackets]


def as_typed(dated: DatedProgramme) -> dict[str, Any]:
    """A programme as its form shows it, for the next version to begin with."""
    rents = {f"first_rent_{number}_cents": _typed(b.first_rent_cents) for number, b in enumerate(dated.brackets, start=1)}
    ceilings = {f"ceiling_{n}_cents": _typed(b.up_to_cents) for n, b in enumerate(dated.brackets, start=1) if b.up_to_cents is not None}
    covers = {f"covers_{number}": list(covers_of(number, dated.covers)) for number in range(1, MONTHS + 1)}
    loan, target = dated.loan, {"target_cents": _typed(dated.target_cents)}
    if loan is not None:
        rate = f"{(loan.yearly_rate * 100).normalize():f}".replace(".", ",")
        target = {"loan.principal_cents": _typed(loan.principal_cents), "loan.yearly_rate": rate, "loan.months": str(loan.months)}
    plain = {"label": dated.label, "months": str(dated.months), "rounding": dated.rounding}
    return plain | {"second_rent_cents": _typed(dated.second_rent_cents)} | rents | ceilings | covers | target


def _typed(cents: int) -> str:
    whole, rest = divmod(cents, 100)
    return f"{whole},{rest:02d}" if rest else str(whole)
