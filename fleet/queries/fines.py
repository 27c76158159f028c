"""Notices of traffic offences as pages read them, their clock, and the deposits that wait for them."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import Row, Select, or_, select

from fleet.fines import DAYS, OPEN, PENALTY, WAITING, Clock, clock_of
from fleet.models import Booking, Fine, Vehicle, VehicleLoan
from fleet.queries.vehicles import holds
from mobility import practice
from mobility.db import db
from mobility.errors import NotFound
from mobility.models import Beneficiary, Platform
from mobility.names import fold

S = TypeVar("S", bound=Select[*tuple[Any, ...]])
FineLine = Row[Fine, Vehicle, Beneficiary, str]


def get_fine(fine_id: int) -> Fine:
    """A notice. Raises NotFound."""
    found = db.session.get(Fine, fine_id)
    if found is None:
        raise NotFound("Cet avis n’existe pas ici.")
    return found


def all_fines() -> Select[Fine, Vehicle, Beneficiary, str]:
    """The platform's notices with vehicle and driver, or the name of the platform it was lent to, to be narrowed and put in order."""
    return (
        select(Fine, Vehicle, Beneficiary, Platform.name)
        .join(Vehicle, Vehicle.id == Fine.vehicle_id)
        .join(Beneficiary, Beneficiary.id == Fine.beneficiary_id, isouter=True)
        .join(VehicleLoan, VehicleLoan.id == Fine.loan_id, isouter=True)
        .join(Platform, Platform.id == VehicleLoan.borrower_id, isouter=True)
    )


def matching_fines(asked: S, words: str) -> S:
    """Those whose number, vehicle or driver's name holds the words."""
    wanted = words.upper()
    return asked.filter(
        or_(
            Fine.number.contains(wanted, autoescape=True),
            Fine.notice_number.contains(wanted, autoescape=True),
            holds(words),
            Beneficiary.search_key.contains(fold(words), autoescape=True),
        )
    )


def list_open_fines() -> Sequence[FineLine]:
    """Those whose clock runs, the nearest end first."""
    return db.session.execute(all_fines().filter(Fine.status.in_(OPEN)).order_by(Fine.due_on, Fine.id)).all()


def list_fines_of(beneficiary_id: int) -> Sequence[FineLine]:
    """A person's notices, the latest offence first."""
    return db.session.execute(all_fines().filter(Fine.beneficiary_id == beneficiary_id).order_by(Fine.offence_at.desc(), Fine.id)).all()


def why_deposits_wait(account_ids: Collection[int]) -> dict[int, str]:
    """Of these billing accounts, those whose deposit waits for a notice, and the sentence that says so."""
    asked = (
        select(Booking.account_id, Fine.number)
        .join(Fine, Fine.booking_id == Booking.id)
        .filter(Booking.account_id.in_(account_ids), Fine.status.in_(WAITING))
        .order_by(Fine.id.desc())
    )
    sentence = "La caution attend que l’avis de contravention {} soit traité : elle se rend dès que la personne est désignée."
    return {int(account_id): sentence.format(number) for account_id, number in db.session.execute(asked) if account_id is not None}


def clock_for(fine: Fine, today: date) -> Clock:
    """The days left, by the delay and the penalty that held when the notice was sent."""
    return clock_of(fine.sent_on, today, days=(fine.due_on - fine.sent_on).days, penalty_cents=practice.value_on(PENALTY, fine.sent_on))


def naming_days(sent_on: date) -> int:
    """How many days the keeper had, for a notice sent that day."""
    return int(practice.value_on(DAYS, sent_on))
