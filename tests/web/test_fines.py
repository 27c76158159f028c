"""Who had a vehicle, and a notice from the post to its end, by both mouths; its deposit waits and goes on."""

from datetime import timedelta

import pytest

from billing.actions.deposits import release_deposit
from billing.models import Deposit
from fleet.actions import fines
from fleet.actions.fine_reminders import remind
from fleet.models import Fine
from fleet.schemas.fines import FineSchema
from mobility.db import db
from mobility.errors import Conflict
from mobility.held import registry
from mobility.models import Beneficiary, Message
from mobility.periods import PARIS
from mobility.queries.held import rows_of
from mobility.rights import Role
from tests.browsing import post
from tests.house import House
from tests.rental import RentalDesk

NOTICE = {"plate": "aa 000 aa", "notice_number": "1234567890", "place": "Quai de l’Essai"}


@pytest.fixture
def desk(house: House) -> RentalDesk:
    """A car out since three hours ago."""
    made = RentalDesk(house).out()
    made.later(hours=3)
    return made


def told(desk: RentalDesk, **back: float) -> dict[str, str]:
    """The notice of an offence so long ago, sent that day."""
    then = (desk.house.clock() - timedelta(**back)).astimezone(PARIS)
    return {**NOTICE, "on": then.date().isoformat(), "hour": then.strftime("%H:%M"), "sent_on": then.date().isoformat()}


def test_plate_day_and_hour_give_the_driver_at_once(desk: RentalDesk) -> None:
    house = desk.house
    client = house.client(Role.ADVISER)
    asked = {name: told(desk, hours=1)[name] for name in ("plate", "on", "hour")}
    page = client.get(house.page("who-had"), query_string=asked)
    assert page.status_code == 200 and "Camille Essai" in page.text and "avait ce véhicule" in page.text
    before = client.get(house.page("who-had"), query_string=asked | {"hour": "00:01"})
    assert "clés étaient à la plateforme" in before.text and "Juste après" in before.text
    for wrong, field in (({"plate": "ZZ-999-ZZ"}, "plate"), ({"on": "2026-02-30"}, "on"), ({"on": "2026-10-25", "hour": "02:30"}, "which")):
        answer = client.get(house.page("who-had"), query_string=asked | wrong)
        assert answer.status_code == 422 and f'id="f-{field}-error"' in answer.text
    said = house.app.test_client().get(house.api("who-had"), query_string=asked, headers=house.bearer(Role.ADVISER))
    assert (said.json["state"], said.json["booking_id"], said.json["beneficiary_id"]) == ("person", desk.booking_id, house.beneficiary_id)
    found = client.get(house.page("search"), query_string={"q": "AA-000-AA 02/03/2026 10:00"})
    assert "Qui avait AA-000-AA" in found.text


def test_a_notice_is_told_named_and_settled_and_its_deposit_waits_as_long(desk: RentalDesk) -> None:
    house, notice = desk.house, told(desk, hours=1)
    desk.take_back(48_100)
    client = house.client(Role.MANAGER)
    made = post(client, house.page("fines/new"), notice)
    assert made.status_code == 303, made.text
    address = made.headers["Location"]
    page = client.get(address).text.replace("\xa0", " ")
    assert "Camille" in page and "encore 45 jours" in page and "675 €" in page and "La caution attend" in page
    assert "est déjà enregistré" in post(client, house.page("fines/new"), notice).text  # the same notice again
    (deposit,) = desk.rows(Deposit)
    desk.later(days=60)
    with pytest.raises(Conflict, match="avis de contravention"):
        desk.act(release_deposit, deposit.id)
    assert "attend" in house.client(Role.TREASURER).get(house.page(f"deposits/{deposit.id}")).text
    with house.writing():
        db.session.get_one(Beneficiary, house.beneficiary_id).phone = None
    assert post(client, f"{address}/tell", {"how": "sms"}).status_code == 422  # no telephone known
    assert post(client, f"{address}/tell", {"how": "letter"}).status_code == 303
    letter = post(client, f"{address}/naming-letter", {"birth_place": "Lieu-Essai", "licence_number": "12AA34567"})
    assert letter.status_code == 200 and letter.data.startswith(b"%PDF")
    assert client.get(f"{address}/letter.pdf").data.startswith(b"%PDF")
    assert post(client, f"{address}/name", {"how": "online", "named_on": "2030-01-01"}).status_code == 422
    assert post(client, f"{address}/name", {"how": "online", "named_on": house.clock().date().isoformat()}).status_code == 303
    desk.act(release_deposit, deposit.id)
    assert post(client, f"{address}/settle", {"outcome": "person_pays"}).status_code == 303
    assert post(client, f"{address}/settle", {"outcome": "dropped"}).status_code == 409
    (fine,) = desk.rows(Fine)
    assert (fine.status, fine.outcome, fine.told_how) == ("settled", "person_pays", "letter")


def test_the_api_takes_a_notice_of_a_hired_vehicle_whose_hour_was_wrong(desk: RentalDesk) -> None:
    house = desk.house
    client, headers = house.app.test_client(), house.bearer(Role.ADVISER)
    asked = told(desk, hours=9) | {"route": "hirer_asks", "hirer_on": house.clock().date().isoformat(), "amount_cents": 9_000, "points": 1}
    fine = client.post(house.api("fines"), json=asked, headers=headers).json
    assert (fine["status"], fine["booking_id"], fine["route"]) == ("received", None, "hirer_asks")
    address = house.api(f"fines/{fine['id']}")
    assert client.post(f"{address}/name", json={"how": "hirer", "named_on": asked["on"]}, headers=headers).status_code == 409
    assert client.post(f"{address}/assign", json={"booking_number": "R-0"}, headers=headers).status_code == 422
    given = client.post(f"{address}/assign", json={"booking_number": desk.booking().number}, headers=headers).json
    assert (given["status"], given["beneficiary_id"]) == ("driver_found", house.beneficiary_id)
    contested = client.post(f"{address}/contest", json={"contested_on": asked["on"]}, headers=headers).json
    assert contested["status"] == "contested"
    assert client.post(f"{address}/naming-letter", json={}, headers=headers).data.startswith(b"%PDF")
    listed = client.get(house.api("fines"), query_string={"status": "contested"}, headers=headers).json
    assert [row["number"] for row in listed["rows"]] == [fine["number"]]


def test_each_reminder_goes_once_and_names_nobody(desk: RentalDesk) -> None:
    house = desk.house
    fine = desk.act(fines.record_fine, **FineSchema().load(told(desk, hours=1)))
    counts = []
    for days in (0, 15, 0, 16, 0, 9, 0, 10):  # today, 30 days left, again, 14 left, again, 5 left, again, over
        desk.later(days=days)
        with house.writing():
            counts.append(remind(now=house.clock()))
    assert counts == [0, 1, 0, 1, 0, 1, 0, 0]
    mails = [mail for mail in desk.rows(Message) if fine.number in mail.subject]
    assert len(mails) == 3 and all("Camille" not in mail.subject + mail.body for mail in mails)
    own = house.client(Role.BENEFICIARY).get(house.page("me")).text
    assert "Mes avis de contravention" in own and "ne payez pas" in own
    with house.reading():
        assert next(rows_of(registry().held["fine"], house.beneficiary_id))["number"] == fine.number


def test_a_refused_naming_runs_the_clock_again_until_it_is_named_again_or_paid(desk: RentalDesk) -> None:
    house, client = desk.house, desk.house.client(Role.MANAGER)
    desk.take_back(48_100)
    address = post(client, house.page("fines/new"), told(desk, hours=1)).headers["Location"]
    refused = {"refused_on": (house.clock() + timedelta(days=20)).date().isoformat(), "reason": "licence"}
    assert post(client, f"{address}/refuse", refused).status_code == 409, "nobody was named yet"
    assert post(client, f"{address}/tell", {"how": "letter"}).status_code == 303
    assert post(client, f"{address}/name", {"how": "online", "named_on": house.clock().date().isoformat()}).status_code == 303
    assert post(client, f"{address}/refuse", refused).status_code == 422, "not in the future"
    desk.later(days=20)
    by = (house.clock() + timedelta(days=50)).date()
    assert post(client, f"{address}/refuse", refused | {"answer_by": by.isoformat()}).status_code == 303
    page = client.get(address).text.replace("\xa0", " ")
    for words in ("encore 50 jours", "son permis, recto et verso", "Désigner de nouveau", "La caution attend", "Prévenir la personne"):
        assert words in page, words
    assert post(client, f"{address}/naming-letter", {}).data.startswith(b"%PDF")
    assert post(client, f"{address}/tell", {"how": "mail"}).status_code == 303
    assert "apportez-nous votre permis" in [mail.body for mail in desk.rows(Message) if "Avis de contravention" in mail.subject][-1]
    assert "désignation est à refaire" in house.client(Role.BENEFICIARY).get(house.page("me")).text.replace("\xa0", " ")
    desk.later(days=21)
    with house.writing():
        assert remind(now=house.clock()) == 1, "29 days left of the letter's own delay"
    api, headers = house.api(f"fines/{desk.rows(Fine)[0].id}"), house.bearer(Role.ADVISER)
    named = (
        house.app.test_client()
        .post(f"{api}/name", json={"how": "post", "named_on": house.clock().date().isoformat()}, headers=headers)
        .json
    )
    assert (named["status"], named["refused_reason"], named["due_on"]) == ("named", "licence", by.isoformat())
    again = {"refused_on": house.clock().date().isoformat(), "reason": "other"}
    assert house.app.test_client().post(f"{api}/refuse", json=again, headers=headers).json["status"] == "refused"
    assert post(client, f"{address}/settle", {"outcome": "platform_pays"}).status_code == 303
