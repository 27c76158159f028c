"""What an account freezes when it is opened, so that the same rental reckons the same years later (domain.md §10.1, §10.3)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from billing.rhythm import Rhythm, freeze_rhythm, thaw_rhythm
from billing.schedule import Loan, Programme
from billing.shares import Agreement, freeze_agreement, thaw_agreement
from billing.tariffs import Tariff, chargeable_days, first_day, freeze_tariff, thaw_tariff
from mobility.periods import say_day

DAILY, AMIE, TRIAL, INTERVIEW = "daily", "amie", "trial", "interview"
PROGRAMME_LABELS = {
    DAILY: "Tarif à la journée",
    AMIE: "Programme AMIE, au mois",
    TRIAL: "Essai de quelques heures",
    INTERVIEW: "Trajet pour un entretien",
}
LENDINGS = (DAILY, AMIE)
BY_THE_HOUR = (TRIAL, INTERVIEW)  # some hours of one day: charged as that day, unless the platform gives it (domain.md §10.1)


_PROGRAMME = ("label", "first_rent_cents", "second_rent_cents", "target_cents", "months", "rounding_cents")


def gift_key(programme: str) -> str:
    """The setting that says whether a platform gives a loan of some hours."""
    return f"billing.gives_{programme}"


@dataclass(frozen=True, kw_only=True)
class Terms:
    """The tariff and the hour of return of a rental by the day; the schedule of one by the month, with the loan it aims at if any.

    `rhythm` says which days count of a vehicle that is shared; None: all of them. `agreements`: who else pays a part of the days.
    """

    tariff: Tariff
    return_hour: time
    programme: Programme | None = None
    loan: Loan | None = None
    rhythm: Rhythm | None = None
    agreements: tuple[Agreement, ...] = ()

    def counts(self, day: date) -> bool:
        """Whether a day of the stay is one to charge."""
        return self.rhythm is None or self.rhythm.holds(day)

    def first_day(self, handed_over_at: datetime) -> date:
        """The first day that counts of a stay that goes on; by the rhythm alone of a vehicle that is shared."""
        return first_day(handed_over_at, self.tariff.handover_hour if self.rhythm is None else None)

    def days_of(self, handed_over_at: datetime, returned_at: datetime) -> list[date]:
        """The days charged of a stay, at least one. Raises RuleBroken when the return does not come after the handover."""
        return chargeable_days(handed_over_at, returned_at, self.return_hour, self.rhythm, self.tariff.handover_hour)


def freeze_programme(programme: Programme) -> dict[str, Any]:
    """A schedule's terms as plain JSON."""
    named = {name: getattr(programme, name) for name in _PROGRAMME}
    return named | {"covers": [list(covers) for covers in programme.covers]}


def thaw_programme(frozen: Mapping[str, Any]) -> Programme:
    """A schedule's terms back from their JSON."""
    return Programme(**{**frozen, "covers": tuple(map(tuple, frozen["covers"]))})


def freeze_loan(loan: Loan) -> dict[str, Any]:
    """A loan as plain JSON, its rate exact."""
    return {"principal_cents": loan.principal_cents, "yearly_rate": str(loan.yearly_rate), "months": loan.months}


def thaw_loan(frozen: Mapping[str, Any]) -> Loan:
    """A loan back from its JSON."""
    return Loan(**{**frozen, "yearly_rate": Decimal(frozen["yearly_rate"])})


def say_terms(terms: Terms) -> str:
    """The rule and the version that a price follows, in words: the programme's label, or the tariff's and since when it is in force."""
    if terms.programme is not None:
        return terms.programme.label
    return f"{terms.tariff.label}, en vigueur depuis le {say_day(terms.tariff.from_on)}"


def freeze(terms: Terms) -> dict[str, Any]:
    """The terms as plain JSON."""
    frozen: dict[str, Any] = {
        "rule": "domain.md §10.1" if terms.programme is None else "domain.md §10.3",
        "tariff": freeze_tariff(terms.tariff),
        "return_hour": terms.return_hour.isoformat("minutes"),
    }
    if terms.programme is not None:
        frozen["programme"] = freeze_programme(terms.programme)
    if terms.rhythm is not None:
        frozen["rhythm"] = freeze_rhythm(terms.rhythm)
    if terms.agreements:
        frozen["agreements"] = list(map(freeze_agreement, terms.agreements))
    if terms.loan is not None:
        frozen["loan"] = freeze_loan(terms.loan)
    return frozen


def thaw(frozen: Mapping[str, Any]) -> Terms:
    """The terms back from their JSON."""
    programme, loan, rhythm = frozen.get("programme"), frozen.get("loan"), frozen.get("rhythm")
    return Terms(
        tariff=thaw_tariff(frozen["tariff"]),
        return_hour=time.fromisoformat(frozen["return_hour"]),
        programme=thaw_programme(programme) if programme else None,
        loan=thaw_loan(loan) if loan else None,
        rhythm=thaw_rhythm(rhythm) if rhythm else None,
        agreements=tuple(map(thaw_agreement, frozen.get("agreements", ()))),
    )
