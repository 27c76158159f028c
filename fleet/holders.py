"""Who held a vehicle at an instant: the stretches that were driven, the workshop, or nobody (domain.md §9 "Fines")."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from mobility.errors import RuleBroken
from mobility.periods import PARIS, instant_of

PERSON, LENT, WORKSHOP, NOBODY = "person", "lent", "workshop", "nobody"
FIRST, SECOND = "first", "second"
TWICE = {FIRST: "la première fois, à l’heure d’été", SECOND: "la seconde fois, à l’heure d’hiver"}


@dataclass(frozen=True, kw_only=True)
class Keys:
    """Keys in somebody's hands for one stretch of a booking. `until_at` is None while they are out.

    A late return leaves its last stretch longer than what was planned; a vehicle exchanged on the way ends it at the exchange.
    """

    booking_id: int
    from_at: datetime
    until_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class Kept:
    """The vehicle kept back over [from_at, until_at); `is_lent` when another platform had its keys, until None while it has them."""

    block_id: int
    from_at: datetime
    until_at: datetime | None
    is_lent: bool = False


@dataclass(frozen=True, kw_only=True)
class Holder:
    """The answer: a booking's person, another platform, the workshop, or nobody.

    The bookings just before and after come with it, for an hour told badly.
    """

    state: str
    booking_id: int | None = None
    block_id: int | None = None
    before_id: int | None = None
    after_id: int | None = None


def holder_at(at: datetime, keys: Sequence[Keys], kept: Sequence[Kept]) -> Holder:
    """Who held it. A vehicle in the workshop is held by the workshop, though its rental goes on around it."""
    before = [one for one in keys if one.until_at is not None and one.until_at <= at]
    after = [one for one in keys if one.from_at > at]
    before_id = max(before, key=lambda one: one.until_at or at).booking_id if before else None
    after_id = min(after, key=lambda one: one.from_at).booking_id if after else None
    for block in kept:
        if block.from_at <= at and (block.until_at is None or at < block.until_at):
            return Holder(state=LENT if block.is_lent else WORKSHOP, block_id=block.block_id, before_id=before_id, after_id=after_id)
    held = [one for one in keys if one.from_at <= at and (one.until_at is None or at < one.until_at)]
    if held:  # of two who share a vehicle, one of them late to give it back, whoever took it last
        return Holder(state=PERSON, booking_id=max(held, key=lambda one: one.from_at).booking_id)
    return Holder(state=NOBODY, before_id=before_id, after_id=after_id)


def instants_of(on: date, hour: time) -> tuple[datetime, ...]:
    """What an hour in Paris may mean: two instants in the hour of October that comes twice, else one."""
    first = instant_of(on, hour)
    second = datetime.combine(on, hour.replace(fold=1), tzinfo=PARIS).astimezone(UTC)
    return (first, second) if second - first == timedelta(hours=1) else (first,)


def which_of(at: datetime) -> str | None:
    """Which of the two an instant in Paris is, in the hour that comes twice; None in any other."""
    return (SECOND if at.fold else FIRST) if len(instants_of(at.date(), at.time().replace(fold=0))) > 1 else None


def instant_told(on: date, hour: time, which: str | None) -> datetime:
    """The instant of an hour as a notice tells it. Raises RuleBroken on `which` for the doubled hour when nobody said which one."""
    meant = instants_of(on, hour)
    if len(meant) > 1 and which is None:
        raise RuleBroken("Cette nuit-là, cette heure est venue deux fois : dites laquelle.", field="which")
    return meant[-1] if which == SECOND else meant[0]
