"""The door: who comes in, with what, how often, and when a session dies."""

import re
from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from mobility import passwords
from mobility.actions import accounts
from mobility.db import db
from mobility.models import Account, AccountSession, AuditEntry, Grant, LoginAttempt
from mobility.rights import Role
from mobility.web.door import REFUSED, REFUSED_HERE
from tests.browsing import post
from tests.house import House, make_house


@pytest.fixture
def opened(house: House) -> Iterator[tuple[str, str]]:
    """The login and the one-time code of a person who comes in without a mail address."""
    with house.writing():
        told = {"name": "Ada Nouvelle", "role": Role.BENEFICIARY, "beneficiary_id": house.beneficiary_id}
        account, code = accounts.open_account(**told, by=house.viewer(Role.MANAGER), now=house.clock())
        assert account.identifier and code
        made = account.identifier, code
    yield made


def enter(client: FlaskClient, house: House, login: str, password: str, **more: object) -> TestResponse:
    return post(client, house.page("login"), {"login": login, "password": password}, **more)


def test_somebody_comes_in_with_the_code_they_were_given(house: House, client: FlaskClient, opened: tuple[str, str]) -> None:
    login, code = opened
    answer = enter(client, house, f" {login.upper()} ", code.lower().replace("-", " "))
    assert answer.status_code == 303
    with house.reading():
        session = db.session.scalars(select(AccountSession)).one()
        assert session.token_hash not in client.get_cookie("session").value  # type: ignore[union-attr]
        assert {"open account", "grant role", "sign in"} <= set(db.session.scalars(select(AuditEntry.verb)))


def test_every_refusal_says_the_same(house: House, client: FlaskClient, opened: tuple[str, str]) -> None:
    login, code = opened
    other = make_house(house.app, house.clock, "autre")
    tries = [(house, login, "wrong"), (house, "nobody@example.org", "wrong"), (house, "1234-5678", code), (other, login, code)]
    answers = [enter(house.app.test_client(), at, who, what) for at, who, what in tries]
    house.clock.forward(days=15)
    answers.append(enter(client, house, login, code))  # the code's two weeks are over
    assert {a.status_code for a in answers} == {422}
    assert all(REFUSED in a.text.replace("\u00a0", " ") for a in answers)


def test_the_networks_door_says_whose_it_is_and_leads_to_the_platforms(house: House, client: FlaskClient, opened: tuple[str, str]) -> None:
    login, code = opened
    told = {
        (answer.status_code, re.sub(r'value="[^"]*"', "", answer.text))
        for answer in (
            post(client, "/login", {"login": login, "password": code}),
            post(client, "/login", {"login": "nobody@example.org", "password": "wrong"}),
        )
    }
    ((status, page),) = told
    assert status == 422 and REFUSED_HERE in page.replace("\u00a0", " "), "the same for a known and an unknown account"
    assert f'href="{house.page("login")}"' in page and REFUSED not in page
    assert enter(client, house, login, code).status_code == 303, "their own door is open"


def test_the_sixth_try_of_a_minute_on_one_account_waits_and_nobody_else_does(
    house: House, client: FlaskClient, opened: tuple[str, str]
) -> None:
    login, code = opened
    for _ in range(5):
        assert enter(client, house, login, "wrong").status_code == 422
    assert enter(client, house, login, code).status_code == 429
    assert enter(client, house, "somebody.else@example.org", "wrong").status_code == 422
    house.clock.forward(seconds=61)
    assert enter(client, house, login, code).status_code == 303


def test_nobody_locks_somebody_out_of_the_browser_they_came_in_with(house: House, client: FlaskClient, opened: tuple[str, str]) -> None:
    assert enter(client, house, *opened).status_code == 303
    post(client, house.page("logout"))
    thief, stranger = house.app.test_client(), house.app.test_client()
    enter(thief, house, *known_by_password(house, Role.ADVISER))  # a known browser, of somebody else
    post(thief, house.page("logout"))
    house.clock.forward(minutes=2)
    tries = [enter(thief, house, opened[0], "wrong").status_code for _ in range(7)]
    assert tries == [422] * 5 + [429] * 2
    assert enter(stranger, house, *opened).status_code == 429
    own = [enter(client, house, opened[0], "wrong").status_code for _ in range(4)]
    assert own == [422] * 4 and enter(client, house, *opened).status_code == 303


def test_without_the_browsers_own_count_the_thief_locks_the_holder_out(
    house: House, client: FlaskClient, opened: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mobility.web.devices.bucket", lambda login, account_id: login)
    assert enter(client, house, *opened).status_code == 303
    post(client, house.page("logout"))
    house.clock.forward(minutes=2)
    for _ in range(5):
        enter(house.app.test_client(), house, opened[0], "wrong")
    assert enter(client, house, *opened).status_code == 429


def test_a_forged_device_is_a_strangers(house: House, client: FlaskClient, opened: tuple[str, str]) -> None:
    for _ in range(5):
        enter(client, house, opened[0], "wrong")
    client.set_cookie("device", "WyJ4IixbMV1d.forged")
    assert enter(client, house, *opened).status_code == 429


def test_asking_for_links_uses_up_no_try_at_the_door(house: House, client: FlaskClient) -> None:
    login = known_by_password(house, Role.ADVISER)
    asked = [post(house.app.test_client(), house.page("forgotten"), {"email": login[0]}).status_code for _ in range(6)]
    assert asked == [200] * 5 + [429]
    assert enter(client, house, *login).status_code == 303


def test_the_twenty_first_try_of_a_minute_from_one_address_waits(house: House, client: FlaskClient, opened: tuple[str, str]) -> None:
    here, elsewhere = {"REMOTE_ADDR": "192.0.2.1"}, {"REMOTE_ADDR": "192.0.2.2"}
    for count in range(20):
        enter(client, house, f"somebody{count}@example.org", "wrong", environ_overrides=here)
    assert enter(client, house, *opened, environ_overrides=here).status_code == 429
    assert enter(client, house, *opened, environ_overrides=elsewhere).status_code == 303


def test_tries_are_counted_without_knowing_whose(house: House, client: FlaskClient) -> None:
    enter(client, house, "ada@example.org", "wrong")
    with house.reading():
        kept = db.session.scalars(select(LoginAttempt)).all()
    assert sorted(a.kind for a in kept) == ["account", "address"]
    assert all(len(a.key) == 64 and "ada" not in a.key for a in kept)


def test_when_a_try_cannot_be_counted_nobody_comes_in(
    house: House, client: FlaskClient, opened: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mobility.web.door.LoginAttempt", lambda **_: Account(name=None, created_at=None))
    assert enter(client, house, *opened).status_code == 409
    assert client.get(house.page("password")).status_code == 303


def test_a_session_is_new_at_login_and_dead_at_logout(house: House, client: FlaskClient, opened: tuple[str, str]) -> None:
    enter(client, house, *opened)
    with client.session_transaction() as cookie:
        before = dict(cookie)
    post(client, house.page("logout"))
    with client.session_transaction() as cookie:
        assert "_user_id" not in cookie
        cookie.update(before)  # a stolen cookie, kept
    assert client.get(house.page("password")).status_code == 303
    enter(client, house, *opened)
    with client.session_transaction() as cookie:
        assert cookie["_user_id"] != before["_user_id"]
        assert "csrf_token" not in cookie  # the visitor's token does not come in with them


@pytest.mark.parametrize("act", ["disable", "end role", "grant role"])
def test_a_session_dies_when_the_account_changes(house: House, act: str) -> None:
    client = house.client(Role.TREASURER)
    assert client.get(house.page("password")).status_code == 200
    with house.writing():
        account_id, words = house.accounts[Role.TREASURER], {"by": house.viewer(Role.MANAGER), "now": house.clock()}
        grant = accounts.list_grants(account_id)[0]
        {
            "disable": lambda: accounts.disable_account(account_id, **words),
            "end role": lambda: accounts.end_role(account_id, grant.id, **words),
            "grant role": lambda: accounts.grant_role(account_id, role=Role.MECHANIC, **words),
        }[act]()
    assert client.get(house.page("password")).status_code == 303


def test_a_new_code_ends_the_sessions_before_it(house: House, client: FlaskClient, opened: tuple[str, str]) -> None:
    enter(client, house, *opened)
    with house.writing():
        account = accounts.find_by_login(opened[0])
        assert account
        accounts.hand_over_code(account.id, by=house.viewer(Role.MANAGER), now=house.clock())
    assert client.get(house.page("password")).status_code == 303


def known_by_password(house: House, role: Role) -> tuple[str, str]:
    """The login and the password of the house's account of a role."""
    with house.writing():
        account = db.session.get_one(Account, house.accounts[role])
        account.password_hash = passwords.keep("sept vélos au marché")
        assert account.email
        return account.email, "sept vélos au marché"


@pytest.mark.parametrize(
    ("held", "hours"),
    [
        ({Role.ADVISER}, 12),
        ({Role.BENEFICIARY}, 30 * 24),
        ({Role.BENEFICIARY, Role.PRESCRIBER}, 12),
    ],
)
def test_a_session_ends_by_itself(house: House, client: FlaskClient, held: set[Role], hours: int) -> None:
    first = min(held)
    login = known_by_password(house, first)
    for other in held - {first}:
        give(house, house.accounts[first], other)
    enter(client, house, *login)
    house.clock.forward(hours=hours, seconds=-1)
    assert client.get(house.page("password")).status_code == 200
    house.clock.forward(seconds=1)
    assert client.get(house.page("password")).status_code == 303


def give(house: House, account_id: int, role: Role) -> None:
    """One more role, in force."""
    structure_id = house.structure_id if role == Role.PRESCRIBER else None
    with house.writing():
        db.session.add(Grant(account_id=account_id, platform_id=house.platform_id, role=role, structure_id=structure_id))


def test_who_works_at_another_platform_has_no_long_session_here(house: House, client: FlaskClient) -> None:
    other = make_house(house.app, house.clock, "autre")
    login = known_by_password(house, Role.BENEFICIARY)
    give(other, house.accounts[Role.BENEFICIARY], Role.MANAGER)
    enter(client, house, *login)
    house.clock.forward(hours=12)
    assert client.get(house.page("me")).status_code == 303
    assert client.get(other.page("desk")).status_code == 303


def test_the_page_asked_for_comes_after_the_door_and_only_one_of_ours(house: House, client: FlaskClient, opened: tuple[str, str]) -> None:
    login, code = opened
    asked = client.get(house.page("password?a=1"))
    assert asked.headers["Location"].endswith("/login?next=/p/essai/password?a%3D1")
    for back, leads_to in [("/p/essai/x", "/p/essai/x"), ("//evil.example.org", "/p/essai/"), ("https://evil.example.org", "/p/essai/")]:
        answer = post(house.app.test_client(), house.page("login"), {"login": login, "password": code}, query_string={"next": back})
        assert answer.headers["Location"] == leads_to


def test_a_manager_touches_no_account_that_also_serves_elsewhere(house: House) -> None:
    other = make_house(house.app, house.clock, "autre")
    shared = house.accounts[Role.ADVISER]
    give(other, shared, Role.ADVISER)
    with other.writing(), pytest.raises(accounts.Conflict):
        accounts.hand_over_code(shared, by=other.viewer(Role.MANAGER), now=house.clock())
