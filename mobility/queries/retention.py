"""The clock of each file: where it stands, whose day comes, and the warnings given."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import Select, func, select

from mobility import practice
from mobility.db import among, db
from mobility.errors import NotFound
from mobility.models import Account, Beneficiary, RetentionNotice
from mobility.periods import ONE_DAY, instant_of
from mobility.retention import ACTIVE_MONTHS, KEPT, WARNING_DAYS, Clock, Standing, Trace, is_to_warn, quiet_since, standing
from mobility.slots import Slot, gather

S = TypeVar("S")
TOGETHER = 500  # files reckoned by one round of statements


@dataclass(frozen=True, kw_only=True)
class NoticeLine:
    """A warning, whose file it is about, and who had it kept."""

    notice: RetentionNotice
    person: Beneficiary
    by_name: str | None


def clock_on(day: date) -> Clock:
    """What the platform's settings say on a day."""
    return Clock(months=int(practice.value_on(ACTIVE_MONTHS.key, day)), days=int(practice.value_on(WARNING_DAYS.key, day)))


def standings(ids: Collection[int], clock: Clock) -> dict[int, Standing]:
    """Where these people's files stand, by the traces that every floor tells of."""
    found: defaultdict[int, list[Trace]] = defaultdict(list)
    for trace in gather(Slot.TRACES, ids):
        found[trace.beneficiary_id].append(trace)
    kept = _kept_until(ids)
    return {id_: standing(traces, kept_until=kept.get(id_), clock=clock) for id_, traces in found.items()}


def list_due(today: date, clock: Clock) -> Iterator[tuple[int, Standing]]:
    """People to warn, by id: silent long enough, nothing open, and not warned yet."""
    silent = select(Beneficiary.id).filter(
        Beneficiary.erased_at.is_(None),
        Beneficiary.merged_into_id.is_(None),
        Beneficiary.last_contact_at < instant_of(quiet_since(today, clock) + ONE_DAY),
        Beneficiary.id.not_in(select(RetentionNotice.beneficiary_id).filter(RetentionNotice.closed_at.is_(None))),
    )
    for some in by_hundreds(db.session.scalars(silent.order_by(Beneficiary.id)).all()):
        for id_, found in sorted(standings(some, clock).items()):
            if is_to_warn(found, clock=clock, today=today):
                yield id_, found


def by_hundreds(all_of: Sequence[S]) -> Iterator[Sequence[S]]:
    """Slices that one round of statements takes."""
    for first in range(0, len(all_of), TOGETHER):
        yield all_of[first : first + TOGETHER]


def list_open_notices() -> Sequence[RetentionNotice]:
    """Warnings that stand, by id."""
    return db.session.scalars(select(RetentionNotice).filter(RetentionNotice.closed_at.is_(None)).order_by(RetentionNotice.id)).all()


def find_open_notice(beneficiary_id: int) -> RetentionNotice | None:
    """The warning that stands over a person's file."""
    return db.session.scalar(
        select(RetentionNotice).filter(RetentionNotice.beneficiary_id == beneficiary_id, RetentionNotice.closed_at.is_(None))
    )


def get_notice(notice_id: int) -> RetentionNotice:
    """One of them, for the platform's advisers. Raises NotFound."""
    found = db.session.scalar(select(RetentionNotice).filter(RetentionNotice.id == notice_id))
    if found is None:
        raise NotFound("Cet avertissement n’existe pas ici.")
    return found


def all_notices() -> Select[*tuple[Any, ...]]:
    """The warnings with their people, to be narrowed and put in order."""
    lines = select(RetentionNotice, Beneficiary, Account.name).join(Beneficiary, Beneficiary.id == RetentionNotice.beneficiary_id)
    return lines.outerjoin(Account, Account.id == RetentionNotice.closed_by)


def read_notice(row: Any) -> NoticeLine:
    """A line as lists show it."""
    notice, person, by_name = row
    return NoticeLine(notice=notice, person=person, by_name=by_name)


def line_of(notice_id: int) -> NoticeLine:
    """One line. Raises NotFound."""
    get_notice(notice_id)
    return read_notice(db.session.execute(all_notices().filter(RetentionNotice.id == notice_id)).one())


def _kept_until(ids: Collection[int]) -> dict[int, date]:
    """To which day somebody had files kept."""
    who = RetentionNotice.beneficiary_id
    told = select(who, func.max(RetentionNotice.kept_until)).filter(among(who, ids), RetentionNotice.closed_as == KEPT).group_by(who)
    return {id_: until for id_, until in db.session.execute(told) if until is not None}
