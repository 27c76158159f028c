"""What becomes of a booking, told to whoever prescribed it: each step once, in the transaction that takes it (domain.md §9 "Data")."""

from datetime import datetime

from fleet.hours import is_by_the_hour
from fleet.models import Booking
from mobility.news import tell_prescriber
from mobility.steps import Step


def tell_step(booking: Booking, step: Step, *, now: datetime, outcome: str | None = None) -> None:
    """Mail the prescriber; a loan of some hours is no step of a path."""
    if not is_by_the_hour(booking.programme):
        tell_prescriber(booking.beneficiary_id, step, now=now, outcome=outcome)
