"""A line of a platform's own spreadsheet as it is understood: which vehicle, who, and what of it will be done. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from billing.terms import DAILY

NEW, KNOWN, LEFT, NOTHING = "new", "known", "left", "nothing"


@dataclass(kw_only=True)
class Which:
    """A vehicle that lines speak of: to be added with `values`, or here already (`vehicle_id`); `fault` keeps it out."""

    name: str
    kind: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)
    vehicle_id: int | None = None
    fault: str = ""


@dataclass(kw_only=True)
class Who:
    """Somebody lines speak of: a file to open with `values`, or one that is here (`beneficiary_id`); `fault` keeps them out."""

    name: str
    values: Mapping[str, Any] = field(default_factory=dict)
    beneficiary_id: int | None = None
    number: str = ""
    fault: str = ""


@dataclass(frozen=True, kw_only=True)
class Right:
    """A proven right to the RSA: from when to when, and the day of the paper that says it."""

    from_on: date
    to_on: date | None = None
    paper_issued_on: date | None = None


@dataclass(kw_only=True)
class Loan:
    """A rental that runs: from the keys to the planned return, the odometer at the handover, what is owed on it and held for it."""

    handed_over_at: datetime
    ends_at: datetime
    km: int | None = None
    programme: str = DAILY
    month: int = 0  # of a programme by the month, the one that runs
    met_on: date | None = None
    qpv: bool = False
    rsa: Right | None = None
    known: bool = False
    balance_cents: int = 0
    deposit_cents: int = 0
    deposit_kind: str = ""
    account_id: int | None = None  # once it is taken


@dataclass(kw_only=True)
class Line:
    """One line: its filled cells by field, what it means, each doubt with what will be done, and what is left out and why."""

    sheet: str
    number: int
    cells: Mapping[str, str]
    which: Which | None = None
    who: Who | None = None
    loan: Loan | None = None
    odometer_km: int | None = None
    first_of: set[str] = field(default_factory=set)  # what this line is the first to name: "which", "who"
    doubts: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)

    @property
    def name(self) -> str:
        """What the line is about, for whoever looks for it in the spreadsheet."""
        return ", ".join(part.name for part in (self.which, self.who) if part is not None) or "–"

    @property
    def acts(self) -> list[str]:
        """What will be done with it, in words."""
        said = []
        if self.which is not None and self.which.vehicle_id is None and not self.which.fault and "which" in self.first_of:
            said.append("véhicule à ajouter")
        if self.who is not None and self.who.beneficiary_id is None and not self.who.fault and "who" in self.first_of:
            said.append("dossier à ouvrir")
        if self.loan is not None and not self.loan.known:
            said.append(f"location à reprendre{f', AMIE mois {self.loan.month}' if self.loan.month else ''}")
            said += ["droit au RSA à noter"] if self.loan.rsa else []
            said += ["solde à reprendre"] if self.loan.balance_cents else []
            said += ["caution à reprendre"] if self.loan.deposit_cents else []
        return said + (["compteur à noter"] if self.odometer_km is not None else [])

    @property
    def verdict(self) -> str:
        """What becomes of it as a whole."""
        if self.left:
            return LEFT
        return NEW if self.acts else KNOWN if self.which or self.who else NOTHING

    @property
    def sentence(self) -> str:
        """What is left out and why, then what was read with a doubt."""
        return " ; ".join([*self.left, *self.doubts])


def count(lines: list[Line]) -> dict[str, int]:
    """How many vehicles, files and rentals would come in, and how many lines ask to be looked at."""
    acts = [act for line in lines for act in line.acts]
    return {
        "vehicles": acts.count("véhicule à ajouter"),
        "people": acts.count("dossier à ouvrir"),
        "rentals": sum(act.startswith("location à reprendre") for act in acts),
        "readings": acts.count("compteur à noter"),
        "balances": acts.count("solde à reprendre"),
        "deposits": acts.count("caution à reprendre"),
        "doubts": sum(bool(line.doubts) for line in lines),
        "left": sum(bool(line.left) for line in lines),
    }
