"""The fleet as a spreadsheet: out and in again changes nothing, every doubt is said by line, and all is taken or nothing."""

import io
import zipfile
from datetime import date

import pytest
from openpyxl import Workbook
from sqlalchemy import func, select

from fleet.models import OdometerReading, Vehicle, VehicleStep
from mobility.db import db
from mobility.rights import Role
from tests.browsing import forgery_token, post
from tests.garage import make_vehicle
from tests.house import House

HEADING = "Nom;Type;Pôle;Plaque;Dans le parc depuis le;Compteur (km);Équipement;Loyer par mois;Propriété;Loueur ou partenaire"


def send(house: House, raw: bytes, name: str = "parc.csv") -> tuple[int, str, str]:
    """Send a file by its page: status, text of the page after, address of the preview."""
    client = house.client(Role.MANAGER)
    data = {"file": (io.BytesIO(raw), name), "csrf_token": forgery_token(client)}
    answer = client.post(house.page("vehicles/import"), data=data, content_type="multipart/form-data")
    shown = client.get(answer.location) if answer.status_code == 303 else answer
    return answer.status_code, shown.text.replace("\xa0", " ").replace("\u202f", " "), answer.location or ""


def table(*lines: str, heading: str = HEADING) -> bytes:
    return "\n".join((heading, *lines)).encode()


def take(house: House, address: str) -> int:
    return post(house.client(Role.MANAGER), address + "/take").status_code


def vehicles(house: House) -> int:
    with house.reading():
        return db.session.scalar(select(func.count()).select_from(Vehicle)) or 0


GOOD = (
    "Citadine 1;voiture;Pôle central;AA-101-ZZ;05/01/2026;48 210 km;siège enfant;289,50;location à une société;Loueur d’essai",
    "Vélo 7;VELO;pole central;;;;antivol + casque, taille M;;;",
)


def test_a_good_file_is_taken_and_a_second_time_changes_nothing(house: House) -> None:
    status, text, address = send(house, table(*GOOD))
    assert status == 303 and "2 à ajouter" in text and vehicles(house) == 0
    assert take(house, address) == 303
    with house.reading():
        car = db.session.scalars(select(Vehicle).filter(Vehicle.kind == "car")).one()
        assert (car.plate, car.lease_cents, car.ownership, car.equipment) == ("AA-101-ZZ", 28_950, "hired", ["child_seat"])
        bike = db.session.scalars(select(Vehicle).filter(Vehicle.kind == "bike")).one()
        assert bike.equipment == ["lock", "helmet_m"]
        assert db.session.scalars(select(OdometerReading.km)).all() == [48_210]
    _, text, again = send(house, table(*GOOD))
    assert "2 déjà à jour" in text and "rien à reprendre" in text
    assert take(house, again) == 303
    with house.reading():
        assert db.session.scalar(select(func.count()).select_from(VehicleStep)) == 2
        assert db.session.scalars(select(OdometerReading.km)).all() == [48_210]
    assert take(house, address) == 409


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_what_goes_out_comes_in_again_unchanged(house: House, kind: str) -> None:
    with house.writing():
        make_vehicle(house, "=1+1", plate="AA-101-ZZ", energy="hybrid", co2_g_km=90, excess_cents=45_000, double_controls=True)
        make_vehicle(house, "-Vélo", "ebike", equipment=["charger", "helmet_s"], frame_number="BC 12")
        make_vehicle(house, "Vieux", stage="ordered", purchased_on=date(2026, 1, 5), insured_until=date(2026, 9, 30))
    client = house.client(Role.TREASURER)
    out = client.get(house.page(f"vehicles/sheet?format={kind}"))
    assert out.status_code == 200
    _, text, _ = send(house, out.data, f"parc.{kind}")
    assert "3 déjà à jour" in text, text


def test_each_doubt_is_said_with_its_line_and_nothing_is_taken(house: House) -> None:
    with house.writing():
        make_vehicle(house, "Citadine 1", plate="AA-101-ZZ")
        make_vehicle(house, "Citadine 2", plate="AA-102-ZZ")
    _, text, address = send(
        house,
        table(
            "Neuve;voiture;Pôle central;BB-1;;;;;;",
            "Autre;voiture;Pôle central;bb 1;;;;;;",
            "Ailleurs;voiture;Pôle perdu;;;;;;;",
            "Étrange;char;Pôle central;;;;;;;",
            "Tard;voiture;Pôle central;;30/02/2026;;;;;",
            "Court;voiture;Pôle central;;05/01/26;;;;;",
            "Anglaise;voiture;Pôle central;;;31 000 miles;;;;",
            "Panier;voiture;Pôle central;;;;panier ou sacoches;;;",
            "Citadine 1;vélo;Pôle central;;;;;;;",
            "Citadine 1;voiture;Pôle central;AA-102-ZZ;;;;;;",
            "Louée;voiture;Pôle central;;;;;100;;",
            ";;;CC-9;;;;;;",
        ),
    )
    for words in (
        "11 à corriger",
        "« BB-1 » est déjà à la ligne 2",
        "« Pôle perdu » n’est pas un de vos pôles",
        "« char » n’est pas connu ici",
        "Cette date n’existe pas",
        "l’année en quatre chiffres",
        "écrivez des kilomètres",
        "Cet équipement ne va pas avec une voiture",
        "ce véhicule est déjà là comme voiture",
        "deux véhicules : Citadine 1 et Citadine 2",
        "dites d’abord qu’il est loué",
        "Nom : cette case est nécessaire",
    ):
        assert words in text, words
    assert "Reprendre tout le tableau" not in text
    assert take(house, address) == 422 and vehicles(house) == 2


def bomb() -> bytes:
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as packed:
        for number in range(3):
            packed.writestr(f"xl/worksheets/sheet{number}.xml", b"0" * 40_000_000)
    return raw.getvalue()


@pytest.mark.parametrize(
    ("raw", "name", "words"),
    [
        (b"", "vide.csv", "Choisissez un fichier"),
        (b"\n\n", "vide.csv", "est vide"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "photo.csv", "n’est pas un tableau"),
        (b"PK\x03\x04 et rien", "cassé.xlsx", "ne s’ouvre pas"),
        (b"\xd0\xcf\x11\xe0" + b"0" * 600, "vieux.xls", "ancien format"),
        (table("Vélo;vélo", heading="Nom;Type"), "parc.csv", "Il manque la colonne « Pôle »"),
        (table("a;b", heading="Nom;Nom"), "parc.csv", "deux fois"),
        (table("x" * 501 + ";vélo;Pôle central;;;;;;;"), "parc.csv", "dépasse 500 caractères"),
        (table(*["Vélo;vélo;Pôle central;;;;;;;"] * 10_000), "parc.csv", "au plus 1000 lignes"),
    ],
)
def test_a_file_that_is_no_fleet_is_refused_with_a_sentence(house: House, raw: bytes, name: str, words: str) -> None:
    status, text, _ = send(house, raw, name)
    assert status == 422 and words in text


def test_a_bomb_in_a_workbook_is_not_opened(house: House) -> None:
    status, text, _ = send(house, bomb(), "parc.xlsx")
    assert status == 422 and "trop gros une fois ouvert" in text


def test_a_workbook_with_typed_cells_by_json(house: House) -> None:
    book, raw = Workbook(), io.BytesIO()
    book.active.append(["Nom", "Type", "Pôle", "Dans le parc depuis le", "Compteur (km)", "Franchise"])
    book.active.append(["Citadine", "Voiture", "Pôle central", date(2026, 1, 5), 48210, 450.5])
    book.save(raw)
    client, headers = house.app.test_client(), house.bearer(Role.MANAGER)
    sent = client.post(house.api("vehicle-imports"), data={"file": (io.BytesIO(raw.getvalue()), "parc.xlsx")}, headers=headers)
    assert sent.status_code == 201, sent.text
    told = sent.get_json()
    assert [line["verdict"] for line in told["lines"]] == ["new"]
    taken = client.post(house.api(f"vehicle-imports/{told['id']}/take"), headers=headers)
    assert taken.status_code == 200 and taken.get_json()["counts"] == {"new": 1} and taken.get_json()["lines"] == []
    with house.reading():
        car = db.session.scalars(select(Vehicle)).one()
        assert (car.in_service_on, car.excess_cents) == (date(2026, 1, 5), 45_050)


def test_another_platform_never_opens_a_file_that_was_sent(house: House) -> None:
    _, _, address = send(house, table(*GOOD))
    assert house.client(Role.ADVISER).get(address).status_code == 403
    assert house.client(Role.MANAGER).get(address.rsplit("/", 1)[0] + "/999999").status_code == 404
