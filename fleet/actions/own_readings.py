"""A person sends what their odometer shows, between two point-étapes: kept as declared, and counted once an adviser confirms it."""

from datetime import datetime

from fleet.actions.opening import open_booking
from fleet.actions.readings import record_reading
from fleet.checks import WITHOUT_ODOMETER
from fleet.lifecycle import NotNow
from fleet.models import Booking, OdometerReading
from fleet.queries.readings import DOUBTFUL, list_doubtful
from fleet.queries.rentals import RUNNING
from mobility.errors import Conflict, NotFound, RuleBroken
from mobility.rights import Viewer

DECLARED = "declared"
WAITS = "Relevé envoyé par la personne, avec sa photo : il compte une fois confirmé."


def waits_already(booking: Booking) -> bool:
    """Whether the adviser comes first: of a vehicle that is shared, each passing on has its reading."""
    return booking.pattern is None and any(waiting.source == DECLARED for waiting in list_doubtful(booking.id))


def declare_reading(
    booking_id: int, *, odometer_km: int, odometer_photo: int | None = None, field: str = "odometer_photo", by: Viewer, now: datetime
) -> OdometerReading:
    """One's own reading with its picture. Raises NotFound for another's rental, NotNow, RuleBroken on `field`, Conflict while one waits."""
    booking, person, vehicle = open_booking(booking_id, version=None, now=now)
    if by.beneficiary_id != person.id:
        raise NotFound("Cette mise à disposition n’existe pas, ou n’est pas pour vous.")
    if booking.status not in RUNNING or vehicle.kind in WITHOUT_ODOMETER:
        raise NotNow("Il n’y a pas de compteur à relever pour vous en ce moment.")
    if waits_already(booking):
        raise Conflict("Votre dernier relevé attend encore votre conseiller : un seul à la fois.")
    if odometer_photo is None:
        raise RuleBroken("Ajoutez la photo du compteur : c’est elle que votre conseiller regarde.", field=field)
    reading = record_reading(booking, person, vehicle, odometer_km=odometer_km, source=DECLARED, photo=odometer_photo, by=by, now=now)
    reading.status, reading.explanation = DOUBTFUL, reading.explanation or WAITS
    return reading
