"""A vehicle's sheet by its pages and by JSON: the fields of its kind, the steps of its life, what they keep from being lent."""

from datetime import date

import pytest
from sqlalchemy import update

from fleet.licences import Driver
from fleet.models import Vehicle
from fleet.queries.free import free_vehicles
from fleet.queries.vehicles import get_vehicle
from mobility.db import db
from mobility.periods import Period
from mobility.rights import Role
from tests.garage import at, make_vehicle
from tests.house import House
from tests.journeys.browser import Browser

CAR = {"label": "Citadine", "plate": "aa111bb", "in_service_on": "2026-01-05"}


def test_the_form_asks_what_such_a_vehicle_has_and_no_more(house: House) -> None:
    mechanic = house.client(Role.MECHANIC)
    bike, car = (mechanic.get(house.page(f"vehicles/new?kind={kind}")).text for kind in ("bike", "car"))
    for field in ("plate", "gearbox", "double_controls", "co2_g_km", "keeper", "inspection_until"):
        assert f'name="{field}"' in car
        assert f'name="{field}"' not in bike
    assert 'name="kind"' in mechanic.get(house.page("vehicles/new?kind=tank")).text


def test_a_hired_electric_car_with_double_controls_by_its_form(house: House) -> None:
    manager = Browser(house.client(Role.MANAGER))
    manager.open(house.page("vehicles/new")).submit("Continuer", kind="Voiture")
    told = {"double_controls": "yes", "energy": "Électrique", "ownership": "Location à une société", "lessor": "Loueur d’essai"}
    told |= {"lease_until": "2026-12-31", "lease_cents": "289,50", "keeper": "Le loueur ou le propriétaire", "co2_g_km": "0"}
    manager.submit("Enregistrer le véhicule", CAR | told, adaptations="boule au volant", parking="place 12")
    manager.reads("Manuelle, doubles commandes", "Loueur d’essai", "289,50 €", "place 12", "boule au volant", "Retour au loueur")
    kept = manager.follow("Modifier").page.form("Enregistrer le véhicule")[0].filled({})
    assert (kept["lease_cents"], kept["double_controls"], kept["energy"]) == (["289,50"], ["yes"], ["electric"])


def test_the_same_sheet_by_json(house: House) -> None:
    client, headers = house.app.test_client(), house.bearer(Role.MECHANIC)
    told = {"kind": "bike", "label": "Vélo 7", "site_id": house.site_id, "in_service_on": "2026-01-05", "frame_number": "bc 123"}
    made = client.post(house.api("vehicles"), json=told | {"equipment": ["helmet_m", "lock"]}, headers=headers)
    assert made.status_code == 201, made.text
    assert (
        made.get_json()["frame_number"] == "BC123"
        and made.get_json()["equipment"] == ["lock", "helmet_m"]
        and made.get_json()["energy"] == "none"
    )
    twice = client.post(house.api("vehicles"), json=told | {"label": "Vélo 8"}, headers=headers)
    assert twice.status_code == 409 and "numéro de cadre" in twice.get_json()["detail"]
    wrong = client.post(house.api("vehicles"), json=told | {"label": "Vélo 9", "frame_number": "X", "energy": "diesel"}, headers=headers)
    assert wrong.status_code == 422 and "energy" in wrong.text


@pytest.mark.parametrize("typed", ["GA101ZZ", "ga 101 zz", "Ga-101-zz"])
def test_one_plate_stands_once_however_it_is_typed(house: House, typed: str) -> None:
    client, headers = house.app.test_client(), house.bearer(Role.MECHANIC)
    told = {"kind": "car", "gearbox": "manual", "label": "Citadine", "site_id": house.site_id, "in_service_on": "2026-01-05"}
    assert client.post(house.api("vehicles"), json=told | {"plate": "GA-101-ZZ"}, headers=headers).status_code == 201
    twice = client.post(house.api("vehicles"), json=told | {"label": "Autre", "plate": typed}, headers=headers)
    assert twice.status_code == 409 and "plaque" in twice.get_json()["detail"]


def test_only_what_is_in_service_is_lent(house: House) -> None:
    client, headers = house.app.test_client(), house.bearer(Role.MANAGER)
    told = {"kind": "car", "label": "Commandée", "site_id": house.site_id, "in_service_on": "2026-03-01", "stage": "ordered"}
    made = client.post(house.api("vehicles"), json=told, headers=headers).get_json()
    steps = house.api(f"vehicles/{made['id']}/steps")
    assert offered(house) == []
    for to, lent in (("in_service", True), ("workshop", False), ("in_service", True), ("out", False)):
        until = {"ends_at": "2026-03-12T18:00:00+01:00"} if to == "workshop" else {}
        answer = client.post(steps, json={"to": to, "on": "2026-03-02", "note": "essai"} | until, headers=headers)
        assert answer.status_code == 201, answer.text
        assert bool(offered(house)) is lent, to
    history = client.get(steps, headers=headers).get_json()
    assert [step["stage"] for step in history] == [
        "out",
        "in_service",
        "workshop",
        "in_service",
        "ordered",
    ]
    back = client.put(
        house.api(f"vehicles/{made['id']}"),
        json={k: v for k, v in told.items() if k not in ("kind", "stage")},
        headers=headers,
    )
    assert back.status_code == 422 and "remettez-le d’abord en service" in back.get_json()["detail"]


def offered(house: House) -> list[str]:
    """The cars offered from the 9th to the 20th."""
    with house.reading():
        period = Period(starts_at=at(9), ends_at=at(20))
        driver = Driver(born_on=date(1990, 1, 1))
        return [offer.vehicle.label for offer in free_vehicles("car", None, period, driver=driver, now=house.clock())]


def test_a_hired_vehicle_is_not_lent_past_its_return_to_the_hirer(house: House) -> None:
    with house.writing():
        make_vehicle(house, "Louée", ownership="hired", lessor="Loueur d’essai", lease_until=date(2026, 3, 19))
        make_vehicle(house, "Louée longtemps", ownership="hired", lessor="Loueur d’essai", lease_until=date(2026, 3, 20))
    assert offered(house) == ["Louée longtemps"]


def test_a_step_that_does_not_follow_is_said_beside_its_field(house: House) -> None:
    with house.writing():
        vehicle_id = make_vehicle(house).id
    mechanic = Browser(house.client(Role.MECHANIC)).open(house.page(f"vehicles/{vehicle_id}"))
    mechanic.submit("Noter cette étape", to="Envoyer à l’atelier", on="2026-03-02", ends_at="2026-03-06T18:00", note="embrayage")
    assert "embrayage" in mechanic.text
    mechanic.refused("Noter cette étape", to="Sortir du parc", on="2026-03-03").reads("Ce jour n’est pas encore venu")
    with house.reading():
        assert get_vehicle(vehicle_id).stage == "workshop"


@pytest.mark.parametrize("wrong", [{"energy": "steam"}, {"ownership": "stolen"}, {"keeper": "nobody"}, {"stage": "gone"}, {"co2_g_km": -1}])
def test_the_database_refuses_what_no_sheet_holds(house: House, wrong: dict[str, object]) -> None:
    with pytest.raises(Exception, match=r"(?i)check"), house.writing():
        vehicle = make_vehicle(house)
        db.session.execute(update(Vehicle).where(Vehicle.id == vehicle.id).values(**wrong))
