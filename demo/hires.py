"""The hirer's way: a car ordered of a company for somebody of the programme; its contract, guarantee, invoices, a funder's part, a call."""

from typing import Any

from sqlalchemy import select

from billing.actions import hire_bills, hirers
from billing.models import BillingAccount, Payer
from billing.terms import AMIE
from demo.stage import Stage
from demo.timeline import Story
from fleet.actions.hired import order_vehicle
from fleet.hired import HIRED
from fleet.models import Booking, Vehicle
from mobility.db import db
from mobility.periods import ONE_DAY, months_after, paris_day
from mobility.rights import Role

_HIRER: dict[str, Any] = {
    "name": "Vallon Location",
    "address": "12 avenue du Relais, 13600 La Ciotat",
    "contact": "Mme Oriane Castelvieil",
    "phone": "04 65 71 00 40",
    "email": "agence@vallon-location.example.org",
}
_MONTH_CENTS = 28_000


def hires(stage: Stage, *, begins: int) -> Story:
    """From the order, the day before the keys, to an invoice that says otherwise than the order and a call to be decided."""
    yield stage.at(begins - 30, 10)
    treasurer, manager = stage.staff[Role.TREASURER], stage.staff[Role.MANAGER]
    hirer = hirers.add_hirer(**_HIRER, by=treasurer, now=stage.now)
    yield stage.at(begins - 1, 15)
    booking = _booking()
    if booking is None:
        return
    first_on, last_on = paris_day(booking.starts_at), paris_day(booking.ends_at)
    told = {"first_on": first_on, "last_on": last_on, "unit": "month", "unit_cents": _MONTH_CENTS, "names_person": True}
    told["conditions"] = "1 500 km par mois, franchise de 450 €"
    order = order_vehicle(booking.id, hirer_id=hirer.id, **told, by=stage.adviser, now=stage.now)
    yield stage.at(begins - 1, 15, 30)
    hirers.give_guarantee(order.id, cents=80_000, by=manager, now=stage.now)
    yield stage.at(begins, 18)
    hirers.record_contract(order.id, reference="VL-2207", on=paris_day(stage.now), by=stage.adviser, now=stage.now)
    yield stage.at(begins + 33, 10)
    first = _bill(stage, order.id, "F-0418", first_on=first_on, last_on=months_after(first_on, 1) - ONE_DAY)
    hire_bills.pay(order.id, first, cents=_MONTH_CENTS, on=stage.day(begins + 33), reference="VIR-061", by=treasurer, now=stage.now)
    yield stage.at(begins + 40, 11)
    fund = db.session.scalars(select(Payer).filter(Payer.kind == "temp_work_fund")).first()
    if fund is not None:
        share = hire_bills.share(order.id, payer_id=fund.id, cents=12_000, reference="FT-118", by=treasurer, now=stage.now)
        yield stage.at(begins + 58, 11)
        hire_bills.receive(order.id, share.id, cents=12_000, on=stage.day(begins + 57), by=treasurer, now=stage.now)
    yield stage.at(-4, 10)
    second_on = months_after(first_on, 1)
    _bill(stage, order.id, "F-0533", first_on=second_on, last_on=months_after(first_on, 2) - ONE_DAY, km_cents=1_860)
    yield stage.at(-3, 11)
    hire_bills.call(order.id, cents=6_000, on=stage.day(-3), reason="nettoyage d’un siège taché", by=treasurer, now=stage.now)


def _bill(stage: Stage, hire_id: int, number: str, *, km_cents: int = 0, **days: Any) -> int:
    total = _MONTH_CENTS + km_cents
    told: dict[str, Any] = {"reference": number, "on": paris_day(stage.now), "rent_cents": _MONTH_CENTS, "km_cents": km_cents}
    told |= {"total_cents": total, "vat_cents": total // 6}
    return hire_bills.enter_invoice(hire_id, **told, **days, by=stage.staff[Role.TREASURER], now=stage.now).id


def _booking() -> Booking | None:
    """The booking of the programme whose car is a company's."""
    of_company = select(Vehicle.id).filter(Vehicle.ownership == HIRED)
    in_programme = select(BillingAccount.id).filter(BillingAccount.programme == AMIE, BillingAccount.closed_at.is_(None))
    query = select(Booking).filter(Booking.vehicle_id.in_(of_company), Booking.account_id.in_(in_programme))
    return db.session.scalars(query.order_by(Booking.id.desc())).first()
