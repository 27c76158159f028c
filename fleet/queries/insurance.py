"""Insurance and breakdown as a contract states them: the vehicle's own, or the platform's (domain.md §9)."""

from datetime import date

from fleet.documents.contract import Insurance
from fleet.insurance import BREAKDOWN_PHONE, EXCESS, INSURER, Gap, list_gaps
from fleet.models import Vehicle
from mobility import practice


def insurance_of(vehicle: Vehicle, on: date) -> Insurance:
    """What holds for a vehicle on a day; empty where nobody has said it."""
    return Insurance(
        insurer=vehicle.insurer or practice.value_on(INSURER, on),
        policy=vehicle.policy,
        excess_cents=practice.value_on(EXCESS, on) if vehicle.excess_cents is None else vehicle.excess_cents,
        breakdown_phone=practice.value_on(BREAKDOWN_PHONE, on),
    )


def gaps_of(vehicle: Vehicle, on: date) -> tuple[Gap, ...]:
    """What keeps a contract about a vehicle from being made."""
    said = insurance_of(vehicle, on)
    return list_gaps(breakdown_phone=said.breakdown_phone, insurer=said.insurer, excess_cents=said.excess_cents)
