"""What a booking opens and moves on the money side and on the person's path, in the same transaction."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import select

from billing.actions import accounts, deposits
from billing.actions.carried_deposits import carry_on, let_go
from billing.card_holds import ON_HOLD, check_fits
from billing.events import PriceMoved
from billing.models import BillingAccount
from billing.queries import deposit_of
from billing.queries.tariffs import district_on
from billing.queries.usage import usual_deposit_cents
from fleet.blocks import days_lost
from fleet.hours import is_by_the_hour
from fleet.lifecycle import HOLDING
from fleet.models import Booking, Vehicle
from fleet.patterns import rhythm_of
from fleet.queries.chain import chain_of
from fleet.queries.kind_rules import usual_deposit_kind
from fleet.queries.parts import part_ends_at
from fleet.queries.prices import planned_days, say_booking_price
from fleet.queries.vehicles import full_name
from fleet.renewal import Stretch
from mobility import audit
from mobility.actions.paths import end_action, move_start, start_action
from mobility.db import db
from mobility.models import Action
from mobility.periods import Period, paris_day
from mobility.rights import Viewer


def open_terms(
    booking: Booking,
    vehicle: Vehicle,
    *,
    deposit_kind: str | None,
    earlier: Sequence[Stretch] | None = None,
    by: Viewer,
    now: datetime,
) -> None:
    """Account, deposit and action of a booking that becomes firm, and its price by the terms now frozen. Raises RuleBroken.

    Some hours ask no deposit, and are no action of the path. Without a `deposit_kind` it is foreseen as is usual for the vehicle's kind.
    `earlier` are the rentals it goes on with, where they are at hand.
    """
    days = planned_days(booking.starts_at, booking.ends_at, booking.pattern)
    account = accounts.open_account(
        beneficiary_id=booking.beneficiary_id,
        reference=f"booking:{booking.id}",
        label=full_name(vehicle),
        kind=vehicle.kind,
        programme=booking.programme,
        qpv=booking.qpv,
        first_on=days[0],
        last_on=days[-1],
        rhythm=rhythm_of(booking.pattern),
        by=by,
        now=now,
    )
    booking.qpv = account.qpv
    price = say_booking_price(booking, vehicle.kind, account)
    if not is_by_the_hour(booking.programme):
        _secure(account, deposit_kind, days[0], chain_of(booking, now).earlier if earlier is None else earlier, by=by, now=now)
        _start_action(booking, vehicle, days[0], by=by, now=now)
    booking.account_id, booking.price_sentence = account.id, price  # last, so that the row is written once


def foresee(booking: Booking, *, by: Viewer, now: datetime) -> None:
    """The planned dates moved: the forecast follows, and before the keys the path's action begins on the new day."""
    if booking.account_id is None:
        return
    days = planned_days(booking.starts_at, booking.ends_at, booking.pattern)
    accounts.foresee_stay(booking.account_id, first_on=days[0], last_on=days[-1], by=by, now=now)
    if booking.handed_over_at is None:
        begin_action(booking, days[0], by=by, now=now)


def rename(booking: Booking, vehicle: Vehicle, *, by: Viewer, now: datetime) -> None:
    """Another vehicle is held: the account names it, and the days before keep theirs."""
    if booking.account_id is not None:
        accounts.rename_account(booking.account_id, label=full_name(vehicle), by=by, now=now)


def say_again(moved: PriceMoved) -> None:
    """A right was proven or ended, or a schedule set: what the person's live bookings cost is said anew, for the page and the contract."""
    live = select(Booking, Vehicle).join(Vehicle, Vehicle.id == Booking.vehicle_id).order_by(Booking.id)
    for booking, vehicle in db.session.execute(live.filter(Booking.beneficiary_id == moved.beneficiary_id, Booking.status.in_(HOLDING))):
        booking.qpv = _has_district(booking)
        booking.price_sentence = say_booking_price(booking, vehicle.kind)
    db.session.flush()


def _has_district(booking: Booking) -> bool:
    """A firm booking as its account, which froze it; an option by the day it would begin."""
    if booking.account_id is not None:
        return db.session.get_one(BillingAccount, booking.account_id).qpv
    return booking.qpv or district_on(booking.beneficiary_id, paris_day(booking.starts_at)) is not None


def begin_action(booking: Booking, on: date, *, by: Viewer, now: datetime) -> None:
    """The keys go on another day than planned: the path's action begins with them, so that its end never comes first."""
    if booking.action_id is not None:
        move_start(booking.action_id, started_on=on, by=by, now=now)


def finish_action(booking: Booking, *, by: Viewer, now: datetime) -> None:
    """The vehicle is back: the path's action ends today, unless somebody ended it before: that keeps no vehicle out."""
    if booking.action_id is not None and db.session.get_one(Action, booking.action_id).ended_on is None:
        end_action(booking.action_id, ended_on=paris_day(now), by=by, now=now)


def drop_terms(booking: Booking, *, by: Viewer, now: datetime) -> None:
    """A booking cancelled before the keys: nothing is charged, a deposit goes back, an action that never began counts nowhere."""
    if booking.account_id is not None:
        accounts.drop_account(booking.account_id, by=by, now=now)
        let_go(booking.account_id, by=by, now=now)
    if booking.action_id is not None:
        action = db.session.get_one(Action, booking.action_id)
        audit.record("drop_action", action, by=by, now=now)
        booking.action_id = None
        db.session.flush()
        db.session.delete(action)


def restore_terms(booking: Booking, vehicle: Vehicle, *, by: Viewer, now: datetime) -> None:
    """A firm booking taken up again: its account and its deposit as they were. Raises RuleBroken when the deposit was given back."""
    if booking.account_id is None:
        return
    account = accounts.reopen_account(booking.account_id, by=by, now=now)
    first_on = planned_days(booking.starts_at, booking.ends_at, booking.pattern)[0]
    if deposit := deposit_of(booking.account_id):
        deposits.ask_again(deposit.id, by=by, now=now)
    elif not is_by_the_hour(booking.programme):
        _secure(account, None, first_on, chain_of(booking, now).earlier, by=by, now=now)
    if not is_by_the_hour(booking.programme):
        _start_action(booking, vehicle, first_on, by=by, now=now)


def _start_action(booking: Booking, vehicle: Vehicle, on: date, *, by: Viewer, now: datetime) -> None:
    booking.action_id = start_action(booking.beneficiary_id, kind=f"rental_{vehicle.kind}", started_on=on, by=by, now=now).id


def _secure(account: BillingAccount, kind: str | None, on: date, earlier: Sequence[Stretch], *, by: Viewer, now: datetime) -> None:
    """The deposit of the rental it goes on with (the last of those `earlier`) follows, completed where a vehicle of another kind asks more.

    Without one the usual is asked, in the form foreseen or as is usual.
    """
    before, usual_cents = earlier[-1].account_id if earlier else None, usual_deposit_cents(account.kind, on)
    if before is not None and carry_on(before, account, usual_cents=usual_cents, by=by, now=now):
        return
    kind = kind or usual_deposit_kind(account.kind, on)
    if kind == ON_HOLD:
        check_fits(account.first_on, account.last_on, field="deposit_kind")
    deposits.ask_deposit(account, kind=kind, due_cents=usual_cents, by=by, now=now)


def go_out_of_service(booking: Booking, period: Period, *, by: Viewer, now: datetime) -> None:
    """The person cannot use the vehicle: the days lost until the planned return are not charged."""
    lost = [day for day in days_lost(period) if day <= paris_day(part_ends_at(booking))]
    if booking.account_id is not None and lost:
        accounts.add_out_of_service(booking.account_id, first_on=lost[0], last_on=lost[-1], by=by, now=now)


def come_back_into_service(booking: Booking, *, back_on: date, began_on: date | None = None, by: Viewer, now: datetime) -> None:
    """The person has a vehicle again: days from `back_on` on are charged.

    `began_on` is the first day lost to what is over; without it everything is, as with another vehicle.
    """
    if booking.account_id is not None:
        accounts.end_out_of_service(booking.account_id, back_on=back_on, began_on=began_on, by=by, now=now)
