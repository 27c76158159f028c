"""What a booking opens and moves on the money side and on the person's path, in the same transaction."""

from datetime import datetime

from fleet.models import Booking, Vehicle
from mobility.periods import Period
from mobility.rights import Viewer


def open_terms(booking: Booking, vehicle: Vehicle, *, deposit_kind: str | None, by: Viewer, now: datetime) -> None:
    """Account, deposit and action of a booking that becomes firm."""


def foresee(booking: Booking, *, by: Viewer, now: datetime) -> None:
    """The planned return moved: the account's forecast follows."""


def come_back_into_service(booking: Booking, *, at: datetime, by: Viewer, now: datetime) -> None:
    """The person has a vehicle again: days from here on count."""


def go_out_of_service(booking: Booking, period: Period, *, by: Viewer, now: datetime) -> None:
    """The person cannot use the vehicle: these days are not charged."""
