"""Whoever opens an account on somebody's address first gets nothing by it: not its password, not a role given later elsewhere."""

import re

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from mobility import passwords
from mobility.actions import accounts, second_factor
from mobility.db import db
from mobility.models import Account, Grant, Message, Setting
from mobility.rights import Role
from tests.browsing import post
from tests.house import House, make_house

VICTIM = {"name": "Nom donné ailleurs", "email": "vera@example.org", "role": "adviser"}
THEIRS = {"login": VICTIM["email"], "password": "choisi par le voleur"}
INVITED = {"name": "Véra", "email": VICTIM["email"], "role": "manager"}


@pytest.fixture
def there(house: House) -> House:
    """The platform that will trust the victim; neither asks for a phone, so that a password alone would do."""
    other = make_house(house.app, house.clock, "confiante")
    for place in (house, other):
        with place.writing():
            db.session.add(Setting(key="accounts.second_factor", from_on=house.clock().date(), value=False))
    return other


@pytest.fixture
def planted(house: House) -> int:
    """An account on the victim's address whose password and phone are the thief's, as one could be before links activated them."""
    assert post(house.client(Role.MANAGER), house.page("accounts/new"), VICTIM).status_code == 303
    with house.writing():
        account = db.session.scalars(select(Account).filter(Account.email == VICTIM["email"])).one()
        account.password_hash = passwords.keep(THEIRS["password"])
        account.totp_secret = second_factor.box().seal(second_factor.new_secret())
        return account.id


def enters(house: House, client: FlaskClient) -> bool:
    """Whether the thief's password opens this platform's desk."""
    post(client, house.page("login"), THEIRS)
    return client.get(house.page("desk")).status_code == 200


def last_link(house: House) -> str:
    with house.reading():
        mail = db.session.scalars(select(Message).order_by(Message.id.desc())).first()
    assert mail and mail.recipient == VICTIM["email"]
    return re.findall(r"/p/\S+/link/\S+", mail.body)[0]


def test_a_role_given_elsewhere_waits_for_whoever_reads_the_mail(house: House, there: House, planted: int) -> None:
    thief, victim = house.app.test_client(), house.app.test_client()
    assert enters(house, thief)
    assert post(there.client(Role.MANAGER), there.page("accounts/new"), INVITED).status_code == 303
    assert not enters(there, thief) and enters(house, thief)
    link = last_link(there)
    assert "vous acceptez le rôle de responsable" in victim.get(link).text.replace("\u00a0", " ")
    assert post(victim, link).status_code == 303
    assert victim.get(there.page("accounts")).status_code == 200
    # From here on nobody holds the planted password, the planted phone, or a session begun with them.
    assert house.client(None).get(house.page("desk")).status_code == thief.get(house.page("desk")).status_code == 303
    assert not enters(there, house.app.test_client()) and not enters(house, house.app.test_client())
    with house.reading():
        assert db.session.get_one(Account, planted).totp_secret is None


def test_without_the_wait_the_thief_would_come_in(house: House, there: House, planted: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mobility.actions.accounts._takes_effect", lambda account, here: True)
    post(there.client(Role.MANAGER), there.page("accounts/new"), INVITED)
    assert enters(there, house.app.test_client())


def test_a_password_handed_over_here_is_no_proof_for_a_role_of_the_team(house: House, there: House, planted: int) -> None:
    roles = house.page(f"accounts/{planted}/roles")
    manager, thief = house.client(Role.MANAGER), house.app.test_client()
    assert post(manager, roles, {"role": "manager"}).status_code == 303
    assert enters(house, thief) and thief.get(house.page("accounts")).status_code == 403
    bearer, asked = house.bearer(Role.MANAGER), {"role": "manager", "label": "x"}
    assert thief.post(house.api(f"accounts/{planted}/tokens"), json=asked, headers=bearer).status_code == 422
    listed = {a["id"]: a for a in thief.get(house.api("accounts"), headers=bearer).json["rows"]}  # type: ignore[union-attr]
    assert (listed[planted]["roles"], listed[planted]["offered"]) == (["adviser"], ["manager"])
    post(thief, last_link(house))
    assert thief.get(house.page("accounts")).status_code == 200


def test_no_manager_is_shown_a_code_for_an_account_with_an_address(house: House, planted: int) -> None:
    refused = post(house.client(Role.MANAGER), house.page(f"accounts/{planted}/code"))
    assert refused.status_code == 422
    assert "envoyez-lui un lien" in refused.text.replace("\u00a0", " ")


def test_an_account_on_paper_never_holds_a_role_of_the_team(house: House) -> None:
    with house.writing():
        account, code = accounts.open_account(
            name="Rose", role=Role.BENEFICIARY, beneficiary_id=house.beneficiary_id, by=house.viewer(Role.ADVISER), now=house.clock()
        )
        assert code and account.identifier
        account_id = account.id
    refused = post(house.client(Role.MANAGER), house.page(f"accounts/{account_id}/roles"), {"role": "adviser"})
    assert refused.status_code == 422
    without = post(house.client(Role.MANAGER), house.page("accounts/new"), {"name": "Rose", "role": "mechanic"})
    assert without.status_code == 422 and 'id="f-email-error"' in without.text


def test_an_offer_tells_nothing_of_the_account_and_can_be_withdrawn(house: House, there: House, planted: int) -> None:
    manager = there.client(Role.MANAGER)
    post(manager, there.page("accounts/new"), INVITED)
    page, listed = manager.get(there.page(f"accounts/{planted}")).text, manager.get(there.page("accounts")).text
    assert VICTIM["name"] not in page + listed and "invitation envoyée" in listed and "enregistré" not in page
    told = {a["id"]: a["name"] for a in manager.get(there.api("accounts"), headers=there.bearer(Role.MANAGER)).json["rows"]}  # type: ignore[union-attr]
    assert told[planted] == VICTIM["email"]
    with there.reading():
        grant_id = db.session.scalars(select(Grant.id).filter(Grant.platform_id == there.platform_id, Grant.account_id == planted)).one()
    link = last_link(there)
    assert post(manager, there.page(f"accounts/{planted}/roles/{grant_id}/end")).status_code == 303
    assert post(house.app.test_client(), link).status_code == 404


def test_an_offer_elsewhere_does_not_tie_the_hands_of_the_platform_that_is_served(house: House, there: House, planted: int) -> None:
    post(there.client(Role.MANAGER), there.page("accounts/new"), INVITED)
    assert enters(house, house.app.test_client())  # the offer ended no session and changed no password
    assert post(house.client(Role.MANAGER), house.page(f"accounts/{planted}/disable")).status_code == 303
