"""A handover and a return signed by both without network: kept if what was signed is what is written, told why not otherwise."""

import html
import json
import re
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from fleet.actions import device_signing
from fleet.models import ConditionReport
from mobility.models import AuditEntry, Message
from mobility.rights import Role
from tests.browsing import post
from tests.house import House
from tests.ports.read_pdf import words
from tests.rental import FINE_CAR, PATH, RentalDesk

FORM = {"odometer_km": "48000", "fuel": "full", "note": "Un siège\ntaché.", "check_keys": "done"}
FORM |= {f"zone_{code}": state for code, state in FINE_CAR.items()}
PIN = {"marks.0.kind": "scratch", "marks.0.x": "560", "marks.0.y": "150", "marks.0.zone": "left", "marks.0.note": "Portière avant."}
ON_DEVICE = {"signed.at": "2026-03-02T08:05:00.000Z", "signed.signer_name": "Camille Essai", "signed.signature": PATH}
ON_DEVICE |= {"signed.agreed": "yes", "signed.adviser_agreed": "yes", "signed.adviser_signature": PATH}


@pytest.fixture
def desk(house: House) -> RentalDesk:
    return RentalDesk(house).ready()


@pytest.fixture
def browser(desk: RentalDesk) -> FlaskClient:
    return desk.house.client(Role.ADVISER)


def at(desk: RentalDesk, path: str) -> str:
    return desk.house.page(f"bookings/{desk.booking_id}/{path}")


def read_on_device(page: str, typed: dict[str, str]) -> str:
    """What static/js/sign-here.js says of a form, from the words that the page carries."""
    found = re.search(r'data-words="([^"]*)"', page)
    assert found, "the page carries no words"
    say: dict[str, Any] = json.loads(html.unescape(found[1]))
    lines = [*say["heads"], say["km"].format(typed["odometer_km"])]
    lines += [said[typed.get(name, "")] for name, said in say["answers"]]
    lines += say["known"]
    if "marks.0.kind" in typed:
        mark = say["mark"].format(kind=say["kinds"][typed["marks.0.kind"]], zone=say["zones"][typed["marks.0.zone"]])
        lines.append(f"{mark} ; {typed['marks.0.note']}")
    lines.append(say["remark"].format(" ".join(typed["note"].split())))
    return "\n".join([*lines, say["pictures"].format(0)])


def send(desk: RentalDesk, browser: FlaskClient, path: str, typed: dict[str, str], **signed: str) -> TestResponse:
    said = read_on_device(browser.get(at(desk, path)).text, typed)
    return post(browser, at(desk, path), typed | ON_DEVICE | {"signed.said": said} | signed)


def test_both_signatures_come_with_the_handover_and_with_the_return(desk: RentalDesk, browser: FlaskClient) -> None:
    assert send(desk, browser, "check-out", FORM | PIN).location.endswith("/condition")
    (left,) = desk.rows(ConditionReport)
    assert (left.device_refusal, left.signer_name, left.signature, left.adviser_signature) == (None, "Camille Essai", PATH, PATH)
    assert left.signed_on_device_at.isoformat() == "2026-03-02T08:05:00+00:00", "the device's clock"
    assert left.signed_at == desk.house.clock(), "ours"
    assert [entry.verb for entry in desk.rows(AuditEntry)].count("sign_report") == 1
    assert [sent.subject for sent in desk.rows(Message)].count("Votre état des lieux signé") == 1
    desk.later(days=3)
    back = send(desk, browser, "check-in", FORM | {"odometer_km": "48100"})
    assert back.location.endswith("/outcome"), "nothing is left to sign"
    assert all(report.signed_at for report in desk.rows(ConditionReport))
    pdf = words(browser.get(at(desk, f"condition-reports/{left.id}.pdf")).data)
    assert pdf.count("Signé hors connexion le") == 2 and "reçu le" in pdf
    shown = browser.get(at(desk, f"condition-reports/{left.id}/signature")).text
    assert "signé hors connexion" in shown and "à l’heure de l’appareil, reçu le" in shown


@pytest.mark.parametrize(
    ("typed", "signed", "sentence"),
    [
        ({"odometer_km": "48500"}, {}, "signé « Compteur : 48000 km », et la plateforme a noté « Compteur : 48500 km »"),
        ({"zone_front": "broken"}, {}, "abîmé"),
        ({"fuel": "half"}, {}, "réservoir à moitié"),
        (PIN, {}, "la plateforme a noté « Marque : Rayure, côté gauche ; Portière avant. »"),
        ({"note": "Autre."}, {}, "Remarque : Autre."),
        ({}, {"signed.agreed": ""}, "a été lu et accepté"),
        ({}, {"signed.adviser_agreed": ""}, "il manque celle de la plateforme"),
        ({}, {"signed.signature": "<svg>"}, "Ce dessin n’a pas pu être lu"),
        ({}, {"signed.adviser_signature": "<svg>"}, "Ce dessin n’a pas pu être lu"),
    ],
)
def test_what_was_not_signed_is_written_unsigned_and_signed_again(
    desk: RentalDesk, browser: FlaskClient, typed: dict[str, str], signed: dict[str, str], sentence: str
) -> None:
    said = read_on_device(browser.get(at(desk, "check-out")).text, FORM)
    sent = post(browser, at(desk, "check-out"), FORM | typed | ON_DEVICE | {"signed.said": said} | signed)
    (report,) = desk.rows(ConditionReport)
    assert desk.booking().status == "out", "what was done is noted"
    assert (report.signed_at, report.signed_on_device_at, report.signature, report.adviser_signature) == (None, None, None, None)
    assert sent.location.endswith(f"condition-reports/{report.id}/signature")
    told = html.unescape(browser.get(sent.location).text).replace("\u202f", " ").replace("\u00a0", " ")
    assert "data-refusal" in told and sentence in told and "Relisez-le et signez à nouveau." in told
    assert [entry.verb for entry in desk.rows(AuditEntry)].count("refuse_device_signatures") == 1
    again = post(browser, sent.location, {"signer_name": "Camille Essai", "agreed": "yes", "how": "screen"})
    assert again.status_code == 303 and desk.rows(ConditionReport)[0].signed_at
    assert "data-refusal" not in browser.get(sent.location).text


def test_a_mark_known_meanwhile_makes_what_was_signed_stale(desk: RentalDesk, browser: FlaskClient) -> None:
    send(desk, browser, "check-out", FORM)
    stale = read_on_device(browser.get(at(desk, "check-in")).text, FORM)
    desk.later(days=1)
    post(browser, at(desk, "point-etape"), PIN)
    desk.later(days=1)
    post(browser, at(desk, "check-in"), FORM | ON_DEVICE | {"signed.said": stale})
    assert "Rayure, côté gauche" in desk.rows(ConditionReport)[-1].device_refusal


def test_a_doubtful_odometer_is_not_what_was_signed(desk: RentalDesk, browser: FlaskClient) -> None:
    send(desk, browser, "check-out", FORM)
    desk.later(days=1)
    send(desk, browser, "check-in", FORM | {"odometer_km": "47000"})
    report = desk.rows(ConditionReport)[-1]
    assert report.signed_at is None and "47000 km, ne suit pas les relevés d’avant : il est à confirmer" in report.device_refusal


def test_without_the_comparison_anything_would_pass_for_signed(
    desk: RentalDesk, browser: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The guard off: what makes the other tests pass is the comparison, nothing else."""
    monkeypatch.setattr(device_signing, "check_same", lambda signed, written: None)
    send(desk, browser, "check-out", FORM, **{"signed.said": "Rien de tout cela."})
    assert desk.rows(ConditionReport)[0].signed_at


def test_sent_twice_it_is_taken_once(desk: RentalDesk, browser: FlaskClient) -> None:
    page = browser.get(at(desk, "check-out")).text
    once = {"once": "5f0c6f7e-0f0e-4b5e-9a39-000000000001", "signed.said": read_on_device(page, FORM)}
    first, second = (post(browser, at(desk, "check-out"), FORM | ON_DEVICE | once) for _ in range(2))
    assert first.location == second.location and len(desk.rows(ConditionReport)) == 1


def test_json_takes_the_same_body(desk: RentalDesk, browser: FlaskClient) -> None:
    said = read_on_device(browser.get(at(desk, "check-out")).text, FORM)
    signed: dict[str, Any] = {name.removeprefix("signed."): value for name, value in ON_DEVICE.items()}
    signed |= {"said": said, "agreed": True, "adviser_agreed": True}
    body = {"odometer_km": 48000, "fuel": "full", "zones": FINE_CAR, "note": FORM["note"], "checks": {"keys": "done"}}
    api, address = desk.house.app.test_client(), f"/api/v1/p/{desk.house.slug}/bookings/{desk.booking_id}"
    bearer = desk.house.bearer(Role.ADVISER)
    for bad, field in (({"said": said}, "signed.at"), ("yes", "signed")):
        refused = api.post(f"{address}/check-out", json=body | {"signed": bad}, headers=bearer)
        assert refused.status_code == 422 and field.split(".")[0] in refused.text
    assert api.post(f"{address}/check-out", json=body | {"signed": signed}, headers=bearer).status_code == 200
    (report,) = desk.rows(ConditionReport)
    assert report.signed_at and report.device_refusal is None
