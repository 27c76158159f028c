"""The public offer: what a passer-by, a directory and a trip planner read of a platform, and that nobody is found in it (domain.md §8)."""

import json
from datetime import date
from typing import Any

import pytest

from fleet.offer import PUBLISHED
from mobility.db import db
from mobility.models import Site
from mobility.rights import Role
from tests.browsing import post
from tests.garage import make_vehicle
from tests.house import House
from tests.rental import RentalDesk

FEEDS = ["gbfs", "system_information", "vehicle_types", "station_information", "vehicle_availability"]


@pytest.fixture
def desk(house: House) -> RentalDesk:
    """One car booked from today for four weeks, one car and one electric bike free."""
    made = RentalDesk(house)
    with house.writing():
        make_vehicle(house, "Citadine 2", plate="BB-111-BB", energy="diesel", insured_until=date(2026, 3, 11))
        make_vehicle(house, "Vélo 1", "ebike", energy="electric")
        site = db.session.get_one(Site, house.site_id)
        site.lat, site.lon = 43.17512, 5.60541
    return made


def read(house: House, path: str, status: int = 200) -> Any:
    answer = house.app.test_client().get(house.api(path))
    assert answer.status_code == status, answer.text
    assert answer.headers["Cache-Control"] == ("public, max-age=300" if status == 200 else "no-store")
    return answer.json


def test_it_tells_what_is_lent_at_what_price_and_what_is_free_today(house: House, desk: RentalDesk) -> None:
    told = read(house, "offer")
    kinds = {kind["kind"]: kind for kind in told["kinds"]}
    assert list(kinds) == ["ebike", "car"]
    assert (kinds["car"]["day_cents"], kinds["car"]["count"], kinds["car"]["free_now"]) == (500, 2, {str(house.site_id): 1})
    assert kinds["car"]["licence"] == "B" and kinds["ebike"]["licence"] is None
    assert [pole["id"] for pole in told["poles"]] == [house.site_id]
    page = house.app.test_client().get(house.page("offer")).text.replace("\u00a0", " ")
    assert "5 € par jour" in page and "1 libre aujourd’hui" in page
    assert house.page("offer") in house.app.test_client().get(f"/p/{house.slug}/").text


def test_a_vehicle_is_offered_on_whole_days_until_its_papers_end_and_under_another_name_tomorrow(house: House, desk: RentalDesk) -> None:
    def cars() -> list[dict[str, Any]]:
        vehicles = read(house, "gbfs/vehicle_availability.json")["data"]["vehicles"]
        return [vehicle for vehicle in vehicles if vehicle["vehicle_type_id"] == "car-diesel"]

    (car,) = cars()
    assert car["station_id"] == str(house.site_id)
    assert car["availabilities"] == [{"from": house.clock().isoformat(), "until": "2026-03-11T23:00:00+00:00"}], "insured until the 11th"
    house.clock.forward(days=1)
    (tomorrow,) = cars()
    assert tomorrow["vehicle_id"] != car["vehicle_id"]
    house.clock.forward(days=12)
    assert cars() == [], "no longer insured"


def test_the_booked_car_comes_back_the_day_after_its_rental(house: House, desk: RentalDesk) -> None:
    vehicles = read(house, "gbfs/vehicle_availability.json")["data"]["vehicles"]
    spans = {vehicle["vehicle_type_id"]: vehicle["availabilities"] for vehicle in vehicles}
    assert list(spans["ebike-electric"][0]) == ["from"], "free as far as anybody knows"
    (petrol,) = [kind for kind in spans if kind.startswith("car-") and kind != "car-diesel"]
    assert [span["from"] for span in spans[petrol]] == ["2026-03-29T22:00:00+00:00"], "booked until the 30th at midnight"


@pytest.mark.parametrize("feed", FEEDS)
def test_each_gbfs_file_has_its_head_and_no_other_exists(house: House, desk: RentalDesk, feed: str) -> None:
    told = read(house, f"gbfs/{feed}.json")
    assert (told["version"], told["ttl"]) == ("3.1", 300) and told["last_updated"]
    if feed == "gbfs":
        assert [one["name"] for one in told["data"]["feeds"]] == FEEDS[1:]
        assert all(one["url"].startswith("http") and one["url"].endswith(f"{one['name']}.json") for one in told["data"]["feeds"])
    if feed == "station_information":
        (station,) = told["data"]["stations"]
        assert (station["lat"], station["lon"]) == (43.18, 5.61), "about a kilometre, never the door"
    read(house, "gbfs/station_status.json", 404)


def test_directories_read_structures_and_services(house: House, desk: RentalDesk) -> None:
    (structure,) = read(house, "data-inclusion/structures")
    services = read(house, "data-inclusion/services")
    assert structure["id"] == house.slug and structure["source"] == "point-etape"
    assert {service["structure_id"] for service in services} == {structure["id"]}
    assert [service["frais"] for service in services] == ["payant", "gratuit"]
    assert services[0]["thematiques"][0] == "mobilite--louer-un-vehicule"
    for told in (structure, *services):
        assert 3 <= len(told["nom"]) <= 150 and 50 <= len(told["description"]) <= 2000, told
    assert len({service["id"] for service in services}) == len(services)


def test_nobody_and_no_plate_is_in_it(house: House, desk: RentalDesk) -> None:
    paths = ["offer", "data-inclusion/structures", "data-inclusion/services", *(f"gbfs/{feed}.json" for feed in FEEDS)]
    client = house.app.test_client()
    told = json.dumps([read(house, path) for path in paths]) + client.get(house.page("offer")).text
    for secret in ("Camille", "Essai", "AA-000-AA", "BB-111-BB", "Citadine", "Assurances du Littoral", "43.1751"):
        assert secret not in told


def test_a_platform_may_keep_it_to_itself(house: House, desk: RentalDesk) -> None:
    manager = house.client(Role.MANAGER)
    assert post(manager, house.page(f"settings/{PUBLISHED}"), {"value": "no", "from_on": "2026-03-03"}).status_code == 303
    read(house, "offer")
    house.clock.forward(days=1)
    visitor = house.app.test_client()
    assert visitor.get(house.page("offer")).status_code == 404
    assert house.page("offer") not in visitor.get(f"/p/{house.slug}/").text
    for path in ("offer", "data-inclusion/services", "data-inclusion/structures", "gbfs/gbfs.json"):
        read(house, path, 404)


def test_without_vehicles_it_says_so(house: House) -> None:
    assert "Aucun véhicule à prêter pour l’instant" in house.app.test_client().get(house.page("offer")).text
    assert read(house, "gbfs/vehicle_availability.json")["data"] == {"vehicles": []}
    (service,) = read(house, "data-inclusion/services")
    assert service["frais"] == "gratuit"
