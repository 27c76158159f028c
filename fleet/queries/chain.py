"""How far a booking and the chain of its contracts may reach, by the platform's dated rule."""

from dataclasses import dataclass
from datetime import date, datetime

from fleet.models import Booking
from fleet.renewal import STEP, at_hour_of, last_day, next_return, say_last_day, way_out
from mobility import practice
from mobility.errors import RuleBroken
from mobility.periods import paris_day


@dataclass(frozen=True, kw_only=True)
class Chain:
    """The last day of a chain, the sentence of the rule, and the way out once it is reached."""

    last_on: date
    sentence: str
    way_out: str


def chain_of(booking: Booking, now: datetime) -> Chain:
    """The chain begins with the keys, or else with the planned departure."""
    return chain_from(paris_day(booking.handed_over_at or booking.starts_at), booking.programme, now)


def chain_from(begins_on: date, programme: str, now: datetime) -> Chain:
    """The chain of a booking of a programme that begins on a day."""
    rule = {"programme": programme, "most_days": practice.value_on("fleet.chain_days", paris_day(now))}
    return Chain(last_on=last_day(begins_on, **rule), sentence=say_last_day(begins_on, **rule), way_out=way_out(programme))


def check_within(chain: Chain, last_on: date, *, field: str = "ends_at") -> None:
    """Raises RuleBroken beside the field, with the rule and the way out, when a return comes after the last day of the chain."""
    if last_on > chain.last_on:
        raise RuleBroken(f"{chain.sentence} {chain.way_out}", field=field)


def next_return_of(booking: Booking, now: datetime) -> datetime | None:
    """Until when a renewal would go, the last one perhaps shorter; None when the chain has reached its end."""
    last_at = at_hour_of(booking.ends_at, chain_of(booking, now).last_on)
    if last_at <= max(booking.ends_at, now):
        return None
    return min(next_return(booking.ends_at, practice.value_on(STEP, paris_day(now)), now), last_at)
