"""A breakdown, by both mouths: everybody hit, by next shift, each with their own answer, said to them; nothing moves without a yes."""

from typing import Any

from sqlalchemy import select

from billing.models import BillingAccount
from fleet.actions import bookings, changes
from fleet.models import Booking, ConditionReport, Occupancy, OdometerReading, Rescue, Vehicle
from fleet.queries.parts import second_part
from mobility.db import db
from mobility.models import Job, Message
from mobility.rights import Role
from tests.browsing import post
from tests.garage import at, clear_person, make_person, make_vehicle
from tests.house import House
from tests.journeys.browser import Browser
from tests.rental import FINE_CAR, RentalDesk


def make_breakdown(house: House, spares: int) -> RentalDesk:
    """A car out with one person who is called, awaited by another who reads text messages, and so many spare ones."""
    desk = RentalDesk(house, ends_at=at(6)).out()
    with house.writing():
        second = make_person(house, 2, first_name="Noa", contact_by="sms")
        clear_person(house, second.id)
        for number in range(spares):
            make_vehicle(house, f"Secours {number + 1}")
        bookings.book(second.id, desk.car, starts_at=at(9), ends_at=at(20), by=desk.by, now=house.clock())
    return desk


def hit(house: House, desk: RentalDesk) -> list[dict[str, Any]]:
    answer = house.app.test_client().get(house.api(f"vehicles/{desk.car}/rescue"), headers=house.bearer(Role.ADVISER))
    return list(answer.get_json())


def texts(house: House) -> list[str]:
    with house.reading():
        return list(db.session.scalars(select(Message.body).filter(Message.channel == "sms")))


def test_each_is_offered_a_vehicle_of_their_own_the_next_shift_first(house: House) -> None:
    desk = make_breakdown(house, spares=1)
    with house.writing():
        db.session.query(Job).one().hours = "de 14 h à 22 h"
    found = hit(house, desk)
    assert [one["shift_at"] for one in found] == ["2026-03-02T13:00:00+00:00", None]
    assert [(one["beneficiary_id"] == house.beneficiary_id, one["shift_on"], one["is_away"]) for one in found] == [
        (True, "2026-03-02", True),
        (False, "2026-03-09", False),
    ]
    assert [(one["best"]["label"], one["best"]["is_here"]) for one in found] == [("Secours 1", True)] * 2  # one after the other
    page = house.client(Role.ADVISER).get(house.page(f"vehicles/{desk.car}/rescue")).text
    assert "lundi 2 mars 2026 à 14 h 00" in page.replace("\xa0", " ")
    assert page.index("Camille") < page.index("Noa") and "Échanger contre ce véhicule" in page


def test_one_tap_gives_the_vehicle_tells_the_person_and_keeps_the_decision(house: House) -> None:
    desk = make_breakdown(house, spares=2)
    client, path = house.client(Role.ADVISER), house.page(f"vehicles/{desk.car}/rescue")
    assert "Donner ce véhicule" in client.get(path).text
    away, waiting = hit(house, desk)
    with house.reading():
        assert db.session.get_one(Booking, waiting["booking_id"]).vehicle_id == desk.car, "looking moves nothing"
    best = {"other_vehicle_id": str(waiting["best"]["vehicle_id"]), "version": str(waiting["version"])}
    assert post(client, f"{path}/{waiting['booking_id']}/swap", best).status_code == 303
    again = post(client, f"{path}/{waiting['booking_id']}/swap", best)
    assert again.status_code == 409, "a second click finds it done"
    unread = post(client, f"{path}/{away['booking_id']}/swap", {"other_vehicle_id": str(away["best"]["vehicle_id"])})
    assert unread.status_code in (409, 422) and "est déjà réservé" not in unread.text
    other = hit(house, desk)[0]["best"]["vehicle_id"]
    read = {"other_vehicle_id": str(other), "returned_km": "48 100", "handed_km": "9 000"}
    assert post(client, f"{path}/{away['booking_id']}/swap", read).status_code == 303
    (text,) = texts(house)
    assert "Citadine 1 est en panne : le 9 mars 2026, vous recevrez Secours 1, Pôle central." in text
    page = client.get(path).text
    assert "à dire de vive voix" in page and "vous avez maintenant" in page and "Personne n’est touché" in page


def test_the_one_left_by_the_road_is_looked_over_once_it_is_there(house: House) -> None:
    desk = make_breakdown(house, spares=1)
    client, headers = house.client(Role.ADVISER), house.bearer(Role.MECHANIC)
    spare = hit(house, desk)[0]["best"]["vehicle_id"]

    def due() -> tuple[bool, int | None]:
        said = house.client(None).get(house.api(f"bookings/{desk.booking_id}"), headers=headers).get_json()
        return said["is_unseen"], said["left_vehicle_id"]

    listed, its_page = house.page("bookings?status=unseen"), house.page(f"bookings/{desk.booking_id}")
    assert due() == (False, None) and its_page not in client.get(listed).text
    desk.later(hours=2)
    read = {"other_vehicle_id": str(spare), "returned_km": "48 100", "handed_km": "9 000"}
    assert post(client, house.page(f"vehicles/{desk.car}/rescue/{desk.booking_id}/swap"), read).status_code == 303
    assert due() == (True, desk.car) and its_page in client.get(listed).text
    at_desk = client.get(house.page("desk")).text
    path = house.page(f"bookings/{desk.booking_id}/given-back/{desk.car}")
    assert path in at_desk and "rendu en échange" in at_desk.replace("\xa0", " ")
    assert path in client.get(house.page(f"bookings/{desk.booking_id}/rental")).text
    desk.later(days=1)
    lacking = post(client, path, {})
    assert lacking.status_code == 422 and "Citadine 1" in lacking.text
    seen = Browser(client).open(path).submit("Enregistrer l’état des lieux", {"fuel": "half", "zone_left": "marked"})
    assert "est noté" in seen.text and due() == (True, None)
    (_, kept) = desk.rows(ConditionReport)
    assert (kept.vehicle_id, kept.moment, kept.zones["left"], len(desk.rows(OdometerReading))) == (desk.car, "check_in", "marked", 3)
    assert path not in client.get(house.page("desk")).text
    assert post(client, path, {"fuel": "half", **{f"zone_{code}": "fine" for code in FINE_CAR}}).status_code == 409, "a second click"


def test_the_bus_is_told_and_moves_nothing(house: House) -> None:
    desk = make_breakdown(house, spares=0)
    client, path = house.client(Role.ADVISER), house.page(f"vehicles/{desk.car}/rescue")
    assert client.get(path).text.count("aucun véhicule libre") == 2
    away, waiting = hit(house, desk)
    told = Browser(client).open(path).submit("Le bus").text.replace("\xa0", " ")  # the first of the page is who has it
    assert "Citadine 1 est en panne. En attendant, pour aller travailler : le bus ou l’autocar." in told
    assert (hit(house, desk)[0]["booking_id"], hit(house, desk)[0]["decided"]["way"]) == (away["booking_id"], "bus"), "one tap"
    refused = post(client, f"{path}/{waiting['booking_id']}/other-way", {"way": "other"})
    assert refused.status_code == 422 and "quelle est cette solution" in refused.text
    headers = house.bearer(Role.ADVISER)
    answer = house.app.test_client().post(
        house.api(f"vehicles/{desk.car}/rescue/{waiting['booking_id']}/other-way"),
        json={"way": "bus", "note": "ligne 12, 6 h 40"},
        headers=headers,
    )
    assert answer.status_code == 201 and answer.get_json()["channel"] == "sms"
    assert "le bus ou l’autocar, ligne 12, 6 h 40." in texts(house)[0]
    assert hit(house, desk)[1]["decided"]["way"] == "bus" and "réponse donnée" in client.get(path).text
    with house.reading():
        assert db.session.get_one(Booking, waiting["booking_id"]).status == "confirmed"


def test_one_that_runs_no_more_ends_every_hold_each_with_its_line(house: House) -> None:
    desk = make_breakdown(house, spares=1)
    client, path = house.client(Role.ADVISER), house.page(f"vehicles/{desk.car}/write-off")
    assert post(client, path).status_code == 422, "nothing moves without a yes"
    assert not texts(house)
    desk.later(hours=3)
    assert post(client, path, {"agreed": "yes", "note": "boîte cassée"}).status_code == 303
    with house.reading():
        away, waiting = db.session.scalars(select(Booking).order_by(Booking.id))
        assert (away.status, waiting.status, waiting.cancel_reason) == ("out", "cancelled", "vehicle_unavailable")
        held = select(Occupancy).filter(Occupancy.vehicle_id == desk.car, Occupancy.status != "released")
        assert max(row.ends_at for row in db.session.scalars(held)) == house.clock()
        assert [line.way for line in db.session.scalars(select(Rescue))] == ["stop", "stop"]
        account = db.session.get_one(BillingAccount, away.account_id)
        assert account.out_of_service == [["2026-03-02", "2026-03-05"]], "who has it is charged no more"
        assert db.session.get_one(Vehicle, desk.car).stage == "out"
    assert "ne repartira pas" in texts(house)[0]
    (left,) = hit(house, desk)  # who has it still gets another one
    given = {"other_vehicle_id": left["best"]["vehicle_id"], "returned_km": 48_050, "handed_km": 100}
    answer = house.app.test_client().post(
        house.api(f"vehicles/{desk.car}/rescue/{left['booking_id']}/swap"), json=given, headers=house.bearer(Role.ADVISER)
    )
    assert answer.status_code == 201, answer.text
    assert desk.booking().status == "out" and desk.booking().vehicle_id == given["other_vehicle_id"]
    assert post(client, path, {"agreed": "yes"}).status_code == 422, "it is gone already"


def test_whoever_is_to_go_on_with_it_is_hit_too(house: House) -> None:
    desk = RentalDesk(house, ends_at=at(20)).out()
    with house.writing():
        broken, other = make_vehicle(house, "La suivante").id, make_vehicle(house, "Secours").id
    desk.on(changes.split, at=at(10), vehicle_id=broken)
    client, path = house.client(Role.ADVISER), house.page(f"vehicles/{broken}/rescue")
    page = client.get(path).text
    assert "prévu pour la suite" in page and "Donner ce véhicule" in page
    given = {"other_vehicle_id": str(other), "version": str(desk.booking().version)}
    assert post(client, f"{path}/{desk.booking_id}/swap", given).status_code == 303
    assert "Personne n’est touché" in client.get(path).text, "nothing of it is held any more"
    with house.reading():
        second = second_part(desk.booking())
        assert second and (second.vehicle_id, second.starts_at, second.use_ends_at) == (other, at(10), at(20))
    write_off = house.page(f"vehicles/{other}/write-off")
    assert post(client, write_off, {"agreed": "yes"}).status_code == 303
    assert (desk.booking().ends_at, desk.booking().status) == (at(10), "out")
    (*_, told) = desk.rows(Rescue)
    assert "s’arrête le 10 mars 2026" in told.told


def test_nobody_hit_says_so(house: House) -> None:
    with house.writing():
        car = make_vehicle(house).id
    assert "Personne n’est touché" in house.client(Role.ADVISER).get(house.page(f"vehicles/{car}/rescue")).text
