"""Between two point-étapes a person sends their kilometres with a photo: declared until confirmed; the signed report is announced."""

from io import BytesIO

from sqlalchemy import select

from fleet.actions.report_signatures import sign_report
from fleet.models import Booking, ConditionReport, OdometerReading
from mobility.db import db
from mobility.models import Message
from mobility.rights import Role
from tests.browsing import post
from tests.garage import make_person
from tests.house import House
from tests.rental import PATH, RentalDesk
from tests.rules.test_uploads import make_picture


def test_a_declared_reading_counts_once_an_adviser_has_seen_its_photo(house: House) -> None:
    desk = RentalDesk(house).out(48_000)
    desk.later(days=3)
    own, path = house.client(Role.BENEFICIARY), house.page(f"me/kilometres/{desk.booking_id}")
    assert path in own.get(house.page("me")).text
    bare = post(own, path, {"odometer_km": "48 120"})
    assert bare.status_code == 422 and "Ajoutez la photo" in bare.text and "48 120" in bare.text.replace("\xa0", " ")
    sent = {"odometer_km": "48 120", "odometer_picture": (BytesIO(make_picture()), "compteur.jpg")}
    assert post(own, path, sent).status_code == 303
    chain = desk.mileage().chain
    assert chain is None or chain.driven_km == 0, "declared, not counted"
    again = {"odometer_km": "48 130", "odometer_picture": (BytesIO(make_picture()), "compteur.jpg")}
    assert post(own, path, again).status_code == 409 and "en attente" in own.get(path).text
    with house.reading():
        declared = db.session.scalars(select(OdometerReading).filter(OdometerReading.source == "declared")).one()
    adviser = house.client(Role.ADVISER)
    page = adviser.get(house.page(f"bookings/{desk.booking_id}/readings/{declared.id}")).text
    assert "Photo du compteur" in page and "envoyé par la personne" in page
    confirmed = {"reason": "la photo montre ce chiffre"}
    assert post(adviser, house.page(f"bookings/{desk.booking_id}/readings/{declared.id}/confirmation"), confirmed).status_code == 303
    chain = desk.mileage().chain
    assert chain is not None and chain.driven_km == 120


def test_only_who_has_the_vehicle_declares_and_the_api_asks_the_same(house: House) -> None:
    desk = RentalDesk(house).out()
    client, headers = house.app.test_client(), house.bearer(Role.BENEFICIARY)
    path, asked = house.api(f"bookings/{desk.booking_id}/own-readings"), {"odometer_km": 48_050}
    assert client.post(path, json=asked, headers=headers).status_code == 422
    sent = {"kind": "odometer", "beneficiary_id": str(house.beneficiary_id), "file": (BytesIO(make_picture()), "x.jpg")}
    kept = post(house.client(Role.BENEFICIARY), house.page("attachments"), sent).get_json()["id"]
    answer = client.post(path, json=asked | {"odometer_photo": kept}, headers=headers)
    assert answer.status_code == 201 and answer.get_json()["status"] == "doubtful"
    for change, status in (({"status": "returned"}, 409), ({"status": "out", "beneficiary_id": None}, 404)):
        with house.writing():
            booking = db.session.get_one(Booking, desk.booking_id)
            booking.status = change["status"] or ""
            booking.beneficiary_id = make_person(house, 2).id if "beneficiary_id" in change else booking.beneficiary_id
        assert client.post(path, json=asked, headers=headers).status_code == status


def test_the_signed_report_is_announced_by_mail_with_the_way_to_its_copy(house: House) -> None:
    desk = RentalDesk(house).out()
    (report,) = desk.rows(ConditionReport)
    desk.on(sign_report, report.id, signer_name="Camille Essai", agreed=True, signature=PATH)
    with house.reading():
        mail = db.session.scalars(select(Message).filter(Message.subject == "Votre état des lieux signé")).one()
    path = house.page(f"me/condition/{desk.booking_id}/reports/{report.id}")
    assert mail.recipient == "camille.essai@example.org" and path in mail.body
    assert house.client(Role.BENEFICIARY).get(path).status_code == 200
