"""Whether a person may be erased, why, and what was."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, literal, select, union

from mobility.clock import now
from mobility.corrections import ERASURE
from mobility.db import db
from mobility.erasing import Fate, Stripped, fates, kept_until
from mobility.erasing_rows import case_of, rows_about
from mobility.held import registry
from mobility.models import Account, Beneficiary, Erasure, GroupWorkshop, Meeting, WorkshopSeat
from mobility.queries.corrections import list_open_corrections
from mobility.queries.retention import clock_on, find_open_notice, standings
from mobility.retention import RIPE, state_of
from mobility.slots import Slot, gather
from mobility.workshops import DECLINED


@dataclass(frozen=True, kw_only=True)
class Erasable:
    """Where a file stands before its erasure: what is open holds it; `is_ripe` when its warning stood its whole time.

    `books_until` is the day to which the law has the books kept, None when they hold nothing.
    """

    open: tuple[str, ...]
    is_asked: bool
    is_ripe: bool
    books_until: date | None


def erasable(beneficiary_id: int, day: date) -> Erasable:
    """Whether this file may be erased on a day."""
    notice = find_open_notice(beneficiary_id)
    ripe = notice is not None and state_of(told=notice.told_at is not None, erase_on=notice.erase_on, closed_as=None, today=day) == RIPE
    return Erasable(
        open=(*standings([beneficiary_id], clock_on(day))[beneficiary_id].open, *_expected_at(beneficiary_id)),
        is_asked=any(one.subject == ERASURE for one in list_open_corrections(beneficiary_id)),
        is_ripe=ripe,
        books_until=kept_until(max(gather(Slot.BOOKS, beneficiary_id), default=None)),
    )


def _expected_at(beneficiary_id: int) -> list[str]:
    """What the person still has a place at: it is cancelled, or declined, first."""
    meeting = select(literal("rendez-vous à venir")).filter(Meeting.beneficiary_id == beneficiary_id, Meeting.cancelled_at.is_(None))
    seat = (
        select(literal("place à un atelier à venir"))
        .select_from(GroupWorkshop)
        .join(WorkshopSeat, WorkshopSeat.group_workshop_id == GroupWorkshop.id)
    )
    seat = seat.filter(WorkshopSeat.beneficiary_id == beneficiary_id, WorkshopSeat.state != DECLINED)
    ahead = seat.filter(GroupWorkshop.starts_at > now(), GroupWorkshop.cancelled_at.is_(None))
    return sorted(db.session.scalars(union(meeting.filter(Meeting.starts_at > now(), Meeting.held_at.is_(None)), ahead)))


def find_erasure(beneficiary_id: int) -> Erasure | None:
    """The erasure of a person, once it was made."""
    return db.session.scalar(select(Erasure).filter(Erasure.beneficiary_id == beneficiary_id))


@dataclass(frozen=True, kw_only=True)
class Part:
    """A kind of rows, and how many; `why` they stay, None for those that go."""

    title: str
    rows: int
    why: str | None


def parts_of(person: Beneficiary, at: datetime) -> list[Part]:
    """What an erasure of this person takes, and what it leaves, in the order in which the packages hold it."""
    connection, held, told = db.session.connection(), registry(), fates()
    case = case_of(connection, person.platform_id, person.id, at)
    rows = rows_about(connection, case, held=held, fates=told)
    return [Part(title=held.held[name].title, rows=count, why=_why(told.tables[name])) for name, count in rows.items()]


def _why(fate: Fate) -> str | None:
    return fate.why if isinstance(fate, Stripped) else None


@dataclass(frozen=True, kw_only=True)
class ErasureLine:
    """An erasure with the file's number, and who made it."""

    row: Erasure
    number: str
    by_name: str | None


def all_erasures() -> Select[*tuple[Any, ...]]:
    """Every erasure of the platform, to be narrowed and put in order."""
    lines = select(Erasure, Beneficiary.number, Account.name).join(Beneficiary, Beneficiary.id == Erasure.beneficiary_id)
    return lines.outerjoin(Account, Account.id == Erasure.erased_by)
