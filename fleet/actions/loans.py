"""A vehicle lent to another platform: each side acts on its own rows alone, and the record is all they share."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from fleet.actions import blocks
from fleet.actions.loan_news import tell_lender
from fleet.actions.loan_sheets import facts_of, read_look, write_look, write_sheet
from fleet.actions.occupancy import lock_vehicle, running_on
from fleet.actions.vehicles import add_vehicle, change_vehicle, step_vehicle
from fleet.blocks import LOAN
from fleet.kinds import get_kind
from fleet.loans import ACCEPTED, ASKED, ENDED, GIVEN_BACK, RECEIVED, REFUSED, check_step, check_wish
from fleet.models import Block, Vehicle, VehicleLoan
from fleet.queries.loans import find_counterpart, lock_loan, platform_names, side_of
from fleet.vehicle_life import IN_SERVICE, OUT
from mobility import audit
from mobility.db import db, platform_id
from mobility.errors import Conflict, RuleBroken
from mobility.models import Site
from mobility.periods import Period, paris_day
from mobility.rights import Viewer


def ask_loan(*, lender_id: int, kind: str, starts_at: datetime, ends_at: datetime, by: Viewer, now: datetime) -> VehicleLoan:
    """Ask another platform for a vehicle of a kind, and tell it. Raises RuleBroken beside the field."""
    here = platform_id()
    assert here is not None
    check_wish(lender_id, here, starts_at, ends_at, now=now)
    if lender_id not in platform_names():
        raise RuleBroken("Cette plateforme n’existe pas.", field="lender_id")
    loan = VehicleLoan(lender_id=lender_id, borrower_id=here, kind=get_kind(kind).code, starts_at=starts_at, ends_at=ends_at, status=ASKED)
    loan.sheet, loan.asked_at, loan.moved_at = {}, now, now
    db.session.add(loan)
    audit.record("ask", loan, by=by, now=now)
    tell_lender(loan)
    return loan


def step_loan(
    loan_id: int,
    *,
    to: str,
    vehicle_id: int | None = None,
    site_id: int | None = None,
    refusal: str | None = None,
    by: Viewer,
    now: datetime,
) -> VehicleLoan:
    """The next step, by the side whose it is: `vehicle_id` to accept, `refusal` to refuse, `site_id` to receive.

    Raises NotFound, Conflict, RuleBroken beside the field, VehicleTaken.
    """
    loan = lock_loan(loan_id)
    check_step(to, loan.status, side_of(loan))
    told = {"vehicle_id": vehicle_id, "site_id": site_id, "refusal": refusal}
    if act := _ACTS.get(to):
        act(loan, told, by=by, now=now)
    loan.status, loan.moved_at = to, now
    audit.record(to, loan, by=by, now=now)
    return loan


def _accept(loan: VehicleLoan, told: dict[str, Any], *, by: Viewer, now: datetime) -> None:
    """The lender's vehicle is kept back for the loan, on the guarded path; nobody who drives it loses it."""
    if told["vehicle_id"] is None:
        raise RuleBroken("Choisissez le véhicule que vous prêtez.", field="vehicle_id")
    vehicle, starts_at = lock_vehicle(told["vehicle_id"]), max(loan.starts_at, now)
    if vehicle.kind != loan.kind:
        raise RuleBroken(f"La demande est pour {get_kind(loan.kind).a}.", field="vehicle_id")
    if loan.ends_at <= now:
        raise Conflict("Les dates demandées sont passées : refusez cette demande.")
    if running_on(vehicle, Period(starts_at=starts_at, ends_at=loan.ends_at)):
        raise RuleBroken("Quelqu’un roule avec ce véhicule à ces dates.", field="vehicle_id")
    made = blocks.block(vehicle.id, reason=LOAN, starts_at=starts_at, ends_at=loan.ends_at, by=by, now=now)
    loan.sheet = write_sheet(vehicle, now=now)
    loan.vehicle_id, loan.block_id = vehicle.id, made.id


def _refuse(loan: VehicleLoan, told: dict[str, Any], *, by: Viewer, now: datetime) -> None:
    if told["refusal"] is None:
        raise RuleBroken("Dites pourquoi.", field="refusal")
    loan.refusal = told["refusal"]


def _receive(loan: VehicleLoan, told: dict[str, Any], *, by: Viewer, now: datetime) -> None:
    """The borrower's counterpart: its own vehicle, lent until the loan ends; the one of an earlier loan comes back."""
    if told["site_id"] is None or db.session.get(Site, told["site_id"]) is None:
        raise RuleBroken("Choisissez le pôle où il arrive.", field="site_id")
    known = find_counterpart(loan)
    if known is None:
        known = _add(loan, told["site_id"], by=by, now=now)
    else:
        step_vehicle(known.id, to=IN_SERVICE, on=paris_day(now), by=by, now=now)
        facts = facts_of(loan.sheet) | {"site_id": told["site_id"], "lease_until": paris_day(loan.ends_at)}
        change_vehicle(known.id, by=by, now=now, **facts)
    db.session.flush()
    read_look(known, loan.sheet, by=by, now=now)
    loan.counterpart_id, loan.received_at = known.id, now


def _add(loan: VehicleLoan, site_id: int, *, by: Viewer, now: datetime) -> Vehicle:
    lender = platform_names()[loan.lender_id]
    return add_vehicle(
        kind=loan.kind,
        label=f"{loan.sheet['label'][:50]} ({lender[:26]})",
        site_id=site_id,
        in_service_on=paris_day(now),
        ownership="lent",
        lessor=lender,
        lease_until=paris_day(loan.ends_at),
        keeper="hirer" if get_kind(loan.kind).needs_licence else "platform",
        by=by,
        now=now,
        **facts_of(loan.sheet),
    )


def _give_back(loan: VehicleLoan, told: dict[str, Any], *, by: Viewer, now: datetime) -> None:
    """The counterpart leaves the fleet, with what happened to it; what is booked on it after today has to be changed first."""
    assert loan.counterpart_id is not None
    loan.sheet = loan.sheet | {"back": write_look(lock_vehicle(loan.counterpart_id), now=now)}
    step_vehicle(loan.counterpart_id, to=OUT, on=paris_day(now), by=by, now=now)
    loan.given_back_at = now


def _end(loan: VehicleLoan, told: dict[str, Any], *, by: Viewer, now: datetime) -> None:
    """The lender's vehicle is there again, free from now on, and what was seen of it meanwhile is known."""
    assert loan.vehicle_id is not None
    read_look(lock_vehicle(loan.vehicle_id), loan.sheet.get("back", {}), by=by, now=now)
    loan.status = ENDED  # before the block goes: nothing else may lift it
    db.session.flush()
    block = db.session.get_one(Block, loan.block_id)
    if block.lifted_at is None and block.ends_at > now:
        blocks.lift(block.id, by=by, now=now)


_ACTS: dict[str, Callable[..., None]] = {ACCEPTED: _accept, REFUSED: _refuse, RECEIVED: _receive, GIVEN_BACK: _give_back, ENDED: _end}
