"""What addresses ask for after their path, for a page that shows nothing without it."""

from datetime import timedelta

from sqlalchemy import select

from fleet.models import Vehicle
from mobility.db import db
from mobility.models import Beneficiary
from mobility.periods import paris_day
from tests.house import House


def asked_by_pages(house: House, person: Beneficiary) -> dict[str, str]:
    """What a page asks for before it shows anything, by endpoint."""
    car = db.session.scalars(select(Vehicle).filter(Vehicle.kind == "car").order_by(Vehicle.id)).first()
    assert car is not None
    period = "starts_at=2026-04-20T09:00&ends_at=2026-04-27T09:00"
    change = "act=renew"
    return {
        "bookings.change": change,
        "bookings.choose": period,
        "bookings_api.change": change,
        "bookings_api.eligibility": f"{period}&beneficiary_id={person.id}&vehicle_id={car.id}",
        "bookings_api.free": f"{period}&beneficiary_id={person.id}&kind=car",
        "bookings_api.choose_way": period,
        "bookings_api.ways": period,
        "desk.search": "q=Zibeline",
        "fines_api.who": f"plate={car.plate}&on={paris_day(house.clock()) - timedelta(days=3)}&hour=09:00",
        "gathered_api.search": "q=Zibeline",
        "liaison_papers_api.add": f"kind=job&seen_on={paris_day(house.clock())}",
        "money_api.ask_quote": "kind=car&first_on=2026-04-20&last_on=2026-04-27",
        "people_api.trip": "start=Aubagne&end=La+Ciotat",
        "vehicle_imports.sheet": "format=csv",
    }
