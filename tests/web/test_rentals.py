"""A rental by its pages and by its API: every step answers, what is refused is said beside its field, nobody else comes near."""

from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from billing.actions.deposits import receive_deposit
from billing.models import Deposit, Payment, Receipt
from fleet.models import CapDecision, ConditionReport, OdometerReading, PointEtape
from mobility.periods import PARIS
from mobility.rights import Role
from tests.browsing import post
from tests.house import House, make_house
from tests.rental import FINE_CAR, PATH, RentalDesk

ZONES = {f"zone_{code}": state for code, state in FINE_CAR.items()}


@pytest.fixture
def desk(house: House) -> RentalDesk:
    return RentalDesk(house)


@pytest.fixture
def browser(desk: RentalDesk) -> FlaskClient:
    return desk.house.client(Role.ADVISER)


def at(desk: RentalDesk, path: str) -> str:
    return desk.house.page(f"bookings/{desk.booking_id}/{path}")


def plain(answer: TestResponse) -> str:
    """What a page says, its bound spaces plain."""
    return answer.text.replace("\u00a0", " ").replace("\u202f", " ")


def look(desk: RentalDesk, browser: FlaskClient, path: str) -> str:
    answer = browser.get(at(desk, path))
    assert answer.status_code == 200, answer.text
    return plain(answer)


def send(desk: RentalDesk, browser: FlaskClient, path: str, **typed: Any) -> TestResponse:
    return post(browser, at(desk, path), typed)


def test_a_contract_is_made_signed_and_printed_by_pages_alone(desk: RentalDesk, browser: FlaskClient) -> None:
    assert "Préparer le contrat" in look(desk, browser, "rental")
    assert "projet" not in look(desk, browser, "contract")
    assert send(desk, browser, "contract").status_code == 303
    assert "216 km par semaine" in look(desk, browser, "contract")
    signed = send(
        desk, browser, "contract/signature",
        number="C-2026-0001", signer_name="Camille Essai", agreed="yes", how="screen", signature=PATH,
    )  # fmt: skip
    assert signed.status_code == 303
    assert browser.get(at(desk, "contract.pdf")).data.startswith(b"%PDF")
    twice = send(desk, browser, "contract/signature", number="C-2026-0001", signer_name="Camille Essai", agreed="yes", how="paper")
    assert twice.status_code == 409
    assert "déjà signé" in plain(twice)


def test_the_deposit_comes_before_the_keys_and_is_one_click_away(desk: RentalDesk, browser: FlaskClient) -> None:
    desk.sign()
    (deposit,) = desk.rows(Deposit)
    for path in ("rental", "check-out"):
        assert f"/deposits/{deposit.id}" in look(desk, browser, path)
    assert "Faire l’état des lieux de départ" not in look(desk, browser, "rental")
    desk.act(receive_deposit, deposit.id, cents=deposit.due_cents)
    assert "Faire l’état des lieux de départ" in look(desk, browser, "rental")
    assert "Aller à la caution" not in look(desk, browser, "check-out")


def test_keys_point_etape_and_return_by_pages_alone(desk: RentalDesk, browser: FlaskClient) -> None:
    desk.ready()
    assert "Dernier relevé" not in look(desk, browser, "check-out")
    assert (
        send(desk, browser, "check-out", odometer_km="48 000", fuel="full", check_papers="missing", check_keys="done", **ZONES).status_code
        == 303
    )
    desk.later(days=7)
    assert "Enregistrer ce relevé seul" in look(desk, browser, "point-etape")
    held = send(
        desk, browser, "point-etape",
        mode="pole", odometer_km="48250", cents="17,50", means="cheque", job_state="working", next_step="licence",
        next_meeting_at="2026-03-17T10:00", **(ZONES | {"zone_left": "marked"}),
    )  # fmt: skip
    assert held.status_code == 303, held.text
    assert [payment.cents for payment in desk.rows(Payment)] == [1750]
    assert desk.rows(ConditionReport)[-1].zones == {"left": "marked"}, "only what changed"
    after = look(desk, browser, "rental")
    assert "34 km de trop" in after and "Reçu n° 1." in after
    assert send(desk, browser, "cap/decision", decision="warn", reason="on en reparle").status_code == 303
    assert desk.rows(CapDecision)[0].decision == "warn"
    desk.later(days=2)
    assert "Dernier relevé : 48 250 km" in look(desk, browser, "check-in")
    back = send(desk, browser, "check-in", odometer_km="48300", fuel="half", **ZONES)
    report = desk.rows(ConditionReport)[-1]
    assert back.status_code == 303 and back.location.endswith(f"/condition-reports/{report.id}/signature"), "before the person leaves"
    assert [row.checks for row in desk.rows(ConditionReport)] == [{"keys": "done", "papers": "missing"}, None, {}]
    beside = look(desk, browser, "condition")
    assert all(words in beside for words in ("Liste de contrôle", "manquant", "non vérifié"))
    assert browser.get(at(desk, f"condition-reports/{report.id}.pdf")).data.startswith(b"%PDF")
    assert send(desk, browser, "outcome", reason="own_vehicle", job_kind="permanent", lasting_solution="own_car").status_code == 303
    assert "une voiture à soi" in look(desk, browser, "outcome").lower()


@pytest.mark.parametrize(
    ("path", "typed", "field", "words"),
    [
        ("point-etape/reading", {"odometer_km": "beaucoup"}, "odometer_km", "nombre entier"),
        ("point-etape/money", {"cents": "dix", "means": "cheque"}, "cents", "montant en euros"),
        ("point-etape/money", {"cents": "10", "means": "cash"}, "means", "ne se paie plus en espèces"),
        ("point-etape/money", {"cents": "25", "means": "cheque"}, "note_given", "la note détaillée se remet avant"),
        ("point-etape/job", {"job_state": "working"}, "next_step", "nécessaire"),
        ("point-etape", {"mode": "pole", "next_meeting_at": "2026-03-01T10:00"}, "next_meeting_at", "plus tardive"),
        ("cap/trips", {"km": "30", "on": "04/03/26", "purpose": "health"}, "on", "quatre chiffres"),
        ("check-in", ZONES, "odometer_km", "relevez le compteur"),
        ("check-in", ZONES, "fuel", "indiquez le niveau de carburant"),  # said at the same time
        ("check-in", {"odometer_km": "48100", "fuel": "half", **ZONES, "zone_left": "splendid"}, "zone_left", "états proposés"),
        (
            "check-in",
            {"odometer_km": "48100", "fuel": "half", **ZONES, "check_keys": "splendid"},
            "check_keys",
            "sans objet",
        ),
    ],
)
def test_what_is_refused_is_said_beside_its_field_and_kept(
    desk: RentalDesk, browser: FlaskClient, path: str, typed: dict[str, str], field: str, words: str
) -> None:
    desk.out()
    desk.later(days=7)
    answer = send(desk, browser, path, **typed)
    assert answer.status_code == 422
    assert words in plain(answer)
    assert f'-{field}-error"' in answer.text
    for value in set(typed.values()) - {"pole", "fine", "half", "splendid"}:
        assert value in answer.text, "what was typed is kept"
    assert desk.rows(Payment) == []
    assert len(desk.rows(OdometerReading)) == 1


def test_the_next_meeting_is_proposed_at_the_planned_ones_own_hour(desk: RentalDesk, browser: FlaskClient) -> None:
    desk.out()
    (step,) = desk.rows(PointEtape)
    desk.later(days=7, hours=3)
    proposed = (step.planned_at + timedelta(days=7)).astimezone(PARIS)
    assert f'value="{proposed:%Y-%m-%dT%H:%M}"' in look(desk, browser, "point-etape")


def test_a_part_sent_alone_takes_nothing_else_with_it(desk: RentalDesk, browser: FlaskClient) -> None:
    desk.out()
    desk.later(days=7)
    whole = {"mode": "pole", "odometer_km": "12", "cents": "10", "means": "cheque", "job_state": "working", "next_step": "none"}
    assert send(desk, browser, "point-etape/money", **whole, **ZONES).status_code == 303
    assert len(desk.rows(Receipt)) == 1
    assert len(desk.rows(OdometerReading)) == 1
    assert send(desk, browser, "point-etape/reading", **whole, **ZONES).status_code == 303
    assert "Relevé à vérifier : 12 km" in look(desk, browser, "point-etape")
    reading = desk.rows(OdometerReading)[-1]
    assert "en dessous" in look(desk, browser, f"readings/{reading.id}")
    corrected = send(desk, browser, f"readings/{reading.id}/correction", odometer_km="48120", reason="mal lu")
    assert corrected.status_code == 303
    assert "Relevé à vérifier" not in look(desk, browser, "point-etape")


def test_saving_one_part_keeps_what_was_typed_in_the_others_once(desk: RentalDesk, browser: FlaskClient) -> None:
    desk.out()
    desk.later(days=7)
    typed = {"mode": "phone", "odometer_km": "48123", "note": "un feu à changer", "cents": "10", "means": "cheque", "reference": "n° 77"}
    assert send(desk, browser, "point-etape/money", **typed, **(ZONES | {"zone_left": "marked"})).status_code == 303
    page = look(desk, browser, "point-etape")
    assert all(kept in page for kept in ('value="48123"', "un feu à changer", 'value="phone" checked'))
    assert "n° 77" not in page, "the part that was saved begins anew"
    assert "48123" not in look(desk, browser, "point-etape")


def test_a_person_reads_and_signs_their_own_contract(desk: RentalDesk, browser: FlaskClient) -> None:
    own = desk.house.page(f"me/contracts/{desk.booking_id}")
    person = desk.house.client(Role.BENEFICIARY)
    assert person.get(own).status_code == 404
    assert send(desk, browser, "contract").status_code == 303
    assert "Signer mon contrat" in person.get(own).text
    assert "Lire et signer mon contrat" in plain(person.get(desk.house.page("me")))
    typed = {"number": "C-2026-0001", "signer_name": "Camille Essai"}
    refused = post(person, own, typed)
    assert refused.status_code == 422 and "Cochez la case" in plain(refused)
    assert post(person, own, typed | {"agreed": "yes"}).status_code == 303
    assert "signé à l’écran" in plain(person.get(own))
    assert person.get(desk.house.page("me/contracts/999")).status_code == 404


def test_a_double_click_takes_the_money_once(desk: RentalDesk, browser: FlaskClient) -> None:
    desk.out()
    typed = {"cents": "10", "means": "cheque", "once": "the-same-page"}
    assert [send(desk, browser, "point-etape/money", **typed).status_code for _ in range(2)] == [303, 303]
    assert len(desk.rows(Receipt)) == 1


def test_a_stale_page_is_told_and_hands_over_nothing(desk: RentalDesk, browser: FlaskClient) -> None:
    desk.ready()
    answer = send(desk, browser, "check-out", odometer_km="48000", fuel="full", version=str(desk.booking().version - 1), **ZONES)
    assert answer.status_code == 409
    assert "plus à jour" in plain(answer)
    assert desk.booking().status == "confirmed"


def test_a_booking_of_another_platform_is_a_page_that_does_not_exist(desk: RentalDesk) -> None:
    other = make_house(desk.house.app, desk.house.clock, "autre").client(Role.ADVISER)
    for path in ("rental", "contract", "check-out", "check-in", "point-etape", "cap", "outcome", "contract.pdf"):
        assert other.get(f"/p/autre/bookings/{desk.booking_id}/{path}").status_code == 404


def test_the_person_sees_the_vehicle_the_kilometres_and_the_contract(desk: RentalDesk) -> None:
    desk.out()
    desk.later(days=7)
    desk.read(48_180)
    person = desk.house.client(Role.BENEFICIARY)
    shown = plain(person.get(desk.house.page("me")))
    assert "Vous avez la voiture jusqu’au 30 mars 2026." in shown
    assert "180 km sur 216 autorisés : il reste 36 km." in shown
    assert person.get(at(desk, "contract.pdf")).status_code == 200
    assert person.get(at(desk, "point-etape")).status_code == 403


def test_the_desk_and_the_file_show_what_is_due(desk: RentalDesk, browser: FlaskClient) -> None:
    desk.out()
    desk.later(days=7)
    desk.read(48_300)
    shown = plain(browser.get(desk.house.page("desk")))
    assert "Points-étapes du jour" in shown
    assert "plafond dépassé" in shown
    assert "84 km de trop" in shown
    file = plain(browser.get(desk.house.page(f"people/{desk.house.beneficiary_id}")))
    assert "Ouvrir le point-étape" in file


def test_the_api_speaks_the_same_acts(desk: RentalDesk) -> None:
    client, bearer = desk.house.app.test_client(), desk.house.bearer(Role.ADVISER)

    def ask(path: str, body: dict[str, Any] | None = None, *, status: int = 201) -> Any:
        answer = client.post(desk.house.api(f"bookings/{desk.booking_id}/{path}"), json=body or {}, headers=bearer)
        assert answer.status_code == status, answer.text
        return answer.get_json()

    def read(path: str) -> Any:
        return client.get(desk.house.api(f"bookings/{desk.booking_id}/{path}"), headers=bearer).get_json()

    desk.ready()
    contract = ask("contract")
    assert contract["terms"]["price"]["sentence"] == "Voiture à 5 €, 28 jours : 140 €."
    ask("signature", {"number": contract["number"], "signer_name": "Camille Essai", "agreed": True}, status=200)
    assert ask("check-out", {"odometer_km": 48_000, "zones": FINE_CAR, "fuel": "full"}, status=200)["status"] == "out"
    desk.later(days=7)
    assert ask("readings", {"odometer_km": 12})["status"] == "doubtful"
    assert ask("point-etapes", {"odometer_km": 48_300, "means": "cheque", "cents": 3500, "note_given": True})["cap"]["state"] == "over"
    assert read("mileage")["interval"]["cap_km"] == 216
    assert ask("granted-trips", {"km": 30.5, "on": "2026-03-04", "purpose": "health"})["km"] == 30.5
    assert ask("cap-decisions", {"decision": "adjust", "added_km": 40, "reason": "chantier"})["decision"] == "adjust"
    wrong = ask("check-in", {"odometer_km": 0.5}, status=422)
    assert set(wrong["errors"]) == {"odometer_km"}
    assert ask("check-in", {"odometer_km": 48_400, "zones": FINE_CAR, "fuel": "half"}, status=200)["status"] == "returned"
    assert (
        ask("outcome", {"reason": "end_of_term", "job_kind": "temporary", "lasting_solution": "transit"})["lasting_solution"] == "transit"
    )
    assert [step["mode"] for step in read("point-etapes")] == ["pole", None]
    assert len(desk.rows(PointEtape)) == 2


def test_a_rental_that_came_back_early_is_listed_as_it_was_not_as_it_was_planned(desk: RentalDesk, browser: FlaskClient) -> None:
    desk.out()
    desk.later(days=3)
    desk.take_back(48_100)
    said = plain(browser.get(desk.house.page(f"people/{desk.house.beneficiary_id}")))
    assert "AA-000-AA</span>, du 2 mars 2026 au 5 mars 2026" in said
    assert "28 jours : 140 €" not in said
