"""What became of each vehicle lent to somebody, for whoever prescribed it: the steps that were mailed, and nothing else."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from sqlalchemy import select

from billing.models import BillingAccount
from billing.terms import BY_THE_HOUR
from fleet.follow_up import say_outcome
from fleet.lifecycle import NO_SHOW
from fleet.models import Booking, Outcome
from mobility.db import db
from mobility.periods import paris_day
from mobility.slots import Journey
from mobility.steps import Step


def journeys(beneficiary_id: int) -> Iterable[Journey]:
    """Every firm booking of some days, in the order in which they were made; an option is nobody else's affair yet."""
    asked = (
        select(Booking, BillingAccount.opened_at, Outcome)
        .join(BillingAccount, BillingAccount.id == Booking.account_id)
        .outerjoin(Outcome, Outcome.booking_id == Booking.id)
        .filter(Booking.beneficiary_id == beneficiary_id, Booking.programme.not_in(BY_THE_HOUR))
        .order_by(BillingAccount.opened_at, Booking.id)
    )
    for booking, opened_at, outcome in db.session.execute(asked):
        steps = [(step, paris_day(at)) for step, at in _taken(booking, opened_at) if at is not None]
        if outcome is not None:
            steps.append((Step.ENDED, outcome.recorded_on))
        words = say_outcome(outcome.job_kind, outcome.lasting_solution) if outcome else None
        yield Journey(steps=tuple(steps), action_id=booking.action_id, outcome=words)


def _taken(booking: Booking, opened_at: datetime) -> Iterator[tuple[Step, datetime | None]]:
    """The steps with their instants, None for those not taken; a rental taken over was out before anybody booked it here."""
    if booking.handed_over_at is None or opened_at <= booking.handed_over_at:
        yield Step.BOOKED, opened_at
    yield Step.VEHICLE, booking.handed_over_at
    yield Step.RETURNED, booking.returned_at
    yield Step.NOT_FETCHED if booking.cancel_reason == NO_SHOW else Step.CANCELLED, booking.cancelled_at
