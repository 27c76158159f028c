"""What either side of a loan records after the lender's yes follows to the other: its sheet, its odometer, its marks.

Each platform tells of its own vehicle alone; what follows is written on the other's by its own house. The record keeps what changed, when
and from which side, so that nobody has to wonder which sheet they read.
"""

from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from typing import Any

from fleet.actions.loan_sheets import FACTS, facts_of, read_look, write_look, write_sheet
from fleet.actions.occupancy import lock_vehicle
from fleet.actions.vehicles import change_vehicle
from fleet.loans import ACCEPTED, LENDER, RECEIVED
from fleet.models import VehicleLoan
from fleet.queries.loans import list_under_way, lock_loan, side_of
from mobility import audit
from mobility.db import db, platform_id, platform_scope, transaction
from mobility.errors import DomainError
from mobility.rights import Viewer, house


def follow_loans(*, now: datetime) -> int:
    """Each hour: what changed on this platform's vehicles that are lent, and on those it borrowed; how many loans."""
    changed = 0
    for loan_id in [loan.id for loan in list_under_way()]:
        with suppress(DomainError), transaction():  # what the other's own rules bar stops no other loan
            changed += follow_loan(loan_id, by=house(platform_id()), now=now)
    return changed


def follow_loan(loan_id: int, *, by: Viewer, now: datetime) -> bool:
    """Hand on what this side recorded since; False when nothing did. Raises NotFound."""
    loan = lock_loan(loan_id)
    told = (_from_lender if side_of(loan) == LENDER else _from_borrower)(loan, now=now)
    if told:
        note_change(loan, told, now=now)
        audit.record("follow", loan, by=by, now=now)
    return bool(told)


def note_change(loan: VehicleLoan, what: list[str], *, now: datetime) -> None:
    """One more line of what changed since the yes, from this side."""
    line = {"at": now.isoformat(), "side": side_of(loan), "what": what}
    loan.sheet = loan.sheet | {"changes": [*loan.sheet.get("changes", ()), line]}


def _from_lender(loan: VehicleLoan, *, now: datetime) -> list[str]:
    """Until it is received the whole sheet; afterwards its papers: how it looks is then the borrower's to say."""
    if loan.status not in (ACCEPTED, RECEIVED) or loan.vehicle_id is None:
        return []
    fresh = write_sheet(lock_vehicle(loan.vehicle_id), now=now)
    if loan.status == RECEIVED:
        fresh = {name: fresh[name] for name in FACTS if name != "level"}
    told = _differences(loan.sheet, fresh)
    loan.sheet = loan.sheet | fresh
    facts = facts_of({name: fresh[name] for name in told})
    if facts and loan.counterpart_id is not None:
        with platform_scope(loan.borrower_id):
            change_vehicle(loan.counterpart_id, by=house(loan.borrower_id), now=now, **facts)
            db.session.flush()
    return told


def _from_borrower(loan: VehicleLoan, *, now: datetime) -> list[str]:
    """How it looks by now, for the lender to know before it comes back."""
    if loan.status != RECEIVED or loan.counterpart_id is None or loan.vehicle_id is None:
        return []
    look = write_look(lock_vehicle(loan.counterpart_id), now=now)
    told = _differences(loan.sheet.get("seen") or loan.sheet, look)
    loan.sheet = loan.sheet | {"seen": look}
    if told:
        with platform_scope(loan.lender_id):
            read_look(lock_vehicle(loan.vehicle_id), look, by=house(loan.lender_id), now=now)
            db.session.flush()
    return told


def _differences(before: Mapping[str, Any], fresh: Mapping[str, Any]) -> list[str]:
    return [name for name, value in fresh.items() if before.get(name) != value]
