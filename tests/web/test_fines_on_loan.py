"""A notice for a vehicle lent to another platform: who had it, the platform named and told at once, and its own answer."""

from datetime import timedelta

import pytest

from fleet.models import Fine
from fleet.queries.fine_papers import naming_letter, telling_letter
from mobility.db import db
from mobility.models import Message, Platform
from mobility.rights import Role
from tests.browsing import post
from tests.garage import at
from tests.house import House
from tests.web.test_loans import WISH, make_two, say


@pytest.fixture
def lent(house: House) -> tuple[House, House, int]:
    """The borrower, the lender, and the loan from the ninth on: received on the tenth at nine; it is the eleventh."""
    borrower, lender, vehicle_id = make_two(house)
    loan_id = say(borrower, "vehicle-loans", lender_id=lender.platform_id, **WISH)["id"]
    assert say(lender, f"vehicle-loans/{loan_id}/steps", to="accepted", vehicle_id=vehicle_id)["code"] == 200
    lender.clock.set(at(10))
    assert say(borrower, f"vehicle-loans/{loan_id}/steps", to="received", site_id=borrower.site_id)["code"] == 200
    lender.clock.set(at(11))
    return borrower, lender, loan_id


NOTICE = {"plate": "AB-123-CD", "on": "2026-03-10", "hour": "14:30", "notice_number": "77001", "sent_on": "2026-03-11"}


def test_the_platform_that_had_it_is_named_and_told_at_once(lent: tuple[House, House, int]) -> None:
    borrower, lender, loan_id = lent
    client, headers = lender.client(Role.MANAGER), lender.bearer(Role.ADVISER)
    asked = {name: NOTICE[name] for name in ("plate", "on", "hour")}
    assert "Prêté à Plateforme essai" in client.get(lender.page("who-had"), query_string=asked).text.replace("\u00a0", " ")
    said = lender.client(None).get(lender.api("who-had"), query_string=asked, headers=headers).json
    assert (said["state"], said["loan_id"], said["borrower"], said["booking_id"]) == ("lent", loan_id, "Plateforme essai", None)
    with borrower.writing():
        platform = db.session.get_one(Platform, borrower.platform_id)
        platform.legal_name, platform.siren = "Association Essai", "123456789"
    address = post(client, lender.page("fines/new"), NOTICE).headers["Location"]
    page = client.get(address).text.replace("\u00a0", " ")
    assert "Désigner la plateforme" in page and "Association Essai" in page and "123456789" in page and "Numéro du permis" not in page
    assert "Plateforme essai" in client.get(lender.page("fines")).text and "Plateforme essai" in client.get(lender.page("desk")).text
    with borrower.reading():
        (mail,) = db.session.query(Message).filter(Message.subject.contains("77001"))
        assert mail.recipient == "manager.essai@example.org" and "/p/essai/who-had?plate=AB-123-CD&on=2026-03-10&hour=14%3A30" in mail.body
    with lender.reading():
        fine = db.session.query(Fine).one()
        assert (fine.status, fine.loan_id, fine.beneficiary_id, fine.told_how) == ("driver_found", loan_id, None, "mail")
        letter = naming_letter(fine, birth_place=None, licence_number=None, now=lender.clock())
        assert [fact.value for fact in letter.person][:2] == ["Association Essai", "123456789"]
        assert "Plateforme essai désigne à son tour" in letter.paragraphs[0]
        assert telling_letter(fine, now=lender.clock()).to[0] == "Association Essai"
    assert post(client, f"{address}/naming-letter", {}).data.startswith(b"%PDF")
    assert post(client, f"{address}/name", {"how": "online", "named_on": "2026-03-11"}).status_code == 303


def test_an_hour_told_badly_is_given_to_the_loan_by_hand_and_to_no_other(lent: tuple[House, House, int]) -> None:
    _, lender, loan_id = lent
    client = lender.client(Role.MANAGER)
    address = post(client, lender.page("fines/new"), NOTICE | {"on": "2026-03-01"}).headers["Location"]
    assert "Ou le prêt à une autre plateforme" in client.get(address).text.replace("\u00a0", " ")
    assert post(client, f"{address}/assign", {}).status_code == 422
    assert "assign-loan_id-error" in post(client, f"{address}/assign", {"loan_id": str(loan_id + 1)}).text
    assert post(client, f"{address}/assign", {"loan_id": str(loan_id)}).status_code == 303
    assert post(client, f"{address}/tell", {"how": "sms"}).status_code == 422, "a platform is not sent one"
    assert post(client, f"{address}/tell", {"how": "letter"}).status_code == 303
    with lender.reading():
        fine = db.session.query(Fine).one()
        assert (fine.loan_id, fine.told_how, fine.offence_at < lender.clock() - timedelta(days=9)) == (loan_id, "letter", True)


def test_the_borrower_is_named_for_the_hours_it_had_the_keys_and_for_none_around_them(lent: tuple[House, House, int]) -> None:
    borrower, lender, loan_id = lent
    assert say(borrower, f"vehicle-loans/{loan_id}/steps", to="given_back")["code"] == 200
    lender.clock.set(at(13))
    adviser, headers = lender.client(None), lender.bearer(Role.ADVISER)
    told = (
        ("2026-03-09", "15:00", "nobody"),  # the loan has begun, the keys are still at the lender's
        ("2026-03-10", "09:00", "lent"),  # the minute they go
        ("2026-03-11", "08:59", "lent"),
        ("2026-03-11", "09:00", "nobody"),  # given back, though the lender has not ended the loan yet
        ("2026-03-12", "15:00", "nobody"),
    )
    for on, hour, state in told:
        asked = {"plate": "AB-123-CD", "on": on, "hour": hour}
        said = adviser.get(lender.api("who-had"), query_string=asked, headers=headers).json
        assert (said["state"], said["loan_id"] if state == "lent" else None) == (state, loan_id if state == "lent" else None), on + hour
    client = lender.client(Role.MANAGER)
    address = post(client, lender.page("fines/new"), NOTICE | {"on": "2026-03-12", "sent_on": "2026-03-13"}).headers["Location"]
    keys = "du mardi 10 mars 2026 à 9 h 00 au mercredi 11 mars 2026 à 9 h 00"
    assert f"Plateforme essai, {keys}" in client.get(address).text.replace("\u00a0", " ")
    assert f"Chez vous {keys}" in borrower.client(Role.MANAGER).get(borrower.page("vehicle-loans")).text.replace("\u00a0", " ")
