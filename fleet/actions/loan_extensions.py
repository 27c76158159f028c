"""A loan lasts longer when both platforms agree: the borrower asks, the lender answers; each side's own rows follow."""

from datetime import datetime

from fleet.actions.loan_follow import note_change
from fleet.actions.loan_news import tell_answer, tell_longer
from fleet.actions.occupancy import lock_vehicle, release_expired, stretch_block
from fleet.loans import check_answer, check_longer
from fleet.models import Block, VehicleLoan
from fleet.queries.loans import lock_loan, side_of
from mobility import audit
from mobility.db import db, platform_scope
from mobility.periods import Period, paris_day
from mobility.rights import Viewer, house


def ask_longer(loan_id: int, *, ends_at: datetime, by: Viewer, now: datetime) -> VehicleLoan:
    """Ask the lender for a later end, and tell it. Raises NotFound, Conflict, RuleBroken on `ends_at`."""
    loan = lock_loan(loan_id)
    check_longer(loan.status, side_of(loan), Period(starts_at=loan.starts_at, ends_at=loan.ends_at), ends_at, now=now)
    loan.wanted_until = ends_at
    audit.record("ask_longer", loan, by=by, now=now)
    tell_longer(loan, ends_at, now=now)
    return loan


def answer_longer(loan_id: int, *, agreed: bool, by: Viewer, now: datetime) -> VehicleLoan:
    """The lender's yes keeps its vehicle back for longer, on the guarded path; either way the borrower is told.

    Raises NotFound, Conflict, VehicleTaken for what is booked on it meanwhile.
    """
    loan = lock_loan(loan_id)
    check_answer(loan.status, side_of(loan), loan.wanted_until, agreed=agreed, now=now)
    assert loan.wanted_until is not None and loan.vehicle_id is not None
    if agreed:
        vehicle = lock_vehicle(loan.vehicle_id)
        release_expired(vehicle, now=now)
        block = db.session.get_one(Block, loan.block_id, populate_existing=True)
        stretch_block(block, vehicle, loan.wanted_until, now=now)
        audit.record("keep", block, by=by, now=now)
        loan.ends_at = loan.wanted_until
        _keep_counterpart(loan, now=now)
        note_change(loan, ["ends_at"], now=now)
    loan.wanted_until = None
    audit.record("answer_longer", loan, by=by, now=now)
    tell_answer(loan, agreed=agreed, now=now)
    return loan


def _keep_counterpart(loan: VehicleLoan, *, now: datetime) -> None:
    """What was agreed stands on the borrower's own sheet, by its own house: its vehicle may be booked until then."""
    if loan.counterpart_id is None:
        return
    with platform_scope(loan.borrower_id):
        theirs = lock_vehicle(loan.counterpart_id)
        theirs.lease_until = paris_day(loan.ends_at)
        audit.record("change", theirs, by=house(loan.borrower_id), now=now)
        db.session.flush()
