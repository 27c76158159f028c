"""A rental under test: a cleared person, a car, and each act of its life in a transaction of its own."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from billing.actions.deposits import receive_deposit
from billing.models import Deposit
from fleet.actions import bookings, contracts, handover, point_etape
from fleet.kinds import get_kind
from fleet.models import Booking
from fleet.queries.mileage import Mileage, mileage_of
from mobility.actions.people import record_job
from mobility.db import db
from mobility.models import LiaisonForm
from mobility.periods import instant_of
from mobility.rights import Role, Viewer
from tests.garage import clear_person, make_vehicle
from tests.house import House

FINE_CAR = dict.fromkeys(dict(get_kind("car").zones), "fine")
PATH = "M20 110 C 60 20, 90 20, 100 100"


class RentalDesk:
    """An adviser, a person with a job 18 km away from Monday to Friday, and a car booked from today, Monday, for four weeks."""

    def __init__(self, house: House, *, one_way_tenths: int | None = 180, **wish: Any) -> None:
        self.house = house
        with house.writing():
            clear_person(house, house.beneficiary_id)
            self.by: Viewer = house.viewer(Role.ADVISER)
            record_job(
                house.beneficiary_id,
                kind="fixed_long",
                starts_on=date(2026, 3, 2),
                ends_on=date(2026, 9, 30),
                one_way_tenths=one_way_tenths,
                by=self.by,
                now=house.clock(),
            )
            db.session.add(_form(house))
            self.car = make_vehicle(house, plate="AA-000-AA", insurer="Assurances du Littoral", excess_cents=45000).id
        ends_at = wish.pop("ends_at", instant_of(date(2026, 3, 30)))
        self.booking_id = self.act(bookings.book, house.beneficiary_id, self.car, starts_at=house.clock(), ends_at=ends_at, **wish).id

    def act(self, verb: Any, *args: Any, **values: Any) -> Any:
        """One act in its own transaction, as the edge gives it."""
        with self.house.writing():
            return verb(*args, **values, by=self.by, now=self.house.clock())

    def on(self, verb: Any, *args: Any, **values: Any) -> Any:
        """One act on this rental."""
        return self.act(verb, self.booking_id, *args, **values)

    def sign(self) -> Any:
        """A contract made and signed on screen."""
        contract = self.on(contracts.make_contract)
        return self.on(contracts.sign_contract, contract.number, signer_name="Camille Essai", agreed=True, signature=PATH)

    def ready(self) -> "RentalDesk":
        """The deposit received and the contract signed: only the keys are left."""
        (deposit,) = self.rows(Deposit)
        self.act(receive_deposit, deposit.id, cents=deposit.due_cents)
        self.sign()
        return self

    def hand_over(self, km: int = 48_000, **more: Any) -> Booking:
        return self.on(handover.hand_over, **({"odometer_km": km, "zones": FINE_CAR, "fuel": "full"} | more))

    def take_back(self, km: int, **more: Any) -> Booking:
        return self.on(handover.take_back, **({"odometer_km": km, "zones": FINE_CAR, "fuel": "half"} | more))

    def out(self, km: int = 48_000) -> "RentalDesk":
        """The keys handed over now."""
        self.ready()
        self.hand_over(km)
        return self

    def later(self, **span: float) -> datetime:
        return self.house.clock.forward(**span)

    def read(self, km: int) -> Any:
        return self.on(point_etape.note_reading, odometer_km=km)

    def mileage(self) -> Mileage:
        with self.house.reading():
            return mileage_of(db.session.get_one(Booking, self.booking_id))

    def booking(self) -> Booking:
        with self.house.reading():
            return db.session.get_one(Booking, self.booking_id)

    def rows(self, model: Any) -> list[Any]:
        """Every row of a table of this platform, in the order written."""
        with self.house.reading():
            return list(db.session.scalars(select(model).order_by(model.id)))


def _form(house: House) -> LiaisonForm:
    return LiaisonForm(
        number="L-2026-0001",
        beneficiary_id=house.beneficiary_id,
        structure_id=house.structure_id,
        prescriber_email="referente@example.org",
        received_on=date(2026, 2, 20),
        motive="job",
        status="accepted",
    )
