"""A vehicle on loan keeps what is known of it, both ways: its sheet, its odometer, its marks."""

from typing import Any

from sqlalchemy import select

from fleet.actions.loan_follow import follow_loans
from fleet.models import OdometerReading, Vehicle, VehicleMark
from fleet.queries.readings import last_km
from mobility.db import db
from mobility.rights import Role
from tests.garage import at
from tests.house import House
from tests.journeys.pages import plain
from tests.web.test_loans import WISH, make_two, say

TOLD = {"frame_number": "VF1ESSAI0000001", "double_controls": True, "adaptations": "boule au volant", "level": "half"}


def test_it_arrives_as_its_lender_knows_it_and_comes_back_as_its_borrower_does(house: House) -> None:
    borrower, lender, vehicle_id = make_two(house)
    with lender.writing():
        vehicle = db.session.get_one(Vehicle, vehicle_id)
        for name, value in TOLD.items():
            setattr(vehicle, name, value)
        note(lender, vehicle_id, 40_000, zone="left", kind="scratch", x=500, y=100, note="Vu par Camille")
    steps = loan(borrower, lender, vehicle_id)
    with borrower.writing():
        mine = db.session.scalars(select(Vehicle).filter(Vehicle.ownership == "lent")).one()
        assert {name: getattr(mine, name) for name in TOLD} == TOLD
        assert (mine.insurer, mine.excess_cents) == ("Assurances d’essai", 45_000), "the lender's own, by its rule"
        assert last_km(mine.id) == 40_000
        (mark,) = marks_of(mine.id)
        assert (mark.zone, mark.kind, mark.x, mark.y, mark.note) == ("left", "scratch", 500, 100, None), "no words go with it"
        note(borrower, mine.id, 40_900, zone="rear", kind="dent", x=900, y=400)
    page = borrower.client(Role.MANAGER).get(borrower.page(f"vehicles/{mine.id}/marks"))
    assert page.status_code == 200 and "rayure" in page.text.lower()
    lender.clock.set(at(20))
    assert say(borrower, steps, to="given_back")["code"] == say(lender, steps, to="ended")["code"] == 200
    with lender.reading():
        assert [(mark.zone, mark.kind) for mark in marks_of(vehicle_id)] == [("left", "scratch"), ("rear", "dent")], "each once"
        assert last_km(vehicle_id) == 40_900
    loan(borrower, lender, vehicle_id, starts_at="2026-03-23T09:00:00+01:00", ends_at="2026-03-25T09:00:00+01:00")
    with borrower.reading():
        assert len(marks_of(mine.id)) == 2 and last_km(mine.id) == 40_900, "lent again, nothing is noted twice"


def test_what_either_side_records_after_the_yes_follows_to_the_other(house: House) -> None:
    borrower, lender, vehicle_id = make_two(house)
    asked = say(borrower, "vehicle-loans", lender_id=lender.platform_id, **WISH)
    steps = f"vehicle-loans/{asked['id']}/steps"
    assert say(lender, steps, to="accepted", vehicle_id=vehicle_id)["code"] == 200
    with lender.writing():
        db.session.get_one(Vehicle, vehicle_id).insurer = "Mutuelle d’essai"
        note(lender, vehicle_id, 40_100, zone="left", kind="scratch", x=500, y=100)
    assert [follow(lender), follow(lender), follow(borrower)] == [1, 0, 0]
    assert say(borrower, steps, to="received", site_id=borrower.site_id)["code"] == 200
    with borrower.writing():
        mine = db.session.scalars(select(Vehicle).filter(Vehicle.ownership == "lent")).one()
        assert (mine.insurer, last_km(mine.id), len(marks_of(mine.id))) == ("Mutuelle d’essai", 40_100, 1), "as it was when it left"
        note(borrower, mine.id, 40_600, zone="rear", kind="dent", x=900, y=400)
    with lender.writing():
        db.session.get_one(Vehicle, vehicle_id).policy = "P-2"
    assert [follow(borrower), follow(lender), follow(borrower), follow(lender)] == [1, 1, 0, 0]
    with lender.reading():
        assert (last_km(vehicle_id), [mark.zone for mark in marks_of(vehicle_id)]) == (40_600, ["left", "rear"])
    with borrower.reading():
        assert db.session.get_one(Vehicle, mine.id).policy == "P-2"
    for side in (borrower, lender):
        page = plain(side.client(Role.MANAGER).get(side.page("vehicle-loans")).text)
        assert "chez le prêteur : l’assureur, le compteur et les marques" in page
        assert "chez l’emprunteur : le compteur et les marques" in page and "chez le prêteur : le numéro de police" in page


def follow(side: House) -> int:
    """The hour's job, as one platform's worker runs it."""
    with side.reading():
        return follow_loans(now=side.clock())


def loan(borrower: House, lender: House, vehicle_id: int, **dates: str) -> str:
    """Asked, accepted and received: where its steps go."""
    steps = f"vehicle-loans/{say(borrower, 'vehicle-loans', lender_id=lender.platform_id, **(WISH | dates))['id']}/steps"
    assert say(lender, steps, to="accepted", vehicle_id=vehicle_id)["code"] == 200
    assert say(borrower, steps, to="received", site_id=borrower.site_id)["code"] == 200
    return steps


def note(house: House, vehicle_id: int, km: int, **mark: Any) -> None:
    """An odometer read and a mark seen, one day or another."""
    db.session.add(OdometerReading(vehicle_id=vehicle_id, km=km, read_at=house.clock(), status="accepted", source="workshop"))
    db.session.add(VehicleMark(vehicle_id=vehicle_id, seen_at=house.clock(), **mark))
    db.session.flush()


def marks_of(vehicle_id: int) -> list[VehicleMark]:
    return list(db.session.scalars(select(VehicleMark).filter(VehicleMark.vehicle_id == vehicle_id).order_by(VehicleMark.id)))
