"""The price of a booking in one sentence, before anything is charged (domain.md §10.2)."""

from datetime import date

from billing.price_sentence import say_price
from billing.schedule import AMIE_2008, rents
from billing.tariffs import REFERENCE_TARIFF, chargeable_days
from billing.tiers import price_days
from fleet.models import Booking
from mobility.money import euros


def days_of(booking: Booking) -> list[date]:
    """The days a booking would be charged for if all goes as planned."""
    return chargeable_days(booking.starts_at, booking.ends_at)


def say_booking_price(booking: Booking, kind: str) -> str:
    """What it will cost, which tier and why, how many days, total; or the programme's rents."""
    if booking.programme == "amie":
        return f"Programme AMIE, loyers des cinq mois : {', '.join(euros(r) for r in rents(0, 4600, AMIE_2008.target_cents))}"
    return say_price(price_days(kind, REFERENCE_TARIFF, days_of(booking)))
