"""How far a booking and the chain of its contracts may reach, by the platform's dated rule, and what it goes on with."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from sqlalchemy import bindparam, select

from billing.models import BillingAccount, Deposit
from billing.queries.deposits import find_following
from billing.queries.programmes import dated_programme_on
from billing.schedule import MONTHS
from billing.terms import AMIE, thaw
from fleet.hours import is_by_the_hour
from fleet.lifecycle import CONFIRMED, LATE, OUT, RETURNED
from fleet.mileage import say_km
from fleet.models import Booking
from fleet.renewal import (
    APART,
    STEP,
    Stretch,
    at_hour_of,
    continued,
    days_held,
    last_day,
    next_return,
    outgrown,
    say_continued,
    say_last_day,
    way_out,
)
from mobility import practice
from mobility.db import Known, columns_of, db, this_one, this_platform
from mobility.errors import RuleBroken
from mobility.periods import paris_day

_IS_RENTAL = Booking.status.in_((CONFIRMED, OUT, LATE, RETURNED))
_SHORTEN = "Raccourcissez d’abord la réservation qui suit, ou indiquez un retour plus proche."
_RENTALS = select(Booking).filter(Booking.beneficiary_id.in_(bindparam("people", expanding=True)), _IS_RENTAL)


class Rental(NamedTuple):
    """A person's rental, as another may go on with it."""

    id: int
    number: str
    programme: str
    starts_at: datetime
    ends_at: datetime
    handed_over_at: datetime | None
    returned_at: datetime | None
    new_chain_reason: str | None
    account_id: int | None


RENTALS = Known(
    Booking,
    Rental,
    select(*columns_of(Booking, Rental)).filter(Booking.beneficiary_id == this_one(), Booking.platform_id == this_platform(), _IS_RENTAL),
    latest_first=lambda rental: rental.id,
)


@dataclass(frozen=True, kw_only=True)
class Chain:
    """The last day of a chain, the sentence of the rule, and the way out once it is reached.

    `earlier` are the rentals it goes on with, the earliest first; `continues` says so, empty where it begins. `others` are all of theirs.
    """

    begins_on: date
    programme: str
    last_on: date
    sentence: str
    way_out: str
    most_days: int
    months: int
    others: Sequence[Stretch] = ()
    earlier: Sequence[Stretch] = ()
    days_held: int = 0
    km_before: int = 0
    continues: str = ""


def chain_of(booking: Booking, now: datetime, *, earlier: Sequence[Stretch] | None = None, km_before: int = 0) -> Chain:
    """The chain begins with the keys, or else with the planned departure, or with what it goes on with; `km_before` are to be said."""
    months = _months(booking)
    if earlier is not None:
        return _chain(_begins_on(booking), booking.programme, earlier, now, km_before, months=months)
    return chain_from(
        _begins_on(booking),
        booking.programme,
        now,
        beneficiary_id=booking.beneficiary_id,
        apart_from=booking,
        anew=booking.new_chain_reason is not None,
        km_before=km_before,
        months=months,
    )


def chain_from(
    begins_on: date,
    programme: str,
    now: datetime,
    *,
    beneficiary_id: int | None,
    apart_from: Booking | None = None,
    anew: bool = False,
    km_before: int = 0,
    months: int | None = None,
) -> Chain:
    """The chain of a booking of a programme that begins on a day; nobody's goes on with nothing."""
    rentals = [] if beneficiary_id is None or is_by_the_hour(programme) else RENTALS(beneficiary_id)
    own_id = apart_from.id if apart_from else None
    others = _stretches([one for one in rentals if one.id != own_id and one.programme == programme])
    earlier = [] if anew else continued(others, begins_on, most_apart=practice.reader_of(APART))
    return _chain(begins_on, programme, earlier, now, km_before, others, months)


def _chain(
    begins_on: date,
    programme: str,
    earlier: Sequence[Stretch],
    now: datetime,
    km_before: int = 0,
    others: Sequence[Stretch] = (),
    months: int | None = None,
) -> Chain:
    """Of so many months once a programme was booked, else of those it would have."""
    if months is None:
        months = dated_programme_on(begins_on).months if programme == AMIE else MONTHS
    held, km = days_held(earlier), say_km(Decimal(km_before)) if km_before else ""
    most_days = practice.value_on("fleet.chain_days", paris_day(now))
    apart = practice.value_on(APART, begins_on)
    return Chain(
        begins_on=begins_on,
        programme=programme,
        most_days=most_days,
        months=months,
        others=others,
        last_on=last_day(begins_on, programme=programme, most_days=most_days, held=held, months=months),
        sentence=say_last_day(begins_on, programme=programme, most_days=most_days, held=held, months=months),
        way_out=way_out(programme),
        earlier=earlier,
        days_held=held,
        km_before=km_before,
        continues=say_continued(earlier[-1], begins_on, held=held, most_apart=apart, km=km) if earlier else "",
    )


def following_deposit(earlier: Sequence[Stretch]) -> Deposit | None:
    """The deposit that a booking has of the rentals it goes on with, None where one is to be asked."""
    account_id = earlier[-1].account_id if earlier else None
    return None if account_id is None else find_following(account_id)


def earlier_of(bookings: Collection[Booking]) -> dict[int, list[Booking]]:
    """The rentals that each of those bookings goes on with, the earliest first, in one statement for all."""
    asked = [booking for booking in bookings if booking.new_chain_reason is None and not is_by_the_hour(booking.programme)]
    rentals, most_apart = _rentals_of({booking.beneficiary_id for booking in asked}), practice.reader_of(APART)
    found = {booking.id: _earlier(booking, rentals, most_apart) for booking in asked}
    return {booking.id: found.get(booking.id, []) for booking in bookings}


def _earlier(booking: Booking, rentals: Sequence[Booking], most_apart: Callable[[date], int]) -> list[Booking]:
    theirs = {
        one.id: one
        for one in rentals
        if one is not booking and (one.beneficiary_id, one.programme) == (booking.beneficiary_id, booking.programme)
    }
    chain = continued(_stretches(theirs.values()), _begins_on(booking), most_apart=most_apart)
    return [theirs[stretch.booking_id] for stretch in chain]


def _rentals_of(people: Collection[int]) -> Sequence[Booking]:
    return db.session.scalars(_RENTALS, {"people": list(people)}).all() if people else []


def _stretches(rentals: Iterable[Booking | Rental]) -> list[Stretch]:
    return [
        Stretch(
            booking_id=one.id,
            number=one.number,
            begins_on=_begins_on(one),
            ends_on=paris_day(one.returned_at or one.ends_at),
            is_new=one.new_chain_reason is not None,
            account_id=one.account_id,
        )
        for one in rentals
    ]


def _begins_on(booking: Booking | Rental) -> date:
    return paris_day(booking.handed_over_at or booking.starts_at)


def _months(booking: Booking) -> int | None:
    """The months that the account froze."""
    if booking.programme != AMIE or booking.account_id is None:
        return None
    programme = thaw(db.session.get_one(BillingAccount, booking.account_id).terms).programme
    return programme.months if programme else None


def check_within(chain: Chain, last_on: date, *, field: str = "ends_at") -> None:
    """Raises RuleBroken beside the field, with the rule and the way out, when a return comes after the last day of the chain.

    So does one that a booking ahead would go on with beyond it.
    """
    if last_on > chain.last_on:
        raise RuleBroken(say_end(chain), field=field)
    held = Stretch(booking_id=0, number="", begins_on=chain.begins_on, ends_on=last_on)
    most_apart = practice.reader_of(APART)
    ahead = outgrown(held, chain.others, programme=chain.programme, most_days=chain.most_days, months=chain.months, most_apart=most_apart)
    if ahead is not None:
        raise RuleBroken(f"{ahead.number} en est déjà la suite : à elles deux, elles dureraient trop longtemps. {_SHORTEN}", field=field)


def say_end(chain: Chain) -> str:
    """The rule, what counts already, and the way out."""
    return " ".join(said for said in (chain.sentence, chain.continues, chain.way_out) if said)


def next_returns_of(bookings: Collection[Booking], now: datetime) -> dict[int, datetime | None]:
    """`next_return_of` each, what they go on with looked up once."""
    earlier = earlier_of(bookings)
    return {booking.id: _next_return(booking, chain_of(booking, now, earlier=_stretches(earlier[booking.id])), now) for booking in bookings}


def next_return_of(booking: Booking, now: datetime) -> datetime | None:
    """Until when a renewal would go, the last one perhaps shorter; None when the chain has reached its end."""
    return next_returns_of([booking], now)[booking.id]


def _next_return(booking: Booking, chain: Chain, now: datetime) -> datetime | None:
    last_at = at_hour_of(booking.ends_at, chain.last_on)
    if last_at <= max(booking.ends_at, now):
        return None
    return min(next_return(booking.ends_at, practice.value_on(STEP, paris_day(now)), now), last_at)
