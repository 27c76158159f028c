"""The monthly reviews of a rental: those held, and those due."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select

from billing.schedule import MONTHS
from billing.terms import AMIE
from fleet.models import MonthlyReview
from fleet.queries.rentals import Rental
from fleet.reviews import DAYS_AFTER, ReviewMonth, due_months, review_months
from mobility import practice
from mobility.db import db, look_once
from mobility.errors import NotFound
from mobility.periods import paris_day


def list_reviews(booking_id: int) -> Sequence[MonthlyReview]:
    """Every version of a rental's reviews, by month, the oldest version first."""
    asked = select(MonthlyReview).filter(MonthlyReview.booking_id == booking_id)
    asked = asked.order_by(MonthlyReview.month, MonthlyReview.version)
    return look_once(MonthlyReview, booking_id, lambda: db.session.scalars(asked).all())


def latest_reviews(booking_id: int) -> dict[int, MonthlyReview]:
    """The version in force of each month reviewed."""
    return {row.month: row for row in list_reviews(booking_id)}


def months_of(rental: Rental, today: date) -> list[ReviewMonth]:
    """The months a rental began or will, each with the day of its review; none outside the escalating programme."""
    booking = rental.booking
    if booking.programme != AMIE or booking.handed_over_at is None:
        return []
    returned_on = paris_day(booking.returned_at) if booking.returned_at else None
    months, days = rental.programme_months or MONTHS, practice.value_on(DAYS_AFTER, today)
    return review_months(paris_day(booking.handed_over_at), returned_on, months=months, days_after=days)


def list_due_reviews(rental: Rental, today: date) -> list[ReviewMonth]:
    """The reviews to hold now, the oldest first; asks nothing but the settings."""
    return due_months(months_of(rental, today), rental.reviewed, today)


def get_month(rental: Rental, number: int, today: date) -> ReviewMonth:
    """A month that has begun. Raises NotFound."""
    found = next((each for each in months_of(rental, today) if each.month == number and each.first_on <= today), None)
    if found is None:
        raise NotFound("Ce mois du programme n’a pas commencé, ou cette location n’en suit pas.")
    return found
