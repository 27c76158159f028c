"""Why a vehicle is kept back, and which days that costs nobody (domain.md §10.1 "Days out of service")."""

from datetime import date, datetime

from billing.tariffs import chargeable_days
from mobility.errors import RuleBroken
from mobility.periods import Period

BLOCK_REASONS = {
    "workshop": "atelier",
    "breakdown": "panne ou accident",
    "inspection": "contrôle technique",
    "service": "entretien",
    "cleaning": "nettoyage ou préparation",
    "other": "autre raison",
}


def check_block(reason: str, starts_at: datetime, ends_at: datetime, *, now: datetime) -> None:
    """Raises RuleBroken beside the field at fault."""
    if reason not in BLOCK_REASONS:
        raise RuleBroken("Dites pourquoi le véhicule est immobilisé.", field="reason")
    if ends_at <= starts_at:
        raise RuleBroken("La fin vient après le début.", field="ends_at")
    if ends_at <= now:
        raise RuleBroken("Cette immobilisation serait déjà finie : indiquez une fin à venir.", field="ends_at")


def days_lost(period: Period) -> list[date]:
    """The dates a rental loses, counted as days are charged: the last one is lost unless the vehicle was back before noon."""
    return chargeable_days(period.starts_at, period.ends_at)
