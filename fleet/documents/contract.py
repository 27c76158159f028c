"""The contract (contrat de mise à disposition) on paper: all that domain.md §9 "Contracts" lists."""

from dataclasses import dataclass
from datetime import date, datetime

from billing.documents.deposit_receipt import Due
from billing.documents.schedule import Month
from mobility.documents.papers import Letterhead, Person, Signature
from mobility.documents.render import render


@dataclass(frozen=True, kw_only=True)
class Vehicle:
    """The vehicle lent, its kind in words ("Voiture"); bikes have no plate."""

    kind: str
    label: str
    plate: str | None = None
    odometer_km: int | None = None


@dataclass(frozen=True, kw_only=True)
class Hirer:
    """Who hires out when it is not the platform: then the platform stands guarantor and does not sign (domain.md §3.5)."""

    name: str
    address: str


@dataclass(frozen=True, kw_only=True)
class Price:
    """The sentence of domain.md §10.2, the tier in words and why; months instead of days for an AMIE programme.

    `rule` is the tariff's version or the programme that it follows; None on the contracts of before.
    `district` is what the rate of a priority district rests on: code, perimeter and day seen (domain.md §9 "QPV").
    """

    sentence: str
    rule: str | None = None
    tier: str
    district: str | None = None
    months: tuple[Month, ...] = ()
    fuel_allowance_cents: int | None = None
    means: tuple[str, ...]
    tax_sentence: str


@dataclass(frozen=True, kw_only=True)
class Insurance:
    """Insurer, its policy, what stays with the person after a claim (franchise), and whom to call on the roadside.

    Empty only in a draft: a contract is not made before each is known (fleet/insurance.py).
    """

    insurer: str
    policy: str | None = None
    excess_cents: int | None
    breakdown_phone: str


@dataclass(frozen=True, kw_only=True)
class Deposit:
    """The deposit agreed; a plan of parts, or `deferral`: why an adviser let it wait so that no job start is blocked."""

    kind: str
    amount_cents: int
    received_cents: int = 0
    plan: tuple[Due, ...] = ()
    deferral: str | None = None
    release_on: date | None = None
    release_delay: str = "après le retour du véhicule, le temps que les amendes éventuelles nous parviennent"


@dataclass(frozen=True, kw_only=True)
class Waiver:
    """A condition let go for this contract, as recorded (domain.md §3.1)."""

    condition: str
    reason: str
    granted_by: str
    granted_on: date


@dataclass(frozen=True, kw_only=True)
class Terms:
    """What the platform binds itself to, in the contract's words, and the days a fine has to name a driver (domain.md §9)."""

    late_sentence: str = (
        "Tant que le véhicule n’est pas rendu, les jours sont comptés au prix de ce contrat. "
        "Sans nouvelles de vous, nous vous appelons avant toute autre démarche."
    )
    fine_days: int = 45
    retention_sentence: str = (
        "Nous nous engageons à les effacer deux ans après notre dernier contact, sauf ce que la loi nous fait garder plus longtemps."
    )


@dataclass(frozen=True, kw_only=True)
class ContractPaper:
    """The whole contract; `cap_sentence` None when no mileage cap applies, `longest_on` the last day a chain of renewals may reach.

    `then_vehicle` is lent instead of the first, from an instant on; `hours` are theirs of a vehicle that somebody else has at others.
    """

    platform: Letterhead
    number: str
    dated_at: datetime
    person: Person
    hirer: Hirer | None = None
    vehicle: Vehicle
    then_vehicle: Vehicle | None = None
    then_from_at: datetime | None = None
    starts_at: datetime
    ends_at: datetime
    hours: str | None = None
    longest_on: date | None = None
    price: Price
    insurance: Insurance
    drivers: tuple[str, ...]
    fuel: str | None
    charges: bool = False  # it takes no fuel but is plugged in
    cap_sentence: str | None = None
    deposit: Deposit
    rhythm: str | None = "chaque semaine"  # none for a loan of some hours
    first_meeting: str | None = None
    waivers: tuple[Waiver, ...] = ()
    terms: Terms = Terms()
    signatures: tuple[Signature, ...]

    @property
    def is_short(self) -> bool:
        """Whether it is the agreement of some hours: nobody meets every week."""
        return self.rhythm is None


def contract_pdf(paper: ContractPaper) -> bytes:
    """The contract as an A4 PDF/UA; for some hours, a short agreement on one page."""
    if paper.is_short:
        return render("fleet/documents/agreement.typ", paper, title=f"Accord de prêt {paper.number}", dated_at=paper.dated_at)
    title = f"Contrat de mise à disposition {paper.number}"
    return render("fleet/documents/contract.typ", paper, title=title, dated_at=paper.dated_at)
