"""From a person to a booked vehicle through the pages, and the same by JSON."""

import re
from html import unescape

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from assessments.models import Clearance
from fleet.models import Booking
from mobility.db import db
from mobility.models import Document
from mobility.rights import Role
from mobility.web.fields import Moment
from tests.browsing import post
from tests.garage import at, clear_person, make_vehicle
from tests.house import House

PERIOD = {"starts_at": "2026-03-03T09:00", "ends_at": "2026-03-10T09:00"}


@pytest.fixture
def car(house: House) -> int:
    with house.writing():
        clear_person(house, house.beneficiary_id)
        return make_vehicle(house, "Citadine grise", plate="ab 123 cd", gearbox="manual").id


def send(client: FlaskClient, action: str, **fields: object) -> TestResponse:
    """Send a form of ours, as a browser would."""
    return post(client, action, fields)


def test_an_adviser_books_from_the_person_to_the_confirmed_page(house: House, car: int) -> None:
    client = house.client(Role.ADVISER)
    asked = client.get(house.page(f"people/{house.beneficiary_id}/bookings/new"), query_string=PERIOD | {"kind": "car"})
    assert asked.status_code == 200
    forgotten = client.get(asked.request.path, query_string=PERIOD | {"programme": "daily"})
    assert (forgotten.status_code, "Cette réponse est nécessaire" in forgotten.text) == (422, True), "a button never answers with silence"
    assert client.get(asked.request.path, query_string=PERIOD).status_code == 200, "what the board points at is no question yet"
    assert "Citadine grise, AB-123-CD" in asked.text
    assert "Voiture à 5 €, 7 jours" in asked.text.replace("\u00a0", " ")
    chosen = house.page(f"people/{house.beneficiary_id}/bookings/new/{car}?starts_at={PERIOD['starts_at']}&ends_at={PERIOD['ends_at']}")
    page = client.get(chosen)
    assert page.status_code == 200
    assert "Réserver cette voiture" in page.text
    booked = send(client, chosen, deposit_kind="uncashed_cheque")
    assert booked.status_code == 303, booked.text
    shown = client.get(booked.location)
    assert "R-2026-0001" in shown.text
    assert "La voiture est réservée" in shown.text
    assert client.get(house.page("bookings")).status_code == 200
    assert "R-2026-0001" in client.get(house.page("search?q=r-2026")).text
    assert "Citadine grise" in client.get(house.page("search?q=ab123")).text
    assert "Camille" in client.get(house.page("board")).text
    assert "Citadine grise" in client.get(house.page(f"people/{house.beneficiary_id}")).text


def test_missing_conditions_are_listed_waived_in_the_form_or_held(house: House, car: int) -> None:
    with house.writing():
        for paper in db.session.scalars(select(Document).filter(Document.kind.in_(("home", "membership")))):
            db.session.delete(paper)
    client = house.client(Role.ADVISER)
    page = house.page(f"people/{house.beneficiary_id}/bookings/new/{car}?starts_at={PERIOD['starts_at']}&ends_at={PERIOD['ends_at']}")
    assert house.page(f"people/{house.beneficiary_id}/documents/new") in client.get(page).text, "a missing paper is one click away"
    nonsense = send(client, page, **{"waive-membership-reason": "parce que"})
    assert (nonsense.status_code, 'id="f-waive-membership-reason-error"' in nonsense.text) == (422, True)
    refused = send(client, page, **{"waive-membership-reason": "job_starts"})
    assert refused.status_code == 422
    assert 'id="f-waive-paper_home-reason-error"' in refused.text, "beside the dispense that would settle it"
    assert "Une condition manque" in refused.text
    assert '<option value="job_starts" selected>' in refused.text, "what was typed is kept"
    held = send(client, page, hold_only="yes", **{"waive-membership-reason": "job_starts"})
    assert held.status_code == 303
    shown = client.get(held.location)
    assert "Il manque" in shown.text and "Noter le justificatif de domicile" in shown.text.replace("\u00a0", " "), "and where to settle it"
    unsaid = send(client, held.location + "/waive", version=1, code="paper_home", reason="")
    assert unsaid.status_code == 422
    assert 'id="waive-paper_home-reason-error"' in unsaid.text, "beside its own field, not another condition's"
    waived = send(client, held.location + "/waive", version=1, code="paper_home", reason="on_its_way")
    assert waived.status_code == 303, waived.text
    stale = send(client, held.location + "/confirm", version=1)
    assert stale.status_code == 409
    assert "plus à jour" in stale.text
    assert send(client, held.location + "/confirm", version=2).status_code == 303
    with house.reading():
        assert db.session.scalars(select(Booking.status)).one() == "confirmed"


def test_what_is_missing_leads_and_once_noted_the_booking_is_back_without_it(house: House, car: int) -> None:
    client = house.client(Role.ADVISER)

    def settle(page: str) -> None:
        with house.writing():
            db.session.delete(db.session.scalars(select(Document).filter(Document.kind == "home")).one())
        shown = client.get(page).text
        assert "Il manque une condition" in shown
        (main,) = re.findall(r'class="button " href="([^"]+)"', shown)
        assert "kind=home" in main, "one main act: the missing paper"
        noted = send(client, unescape(main), kind="home", issued_on="2026-02-20")
        assert (noted.status_code, noted.location.rstrip("?")) == (303, page), "back where it was asked"
        assert "Il manque" not in client.get(page).text

    chosen = house.page(f"people/{house.beneficiary_id}/bookings/new/{car}?starts_at={PERIOD['starts_at']}&ends_at={PERIOD['ends_at']}")
    settle(chosen)
    settle(send(client, chosen, hold_only="yes").location)
    away = house.page(f"people/{house.beneficiary_id}/documents/new?next=https://example.org/")
    assert send(client, away, kind="identity").location == house.page(f"people/{house.beneficiary_id}"), "never out of the platform"


def test_each_act_of_the_page_says_the_price_that_follows(house: House, car: int) -> None:
    with house.writing():
        spare = make_vehicle(house, "Citadine bleue").id
    client = house.client(Role.ADVISER)
    page = house.page(f"people/{house.beneficiary_id}/bookings/new/{car}?starts_at={PERIOD['starts_at']}&ends_at={PERIOD['ends_at']}")
    show = send(client, page).location
    for act, fields, said in (
        ("extend", {"ends_at": "2026-03-12T09:00"}, "9 jours : 45"),
        ("shorten", {"ends_at": "2026-03-08T09:00"}, "5 jours : 25"),
        ("shift", {"starts_at": "2026-03-04T09:00", "ends_at": "2026-03-06T09:00"}, "2 jours : 10"),
        ("swap", {"vehicle_id": spare}, "le prix reste le même"),
        ("cancel", {"reason": "no_news"}, "annulée"),
    ):
        done = send(client, f"{show}/{act}", **fields)
        assert done.status_code == 303, (act, done.text)
        assert said in client.get(show).text.replace("\u00a0", " "), act
    late = send(client, f"{show}/extend", ends_at="2026-03-20T09:00")
    assert late.status_code == 409


def test_an_impossible_period_is_said_beside_its_field(house: House, car: int) -> None:
    client = house.client(Role.ADVISER)
    asked = PERIOD | {"kind": "car", "ends_at": "2026-03-01T09:00"}
    page = client.get(house.page(f"people/{house.beneficiary_id}/bookings/new"), query_string=asked)
    assert page.status_code == 422
    assert "Le retour vient après le départ" in page.text


@pytest.mark.parametrize("state", ["evaluation", "not_yet"])
def test_a_free_vehicle_says_what_the_assessment_puts_before_it(house: House, car: int, state: str) -> None:
    client, asked = house.client(Role.ADVISER), PERIOD | {"kind": "car"}
    page = house.page(f"people/{house.beneficiary_id}/bookings/new")
    assert "convient</span>" in client.get(page, query_string=asked).text
    with house.writing():
        clearance = db.session.scalars(select(Clearance).filter(Clearance.kind == "car")).one()
        clearance.state, clearance.reason, clearance.next_step = state, "Conduite ancienne.", "Voir un moniteur."
    shown = client.get(page, query_string=asked).text
    assert "pas\u00a0encore</span>" in shown or "pas encore</span>" in shown
    assert "Conduite ancienne. Voir un moniteur." in shown
    told = client.get(
        house.api("free-vehicles"),
        query_string=asked | {"beneficiary_id": house.beneficiary_id},
        headers=house.bearer(Role.ADVISER),
    )
    assert [(offer["fits"], offer["reasons"]) for offer in told.json] == [(False, ["Conduite ancienne. Voir un moniteur."])]


def test_a_mechanic_keeps_a_vehicle_back_and_sees_no_name(house: House, car: int) -> None:
    send(
        house.client(Role.ADVISER),
        house.page(f"people/{house.beneficiary_id}/bookings/new/{car}?starts_at={PERIOD['starts_at']}&ends_at={PERIOD['ends_at']}"),
    )
    client = house.client(Role.MECHANIC)
    show = house.page(f"vehicles/{car}")
    page = client.get(show).text
    assert "Camille" not in page
    assert page.index("À prévoir") < page.index("Immobiliser ce véhicule"), "on a phone, what is due comes before the form"
    assert "Camille" not in client.get(house.page("board")).text
    taken = send(client, show + "/blocks", reason="workshop", starts_at="2026-03-05T08:00", ends_at="2026-03-06T08:00")
    assert taken.status_code == 409
    assert "déjà réservé du 3" in taken.text.replace("\u00a0", " ")
    assert "Camille" not in taken.text
    assert send(client, show + "/blocks", reason="workshop", starts_at="2026-03-02T08:00", ends_at="2026-03-03T08:00").status_code == 303
    assert "Citadine grise" in client.get(house.page("desk")).text
    lift = re.search(r'action="([^"]+/lift)"', client.get(show).text)
    assert lift is not None
    assert send(client, lift[1]).status_code == 303
    assert client.get(house.page("people/1/bookings/new")).status_code == 403


def test_the_vehicle_is_entered_and_changed_by_its_form(house: House) -> None:
    client = house.client(Role.MANAGER)
    wrong = send(client, house.page("vehicles/new"), kind="car", label="Citadine", site_id="x", in_service_on="2026-13-01")
    assert wrong.status_code == 422
    assert "Cette date n’existe pas" in wrong.text
    fields = {
        "kind": "car",
        "label": "Citadine",
        "site_id": house.site_id,
        "in_service_on": "2026-01-05",
        "plate": "aa111bb",
        "excess_cents": "450,00",
    }
    made = send(client, house.page("vehicles/new"), **fields)
    assert made.status_code == 303, made.text
    again = send(client, house.page("vehicles/new"), **fields)
    assert again.status_code == 409
    assert "porte déjà ce nom" in again.text
    edit = client.get(made.location + "/edit").text
    assert 'value="450,00"' in edit
    changed = {k: v for k, v in fields.items() if k != "kind"} | {"insured_until": "2026-03-20"}
    assert send(client, made.location + "/edit", **changed).status_code == 303
    assert "assurance : bientôt" in client.get(house.page("vehicles")).text.replace("\u00a0", " ")


def test_the_same_by_json(house: House, car: int) -> None:
    client, head = house.app.test_client(), house.bearer(Role.ADVISER)
    asked = PERIOD | {"kind": "car", "beneficiary_id": house.beneficiary_id}
    offers = client.get(house.api("free-vehicles"), query_string=asked, headers=head).get_json()
    assert [(o["vehicle_id"], o["fits"], o["price_sentence"]) for o in offers] == [(car, True, "Voiture à 5 €, 7 jours : 35 €")]
    listed = client.get(
        house.api("eligibility"), query_string=PERIOD | {"vehicle_id": car, "beneficiary_id": house.beneficiary_id}, headers=head
    ).get_json()
    assert {c["state"] for c in listed["conditions"]} == {"met"}
    body = PERIOD | {"vehicle_id": car, "beneficiary_id": house.beneficiary_id}
    made = client.post(house.api("bookings"), json=body, headers=head)
    assert made.status_code == 201, made.get_json()
    booking = made.get_json()
    assert (booking["status"], booking["number"]) == ("confirmed", "R-2026-0001")
    taken = client.post(house.api("bookings"), json=body, headers=head)
    assert (taken.status_code, taken.content_type) == (409, "application/problem+json")
    assert "vehicle_id" in taken.get_json()["errors"]
    assert client.get(house.api("free-vehicles"), query_string=asked, headers=head).get_json() == []
    path = f"bookings/{booking['id']}"
    assert (
        client.post(house.api(f"{path}/extend"), json={"ends_at": "2026-03-12T09:00:00+01:00", "version": 2}, headers=head).status_code
        == 200
    )
    stale = client.post(house.api(f"{path}/shorten"), json={"ends_at": "2026-03-05T09:00", "version": 2}, headers=head)
    assert stale.status_code == 409
    assert client.post(house.api(f"{path}/cancel"), json={"reason": "mistake"}, headers=head).get_json()["status"] == "cancelled"
    assert client.get(house.api("bookings?status=cancelled"), headers=head).get_json()["rows"][0]["cancel_reason"] == "mistake"
    block = client.post(
        house.api(f"vehicles/{car}/blocks"),
        json={"reason": "inspection", "starts_at": "2026-03-02T08:00", "ends_at": "2026-03-04T08:00"},
        headers=head,
    ).get_json()
    assert [b["id"] for b in client.get(house.api("blocks"), headers=head).get_json()] == [block["id"]]
    assert client.post(house.api(f"blocks/{block['id']}/lift"), headers=head).get_json()["lifted_at"]
    assert client.get(house.api("vehicles?kind=car"), headers=head).get_json()["rows"][0]["plate"] == "AB-123-CD"


@pytest.mark.parametrize(
    ("path", "body", "field"),
    [
        ("bookings", {"vehicle_id": 1.0}, "vehicle_id"),
        ("bookings", {"starts_at": "2026-02-30T09:00"}, "starts_at"),
        ("bookings", {"unknown": 1}, "unknown"),
        ("bookings", {"waivers": [{"code": "age", "reason": "because"}]}, "waivers.0.reason"),
        ("vehicles", {"kind": "plane"}, "kind"),
    ],
)
def test_bad_json_names_its_field(house: House, path: str, body: dict[str, object], field: str) -> None:
    answer = house.app.test_client().post(house.api(path), json=body, headers=house.bearer(Role.ADVISER))
    assert answer.status_code == 422
    assert field in answer.get_json()["errors"]


def test_the_desk_shows_what_goes_out_and_comes_back(house: House, car: int) -> None:
    client = house.client(Role.ADVISER)
    send(
        client, house.page(f"people/{house.beneficiary_id}/bookings/new/{car}?starts_at={PERIOD['starts_at']}&ends_at={PERIOD['ends_at']}")
    )
    assert "Aucun véhicule à remettre" in client.get(house.page("desk")).text
    house.clock.set(at(4))
    desk = client.get(house.page("desk")).text
    assert "Camille Essai" in desk
    assert "non retiré" in desk, "a day later nobody came: the vehicle can go to somebody else"


def test_a_mechanic_reads_neither_a_persons_file_nor_what_they_pay(house: House, car: int) -> None:
    adviser, mechanic = house.client(Role.ADVISER), house.client(Role.MECHANIC)
    send(
        adviser,
        house.page(f"people/{house.beneficiary_id}/bookings/new/{car}?starts_at={PERIOD['starts_at']}&ends_at={PERIOD['ends_at']}"),
    )
    assert mechanic.get(house.page(f"people/{house.beneficiary_id}")).status_code == 403
    known, shown = adviser.get(house.page("bookings/1")).text, mechanic.get(house.page("bookings/1"))
    assert shown.status_code == 200 and "Citadine grise" in shown.text
    for secret in ("Camille", "Voiture à 5", "Les conditions", f"/people/{house.beneficiary_id}"):
        assert secret in known.replace("\u00a0", " ") and secret not in shown.text.replace("\u00a0", " ")
    api, headers = house.app.test_client(), house.bearer(Role.MECHANIC)
    assert api.get(house.api(f"people/{house.beneficiary_id}/file"), headers=headers).status_code == 403
    for told in (api.get(house.api("bookings/1"), headers=headers).json, api.get(house.api("bookings"), headers=headers).json["rows"][0]):
        assert told["vehicle_id"] == car
        assert told.keys().isdisjoint({"price_sentence", "eligibility", "waivers", "account_id"})


@pytest.mark.parametrize(
    ("typed", "read", "why"),
    [
        ("31/03/2026 08:00", "2026-03-31T08:00", "as the refusal shows it"),
        ("1/3/2026 8h05", "2026-03-01T08:05", "as the French write it"),
        ("31/03/26 08:00", "31/03/26 08:00", "two digits are no year: refused as typed"),
    ],
)
def test_a_moment_may_be_typed_where_the_browser_has_no_calendar(typed: str, read: str, why: str) -> None:
    assert Moment().typed(typed) == read, why
