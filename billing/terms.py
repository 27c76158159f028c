"""What an account freezes when it is opened, so that the same rental reckons the same years later (domain.md §10.1, §10.3)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from typing import Any

from billing.rhythm import Rhythm, freeze_rhythm, thaw_rhythm
from billing.schedule import Loan, Programme
from billing.tariffs import Tariff

DAILY, AMIE, TRIAL, INTERVIEW = "daily", "amie", "trial", "interview"
PROGRAMME_LABELS = {
    DAILY: "Tarif à la journée",
    AMIE: "Programme AMIE, cinq mois",
    TRIAL: "Essai de quelques heures",
    INTERVIEW: "Trajet pour un entretien",
}
LENDINGS = (DAILY, AMIE)
BY_THE_HOUR = (TRIAL, INTERVIEW)  # some hours of one day: charged as that day, unless the platform gives it (domain.md §10.1)


def gift_key(programme: str) -> str:
    """The setting that says whether a platform gives a loan of some hours."""
    return f"billing.gives_{programme}"


@dataclass(frozen=True, kw_only=True)
class Terms:
    """The tariff and the hour of return of a rental by the day; the schedule of one by the month, with the loan it aims at if any.

    `rhythm` says which days count of a vehicle that is shared; None: all of them.
    """

    tariff: Tariff
    return_hour: time
    programme: Programme | None = None
    loan: Loan | None = None
    rhythm: Rhythm | None = None

    def counts(self, day: date) -> bool:
        """Whether a day of the stay is one to charge."""
        return self.rhythm is None or self.rhythm.holds(day)


def freeze(terms: Terms) -> dict[str, Any]:
    """The terms as plain JSON."""
    tariff = terms.tariff
    frozen: dict[str, Any] = {
        "rule": "domain.md §10.1" if terms.programme is None else "domain.md §10.3",
        "tariff": {"label": tariff.label, "from_on": tariff.from_on.isoformat(), "day_cents": dict(tariff.day_cents)},
        "return_hour": terms.return_hour.isoformat("minutes"),
    }
    if terms.programme is not None:
        frozen["programme"] = {
            name: getattr(terms.programme, name) for name in ("label", "first_rent_cents", "second_rent_cents", "target_cents")
        }
        frozen["programme"]["covers"] = [list(covers) for covers in terms.programme.covers]
    if terms.rhythm is not None:
        frozen["rhythm"] = freeze_rhythm(terms.rhythm)
    if terms.loan is not None:
        frozen["loan"] = {
            "principal_cents": terms.loan.principal_cents,
            "yearly_rate": str(terms.loan.yearly_rate),
            "months": terms.loan.months,
        }
    return frozen


def thaw(frozen: Mapping[str, Any]) -> Terms:
    """The terms back from their JSON."""
    programme, loan, tariff, rhythm = frozen.get("programme"), frozen.get("loan"), frozen["tariff"], frozen.get("rhythm")
    return Terms(
        tariff=Tariff(label=tariff["label"], from_on=date.fromisoformat(tariff["from_on"]), day_cents=tariff["day_cents"]),
        return_hour=time.fromisoformat(frozen["return_hour"]),
        programme=Programme(**programme | {"covers": tuple(map(tuple, programme["covers"]))}) if programme else None,
        loan=Loan(**loan | {"yearly_rate": Decimal(loan["yearly_rate"])}) if loan else None,
        rhythm=thaw_rhythm(rhythm) if rhythm else None,
    )
