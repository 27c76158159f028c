"""Whom a person meets next, where, and whom they call: the adviser's own phone, the platform's else."""

from datetime import timedelta

import pytest

from mobility.actions.meetings import plan_meeting
from mobility.db import db
from mobility.models import Account, Platform, Site
from mobility.rights import Role
from tests.browsing import post
from tests.house import House

pytestmark = pytest.mark.usefixtures("audited")

PLATFORM_PHONE = "04 65 71 00 99"


@pytest.fixture
def expected(house: House) -> House:
    """A person with an appointment at the pole in two days; the platform has a phone."""
    with house.writing():
        db.session.get_one(Platform, house.platform_id).phone = PLATFORM_PHONE
        db.session.get_one(Site, house.site_id).address = "2 rue du Port"
        at = house.clock() + timedelta(days=2)
        plan_meeting(
            house.beneficiary_id, kind="first", starts_at=at, site_id=house.site_id, by=house.viewer(Role.ADVISER), now=house.clock()
        )
    return house


def test_the_person_reads_with_whom_where_and_whom_to_call(expected: House) -> None:
    answer = post(expected.client(Role.ADVISER), expected.page("account"), {"phone": "+33 6 61 38 54 35"})
    assert answer.status_code == 303
    page = expected.client(Role.BENEFICIARY).get(expected.page("me")).text.replace("\u00a0", " ")
    assert "mercredi 4 mars 2026 à 12 h 00" in page
    assert f"Avec adviser {expected.slug}" in page
    assert "Pôle central, 2 rue du Port, 13600 La Ciotat" in page
    assert 'href="tel:0661385435"' in page
    assert PLATFORM_PHONE not in page


def test_without_a_phone_of_their_own_the_platforms_is_shown(expected: House) -> None:
    page = expected.client(Role.BENEFICIARY).get(expected.page("me")).text
    assert f"Avec adviser {expected.slug}" in page
    assert 'href="tel:0465710099"' in page


def test_an_adviser_whose_account_is_shut_is_named_no_more(expected: House) -> None:
    with expected.writing():
        db.session.get_one(Account, expected.accounts[Role.ADVISER]).disabled_at = expected.clock()
    page = expected.client(Role.BENEFICIARY).get(expected.page("me")).text
    assert "Avec" not in page
    assert 'href="tel:0465710099"' in page


def test_without_an_appointment_the_last_adviser_is_called(expected: House) -> None:
    expected.clock.forward(days=3)
    page = expected.client(Role.BENEFICIARY).get(expected.page("me")).text
    assert "Aucun rendez-vous prévu" in page
    assert f"Appelez adviser {expected.slug}." in page


def test_the_api_says_and_takes_the_same(expected: House) -> None:
    client = expected.app.test_client()
    adviser, person = expected.bearer(Role.ADVISER), expected.bearer(Role.BENEFICIARY)
    changed = client.patch(expected.api("own-account"), json={"phone": "0661385435"}, headers=adviser)
    assert changed.json["phone"] == client.get(expected.api("own-account"), headers=adviser).json["phone"] == "+33661385435"
    told = client.get(expected.api("me/next-meeting"), headers=person).json
    assert told["contact"] == {"name": f"adviser {expected.slug}", "phone": "06 61 38 54 35"}
    assert (told["kind"], told["place"]) == ("first", "Pôle central, 2 rue du Port, 13600 La Ciotat")
    expected.clock.forward(days=3)
    assert client.get(expected.api("me/next-meeting"), headers=person).json == {"contact": told["contact"]}


def test_nonsense_for_a_phone_is_refused_and_a_phone_can_be_taken_back(expected: House) -> None:
    browser = expected.client(Role.ADVISER)
    refused = post(browser, expected.page("account"), {"phone": "appelez-moi"})
    assert refused.status_code == 422
    assert 'value="appelez-moi"' in refused.text
    for phone, kept in (("06 61 38 54 35", "+33661385435"), ("", None)):
        assert post(browser, expected.page("account"), {"phone": phone}).status_code == 303
        with expected.reading():
            assert db.session.get_one(Account, expected.accounts[Role.ADVISER]).phone == kept
    assert 'name="phone"' not in expected.client(Role.BENEFICIARY).get(expected.page("account")).text
