"""A vehicle lent from one platform to another: asked, accepted, received, given back, ended; each side on its own rows alone."""

import re
from typing import Any

import pytest
from sqlalchemy import func, select

from fleet.actions import bookings
from fleet.errors import VehicleTaken
from fleet.jobs import keep_lent
from fleet.models import Block, Vehicle, VehicleLoan
from mobility.db import db
from mobility.models import AuditEntry, Message
from mobility.periods import instant_of
from mobility.rights import Role
from tests.browsing import post
from tests.garage import at, clear_person, make_person, make_vehicle
from tests.house import House, make_house

WISH = {"kind": "car", "starts_at": "2026-03-09T09:00:00+01:00", "ends_at": "2026-03-20T17:00:00+01:00"}


@pytest.fixture
def two(house: House) -> tuple[House, House, int]:
    return make_two(house)


def make_two(house: House) -> tuple[House, House, int]:
    """The borrower, the lender with a car, and that car."""
    lender = make_house(house.app, house.clock, "chez-b")
    with lender.writing():
        vehicle_id = make_vehicle(lender, "Prêtée 1", plate="AB-123-CD").id
    return house, lender, vehicle_id


def say(house: House, path: str, **told: Any) -> Any:
    client = house.client(None)
    answer = client.post(house.api(path), json=told, headers=house.bearer(Role.MANAGER))
    return answer.json | {"code": answer.status_code}


def test_a_loan_from_the_wish_to_its_end_and_the_same_vehicle_again(two: tuple[House, House, int]) -> None:
    borrower, lender, vehicle_id = two
    for turn in range(2):
        loan = say(borrower, "vehicle-loans", lender_id=lender.platform_id, **WISH)
        assert loan["code"] == 201, loan
        steps = f"vehicle-loans/{loan['id']}/steps"
        assert say(borrower, steps, to="accepted", vehicle_id=vehicle_id)["code"] == 409, "only the lender says yes"
        assert say(lender, steps, to="accepted")["errors"].keys() == {"vehicle_id"}
        accepted = say(lender, steps, to="accepted", vehicle_id=vehicle_id)
        assert (accepted["code"], accepted["status"], accepted["sheet"]["label"]) == (200, "accepted", "Prêtée 1")
        with lender.reading():
            block = db.session.scalars(select(Block).order_by(Block.id.desc())).first()
            assert block is not None and (block.reason, block.vehicle_id, block.lifted_at) == ("loan", vehicle_id, None)
        assert say(lender, f"blocks/{block.id}/lift")["code"] == 409, "it is away"
        received = say(borrower, steps, to="received", site_id=borrower.site_id)
        with borrower.reading():
            mine = db.session.scalars(select(Vehicle).filter(Vehicle.ownership == "lent")).one()
            assert (mine.id, mine.plate, mine.stage) == (received["counterpart_id"], "AB-123-CD", "in_service")
            assert mine.lessor and mine.lease_until is not None and mine.lease_until.isoformat() == "2026-03-20"
        assert say(lender, steps, to="ended")["code"] == 409, "it is not back yet"
        assert say(borrower, steps, to="given_back")["status"] == "given_back"
        assert say(lender, steps, to="ended")["status"] == "ended", turn
        with lender.reading():
            assert db.session.get_one(Block, block.id).lifted_at is not None


def test_a_vehicle_that_is_late_to_come_back_is_not_offered_and_both_desks_say_so(two: tuple[House, House, int]) -> None:
    borrower, lender, vehicle_id = two
    steps = f"vehicle-loans/{say(borrower, 'vehicle-loans', lender_id=lender.platform_id, **WISH)['id']}/steps"
    assert say(lender, steps, to="accepted", vehicle_id=vehicle_id)["code"] == 200
    assert say(borrower, steps, to="received", site_id=borrower.site_id)["code"] == 200
    with lender.writing():
        waiting, late = make_person(lender, 2).id, make_person(lender, 3).id
        clear_person(lender, waiting)
        clear_person(lender, late)
        by = lender.viewer(Role.ADVISER)
        hit = bookings.book(waiting, vehicle_id, starts_at=at(23), ends_at=at(25), by=by, now=lender.clock())
        assert keep_lent(now=lender.clock()) == 0, "it is not due yet"
    lender.clock.set(at(21))
    with lender.writing():
        assert (keep_lent(now=at(21)), keep_lent(now=at(21, 13))) == (1, 1), "harmless when run again"
        block = db.session.scalars(select(Block).order_by(Block.id.desc())).first()
        assert block is not None and block.ends_at == instant_of(at(23).date()), "another day, and what is booked stays"
        with pytest.raises(VehicleTaken):
            bookings.book(late, vehicle_id, starts_at=at(22), ends_at=at(22, 18), by=by, now=lender.clock())
    page = lender.client(Role.MANAGER).get(lender.page("vehicle-loans")).text.replace("\u00a0", " ")
    assert "en retard" in page and "1 réservation compte sur ce véhicule" in page and f"vehicles/{vehicle_id}/rescue" in page, hit.number
    for house, words in ((lender, "1 réservation compte sur ce véhicule"), (borrower, "en retard, à rendre")):
        assert words in house.client(Role.MANAGER).get(house.page("desk")).text.replace("\u00a0", " ")
    assert say(borrower, steps, to="given_back")["code"] == say(lender, steps, to="ended")["code"] == 200
    with lender.writing():
        assert keep_lent(now=lender.clock()) == 0
        assert bookings.book(late, vehicle_id, starts_at=at(22), ends_at=at(22, 18), by=by, now=lender.clock()).id


def test_a_loan_lasts_longer_when_both_agree_and_nobody_loses_the_vehicle_they_booked(two: tuple[House, House, int]) -> None:
    borrower, lender, vehicle_id = two
    loan_id = say(borrower, "vehicle-loans", lender_id=lender.platform_id, **WISH)["id"]
    steps, longer = f"vehicle-loans/{loan_id}/steps", f"vehicle-loans/{loan_id}/extension"
    assert say(borrower, longer, ends_at=at(27).isoformat())["code"] == 409, "it is only asked"
    assert say(lender, steps, to="accepted", vehicle_id=vehicle_id)["code"] == 200
    assert say(borrower, steps, to="received", site_id=borrower.site_id)["code"] == 200
    assert say(lender, longer, ends_at=at(27).isoformat())["code"] == say(lender, f"{longer}/answer", agreed=True)["code"] == 409
    with lender.writing():
        waiting = make_person(lender, 2).id
        clear_person(lender, waiting)
        bookings.book(waiting, vehicle_id, starts_at=at(25), ends_at=at(26), by=lender.viewer(Role.ADVISER), now=lender.clock())
    asks, answers = borrower.client(Role.MANAGER), lender.client(Role.MANAGER)
    sooner = post(asks, borrower.page(longer), {"ends_at": "2026-03-19T09:00"})
    assert sooner.status_code == 422 and f"l{loan_id}-ends_at-error" in sooner.text
    assert post(asks, borrower.page(longer), {"ends_at": "2026-03-27T09:00"}).status_code == 303
    page = answers.get(lender.page("vehicle-loans")).text.replace("\u00a0", " ")
    assert "Accepter la prolongation" in page and "1 réservation compte sur ce véhicule" in page
    assert "prolongation demandée" in answers.get(lender.page("desk")).text
    assert say(lender, f"{longer}/answer", agreed=True)["code"] == 409, "it is booked by then"
    assert post(answers, lender.page(f"{longer}/answer"), {"agreed": "no"}).status_code == 303
    assert say(borrower, longer, ends_at=at(24).isoformat())["wanted_until"] is not None
    agreed = say(lender, f"{longer}/answer", agreed=True)
    assert (agreed["wanted_until"], agreed["ends_at"][:10]) == (None, "2026-03-24")
    with lender.reading():
        assert db.session.scalars(select(Block.ends_at).order_by(Block.id.desc())).first() == at(24)
    with borrower.reading():
        mine = db.session.scalars(select(Vehicle).filter(Vehicle.ownership == "lent")).one()
        assert mine.lease_until == at(24).date(), "its own bookings may last as long"
        told = [mail.subject for mail in db.session.scalars(select(Message).order_by(Message.id))]
        assert [" ".join(subject.split()[-4:]) for subject in told][-2:] == ["pas prolonger le prêt", "chez-b accepte la prolongation"], (
            told
        )
    assert say(borrower, longer, ends_at="2117-03-24T18:00:00+01:00")["code"] == 422, "a mistyped year keeps nothing back"
    assert say(borrower, longer, ends_at=at(24, 18).isoformat())["code"] == 200
    lender.clock.set(at(25))
    assert say(lender, f"{longer}/answer", agreed=True)["code"] == 409, "a yes to a day that is past would offer what is still lent"
    assert say(lender, f"{longer}/answer", agreed=False)["code"] == 200


def test_a_refusal_says_why_and_a_third_platform_sees_nothing(two: tuple[House, House, int]) -> None:
    borrower, lender, _ = two
    third = make_house(borrower.app, borrower.clock, "chez-c")
    manager = borrower.client(Role.MANAGER)
    wish = {"lender_id": str(lender.platform_id), "kind": "car", "starts_at": "2026-03-09T09:00", "ends_at": "2026-03-20T17:00"}
    assert post(manager, borrower.page("vehicle-loans"), wish).status_code == 303
    assert post(manager, borrower.page("vehicle-loans"), wish | {"lender_id": str(borrower.platform_id)}).status_code == 422
    loan_id = say(borrower, "vehicle-loans", lender_id=lender.platform_id, **WISH)["id"]
    assert say(third, f"vehicle-loans/{loan_id}/steps", to="refused", refusal="other")["code"] == 404
    with third.reading():
        seen = db.session.scalar(select(func.count(VehicleLoan.id)))
        assert seen == (2 if third.app.config["SQLALCHEMY_DATABASE_URI"].startswith("sqlite") else 0), "the database itself, where it can"
    head = third.bearer(Role.MANAGER)
    assert third.client(None).get(third.api("vehicle-loans"), headers=head).json == []
    desk = lender.client(Role.MANAGER)
    page = desk.get(lender.page("vehicle-loans")).text
    assert "Prêtée 1" in page
    refused = post(desk, lender.page(f"vehicle-loans/{loan_id}/steps"), {"to": "refused"})
    assert refused.status_code == 422 and f"l{loan_id}-refusal-error" in refused.text
    assert post(desk, lender.page(f"vehicle-loans/{loan_id}/steps"), {"to": "refused", "refusal": "own_need"}).status_code == 303
    assert "Nous en avons besoin" in manager.get(borrower.page("vehicle-loans")).text.replace("\u00a0", " ")


def test_a_request_is_told_to_whom_it_was_asked_and_each_side_reads_what_waits_for_it(two: tuple[House, House, int]) -> None:
    borrower, lender, vehicle_id = two
    loan_id = say(borrower, "vehicle-loans", lender_id=lender.platform_id, **WISH)["id"]
    for house, told in ((lender, ["manager.chez-b@example.org"]), (borrower, [])):
        with house.reading():
            mails = db.session.scalars(select(Message)).all()
            assert [mail.recipient for mail in mails] == told
            assert all("Plateforme essai vous demande une voiture" in mail.subject and "/p/chez-b/" in mail.body for mail in mails)
            assert db.session.scalar(select(func.count(AuditEntry.id)).filter(AuditEntry.table_name == "vehicle_loan")) == 1 - len(told)

    def desks() -> list[str | None]:
        found = (re.search(r"Répondre|Recevoir|Terminer", house.client(Role.MANAGER).get(house.page("desk")).text) for house in two[:2])
        return [match and match[0] for match in found]

    steps = f"vehicle-loans/{loan_id}/steps"
    seen = [desks()]
    for house, more in (
        (lender, {"to": "accepted", "vehicle_id": vehicle_id}),
        (borrower, {"to": "received", "site_id": borrower.site_id}),
        (borrower, {"to": "given_back"}),
        (lender, {"to": "ended"}),
    ):
        assert say(house, steps, **more)["code"] == 200
        seen.append(desks())
    assert seen == [[None, "Répondre"], ["Recevoir", None], [None, None], [None, "Terminer"], [None, None]]
