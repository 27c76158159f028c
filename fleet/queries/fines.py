"""Notices of traffic offences as pages read them, their clock, and the deposits that wait for them."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import BindParameter, Row, Select, bindparam, or_, select

from billing.models import CarriedDeposit, Deposit
from fleet.fines import DAYS, OPEN, PENALTY, WAITING, Clock, clock_of
from fleet.models import Booking, Fine, Vehicle, VehicleLoan
from fleet.queries.vehicles import holds
from mobility import practice
from mobility.db import Kept, db
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


_OPEN_FINES = Kept(all_fines().filter(Fine.status.in_(OPEN)).order_by(Fine.due_on, Fine.id))
_FINES_OF = Kept(all_fines().filter(Fine.beneficiary_id == bindparam("beneficiary_id")).order_by(Fine.offence_at.desc(), Fine.id))
_THESE: BindParameter[list[int]] = bindparam("account_ids", expanding=True)
_HELD_BACK = Kept(
    select(Booking.account_id, Deposit.account_id, Fine.number)
    .join(Fine, Fine.booking_id == Booking.id)
    .join(CarriedDeposit, CarriedDeposit.account_id == Booking.account_id, isouter=True)
    .join(Deposit, Deposit.id == CarriedDeposit.deposit_id, isouter=True)
    .filter(or_(Booking.account_id.in_(_THESE), Deposit.account_id.in_(_THESE)), Fine.status.in_(WAITING))
    .order_by(Fine.id.desc())
)


def list_open_fines() -> Sequence[FineLine]:
    """Those whose clock runs, the nearest end first."""
    return _OPEN_FINES().all()


def list_fines_of(beneficiary_id: int) -> Sequence[FineLine]:
    """A person's notices, the latest offence first."""
    return _FINES_OF(beneficiary_id=beneficiary_id).all()


def why_deposits_wait(account_ids: Collection[int]) -> dict[int, str]:
    """Of these billing accounts, those whose deposit waits for a notice, and the sentence that says so.

    A deposit waits for the notices of every rental it was carried to.
    """
    sentence = "La caution attend que l’avis de contravention {} soit traité : elle se rend dès que la personne est désignée."
    found = _HELD_BACK(account_ids=list(account_ids)).all()
    return {id_: sentence.format(number) for own, home, number in found for id_ in (own, home) if id_ in account_ids}


def clock_for(fine: Fine, today: date) -> Clock:
    """The days left, by the delay and the penalty that held when the notice was sent."""
    return clock_of(fine.sent_on, today, days=(fine.due_on - fine.sent_on).days, penalty_cents=practice.value_on(PENALTY, fine.sent_on))


def naming_days(sent_on: date) -> int:
    """How many days the keeper had, for a notice sent that day."""
    return int(practice.value_on(DAYS, sent_on))
