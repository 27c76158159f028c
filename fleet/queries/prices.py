"""The price of a booking in one sentence, before anything is charged (domain.md §10.2, §10.3)."""

from datetime import date, datetime

from billing.price_sentence import say_price
from billing.queries import quote
from billing.queries.tariffs import terms_on
from billing.schedule import Programme, end_early, plan
from billing.tariffs import chargeable_days
from billing.terms import AMIE
from fleet.models import Booking
from mobility.money import euros
from mobility.periods import paris_day
from mobility.rights import Viewer


def say_booking_price(booking: Booking, kind: str, *, viewer: Viewer) -> str:
    """What a booking will cost if all goes as planned."""
    return say_wish_price(
        booking.beneficiary_id, kind, booking.starts_at, booking.ends_at, programme=booking.programme, qpv=booking.qpv, viewer=viewer
    )


def say_wish_price(
    beneficiary_id: int, kind: str, starts_at: datetime, ends_at: datetime, *, programme: str, qpv: bool, viewer: Viewer
) -> str:
    """What, which tier and why, how many days, total; or the programme's rents, month by month. Raises RuleBroken."""
    days = planned_days(starts_at, ends_at)
    terms = terms_on(days[0], monthly=programme == AMIE)
    if terms.programme is not None:
        return say_programme(terms.programme, days[0], days[-1])
    return say_price(quote(beneficiary_id, kind=kind, first_on=days[0], last_on=days[-1], qpv=qpv, viewer=viewer))


def planned_days(starts_at: datetime, ends_at: datetime) -> list[date]:
    """The days a rental would be charged for, by the platform's hour of return on its first day."""
    return chargeable_days(starts_at, ends_at, terms_on(paris_day(starts_at)).return_hour)


def say_programme(programme: Programme, first_on: date, last_on: date) -> str:
    """The rents of a stay, the last one prorated: "AMIE 2008, mois 1 : 0 €, mois 2 : 46 €, total : 46 €"."""
    months = end_early(plan(programme, first_on), last_on)
    rents = ", ".join(f"mois {month.month} : {euros(month.rent_cents)}" for month in months)
    return f"{programme.label}, {rents}, total : {euros(sum(month.rent_cents for month in months))}"
