"""Why a vehicle is kept back, and which days that costs nobody (domain.md §10.1 "Days out of service")."""

from datetime import date, datetime, timedelta

from billing.tariffs import chargeable_days
from mobility.errors import RuleBroken
from mobility.periods import ONE_DAY, Period, paris_day

LOAN = "loan"
LONGEST = timedelta(days=366)  # what stands still for longer has left the fleet; a mistyped year keeps nothing back
BLOCK_REASONS = {
    "workshop": "atelier",
    "breakdown": "panne ou accident",
    "inspection": "contrôle technique",
    "service": "entretien",
    "cleaning": "nettoyage ou préparation",
    LOAN: "prêt à une autre plateforme",
    "other": "autre raison",
}


def check_block(reason: str, starts_at: datetime, ends_at: datetime, *, now: datetime) -> None:
    """Raises RuleBroken beside the field at fault."""
    if reason not in BLOCK_REASONS:
        raise RuleBroken("Dites pourquoi le véhicule est immobilisé.", field="reason")
    if ends_at <= starts_at:
        raise RuleBroken("La fin vient après le début.", field="ends_at")
    if ends_at - starts_at > LONGEST:
        raise RuleBroken("Une immobilisation dure un an au plus : relisez les dates, ou sortez le véhicule du parc.", field="ends_at")
    if ends_at <= now:
        raise RuleBroken("Cette immobilisation serait déjà finie : indiquez une fin à venir.", field="ends_at")


def days_lost(period: Period) -> list[date]:
    """The dates a rental loses, counted as days are charged: the last one is lost unless the vehicle was back before noon."""
    return chargeable_days(period.starts_at, period.ends_at)


def counts_again_on(began_at: datetime, over_at: datetime) -> date:
    """The first day charged again once what kept a vehicle back is over, as the day of a return is counted.

    What was over before it began has cost no day, at whatever hour it would have begun.
    """
    if over_at <= began_at:
        return paris_day(began_at)
    return days_lost(Period(starts_at=over_at - ONE_DAY, ends_at=over_at))[-1] + ONE_DAY
