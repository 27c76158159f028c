"""A month at a small platform: three cars, four people, and every act between them, each in a transaction of its own."""

from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from billing.actions import charge_runs, debts, deposits, kept_deposits, payments, refunds, tiers
from billing.models import Deposit, Payment
from fleet import jobs
from fleet.actions import blocks, bookings, cancellations, changes, contracts, handover, point_etape, readings
from fleet.lifecycle import NEXT
from fleet.models import Block, Booking, Occupancy, OdometerReading
from fleet.queries.parts import next_vehicle_of
from fleet.queries.readings import last_km
from mobility.db import db
from mobility.errors import DomainError
from mobility.models import Beneficiary
from mobility.periods import paris_day
from mobility.rights import Role
from tests.garage import clear_person, make_person, make_vehicle
from tests.house import House
from tests.rental import FINE_CAR

RUNNING = ("out", "late")
LIVE = ("held", "confirmed", *RUNNING)
HALF_DAY = timedelta(hours=12)
# Of one vehicle: the first two never meet, the third meets both, the next two have a week in two each, the last two their days in each.
SHIFTS = (
    "1234567 00:00-12:00",
    "1234567 12:00-00:00",
    "135 20:00-06:00",
    "1234567 08:00-08:00 - 2026-03-02",
    "1234567 08:00-08:00 - 2026-03-09",
    "123 06:00-20:00 4567 00:00-12:00 2026-03-02",
    "4567 06:00-20:00 123 00:00-12:00 2026-03-02",
)


def _exchanged(booking_id: int) -> dict[str, int]:
    """The vehicle that a booking is to go on with, and both odometers."""
    booking = db.session.get(Booking, booking_id)
    if booking is None:
        return {"vehicle_id": 0}
    other = (*next_vehicle_of(booking), booking.vehicle_id)[0]
    read = {"returned_km": (last_km(booking.vehicle_id) or 40_000) + 60, "handed_km": last_km(other) or 40_000}
    return {"vehicle_id": other} | (read if booking.status in RUNNING else {})


class Trade:
    """The platform and what happened there; a refusal is an answer like another, and is counted beside the acts."""

    def __init__(self, house: House) -> None:
        self.house, self.done, self.refused = house, Counter[str](), Counter[str]()
        with house.writing():
            self.people = [make_person(house, number).id for number in range(100, 104)]
            for id_ in self.people:
                clear_person(house, id_)
            # One of them may pay a car in cash (domain.md §9 "Cash").
            db.session.get_one(Beneficiary, self.people[0]).without_bank_declared_on = paris_day(house.clock())
            self.cars = [make_vehicle(house, f"Citadine {number}").id for number in range(3)]
            self.by = house.viewer(Role.ADVISER)

    def open(self) -> "Trade":
        """The morning it begins on: one car is out, another is about to go."""
        for number in range(2):
            self.book(number, number, 0, 12, "daily")
            self.sign(number)
            self.receive_deposit(number, 30_000)
        self.hand_over(0, 40_000)
        return self.anew()

    def anew(self) -> "Trade":
        """Nothing counted yet."""
        self.done, self.refused = Counter[str](), Counter[str]()
        return self

    # -- Bookings

    def hold(self, person: int, car: int, start: int, length: int, programme: str) -> None:
        self._do("hold", bookings.hold, self.people[person], self.cars[car], programme=programme, **self._when(start, length))

    def book(self, person: int, car: int, start: int, length: int, programme: str) -> None:
        self._do("book", bookings.book, self.people[person], self.cars[car], programme=programme, **self._when(start, length))

    def share(self, person: int, car: int, start: int, length: int, turn: int) -> None:
        pattern = SHIFTS[turn]
        self._do("share", bookings.book, self.people[person], self.cars[car], pattern=pattern, **self._when(start, length))

    def confirm(self, which: int) -> None:
        self._on(which, "confirm", bookings.confirm)

    def cancel(self, which: int) -> None:
        self._on(which, "cancel", bookings.cancel, reason="mistake")

    def no_show(self, which: int) -> None:
        self._on(which, "no_show", cancellations.no_show)

    def reopen(self, which: int) -> None:
        self._on(which, "reopen", cancellations.reopen)

    def extend(self, which: int, length: int) -> None:
        self._on(which, "extend", changes.extend, ends_at=self._when(0, length)["ends_at"])

    def renew(self, which: int) -> None:
        self._on(which, "renew", changes.renew)

    def shorten(self, which: int, length: int) -> None:
        self._on(which, "shorten", changes.shorten, ends_at=self._when(0, length)["ends_at"])

    def shift(self, which: int, start: int, length: int) -> None:
        self._on(which, "shift", changes.shift, among=("held", "confirmed"), **self._when(start, length))

    def swap(self, which: int, car: int) -> None:
        returned_km, handed_km = self._km(which, 60), self._value(lambda: last_km(self.cars[car]) or 40_000)
        self._on(which, "swap", changes.swap, vehicle_id=self.cars[car], returned_km=returned_km, handed_km=handed_km)

    def split(self, which: int, length: int, car: int) -> None:
        """On another car after so many fifteenths of what is left of it, or given back."""
        booking_id = self._booking(which, tuple(NEXT["split"]))
        other = self.cars[car] if car < len(self.cars) else None
        self._do("split", changes.split, booking_id, at=self._value(lambda: self._within(booking_id, length)), vehicle_id=other)

    def exchange(self, which: int) -> None:
        """The keys of a booking cut in two are exchanged, on time or not."""
        going_on = select(Booking.id).join(Occupancy, Occupancy.booking_id == Booking.id)
        going_on = going_on.filter(Occupancy.vehicle_id != Booking.vehicle_id, Occupancy.status == "confirmed")
        booking_id = self._pick(which, Booking, Booking.status.in_(RUNNING) & Booking.id.in_(going_on))
        self._do("exchange", changes.swap, booking_id, **self._value(lambda: _exchanged(booking_id)))

    def block(self, car: int, start: int, length: int) -> None:
        self._do("block", blocks.block, self.cars[car], reason="workshop", **self._when(start, length))

    def lift(self, which: int) -> None:
        self._do("lift", blocks.lift, self._pick(which, Block))

    # -- The keys, the point-étape, the odometer

    def sign(self, which: int) -> None:
        booking_id = self._booking(which, ("confirmed",))
        self._do("make_contract", contracts.make_contract, booking_id)
        number = self._value(lambda: contracts.find_contract(booking_id))
        self._do("sign_contract", contracts.sign_contract, booking_id, number.number if number else "", signer_name="Camille", agreed=True)

    def hand_over(self, which: int, km: int) -> None:
        self._on(which, "hand_over", handover.hand_over, odometer_km=km, zones=FINE_CAR, fuel="full")

    def take_back(self, which: int, further: int) -> None:
        self._on(which, "take_back", handover.take_back, odometer_km=self._km(which, further), zones=FINE_CAR, fuel="half")

    def point_etape(self, which: int, further: int, cents: int) -> None:
        money: dict[str, Any] = {"means": "cheque", "cents": cents, "note_given": True} if cents else {}
        said = {"mode": "pole", "odometer_km": self._km(which, further), "job_state": "working", "next_step": "none"}
        self._on(which, "hold_point_etape", point_etape.hold_point_etape, among=RUNNING, **said, **money)

    def note_reading(self, which: int, further: int) -> None:
        self._on(which, "note_reading", point_etape.note_reading, among=RUNNING, odometer_km=self._km(which, further))

    def confirm_reading(self, which: int) -> None:
        self._on_reading(which, "confirm_reading", readings.confirm_reading, doubtful=True, reason="Relu avec la personne.")

    def correct_reading(self, which: int, further: int) -> None:
        found = self._value(lambda: db.session.get(OdometerReading, self._pick(which, OdometerReading)))
        km = max((found.km if found else 0) + further, 0)
        self._on_reading(which, "correct_reading", readings.correct_reading, odometer_km=km, reason="Mal lu.")

    # -- Money

    def pay(self, which: int, means: str, cents: int) -> None:
        self._do("take_payment", payments.take_payment, self._account(which), means=means, cents=cents)

    def announce_transfer(self, which: int, cents: int) -> None:
        self._do("announce_transfer", payments.announce_transfer, self._account(which), cents=cents)

    def confirm_transfer(self, which: int) -> None:
        self._do("confirm_transfer", payments.confirm_transfer, self._pick(which, Payment, Payment.status == "announced"))

    def cancel_transfer(self, which: int) -> None:
        self._do("cancel_transfer", payments.cancel_payment, self._pick(which, Payment, Payment.status == "announced"))

    def refund(self, which: int, cents: int) -> None:
        self._do(
            "refund", refunds.refund_payment, self._pick(which, Payment, Payment.status == "settled"), cents=cents, reason="Trop payé."
        )

    def charge_damage(self, which: int, cents: int) -> None:
        self._do("charge_damage", debts.charge_debt, self._account(which), kind="damage", cents=cents, reason="rétroviseur")

    def prove_rsa(self, person: int, days_ago: int) -> None:
        from_on = paris_day(self.house.clock()) - timedelta(days=days_ago)
        self._do("prove_rsa", tiers.record_tier_proof, self.people[person], tier="rsa", from_on=from_on)

    def receive_deposit(self, which: int, cents: int) -> None:
        self._do("receive_deposit", deposits.receive_deposit, self._pick(which, Deposit), cents=cents)

    def defer_deposit(self, which: int) -> None:
        self._do("defer_deposit", deposits.defer_deposit, self._pick(which, Deposit), reason="job_start", instalments=3)

    def keep_deposit(self, which: int, cents: int) -> None:
        self._do(
            "keep_deposit",
            kept_deposits.keep_deposit,
            self._pick(which, Deposit, Deposit.held_cents > 0),
            cents=cents,
            why="unpaid",
            reason="Réparation.",
        )

    def release_deposit(self, which: int) -> None:
        self._do("release_deposit", deposits.release_deposit, self._pick(which, Deposit, Deposit.release_on.is_not(None)))

    # -- Time

    def wait(self, hours: int) -> None:
        self.house.clock.forward(hours=hours)
        self.done["wait"] += 1

    def night(self, days: int) -> None:
        """What comes by itself, after so many days without it."""
        self.house.clock.forward(days=days)
        for job in (jobs.mark_late, jobs.release_holds, charge_runs.post_due_charges):
            with self.house.writing():
                job(now=self.house.clock())
        self.done["night"] += 1

    # -- How an act is done

    def _do(self, name: str, act: Callable[..., object], *on: Any, **values: Any) -> None:
        try:
            with self.house.writing():
                act(*on, **values, by=self.by, now=self.house.clock())
        except DomainError as refused:
            self.refused[f"{name}: {type(refused).__name__}"] += 1
        else:
            self.done[name] += 1

    def _on(self, which: int, name: str, act: Callable[..., object], *, among: tuple[str, ...] = (), **values: Any) -> None:
        self._do(name, act, self._booking(which, among or tuple(NEXT.get(name, LIVE))), **values)

    def _on_reading(self, which: int, name: str, act: Callable[..., object], *, doubtful: bool = False, **values: Any) -> None:
        wanted = OdometerReading.status == "doubtful" if doubtful else OdometerReading.id > 0
        reading_id = self._pick(which, OdometerReading, wanted)
        reading = self._value(lambda: db.session.get(OdometerReading, reading_id))
        self._do(name, act, reading.booking_id if reading else 0, reading_id, **values)

    def _when(self, start: int, length: int) -> dict[str, Any]:
        begin = self.house.clock() + start * HALF_DAY
        return {"starts_at": begin, "ends_at": begin + length * HALF_DAY}

    def _within(self, booking_id: int, part: int) -> datetime:
        booking, now = db.session.get(Booking, booking_id), self.house.clock()
        begin = max(now, booking.starts_at) if booking else now
        return begin + max(booking.ends_at - begin, HALF_DAY) * part / 15 if booking else now

    def _km(self, which: int, further: int) -> int:
        """What the odometer is said to show: so much further than it is believed to."""
        booking_id = self._booking(which, RUNNING)
        return max(self._value(lambda: (last_km(b.vehicle_id) or 0) if (b := db.session.get(Booking, booking_id)) else 0) + further, 0)

    def _account(self, which: int) -> int:
        booking_id = self._pick(which, Booking, Booking.account_id.is_not(None))
        found = self._value(lambda: db.session.get(Booking, booking_id))
        return int(found.account_id or 0) if found else 0  # an option has none: the act is to refuse it

    def _booking(self, which: int, statuses: tuple[str, ...]) -> int:
        """One booking in a status that allows the act; now and then any at all, for its refusal."""
        return self._pick(which, Booking, Booking.status.in_(statuses))

    def _pick(self, which: int, kind: Any, wanted: Any = None) -> int:
        every = select(kind.id).order_by(kind.id)
        fitting = [] if wanted is None or which % 7 == 6 else self._value(lambda: db.session.scalars(every.filter(wanted)).all())
        ids = fitting or self._value(lambda: db.session.scalars(every).all())
        return int(ids[which % len(ids)]) if ids else 0

    def _value(self, read: Callable[[], Any]) -> Any:
        with self.house.reading():
            return read()
