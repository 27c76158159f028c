"""A vehicle from pole to pole: its bookings read first, its way kept, by the page and by the API."""

from fleet.models import Vehicle, VehicleTransfer
from mobility.db import db
from mobility.models import Site
from mobility.rights import Role
from tests.browsing import post
from tests.house import House
from tests.rental import RentalDesk


def test_a_vehicle_moves_once_its_bookings_were_read_and_its_way_is_kept(house: House) -> None:
    desk = RentalDesk(house)
    with house.writing():
        other = Site(name="Pôle du Haut")
        db.session.add(other)
        db.session.flush()
        vehicle_id, here_id, other_id = desk.booking().vehicle_id, house.site_id, other.id
    client, page = house.client(Role.ADVISER), house.page(f"vehicles/{vehicle_id}/transfer")
    assert "Une réservation à venir part de ce pôle" in client.get(page).text.replace("\u00a0", " ")
    typed = {"to_site_id": str(other_id), "on": "2026-03-02", "reason": "demand"}
    refused = post(client, page, typed)
    assert refused.status_code == 422 and "-seen-error" in refused.text
    assert post(client, page, typed | {"seen": "yes"}).status_code == 303
    head, api = house.bearer(Role.MECHANIC), house.api(f"vehicles/{vehicle_id}/transfers")
    back = {"to_site_id": here_id, "on": "2026-03-02", "reason": "balance", "note": "Deux jours suffisaient.", "seen": True}
    assert house.client(None).post(api, json=back, headers=head).status_code == 201
    assert house.client(None).post(api, json=back, headers=head).status_code == 422, "it is there already"
    assert house.client(None).post(api, json=back | {"to_site_id": 999_999}, headers=head).status_code == 422
    told = house.client(None).get(api, headers=head).json
    assert [(move["from_site_id"], move["to_site_id"], move["reason"]) for move in told] == [
        (other_id, here_id, "balance"),
        (here_id, other_id, "demand"),
    ]
    sheet = {"label": "Citadine 1", "site_id": other_id, "in_service_on": "2025-01-01"}
    assert house.client(None).put(house.api(f"vehicles/{vehicle_id}"), json=sheet, headers=head).status_code == 200
    with house.reading():
        assert db.session.get_one(Vehicle, vehicle_id).site_id == other_id
        assert db.session.query(VehicleTransfer).filter_by(reason="correction").count() == 1
    assert "Deux jours suffisaient." in client.get(page).text.replace("\u00a0", " ")
