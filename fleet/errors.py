"""Refusals of the fleet that callers tell apart."""

from datetime import timedelta

from fleet.availability import Occupied
from fleet.lifecycle import LATE, OUT, WORKSHOP
from mobility.errors import Conflict
from mobility.periods import Period, paris_day, say_day, say_hour, say_span

_HELD_AS = {OUT: "est déjà en circulation", LATE: "est en retard", WORKSHOP: "n’est pas utilisable"}


class VehicleTaken(Conflict):
    """Something holds the vehicle over these dates; says when and how, never for whom (409)."""

    def __init__(self, clash: Occupied, *, turnaround: timedelta = timedelta(0)) -> None:
        how = _HELD_AS.get(clash.status, "est déjà réservé")
        kept = f" {turnaround // timedelta(minutes=1)} minutes de remise en état sont gardées après chaque retour." if turnaround else ""
        super().__init__(
            f"Ce véhicule {how} {_say_when(clash.period)}.{kept} Choisissez d’autres dates ou un autre véhicule.",
            field="vehicle_id",
        )


def _say_when(period: Period) -> str:
    """In days, or in hours within one."""
    first, last = paris_day(period.starts_at), paris_day(period.ends_at)
    if first == last:
        return f"le {say_day(first)} de {say_hour(period.starts_at)} à {say_hour(period.ends_at)}"
    return say_span(first, last)


class StalePage(Conflict):
    """What the page showed, a booking unless `what` says otherwise, changed after it was shown (409)."""

    def __init__(self, what: str = "la réservation") -> None:
        super().__init__(f"Cette page n’est plus à jour : {what} a changé entre-temps. Rechargez-la, puis recommencez.")
