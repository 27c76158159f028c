"""The fleet's figures of a year: rentals by kind and their mean length."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from billing.models import BillingAccount
from billing.terms import thaw
from fleet.kinds import KINDS
from fleet.models import Booking
from mobility.db import db
from mobility.models import Action
from mobility.money import round_half_up


def rentals_in(year: int) -> dict[str, tuple[int, int | None]]:
    """Rentals begun in a year, by kind: how many, and the mean length in days of those that ended, halves up.

    Counted on the paths' actions, so that rentals of before this software count too. A length is the dates that are charged
    (domain.md §10.1): the return's date is none of them when the vehicle was back before the hour of return. Days out of service stay
    in: the rental lasted through them. Of a rental without a vehicle only days are known, and both its first and its last one count.
    """
    asked = (
        select(Action.kind, Action.started_on, Action.ended_on, Booking.handed_over_at, Booking.returned_at, BillingAccount.terms)
        .outerjoin(Booking, Booking.action_id == Action.id)
        .outerjoin(BillingAccount, BillingAccount.id == Booking.account_id)
        .filter(Action.started_on.between(date(year, 1, 1), date(year, 12, 31)))
    )
    begun: dict[str, list[int | None]] = {f"rental_{kind.code}": [] for kind in KINDS}
    for kind, *rental in db.session.execute(asked.filter(Action.kind.in_(begun))):
        begun[kind].append(_length(*rental))
    return {kind.removeprefix("rental_"): _counted(lengths) for kind, lengths in begun.items() if lengths}


def _counted(lengths: list[int | None]) -> tuple[int, int | None]:
    """How many, and the mean of those that ended."""
    ended = [length for length in lengths if length is not None]
    return len(lengths), round_half_up(sum(ended), len(ended)) if ended else None


def _length(
    first_on: date, last_on: date | None, handed_over_at: datetime | None, returned_at: datetime | None, terms: dict[str, Any]
) -> int | None:
    if last_on is None:
        return None
    if handed_over_at is None or returned_at is None:
        return (last_on - first_on).days + 1
    return len(replace(thaw(terms), rhythm=None).days_of(handed_over_at, returned_at))
