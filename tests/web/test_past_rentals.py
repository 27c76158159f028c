"""A year of the AMIE programme given on screen or by JSON: its files with their conditions, and the rents of the year."""

import time
from io import BytesIO

from flask.testing import FlaskClient
from sqlalchemy import select

from fleet.amie_folder import FILES
from mobility.db import db
from mobility.models import Beneficiary
from mobility.rights import Role
from tests.actions.test_import_amie import SEDAN, check_rents
from tests.browsing import post
from tests.house import House


def test_the_manager_gives_the_sheet_and_the_treasurer_takes_the_rents(house: House) -> None:
    manager, treasurer = house.client(Role.MANAGER), house.client(Role.TREASURER)
    refused = post(manager, house.page("imports/amie"), {"file": (BytesIO(b"n\xb0"), FILES)})
    assert refused.status_code == 422 and "CSV UTF-8" in refused.text
    begun = post(manager, house.page("imports/amie"), {"file": (BytesIO((SEDAN / FILES).read_bytes()), FILES)})
    assert begun.status_code == 303, begun.text
    done = wait(manager, begun.location)
    assert "Dossiers repris</dt><dd>17" in done and "Aucune ligne" in done
    page = treasurer.get(house.page("past-rentals?q=Guérin")).text
    assert "à compléter" in page and "Adélaïde" in page
    check_rents(treasurer.get(house.page("rents.csv?year=2008")).text)
    assert treasurer.get(house.page("rents.csv?year=douze")).status_code == 422


def wait(client: FlaskClient, location: str) -> str:
    for _ in range(100):
        page = client.get(location).text
        if 'http-equiv="refresh"' not in page:
            break
        time.sleep(0.1)
    return page


def test_by_json_and_what_was_blank_is_completed_on_the_file(house: House, client: FlaskClient) -> None:
    headers = house.bearer(Role.MANAGER)
    begun = client.post(house.api("imports/amie"), data={"file": (BytesIO((SEDAN / FILES).read_bytes()), FILES)}, headers=headers)
    assert begun.status_code == 202, begun.text
    while not client.get(house.api(f"imports/{begun.json['id']}"), headers=headers).json["finished_at"]:
        time.sleep(0.1)
    rents = client.get(house.api("rents?year=2008"), headers=headers).json
    assert {rent["file"]: rent["cents"] for rent in rents}["13"] == 20581
    assert client.get(house.api("rents?year=2007"), headers=headers).json == []
    with house.reading():
        person_id = db.session.scalars(select(Beneficiary.id).filter(Beneficiary.first_name == "Adélaïde")).one()
    assert states(house, client, headers) == {"licence": "missing", "licence_years": "missing"}
    shown = house.client(Role.ADVISER).get(house.page(f"people/{person_id}")).text
    assert "Dossier AMIE 12, repris" in shown and "kind=licence" in shown
    paper = {"kind": "licence", "category": "B", "issued_on": "2001-06-01"}
    assert client.post(house.api(f"beneficiaries/{person_id}/documents"), json=paper, headers=headers).status_code == 201
    assert states(house, client, headers) == {}


def states(house: House, client: FlaskClient, headers: dict[str, str]) -> dict[str, str]:
    """What is not met of file 12."""
    (file,) = client.get(house.api("past-rentals?q=Adélaïde"), headers=headers).json["rows"]
    return {condition["code"]: condition["state"] for condition in file["conditions"] if condition["state"] != "met"}
