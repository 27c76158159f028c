"""Loans as one of their two platforms sees them: its own alone, on both engines, whatever the database would let pass."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import BindParameter, ColumnElement, Row, Select, case, or_, select

from fleet.loans import ACCEPTED, BORROWER, LENDER, LIVE, RECEIVED, is_overdue
from fleet.models import Vehicle, VehicleLoan
from fleet.queries.free import is_held, is_lent
from fleet.queries.rescue import AHEAD, count_hit
from mobility.db import Kept, db, platform_id, this_platform
from mobility.errors import NotFound
from mobility.models import Platform
from mobility.periods import Period


def _ours() -> Select[VehicleLoan]:
    here = platform_id()
    assert here is not None
    return select(VehicleLoan).filter(_is_of(here))


def _is_of(here: int | BindParameter[int]) -> ColumnElement[bool]:
    return or_(VehicleLoan.lender_id == here, VehicleLoan.borrower_id == here)


def lock_loan(loan_id: int) -> VehicleLoan:
    """A loan of this platform, its row locked until the commit: both sides may act at once. Raises NotFound."""
    found = db.session.scalar(_ours().filter(VehicleLoan.id == loan_id).with_for_update().execution_options(populate_existing=True))
    if found is None:
        raise NotFound("Ce prêt n’existe pas ici.")
    return found


def list_loans() -> Sequence[VehicleLoan]:
    """What this platform lends and borrows, the latest asked first."""
    return db.session.scalars(_ours().order_by(VehicleLoan.asked_at.desc(), VehicleLoan.id.desc())).all()


_OTHER = case((VehicleLoan.lender_id == this_platform(), VehicleLoan.borrower_id), else_=VehicleLoan.lender_id)
_WITH_PARTNERS = Kept(
    select(VehicleLoan, Platform.name)
    .join(Platform, Platform.id == _OTHER)
    .filter(_is_of(this_platform()))
    .order_by(VehicleLoan.asked_at.desc(), VehicleLoan.id.desc())
)


def list_with_partners() -> Sequence[Row[VehicleLoan, str]]:
    """The same, each with the name of the other platform."""
    return _WITH_PARTNERS().all()


def side_of(loan: VehicleLoan) -> str:
    """Which side this platform is."""
    return LENDER if loan.lender_id == platform_id() else BORROWER


def platform_names() -> dict[int, str]:
    """Every platform of the installation, by name."""
    return {row.id: row.name for row in db.session.execute(select(Platform.id, Platform.name).order_by(Platform.name, Platform.id))}


def list_partners() -> dict[int, str]:
    """The other platforms, by name."""
    return {id_: name for id_, name in platform_names().items() if id_ != platform_id()}


def is_lent_out(block_id: int) -> bool:
    """Whether a block keeps a vehicle back for a loan that is not over."""
    live = _ours().filter(VehicleLoan.block_id == block_id, VehicleLoan.lender_id == platform_id(), VehicleLoan.status.in_(LIVE))
    return db.session.scalar(live.limit(1)) is not None


def list_overdue(now: datetime) -> Sequence[VehicleLoan]:
    """Vehicles of this platform that are still away, though their loan should be over, the oldest loan first."""
    lent = _ours().filter(VehicleLoan.lender_id == platform_id(), VehicleLoan.status.in_(LIVE), VehicleLoan.ends_at <= now)
    return db.session.scalars(lent.order_by(VehicleLoan.id)).all()


def list_under_way() -> Sequence[VehicleLoan]:
    """The loans of this platform, either side, whose vehicle is promised or away."""
    return db.session.scalars(_ours().filter(VehicleLoan.status.in_((ACCEPTED, RECEIVED))).order_by(VehicleLoan.id)).all()


def count_waiting(loan: VehicleLoan, now: datetime) -> int:
    """How many of the lender's bookings count on a vehicle that is late to come back, or asked for until later."""
    until = now + AHEAD if is_overdue(loan.status, loan.ends_at, now) else loan.wanted_until
    return count_hit(loan.vehicle_id, until=until, now=now) if until and loan.vehicle_id and side_of(loan) == LENDER else 0


def list_lent(
    *, vehicle_id: int | None = None, block_id: int | None = None, loan_id: int | None = None
) -> Sequence[Row[VehicleLoan, Platform]]:
    """Loans by which another platform had a vehicle of this one, each with that platform, the latest first."""
    told = ((VehicleLoan.vehicle_id, vehicle_id), (VehicleLoan.block_id, block_id), (VehicleLoan.id, loan_id))
    asked = select(VehicleLoan, Platform).join(Platform, Platform.id == VehicleLoan.borrower_id)
    asked = asked.filter(VehicleLoan.lender_id == platform_id(), VehicleLoan.received_at.is_not(None))
    asked = asked.filter(*(column == value for column, value in told if value is not None))
    return db.session.execute(asked.order_by(VehicleLoan.id.desc())).all()


def find_lent(*, block_id: int | None = None, loan_id: int | None = None) -> Row[VehicleLoan, Platform] | None:
    """The one behind a block, or of an id; None for neither, and for a vehicle that never went."""
    known = block_id is not None or loan_id is not None
    return next(iter(list_lent(block_id=block_id, loan_id=loan_id)), None) if known else None


def find_counterpart(loan: VehicleLoan) -> Vehicle | None:
    """The vehicle of this platform that stood for the lender's in an earlier loan."""
    before = _ours().filter(VehicleLoan.lender_id == loan.lender_id, VehicleLoan.vehicle_id == loan.vehicle_id)
    earlier = db.session.scalar(before.filter(VehicleLoan.counterpart_id.is_not(None)).order_by(VehicleLoan.id.desc()).limit(1))
    return db.session.get_one(Vehicle, earlier.counterpart_id) if earlier is not None else None


def list_lendable(loan: VehicleLoan, at: datetime) -> Sequence[Vehicle]:
    """Vehicles of the kind asked for that nothing holds over the loan, as things stand at an instant."""
    period = Period(starts_at=loan.starts_at, ends_at=loan.ends_at)
    asked = select(Vehicle).filter(Vehicle.kind == loan.kind, is_lent(period, at), ~is_held(period, at))
    return db.session.scalars(asked.order_by(Vehicle.label, Vehicle.id)).all()
