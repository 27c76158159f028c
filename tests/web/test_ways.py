"""What could carry a person to their work: the page and its JSON, every kind, greenest first."""

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from fleet.models import ModeChoice
from fleet.modes import MODES
from mobility.actions.people import record_job
from mobility.db import db
from mobility.geo.geocoder import TableGeocoder
from mobility.geo.timetables import point
from mobility.models import AuditEntry, Beneficiary, Job, Site
from mobility.queries.timetables import timetable_file
from mobility.rights import Role
from tests.browsing import post
from tests.garage import clear_person, make_vehicle
from tests.house import House
from tests.rental import RentalDesk
from tests.timetable import HOME, WORK, write_folder

DATES = {"starts_at": "2026-04-06T09:00", "ends_at": "2026-04-20T09:00"}


def plain(text: str) -> str:
    return re.sub(r"[\u00a0\u202f]", " ", text)


def test_every_kind_is_answered_with_what_is_missing_and_how_to_get_it(house: House) -> None:
    RentalDesk(house)
    with house.writing():
        make_vehicle(house, "Vélo 1", "bike")
    browser, token = house.client(None), house.bearer(Role.ADVISER)
    path = house.api(f"people/{house.beneficiary_id}/ways")
    answer = browser.get(path, query_string=DATES | {"work_from": "05:00"}, headers=token).json
    assert [way["kind"] for way in answer["ways"]] == list(MODES), "the greenest first"
    by_kind = {way["kind"]: way for way in answer["ways"]}
    assert (by_kind["car"]["fits"], by_kind["car"]["free"]) == (True, 1), "the person's own job is 18 km away"
    assert [m["sentence"] for m in by_kind["bike"]["missing"]] == ["Le trajet fait 18 km à l’aller ; un vélo convient jusqu’à 7 km."]
    assert "peu de lignes" in answer["transit"]
    assert not by_kind["scooter125"]["fits"] and all(m["remedy"] for m in by_kind["scooter125"]["missing"])


def test_a_vehicle_whose_inspection_ends_before_the_return_is_never_counted(house: House) -> None:
    desk = RentalDesk(house)
    with house.writing():
        desk_car = make_vehicle(house, "Citadine courte", inspection_until=house.clock().date())
    assert desk_car.id != desk.car
    page = plain(house.client(Role.ADVISER).get(house.page(f"people/{house.beneficiary_id}/ways"), query_string=DATES).text)
    assert "convient, 1 libre" in page


def test_free_vehicles_come_the_nearest_first_with_the_estimate(house: House) -> None:
    with house.writing():
        far = Site(name="Pôle loin", lat=43.5, lon=5.9)
        db.session.add(far)
        db.session.flush()
        near, person = db.session.get_one(Site, house.site_id), db.session.get_one(Beneficiary, house.beneficiary_id)
        near.lat, near.lon, person.lat, person.lon = 43.2, 5.6, 43.21, 5.61
        away = make_vehicle(house, "A, loin", "bike", site_id=far.id).id
        close = make_vehicle(house, "Z, près", "bike").id
    asked = DATES | {"beneficiary_id": house.beneficiary_id, "kind": "bike"}
    browser = house.client(None)
    offers = browser.get(house.api("free-vehicles"), query_string=asked, headers=house.bearer(Role.ADVISER)).json
    assert [offer["vehicle_id"] for offer in offers] == [close, away]
    assert offers[0]["from_home"] == "environ 1,8 km, estimation à vol d’oiseau"
    page = house.client(Role.ADVISER).get(house.page(f"people/{house.beneficiary_id}/bookings/new"), query_string=DATES | {"kind": "bike"})
    assert "environ 1,8 km, estimation à vol d’oiseau, du domicile" in plain(page.text)


def test_where_a_pole_has_nothing_that_fits_the_others_are_offered_from_there_on(house: House) -> None:
    with house.writing():
        clear_person(house, house.beneficiary_id)
        db.session.add_all([further := Site(name="Pôle loin", lat=43.5, lon=5.9), nearer := Site(name="Pôle voisin", lat=43.2, lon=5.7)])
        db.session.flush()
        away, close = (make_vehicle(house, label, "bike", site_id=site.id).id for label, site in (("A", further), ("Z", nearer)))
    browser, asked = house.client(None), DATES | {"kind": "bike", "site_id": house.site_id}
    whom = {"beneficiary_id": house.beneficiary_id}

    def offered() -> list[tuple[int, bool]]:
        offers = browser.get(house.api("free-vehicles"), query_string=asked | whom, headers=house.bearer(Role.ADVISER)).json
        assert all(offer["from_home"] is None for offer in offers), "nobody said where the home is"
        return [(offer["vehicle_id"], offer["from_site"] is not None) for offer in offers]

    assert offered() == [(close, True), (away, True)]
    page = house.client(Role.ADVISER).get(house.page(f"people/{house.beneficiary_id}/bookings/new"), query_string=asked)
    assert "du pôle choisi" in plain(page.text)
    with house.writing():
        own = make_vehicle(house, "Vélo d’ici", "bike").id
    assert offered() == [(own, False)], "its own are enough"


def test_a_wrong_hour_or_dates_are_refused_beside_their_field(house: House) -> None:
    browser, path = house.client(Role.ADVISER), house.page(f"people/{house.beneficiary_id}/ways")
    assert browser.get(path).status_code == 200, "asked nothing, it asks the usual"
    for typed in ({"work_from": "25:00"}, {"one_way_tenths": "loin"}, {"ends_at": "2020-01-01T09:00"}):
        page = browser.get(path, query_string=typed)
        assert (page.status_code, next(iter(typed.values())) in page.text) == (422, True)


def test_each_way_says_what_it_asks_for_and_what_may_come_along(house: House) -> None:
    RentalDesk(house)  # their job is 18.4 km away, five days a week
    browser, path = house.client(Role.ADVISER), house.page(f"people/{house.beneficiary_id}/ways")
    page = plain(browser.get(path, query_string=DATES | {"one_way_tenths": "4,6", "transit": "no", "carrying": "tools"}).text)
    assert "Environ 56 min l’aller, gratuit, 0 kg de CO₂ par an." in page
    assert "Environ 12 min l’aller, 172 € par mois, 471 kg de CO₂ par an." in page, "30 days of a car at 5 €, and 200 km of fuel"
    assert "Aucune ligne ne circule à ces heures." in page and "Des outils ou du matériel ne s’y portent pas." in page
    assert "À chercher : un collègue" in page


def test_the_person_chooses_and_what_it_was_between_is_kept(house: House) -> None:
    desk = RentalDesk(house)
    browser, path = house.client(Role.ADVISER), house.page(f"people/{house.beneficiary_id}/ways")
    question = f"{path}?one_way_tenths=4,6&transit=yes&days_a_week=4&starts_at=2026-04-06T09:00&ends_at=2026-04-20T09:00"
    wrong = post(browser, question, {"mode": "rocket"})
    assert wrong.status_code == 422 and 'value="4,6"' in wrong.text and "Environ" in wrong.text, "the question stands"
    assert post(browser, question, {"mode": "bike", "reason": "price"}).status_code == 303
    told = {"mode": "public_transport", "reason": "safety"}
    api, token = house.api(f"people/{house.beneficiary_id}/mode-choices"), house.bearer(Role.ADVISER)
    made: Any = house.client(None).post(api, query_string=DATES | {"one_way_tenths": 4.6, "transit": "yes"}, json=told, headers=token)
    assert made.status_code == 201 and made.json["question"]["one_way_tenths"] == 46
    bus, bike = desk.rows(ModeChoice)[1], desk.rows(ModeChoice)[0]
    assert (bike.mode, bike.reason, bike.question["days_a_week"], bike.question["transit"]) == ("bike", "price", 4, "yes")
    assert [one["mode"] for one in bus.compared] == list(MODES) and bus.compared[1]["state"] == "fits"
    assert [entry.verb for entry in desk.rows(AuditEntry) if entry.table_name == "mode_choice"] == ["choose_mode"] * 2
    file = plain(browser.get(house.page(f"people/{house.beneficiary_id}")).text)
    assert "Transports en commun, le 2 mars 2026. La sécurité du trajet." in file
    own = plain(house.client(Role.BENEFICIARY).get(house.page("me")).text)
    assert "Pour aller au travail" in own and "Transports en commun" in own
    listed: Any = house.client(None).get(api, headers=house.bearer(Role.BENEFICIARY)).json
    assert [one["mode"] for one in listed] == ["public_transport", "bike"]


def test_a_loaded_timetable_says_whether_a_bus_takes_the_five_oclock_shift(
    house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    RentalDesk(house)
    with house.writing():
        person = db.session.get_one(Beneficiary, house.beneficiary_id)
        person.lat, person.lon = HOME
        db.session.scalars(select(Job)).one().place = "Zone des Paluds"
    monkeypatch.setitem(
        house.app.extensions, "geocoder", TableGeocoder([replace(point(*WORK), label="Zone des Paluds", commune="Zone des Paluds")])
    )
    run = house.app.test_cli_runner().invoke(args=["import", "timetable", str(write_folder(tmp_path / "gtfs")), "--platform", house.slug])
    assert run.exit_code == 0 and "3 arrêts, 4 courses, du 2 mars 2026 au 30 juin 2026" in plain(run.output)
    browser, path = house.client(Role.ADVISER), house.page(f"people/{house.beneficiary_id}/ways")
    dates = {"starts_at": "2026-04-13T09:00", "ends_at": "2026-04-20T09:00"}
    early = plain(browser.get(path, query_string=dates | {"work_from": "05:00", "work_to": "13:00"}).text)
    assert "Ligne 12 : 4 h 10 à Place du Marché, 4 h 40 à Zone des Paluds ; retour à 13 h 15." in early
    late = plain(browser.get(path, query_string=dates | {"work_from": "22:00", "work_to": "06:00"}).text)
    assert "Aucun trajet direct" in late and "Une correspondance existe peut-être" in late
    easter = plain(browser.get(path, query_string=DATES | {"work_from": "05:00", "work_to": "13:00"}).text)
    assert "retour à 13 h 15. Rien le lundi." in easter, "Easter Monday"
    timetable_of(house).unlink()
    assert "cherchez ensemble une ligne" in plain(browser.get(path, query_string=dates).text)


def timetable_of(house: House) -> Path:
    with house.app.app_context():
        return timetable_file(house.slug)


@pytest.mark.parametrize(("hours", "asked"), [("lun–jeu 5:00–13:00", ("05:00", "13:00", "4")), ("matin ou soir", ("08:00", "17:00", "5"))])
def test_hours_told_day_by_day_are_asked_without_typing_them_again(house: House, hours: str, asked: tuple[str, str, str]) -> None:
    with house.writing():
        record_job(house.beneficiary_id, kind="permanent", hours=hours, by=house.viewer(Role.ADVISER), now=house.clock())
    browser, at = house.client(Role.ADVISER), f"people/{house.beneficiary_id}"
    ways = browser.get(house.page(f"{at}/ways")).text
    fields = {name: tag for tag in re.findall(r"<input[^>]*>", ways) for name in re.findall(r' name="(\w+)"', tag)}
    assert all(f'value="{value}"' in fields[name] for name, value in zip(("work_from", "work_to", "days_a_week"), asked, strict=True))
    waits = browser.get(house.page(f"{at}/waiting/new")).text
    assert ('value="05:00"' in waits and 'value="13:00"' in waits) is (asked[0] == "05:00")
