"""Starting from today's spreadsheet: matched, looked at line by line, taken as a whole, undone as a whole, and never taken twice."""

import io
from datetime import date
from typing import Any

import pytest
from flask.testing import FlaskClient
from openpyxl import Workbook
from sqlalchemy import func, select

from billing.models import BillingAccount, Deposit, JournalEntry
from billing.queries import balance_cents, due_now, paid_cents
from billing.queries.figures import figures
from fleet.actions.changes import shorten
from fleet.actions.point_etape import note_reading
from fleet.models import Booking, Occupancy, OdometerReading, PointEtape, Takeover, Vehicle
from mobility.db import db
from mobility.models import Action, AuditEntry, Beneficiary, FileLook, Message
from mobility.periods import instant_of, paris_day
from mobility.rights import Role
from tests.browsing import forgery_token, post
from tests.garage import at, make_vehicle
from tests.house import House
from tests.invariants import check_all

HEADING = "Immat;Type;Véhicule;Km;Emprunteur;Né le;Tel;Début;Fin prévue;Km départ;QPV;Remarques;Solde;Caution;Caution par"
GOOD = (
    "AA-101-ZZ;Voiture;Clio bleue;48 900;MARTEL Ysoline;12/04/1991;0661385435;16/02/2026;16/04/2026;48 210;oui;rien;12,50 €;250,00;espèces",
    "AA-102-ZZ;Citadine;Clio verte;30 500;Adama Sorel;3/7/88;;23/02/2026;;;;;-5;300;",
    ";VAE;Vélo 7;;;;;;;;;;;;",
)
DOUBTS_OF_GOOD = (
    "2 soldes",
    "2 cautions",
    "lu prénom Adama, nom Sorel",
    "a une année à deux chiffres : lue 3 juillet 1988",
    "retour prévu non dit",
    "forme de la caution non dite",
)
MADE = (Vehicle, Beneficiary, Booking, Occupancy, OdometerReading, BillingAccount, Action, PointEtape)


def csv(*lines: str, heading: str = HEADING) -> bytes:
    return "\n".join((heading, *lines)).encode("cp1252")


def plain(text: str) -> str:
    return text.replace("\xa0", " ").replace("\u202f", " ")


class Wizard:
    """The pages, as the manager goes through them."""

    def __init__(self, house: House) -> None:
        self.house, self.client = house, house.client(Role.MANAGER)

    def send(self, raw: bytes, name: str = "parc.csv") -> tuple[int, str, str]:
        data = {"file": (io.BytesIO(raw), name), "csrf_token": forgery_token(self.client)}
        answer = self.client.post(self.house.page("takeovers"), data=data, content_type="multipart/form-data")
        text = self.client.get(answer.location).text if answer.status_code == 303 else answer.text
        return answer.status_code, plain(text), (answer.location or "").removesuffix("/columns")

    def match(self, address: str, **more: str) -> str:
        """As guessed, with what is said otherwise; the preview's text."""
        form = chosen(self.client, address + "/columns") | more
        answer = post(self.client, address + "/columns", form)
        assert answer.status_code == 303, plain(answer.text)
        return plain(self.client.get(address).text)

    def preview(self, raw: bytes, name: str = "parc.csv", **more: str) -> tuple[str, str]:
        status, text, address = self.send(raw, name)
        assert status == 303, text
        return self.match(address, **more), address

    def act(self, address: str, verb: str) -> int:
        return post(self.client, f"{address}/{verb}").status_code


def chosen(client: FlaskClient, address: str) -> dict[str, str]:
    """What the page's lists stand at."""
    form: dict[str, str] = {}
    name = ""
    for part in client.get(address).text.split("<")[1:]:
        if part.startswith("select "):
            name = part.split('name="')[1].split('"')[0]
        elif part.startswith("option ") and " selected" in part:
            form[name] = part.split('value="')[1].split('"')[0]
    return form


def counts(house: House) -> dict[str, int]:
    with house.reading():
        return {row.__tablename__: db.session.scalar(select(func.count()).select_from(row)) or 0 for row in MADE}


def test_a_platform_starts_from_its_spreadsheet_and_may_take_it_all_back(house: House) -> None:
    wizard, before = Wizard(house), counts(house)
    text, address = wizard.preview(csv(*GOOD))
    assert "3 véhicules" in text and "2 dossiers" in text and "2 locations" in text and "lignes à relire : 1" in text
    for words in DOUBTS_OF_GOOD:
        assert words in text, text[text.find("<table") : text.find("</table")]
    assert counts(house) == before, "a preview writes nothing"
    assert wizard.act(address, "take") == 303
    with house.reading():
        car = db.session.scalars(select(Vehicle).filter(Vehicle.plate == "AA-101-ZZ")).one()
        assert (car.label, car.kind, car.site_id, car.in_service_on) == ("Clio bleue", "car", house.site_id, date(2026, 2, 16))
        person = db.session.scalars(select(Beneficiary).filter(Beneficiary.first_name == "Ysoline")).one()
        assert (person.birth_on, person.phone, person.last_contact_at) == (date(1991, 4, 12), "+33661385435", house.clock())
        rental = db.session.scalars(select(Booking).filter(Booking.beneficiary_id == person.id)).one()
        assert (rental.status, rental.vehicle_id, rental.qpv) == ("out", car.id, True)
        assert rental.handed_over_at is not None and paris_day(rental.handed_over_at) == date(2026, 2, 16)
        assert {waiver["reason"] for waiver in rental.waivers} == {"taken_over"}
        assert {waiver["by"] for waiver in rental.waivers} == {house.accounts[Role.MANAGER]}
        held = db.session.scalars(select(Occupancy).filter(Occupancy.booking_id == rental.id)).one()
        assert (held.starts_at, held.ends_at, held.status) == (
            at(16, 12, month=2),
            instant_of(date(2026, 4, 16)) + (at(1, 12) - at(1, 0)),
            "out",
        )
        account = db.session.get_one(BillingAccount, rental.account_id)
        assert account.started_at == instant_of(date(2026, 3, 2)), "what was owed before is not reckoned again"
        assert account.terms["tariff"]["days_gone"] == 14, "its steps go on from the keys"
        assert balance_cents(account.id) == 1_250 and paid_cents(account.id) == 0
        assert "Reste dû à la reprise du 2 mars 2026 : 12,50 €" in due_now(account.id).sentence
        deposits = db.session.execute(select(Deposit.kind, Deposit.held_cents, Deposit.status).order_by(Deposit.held_cents)).all()
        assert [tuple(d) for d in deposits] == [("cash", 25_000, "held"), ("uncashed_cheque", 30_000, "held")]
        books = {(e.journal, e.label.split(",")[0]) for e in db.session.scalars(select(JournalEntry))}
        assert books == {("AN", "Solde repris"), ("AN", "Caution reprise"), ("HB", "Caution reprise")}
        readings = db.session.scalars(select(OdometerReading).filter(OdometerReading.booking_id == rental.id).order_by(OdometerReading.km))
        assert [(r.km, r.status) for r in readings] == [(48_210, "accepted"), (48_900, "accepted")]
        assert not db.session.scalars(select(Message)).all(), "a takeover sends nothing"
        assert db.session.scalars(select(Takeover.sheets)).one() == [], "the lines are dropped once taken"
        ids = person.id
    check_all(house, {})
    page = plain(house.client(Role.ADVISER).get(house.page(f"people/{ids}")).text)
    assert "Reprise, à compléter : Clio bleue" in page and "Contrat" in page
    text, again = wizard.preview(csv(*GOOD))
    assert "rien à reprendre" in text and wizard.act(again, "take") == 422
    assert wizard.act(address, "take") == 409
    assert wizard.act(address, "undo") == 303
    left = counts(house)
    stay = {name: before[name] + 2 for name in ("beneficiary", "billing_account")}
    assert left == before | stay, "books are never rewritten: what they speak of stays, void"
    with house.reading():
        assert not any(figures().by_code.values()) and not db.session.scalars(select(Deposit)).all()
        assert all(account.closed_at and not account.started_at for account in db.session.scalars(select(BillingAccount)))
    assert wizard.act(address, "undo") == 409
    check_all(house, {})
    assert wizard.act(again, "take") == 303 and counts(house)["booking"] == before["booking"] + 2


@pytest.mark.parametrize("act", ["reading", "return brought forward"])
def test_what_somebody_built_on_is_not_undone(house: House, act: str) -> None:
    """A row of theirs that points at one of ours, or one of ours that they changed."""
    wizard = Wizard(house)
    _, address = wizard.preview(csv(*GOOD))
    wizard.act(address, "take")
    with house.reading():
        booking_id = db.session.scalars(select(Booking.id).order_by(Booking.id)).first()
    house.clock.forward(minutes=5)
    with house.writing():
        doer: dict[str, Any] = {"by": house.viewer(Role.ADVISER), "now": house.clock()}
        if act == "reading":
            note_reading(booking_id, odometer_km=48_950, **doer)
        else:
            shorten(booking_id, ends_at=at(20), **doer)
    assert wizard.act(address, "undo") == 409
    assert "Ne se défait plus" in plain(wizard.client.get(address).text)


def test_each_doubt_says_what_will_be_done(house: House) -> None:
    with house.writing():
        make_vehicle(house, "Déjà là", plate="BB-100-ZZ")
        number = db.session.scalars(select(Beneficiary.number)).one()
    lines = (
        "CC-1-AA;voiture;Une;;Camille Essai;17/05/1990;;02/02/2026;;;;",  # somebody with a file
        "CC-1-AA;voiture;Une encore;;Zoé Bis;;;03/02/2026;;;;",  # the same vehicle, with two people at once
        "CC-3-AA;tapis volant;Trois;;;;;;;;;",
        "CC-4-AA;voiture;Une;1 000 miles;;;;;;;;",
        "BB-100-ZZ;voiture;Autre nom;;Futur Prêt;;;12/12/2026;;;;",
        "CC-6-AA;voiture;Six;900;Tom Vite;;06;15/02/2026;20/02/2026;1 000;;",
        "CC-7-AA;voiture;Sept;;Lou Vrai;31/02/1990;;15/02/2026;10/02/2026;;;",
        "CC-8-AA;voiture;Huit;;Ana Sol;;;;;;;",
        ";;;;Nina Seule;;;01/02/2026;;;;",
        "=1+1;voiture;@SUM;;Eve;;;;;;;",
    )
    text, address = Wizard(house).preview(csv(*lines), kind="")
    for words in (
        "c’est le même véhicule, dit une fois",
        "Une est déjà avec Camille Essai dans ce tableau",
        "« tapis volant » n’est pas connu ici",
        "un autre véhicule s’appelle « Une » : celui-ci s’appellera « Une CC-4-AA »",
        "noté en miles",
        "est dans le futur",
        "« 06 » n’a pas pu être lu : laissé vide",
        "retour prévu déjà passé, le 20 février 2026 : la location est reprise en retard",
        "900 km est en dessous de 1000 km",
        "le 31/02/1990 n’existe pas, laissée vide",
        "vient avant la remise des clés",
        "sans date de remise des clés",
        "il y faut un véhicule et une personne",
        "le prénom et le nom sont nécessaires",
    ):
        assert words in text, text[text.find("<table") : text.find("</table")]
    assert number not in text, "a birth that agrees leaves no doubt"
    assert Wizard(house).act(address, "take") == 303
    with house.reading():
        assert {b.status for b in db.session.scalars(select(Booking))} == {"out", "late"}
        assert db.session.scalars(select(Vehicle.label).order_by(Vehicle.label)).all() == [
            "@SUM", "Déjà là", "Huit", "Sept", "Six", "Une", "Une CC-4-AA",
        ]  # fmt: skip
        doubtful = db.session.scalars(select(OdometerReading).filter(OdometerReading.status == "doubtful")).all()
        assert [reading.km for reading in doubtful] == [900]
        assert db.session.scalar(select(func.count()).select_from(Beneficiary).filter(Beneficiary.last_name == "Essai")) == 1
    check_all(house, {})


def workbook(**sheets: list[list[Any]]) -> bytes:
    book, raw = Workbook(), io.BytesIO()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    book.save(raw)
    return raw.getvalue()


def test_several_sheets_by_json(house: House) -> None:
    on = date(2026, 2, 20)
    loans = [
        ["Nos prêts en cours"],
        ["Plaque", "Nom", "Prénom", "Sorti le"],
        ["DD-1-AA", "Ferrant", "Isaure", on],
        ["ZZ-9-ZZ", "Nul", "Part", on],
    ]
    fleet = [
        ["Plaque", "Modèle", "Catégorie", "Kilométrage"],
        ["dd 1 aa", "Yaris", "Voiture", 15_000.0],
        ["DD-2-AA", "Yaris", "Voiture", None],
    ]
    raw = workbook(Prêts=loans, Parc=fleet)
    client, headers = house.app.test_client(), house.bearer(Role.MANAGER)
    sent = client.post(house.api("takeovers"), data={"file": (io.BytesIO(raw), "parc.xlsx")}, headers=headers)
    assert sent.status_code == 201, sent.text
    told = sent.get_json()
    address = house.api(f"takeovers/{told['id']}")
    assert client.post(address + "/take", headers=headers).status_code == 422, "not before its columns were looked at"
    columns = [{"sheet": s["title"], "heading": h, "field": f} for s in told["sheets"] for h, f in s["matching"].items()]
    wrong = [*columns, {"sheet": "Parc", "heading": "Kilométrage", "field": "plate"}, {"sheet": "Ailleurs", "heading": "x"}]
    refused = client.put(address + "/columns", json={"columns": wrong, "site_id": 987_654}, headers=headers)
    assert refused.status_code == 422 and {"columns.8", "site_id"} <= refused.get_json()["errors"].keys(), refused.text
    matched = client.put(address + "/columns", json={"columns": columns, "site_id": house.site_id}, headers=headers).get_json()
    assert [(line["verdict"], line["acts"]) for line in matched["lines"]] == [
        ("new", ["dossier à ouvrir", "location à reprendre"]),
        ("left", ["dossier à ouvrir"]),
        ("new", ["véhicule à ajouter", "compteur à noter"]),
        ("new", ["véhicule à ajouter"]),
    ]
    taken = client.post(address + "/take", headers=headers)
    assert taken.status_code == 200 and taken.get_json()["counts"]["rentals"] == 1, taken.text
    with house.reading():
        looked_at = db.session.scalars(select(Beneficiary.id).filter(Beneficiary.last_name == "Ferrant")).one()
    assert house.client(Role.ADVISER).get(house.page(f"people/{looked_at}")).status_code == 200
    undone = client.post(address + "/undo", headers=headers)
    assert undone.status_code == 200 and undone.get_json()["undone_at"], undone.text
    with house.reading():
        assert not db.session.scalars(select(Booking)).all()
        verbs = set(db.session.scalars(select(AuditEntry.verb)))
        assert {"send_takeover", "match_takeover", "take_takeover", "take_over", "undo_takeover"} <= verbs
        assert db.session.scalars(select(FileLook.beneficiary_id)).all() == [looked_at], "who looked stays written, and the file with it"
        assert db.session.scalars(select(Beneficiary.last_name).order_by(Beneficiary.id)).all() == ["Essai", "Ferrant"]


@pytest.mark.parametrize(
    ("raw", "name", "words"),
    [
        (b"", "vide.csv", "Choisissez un fichier"),
        (b"Plaque;Nom", "un.csv", "n’a qu’une ligne"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "photo.png", "n’est pas un tableau"),
        (b"\xd0\xcf\x11\xe0" + b"0" * 600, "vieux.xls", "ancien format"),
        (csv(*["AA-1-AA;voiture;;;;;;;;;;"] * 10_000), "parc.csv", "au plus 1000 lignes"),
    ],
)
def test_a_file_that_is_no_spreadsheet_is_refused_with_a_sentence(house: House, raw: bytes, name: str, words: str) -> None:
    status, text, _ = Wizard(house).send(raw, name)
    assert status == 422 and words in text
