"""Fleets of any size, written as the owner in bulk: poles of 200 vehicles, each with years of bookings behind it and weeks ahead."""

from datetime import timedelta
from typing import Any

from sqlalchemy import create_engine, text

from tests.bulk import write_rows
from tests.databases import TestDatabase
from tests.house import House

A_POLE, EACH = 200, 100  # vehicles of a pole, bookings of a vehicle
CYCLE, USE, AHEAD = 14, 10, 4  # days from one booking of a vehicle to its next, days of a booking, bookings ahead
FREE_OF = 5  # one vehicle of so many has nothing ahead
CANCELLED_OF = 10  # one booking of so many was cancelled
OF_PERSON = 4  # bookings of one person, one after the other

# Of the booking k: its vehicle v, the day it begins, counted from now. Staggered, so that each day some come back.
_V = f"(k / {EACH})"
_AHEAD = f"(CASE WHEN {_V} % {FREE_OF} = 0 THEN 0 ELSE {AHEAD} END)"
_BEGINS = f"({CYCLE} * ({_AHEAD} - 1 - k % {EACH}) + {_V} % {CYCLE} - {CYCLE})"
_ENDS = f"({_BEGINS} + {USE})"
_STARTS_AT, _ENDS_AT = f":now + {_BEGINS} * DAY", f":now + {_ENDS} * DAY"
_IS_CANCELLED, _IS_AHEAD = f"k % {CANCELLED_OF} = 0", f"{_ENDS} > 0"

_TABLES = {  # what each row says, in the words of both engines: k counts from 0
    "site": {"name": "'Pôle ' || k"},
    "vehicle": {
        "site_id": f":site + k / {A_POLE}",
        "kind": "'car'",
        "gearbox": "'manual'",
        "stage": "'in_service'",
        "label": f"'Citadine ' || (:site + k / {A_POLE}) || '-' || (1000 + k % {A_POLE})",
        "in_service_on": ":since",
    },
    "beneficiary": {
        "number": "'F-' || k",
        "first_name": "'Prénom'",
        "last_name": "'Nom ' || k",
        "contact_by": "'phone'",
        "search_key": "'prenom nom ' || k",
        "identity_key": "'f ' || k",
        "created_at": ":now",
        "last_contact_at": ":now",
    },
    "booking": {
        "vehicle_id": f":vehicle + {_V}",
        "starts_at": _STARTS_AT,
        "ends_at": _ENDS_AT,
        "number": "'F-' || k",
        "status": f"CASE WHEN {_IS_CANCELLED} THEN 'cancelled' WHEN {_IS_AHEAD} THEN 'confirmed' ELSE 'returned' END",
        "beneficiary_id": f":beneficiary + k / {OF_PERSON}",
        "programme": "'daily'",
        "eligibility": ":nothing",
        "waivers": ":nothing",
        "price_sentence": "''",
        "created_at": ":now",
        "version": "1",
        "qpv": "false",
        "weekdays": "31",
        "cap_applies": "true",
    },
    "occupancy": {
        "vehicle_id": f":vehicle + {_V}",
        "booking_id": ":booking + k",
        "starts_at": _STARTS_AT,
        "ends_at": _ENDS_AT,
        "status": f"CASE WHEN {_IS_CANCELLED} THEN 'released' WHEN {_IS_AHEAD} THEN 'confirmed' ELSE 'out' END",
    },
}


def fill_fleet(house: House, database: TestDatabase, bookings: int) -> list[int]:
    """So many bookings on a hundredth as many vehicles, with the poles they wait at; the poles' ids. The planner is told of it."""
    owner = create_engine(database.owner_url)
    vehicles = bookings // EACH
    poles = -(-vehicles // A_POLE)
    known: dict[str, Any] = {"platform": house.platform_id, "now": house.clock(), "nothing": []}
    known["since"] = house.clock().date() - timedelta(days=CYCLE * EACH)
    people = -(-bookings // OF_PERSON)
    for table, count in (("site", poles), ("vehicle", vehicles), ("beneficiary", people), ("booking", bookings), ("occupancy", bookings)):
        with owner.begin() as connection:
            known[table] = write_rows(connection, table, _TABLES[table], count, known)
    with owner.begin() as connection:
        connection.execute(text("ANALYZE"))
    owner.dispose()
    return list(range(known["site"], known["site"] + poles))
