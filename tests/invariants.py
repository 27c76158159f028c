"""What holds on a platform after every act, asked of the tables themselves and not of the rules that wrote them."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from itertools import pairwise

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from billing.models import BillingAccount, Charge, Deposit, DepositStep, JournalEntry, LedgerLine, Payment, Receipt
from billing.queries import verify_books
from billing.queries.months import find_wrong_month
from fleet.models import Booking, Occupancy, OdometerReading, PointEtape
from fleet.patterns import uses_of
from fleet.queries.mileage import mileages_of
from mobility.db import db
from mobility.periods import Period
from tests.house import House

TRANSITIONS = {
    "held": {"confirmed", "cancelled", "expired"},
    "confirmed": {"out", "cancelled"},
    "out": {"late", "returned"},
    "late": {"out", "returned"},
    "cancelled": {"held", "confirmed"},  # on its day
}
BORN = {"held", "confirmed"}
# The tables that each part of the question is asked of; kilometres are shared by who held the vehicle.
HOLDING = {"booking", "occupancy", "block"}
DRIVEN = {"odometer_reading", "point_etape", "occupancy"}
MONEY = {"billing_account", "charge", "payment", "deposit", "deposit_step", "receipt", "journal_entry", "ledger_line", "ledger_month"}
MOST_A_DAY = 500  # cents: a car's full day (domain.md §2.4)

Statuses = dict[int, str]


def check_all(house: House, before: Statuses, touched: Collection[str] | None = None) -> Statuses:
    """Vehicles, books, accounts, deposits, receipts and odometers; the statuses as they are, for the next time.

    After an act that `touched` some tables alone, only what they say.
    """
    held, driven, money = (touched is None or bool(tables & set(touched)) for tables in (HOLDING, DRIVEN, MONEY))
    if held:
        assert overlaps(house) == 0, "a vehicle is held twice"
    with house.reading():
        bookings = list(db.session.scalars(select(Booking))) if held or driven else []
        after = {booking.id: booking.status for booking in bookings} if bookings else before
        _transitions(before, after)
        if held:
            _held(bookings)
        if driven:
            _odometers(bookings)
        for check in (_books, _accounts, _days, _deposits, _receipts) if money else ():
            check()
    return after


def _transitions(before: Statuses, after: Statuses) -> None:
    """Every booking is where it was, or where its life leads from there; none is gone."""
    assert before.keys() <= after.keys()
    for id_, status in after.items() if before else ():
        allowed = {before[id_]} | TRANSITIONS.get(before[id_], set()) if id_ in before else BORN
        assert status in allowed, f"booking {id_} went from {before.get(id_)} to {status}"


def overlaps(house: House) -> int:
    """Pairs of stretches that hold one vehicle at one time."""
    one, other = aliased(Occupancy), aliased(Occupancy)
    pairs = (
        select(func.count())
        .select_from(one)
        .join(other, (other.vehicle_id == one.vehicle_id) & (other.id > one.id))
        .filter(one.status != "released", other.status != "released")
        .filter(one.starts_at < other.ends_at, other.starts_at < one.ends_at)
    )
    with house.reading():
        return db.session.scalar(pairs) or 0


def _held(bookings: list[Booking]) -> None:
    """Each booking holds what it says: all of it before the keys, of a shared vehicle its own hours, nothing once it has ended."""
    held = defaultdict(list)
    for row in db.session.scalars(select(Occupancy).filter(Occupancy.status != "released", Occupancy.booking_id.is_not(None))):
        held[row.booking_id].append(row)
    for booking in bookings:
        rows = held[booking.id]
        if booking.status in ("held", "confirmed"):
            rows.sort(key=lambda row: row.starts_at)
            asked = _asked(booking, [row for row in rows if row.vehicle_id != booking.vehicle_id])
            assert [(row.vehicle_id, row.starts_at, row.ends_at, row.status) for row in rows] == asked
        elif booking.status in ("cancelled", "expired"):
            assert not rows, f"booking {booking.id} is {booking.status} and holds a vehicle"
        elif booking.status == "returned":
            assert booking.returned_at is not None
            assert all(row.ends_at <= booking.returned_at for row in rows), f"booking {booking.id} is returned and holds a vehicle"
        else:
            assert {row.status for row in rows if row.vehicle_id == booking.vehicle_id} <= {booking.status}


def _asked(booking: Booking, second: list[Occupancy]) -> list[tuple[int, datetime, datetime, str]]:
    """What a booking is to hold before the keys: its uses, the rest of one cut in two on the vehicle that it goes on with."""
    cut_at = second[0].starts_at if second else booking.ends_at
    uses = uses_of(booking.pattern, Period(starts_at=booking.starts_at, ends_at=cut_at))
    first = [(booking.vehicle_id, use.starts_at, use.ends_at, booking.status) for use in uses]
    return first + [(row.vehicle_id, cut_at, booking.ends_at, "confirmed") for row in second]


def _books() -> None:
    """Each entry balances, and the chain is whole."""
    sums = select(LedgerLine.entry_number, func.sum(LedgerLine.debit_cents - LedgerLine.credit_cents)).group_by(LedgerLine.entry_number)
    found = {number: cents for number, cents in db.session.execute(sums)}
    assert not any(found.values()), "an entry does not balance"
    assert (
        sorted(found)
        == list(range(1, len(found) + 1))
        == list(db.session.scalars(select(JournalEntry.number).order_by(JournalEntry.number)))
    )
    assert verify_books() is None, "the chain is broken"
    assert find_wrong_month() is None, "the sums of a month are not its entries'"


def _accounts() -> None:
    """The ledger says what the rows do: charges, less what was paid and not given back, less what was kept of the deposit."""
    rows: dict[int, int] = defaultdict(int)
    for account_id, cents in db.session.execute(select(Charge.account_id, Charge.cents)):
        rows[account_id] += cents
    paid = select(Payment.account_id, Payment.cents - Payment.refunded_cents)
    for account_id, cents in db.session.execute(paid.filter(Payment.status == "settled", Payment.deposit_id.is_(None))):
        rows[account_id] -= cents
    kept = select(func.coalesce(DepositStep.owing_id, Deposit.account_id), DepositStep.cents).select_from(Deposit)
    kept = kept.join(DepositStep, DepositStep.deposit_id == Deposit.id)
    for account_id, cents in db.session.execute(kept.filter(DepositStep.act == "kept")):
        rows[account_id] -= cents
    owed = select(LedgerLine.account_id, func.sum(LedgerLine.debit_cents - LedgerLine.credit_cents)).group_by(LedgerLine.account_id)
    books = {id_: int(cents) for id_, cents in db.session.execute(owed.filter(LedgerLine.ledger_code == "411"))}
    assert {id_: cents for id_, cents in rows.items() if cents} == {id_: cents for id_, cents in books.items() if cents}


def _days() -> None:
    """No day costs less than nothing, nor more than its price, however often it was charged and credited."""
    days: dict[tuple[int, str], int] = defaultdict(int)
    charges = select(Charge.account_id, Charge.days).join(BillingAccount, BillingAccount.id == Charge.account_id)
    for account_id, charged in db.session.execute(charges.filter(BillingAccount.programme == "daily")):
        for day in charged:
            days[account_id, day["day"]] += day["cents"]
    assert all(0 <= cents <= MOST_A_DAY for cents in days.values()), days


def _deposits() -> None:
    """What is held is what came in less what left: never below nothing, never above what was taken."""
    steps: dict[tuple[int, str], int] = defaultdict(int)
    for deposit_id, act, cents in db.session.execute(select(DepositStep.deposit_id, DepositStep.act, DepositStep.cents)):
        steps[deposit_id, act] += cents
    for id_, held, due in db.session.execute(select(Deposit.id, Deposit.held_cents, Deposit.due_cents)):
        taken = steps[id_, "received"]
        assert 0 <= held <= taken <= due
        assert held == taken - steps[id_, "released"] - steps[id_, "kept"]


def _receipts() -> None:
    """One receipt for each payment received, 1…N without hole."""
    receipts = db.session.execute(select(Receipt.number, Receipt.payment_id).order_by(Receipt.number)).all()
    assert [number for number, _ in receipts] == list(range(1, len(receipts) + 1)), "a receipt is missing"
    settled = select(Payment.id).filter(Payment.status == "settled", Payment.deposit_id.is_(None))
    assert {payment for _, payment in receipts} == set(db.session.scalars(settled))


def _odometers(bookings: list[Booking]) -> None:
    """Readings that count never go down, but where somebody confirmed one with a reason; kilometres are never below nothing."""
    by_vehicle = defaultdict(list)
    rows = db.session.scalars(select(OdometerReading).order_by(OdometerReading.read_at, OdometerReading.id)).all()
    superseded = {row.supersedes_id for row in rows if row.status != "doubtful"}
    for row in rows:
        if row.status != "doubtful" and row.id not in superseded:
            by_vehicle[row.vehicle_id].append(row)
    for standing in by_vehicle.values():
        for first, second in pairwise(standing):
            assert first.km <= second.km or "confirmed" in (first.status, second.status), f"{first.km} km, then {second.km}"
    for found in mileages_of(bookings).values():
        assert all(state.driven_km >= 0 for state in (found.interval, found.chain) if state), found
    for cap in db.session.scalars(select(PointEtape.cap)):
        assert cap is None or cap["driven_km"] >= 0
