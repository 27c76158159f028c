"""A defect told from one's own phone: the workshop warns, takes the vehicle out of service, or finds none; the person reads which."""

from datetime import timedelta
from io import BytesIO

from sqlalchemy import select

from fleet.actions import bookings
from fleet.actions.defects import tell_defect
from fleet.models import Block, Booking, Defect, Occupancy
from mobility.db import db
from mobility.rights import Role
from tests.browsing import post
from tests.garage import at, clear_person, make_person
from tests.house import House
from tests.rental import RentalDesk
from tests.rules.test_uploads import make_picture


def tell(house: House, desk: RentalDesk, part: str = "brakes") -> int:
    with house.writing():
        return tell_defect(desk.booking_id, part=part, by=house.viewer(Role.BENEFICIARY), now=house.clock()).id


def test_told_with_a_picture_then_a_notice_that_only_warns(house: House) -> None:
    desk = RentalDesk(house).out()
    from_own = house.page(f"me/defects/{desk.booking_id}")
    own, mechanic = house.client(Role.BENEFICIARY), house.client(Role.MECHANIC)
    assert "Signaler un défaut" in own.get(house.page("me")).text
    assert post(own, from_own, {"words": "Ça siffle"}).status_code == 422
    torn = post(own, from_own, {"part": "brakes", "picture": (BytesIO(b"no picture"), "x.jpg")})
    assert torn.status_code == 422 and "Freins" not in house.client(Role.MECHANIC).get(house.page("defects")).text
    sent = {"part": "brakes", "words": "Ça siffle au freinage", "picture": (BytesIO(make_picture()), "x.jpg")}
    assert post(own, from_own, sent).status_code == 303
    with house.reading():
        (defect,) = db.session.scalars(select(Defect))
    page = mechanic.get(house.page(f"defects/{defect.id}"))
    assert "Ça siffle au freinage" in page.text and "Camille" not in page.text and "Essai" not in page.text, "no person there"
    for client in (own, mechanic):
        assert client.get(house.page(f"attachments/{defect.photo_id}")).mimetype == "image/jpeg"
    assert "Les freins" in mechanic.get(house.page("defects")).text and "Défauts signalés" in mechanic.get(house.page("desk")).text
    answer = {"state": "notice", "answer": "Plaquettes changées mardi."}
    assert post(mechanic, house.page(f"defects/{defect.id}"), answer).status_code == 303
    assert post(mechanic, house.page(f"defects/{defect.id}"), answer).status_code == 409, "once"
    with house.reading():
        assert not db.session.scalars(select(Block)).all(), "a notice only warns"
    vehicle = mechanic.get(house.page(f"vehicles/{desk.car}")).text
    assert "Ça siffle au freinage" in vehicle and "Aucun arrêt" in vehicle.replace("\xa0", " ")
    text = own.get(house.page("me")).text
    assert "vous pouvez rouler" in text and "Plaquettes changées mardi." in text


def test_out_of_service_keeps_the_vehicle_back_until_the_next_booking_and_leads_to_those_hit(house: House) -> None:
    desk = RentalDesk(house, ends_at=at(6)).out()
    with house.writing():
        second = make_person(house, 2, contact_by="sms")
        clear_person(house, second.id)
        bookings.book(second.id, desk.car, starts_at=at(9), ends_at=at(20), by=desk.by, now=house.clock())
    defect_id, path = tell(house, desk), house.page("defects")
    adviser = house.client(Role.ADVISER)
    desk.later(hours=1)
    unsaid = post(adviser, f"{path}/{defect_id}", {"state": "out"})
    assert unsaid.status_code == 422 and "jusqu’à quand" in unsaid.text
    done = post(adviser, f"{path}/{defect_id}", {"state": "out", "ends_at": "2026-03-12T18:00"})
    assert done.status_code == 303 and done.location.endswith(f"vehicles/{desk.car}/rescue")
    with house.reading():
        (block,) = db.session.scalars(select(Block))
        assert (block.starts_at, block.ends_at, block.reason) == (house.clock(), at(9), "breakdown")
        mine = select(Occupancy).filter(Occupancy.booking_id == desk.booking_id, Occupancy.status == "out")
        assert [row.ends_at for row in db.session.scalars(mine)] == [house.clock()], "whoever has it holds it no more"
    assert "ne doit plus rouler" in adviser.get(house.page("desk")).text
    assert "Ne roulez plus" in house.client(Role.BENEFICIARY).get(house.page("me")).text
    desk.later(days=7, hours=2)
    stood = house.app.test_client().get(house.api(f"vehicles/{desk.car}/downtime"), headers=house.bearer(Role.MECHANIC)).get_json()
    assert (stood["stops"], stood["hours"]) == (1, (at(9) - block.starts_at) // timedelta(hours=1)), stood
    waited = tell(house, desk, "tyres")
    refused = post(adviser, f"{path}/{waited}", {"state": "out", "ends_at": "2026-03-12T18:00"})
    assert refused.status_code == 409 and "attend ce véhicule" in refused.text


def test_only_who_has_the_vehicle_tells_and_both_mouths_say_the_same(house: House) -> None:
    desk = RentalDesk(house).out()
    client, theirs, headers = house.app.test_client(), house.bearer(Role.BENEFICIARY), house.bearer(Role.MECHANIC)
    told = client.post(house.api(f"bookings/{desk.booking_id}/defects"), json={"part": "lights"}, headers=theirs)
    assert told.status_code == 201, told.text
    judged = client.post(house.api(f"defects/{told.get_json()['id']}/verdict"), json={"state": "none"}, headers=headers)
    assert judged.status_code == 200
    assert [one["state"] for one in client.get(house.api("me/defects"), headers=theirs).get_json()] == ["none"]
    assert [one["state"] for one in client.get(house.api("defects?state=all"), headers=headers).get_json()["rows"]] == ["none"]
    with house.writing():
        other = make_person(house, 2)
        db.session.get_one(Booking, desk.booking_id).beneficiary_id = other.id
    assert client.post(house.api(f"bookings/{desk.booking_id}/defects"), json={"part": "lights"}, headers=theirs).status_code == 404
    with house.writing():
        booking = db.session.get_one(Booking, desk.booking_id)
        booking.beneficiary_id, booking.status = house.beneficiary_id, "returned"
    assert client.post(house.api(f"bookings/{desk.booking_id}/defects"), json={"part": "lights"}, headers=theirs).status_code == 409
