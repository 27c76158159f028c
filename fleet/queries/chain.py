"""How far the chain of a booking's contracts may reach, by the platform's dated rule."""

from dataclasses import dataclass
from datetime import date, datetime

from fleet.models import Booking
from fleet.renewal import STEP, at_hour_of, last_day, next_return, say_last_day, way_out
from mobility import practice
from mobility.periods import paris_day


@dataclass(frozen=True, kw_only=True)
class Chain:
    """The last day of a chain, the sentence of the rule, and the way out once it is reached."""

    last_on: date
    sentence: str
    way_out: str


def chain_of(booking: Booking, now: datetime, *, begins_at: datetime | None = None) -> Chain:
    """The chain begins with the keys, or else with the planned departure."""
    begins_on = paris_day(booking.handed_over_at or begins_at or booking.starts_at)
    rule = {"programme": booking.programme, "most_days": practice.value_on("fleet.chain_days", paris_day(now))}
    return Chain(last_on=last_day(begins_on, **rule), sentence=say_last_day(begins_on, **rule), way_out=way_out(booking.programme))


def next_return_of(booking: Booking, now: datetime) -> datetime | None:
    """Until when a renewal would go, the last one perhaps shorter; None when the chain has reached its end."""
    last_at = at_hour_of(booking.ends_at, chain_of(booking, now).last_on)
    if last_at <= max(booking.ends_at, now):
        return None
    return min(next_return(booking.ends_at, practice.value_on(STEP, paris_day(now)), now), last_at)
