"""A vehicle looked over: marks pinned, carried on, shown side by side, with their pictures, by form and by JSON."""

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from flask.testing import FlaskClient
from PIL import Image
from werkzeug.test import TestResponse

from fleet.actions.photos import CONDITION
from fleet.models import ConditionReport, LookPhoto, VehicleMark
from mobility.actions.attachments import keep_attachment
from mobility.models import Attachment
from mobility.rights import Role
from tests.browsing import post
from tests.garage import make_vehicle
from tests.house import House
from tests.ports.read_pdf import words
from tests.rental import FINE_CAR, PATH, RentalDesk
from tests.rules.test_uploads import make_picture

ZONES = {f"zone_{code}": state for code, state in FINE_CAR.items()}
PIN = {"marks.0.kind": "scratch", "marks.0.x": "560", "marks.0.y": "150", "marks.0.zone": "rear", "marks.0.note": "Portière avant."}


@pytest.fixture
def desk(house: House) -> RentalDesk:
    return RentalDesk(house).ready()


@pytest.fixture
def browser(desk: RentalDesk) -> FlaskClient:
    return desk.house.client(Role.ADVISER)


def at(desk: RentalDesk, path: str) -> str:
    return desk.house.page(f"bookings/{desk.booking_id}/{path}")


def send(desk: RentalDesk, browser: FlaskClient, path: str, **typed: Any) -> TestResponse:
    return post(browser, at(desk, path), {"odometer_km": "48000", "fuel": "full", **ZONES} | typed)


def picture(name: str = "x.jpg", raw: bytes | None = None) -> tuple[BytesIO, str]:
    return BytesIO(raw or make_picture()), name


def test_a_mark_is_pinned_at_check_out_and_is_there_already_at_check_in(desk: RentalDesk, browser: FlaskClient) -> None:
    assert "Aucune marque n’est notée" in browser.get(at(desk, "check-out")).text
    assert send(desk, browser, "check-out", **PIN).status_code == 303
    (mark,) = desk.rows(VehicleMark)
    assert (mark.zone, mark.kind, mark.x, mark.y) == ("left", "scratch", 560, 150), "the place outranks the list"
    desk.later(days=3)
    page = browser.get(at(desk, "check-in")).text
    assert "déjà là" in page and "Rayure, côté gauche" in page and "Portière avant." in page
    compared = browser.get(at(desk, "condition")).text
    assert compared.index("Nouvelles depuis le départ") < compared.index("Déjà là au départ") < compared.index("Rayure, côté gauche")


def test_what_is_seen_at_the_return_is_new_and_the_old_stays_old(desk: RentalDesk, browser: FlaskClient) -> None:
    send(desk, browser, "check-out", **PIN)
    desk.later(days=3)
    again = send(desk, browser, "check-in", odometer_km="48100", **PIN)
    assert again.status_code == 422 and "Une marque semblable est déjà notée" in again.text
    assert 'name="marks.0.another"' in again.text, "it can be said to be another one"
    assert (
        send(desk, browser, "check-in", odometer_km="48100", **PIN, **{"marks.1.kind": "dent", "marks.1.zone": "rear"}).status_code == 422
    )
    told = {"marks.1.kind": "dent", "marks.1.zone": "rear"}
    assert send(desk, browser, "check-in", odometer_km="48100", **told).status_code == 303
    api = desk.house.app.test_client().get(
        f"/api/v1/p/{desk.house.slug}/bookings/{desk.booking_id}/condition", headers=desk.house.bearer(Role.ADVISER)
    )
    assert [mark["kind"] for mark in api.json["old"]] == ["scratch"]
    assert [mark["kind"] for mark in api.json["new"]] == ["dent"]
    own = desk.house.client(Role.BENEFICIARY).get(desk.house.page(f"me/condition/{desk.booking_id}"))
    assert own.status_code == 200 and "ne vous est jamais reproché" in own.text


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"marks.0.kind": "scratch", "marks.0.x": "1001", "marks.0.y": "5"}, "Un nombre entre 0 et 1000"),
        ({"marks.0.kind": "scratch", "marks.0.x": "-1", "marks.0.y": "5"}, "Un nombre entre 0 et 1000"),
        ({"marks.0.kind": "scratch"}, "Dites où se trouve cette marque."),
        ({"marks.0.zone": "left"}, "Cette réponse est nécessaire."),
        ({"marks.0.kind": "scratch", "marks.0.zone": "left", "marks.0.note": "x" * 121}, "120"),
        ({f"marks.{row}.kind": "scratch" for row in range(200)}, "30 marques au plus à la fois"),
        ({"marks.0.kind": "scratch", "marks.0.zone": "left", "marks.0.photos": "999999"}, "Cette photo n’est plus là"),
        ({"marks.0.kind": "scratch", "marks.0.zone": "left", "marks.0.photos": "one"}, "Un nombre entier"),
        ({"marks.0.kind": "scratch", "marks.0.zone": "left", "marks.0.price": "5"}, "n’est pas attendu"),
    ],
)
def test_what_is_no_mark_is_refused_and_nothing_is_written(
    desk: RentalDesk, browser: FlaskClient, typed: dict[str, str], sentence: str
) -> None:
    answer = send(desk, browser, "check-out", **typed)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert desk.rows(VehicleMark) == [] and desk.booking().status == "confirmed"


def test_pictures_come_within_the_form_where_there_is_no_script(desk: RentalDesk, browser: FlaskClient) -> None:
    sent = send(
        desk, browser, "check-out", **PIN,
        **{"marks.0.photo": picture(), "odometer_picture": picture(), "pictures": [picture(), picture()]},
    )  # fmt: skip
    assert sent.status_code == 303, sent.text
    photos = desk.rows(LookPhoto)
    assert sorted((photo.mark_id is not None, photo.report_id is not None, photo.reading_id is not None) for photo in photos) == [
        (False, False, True), (False, True, False), (False, True, False), (True, True, False),
    ]  # fmt: skip
    kinds = {row.kind: row.beneficiary_id for row in desk.rows(Attachment)}
    assert kinds == {"condition": None, "odometer": desk.house.beneficiary_id}, "of the vehicle about nobody, of the meter theirs"
    page = browser.get(at(desk, "condition")).text
    assert page.count("size=small") == 4
    repairs = desk.house.client(Role.MECHANIC).get(desk.house.page(f"vehicles/{desk.car}/marks"))
    assert "size=small" in repairs.text


def _bomb() -> bytes:
    out = BytesIO()
    Image.new("1", (12_000, 12_000)).save(out, "PNG")
    return out.getvalue()


@pytest.mark.parametrize(
    ("raw", "sentence"), [(b"MZ\x90\x00 an executable", "ni une photo"), (_bomb(), "trop grande"), (b"", "Ce fichier est vide")]
)
@pytest.mark.parametrize("field", ["marks.0.photo", "odometer_picture", "pictures"])
def test_what_is_no_picture_is_refused_beside_its_field(
    desk: RentalDesk, browser: FlaskClient, field: str, raw: bytes, sentence: str
) -> None:
    answer = send(desk, browser, "check-out", **PIN, **{field: (BytesIO(raw), "photo.jpg")})
    assert answer.status_code == 422 and sentence in answer.text
    assert desk.rows(Attachment) == [] and desk.booking().status == "confirmed"


def test_a_picture_sent_ahead_is_claimed_once_and_a_report_takes_twelve(desk: RentalDesk) -> None:
    with desk.house.writing():
        ids = [keep_attachment(make_picture(), kind=CONDITION.code, by=desk.by, now=desk.house.clock()).id for _ in range(13)]
    api, bearer = desk.house.app.test_client(), desk.house.bearer(Role.ADVISER)
    where = f"/api/v1/p/{desk.house.slug}/bookings/{desk.booking_id}/check-out"
    told: dict[str, Any] = {"odometer_km": 48_000, "fuel": "full", "zones": FINE_CAR}
    assert api.post(where, json=told | {"photos": ids}, headers=bearer).status_code == 422
    wrong = api.post(where, json=told | {"photos": ids[:1], "marks": [{"kind": "dent", "zone": "top", "photos": ids[:1]}]}, headers=bearer)
    assert wrong.status_code == 422, "one picture is not claimed twice"
    assert api.post(where, json=told | {"photos": ids[:12]}, headers=bearer).status_code == 200
    assert len(desk.rows(LookPhoto)) == 12


def test_a_mended_mark_is_shown_no_more_and_one_of_another_vehicle_is_not_found(desk: RentalDesk, browser: FlaskClient) -> None:
    send(desk, browser, "check-out", **PIN)
    (mark,) = desk.rows(VehicleMark)
    with desk.house.writing():
        other = make_vehicle(desk.house, "Citadine 9").id
    mechanic = desk.house.client(Role.MECHANIC)
    assert post(mechanic, desk.house.page(f"vehicles/{other}/marks/{mark.id}/mended"), {}).status_code == 404
    desk.house.clock.forward(seconds=timedelta(hours=1).total_seconds())
    assert post(mechanic, desk.house.page(f"vehicles/{desk.car}/marks/{mark.id}/mended"), {}).status_code == 303
    assert post(mechanic, desk.house.page(f"vehicles/{desk.car}/marks/{mark.id}/mended"), {}).status_code == 409
    assert "déjà là" not in browser.get(at(desk, "check-in")).text
    assert "Rayure, côté gauche" in browser.get(at(desk, "condition")).text, "what was known as the keys went stays said"


def test_a_scratch_at_the_point_etape_comes_with_its_place(desk: RentalDesk, browser: FlaskClient) -> None:
    send(desk, browser, "check-out")
    desk.later(days=7)
    empty = {"marks.0.note": "Un éclat.", "marks.1.note": "Un autre."}
    page = post(browser, at(desk, "point-etape"), {"mode": "pole"} | empty).text
    assert all(f"Marque {number}, ce que c’est" in page.replace("\u00a0", " ") for number in (1, 2)), "two marks are told apart"
    held = post(browser, at(desk, "point-etape"), {"mode": "pole", "odometer_km": "48200", "odometer_picture": picture()} | PIN)
    assert held.status_code == 303
    assert [mark.zone for mark in desk.rows(VehicleMark)] == ["left"]
    assert [photo.reading_id is not None for photo in desk.rows(LookPhoto)] == [True]
    page = browser.get(at(desk, "point-etape")).text.replace("\u00a0", " ")
    assert "Dernier relevé compté : 48 200 km" in page and "par adviser essai" in page and "le compteur à ce relevé" in page


def test_both_sign_the_report_and_the_paper_shows_marks_and_pictures(desk: RentalDesk, browser: FlaskClient) -> None:
    send(desk, browser, "check-out", **PIN, **{"marks.0.photo": picture()})
    (report,) = desk.rows(ConditionReport)
    told = {"signer_name": "Camille Essai", "agreed": "yes", "how": "screen", "signature": PATH}
    where = at(desk, f"condition-reports/{report.id}/signature")
    assert "Rayure, côté gauche" in browser.get(where).text
    refused = post(browser, where, told | {"agreed": ""})
    assert refused.status_code == 422 and "Cochez la case" in refused.text
    person = desk.house.client(Role.BENEFICIARY)
    own = desk.house.page(f"me/condition/{desk.booking_id}/reports/{report.id}")
    assert person.get(own).status_code == 200
    assert post(person, own, told | {"how": "paper"}).status_code == 422, "a paper is noted by the adviser"
    assert post(person, own, told).status_code == 303
    twice = post(browser, where, told)
    assert twice.status_code == 409 and "déjà signé" in twice.text
    paper = words(person.get(at(desk, f"condition-reports/{report.id}.pdf")).data)
    for said in ("Rayure, côté gauche", "Portière avant.", "Déjà là", "Camille Essai", "Signé sur écran"):
        assert said in paper


def test_the_worker_serves_one_platform_and_signing_out_clears_the_device(desk: RentalDesk, browser: FlaskClient) -> None:
    page = browser.get(at(desk, "check-out"))
    assert f'data-worker="{desk.house.page("check-worker.js")}"' in page.text
    assert "worker-src 'self'" in page.headers["Content-Security-Policy"]
    worker = desk.house.app.test_client().get(desk.house.page("check-worker.js"))
    assert worker.mimetype == "text/javascript" and "Set-Cookie" not in worker.headers
    left = post(browser, desk.house.page("logout"), {})
    assert left.headers["Clear-Site-Data"] == '"storage"'
