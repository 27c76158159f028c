"""One's own account: the code handed over is replaced, the second factor is asked of staff, links come by mail."""

import re
from datetime import timedelta

import pyotp
import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from mobility import passwords
from mobility.actions import accounts, links, second_factor
from mobility.actions.links import Purpose
from mobility.crypto import new_access_code
from mobility.db import db
from mobility.models import Account, Link, Message, Setting, Structure
from mobility.rights import Role
from mobility.rights import house as the_house
from tests.browsing import post
from tests.house import House
from tests.statements import counted

GOOD = "sept vélos au marché"


def open_and_enter(house: House, client: FlaskClient, **more: object) -> str:
    """A new account that just came in with its code."""
    with house.writing():
        account, code = accounts.open_account(name="Ada Nouvelle", by=the_house(house.platform_id), now=house.clock(), **more)  # type: ignore[arg-type]
        if code is None:  # an account with an address, as opened before links: its code was handed over
            code = new_access_code()
            account.password_hash, account.must_change = passwords.keep(code), True
        login = account.email or account.identifier
    assert post(client, house.page("login"), {"login": login, "password": code}).status_code == 303
    return code


def test_the_code_handed_over_is_replaced_before_anything_else(house: House, client: FlaskClient) -> None:
    code = open_and_enter(house, client, role=Role.BENEFICIARY, beneficiary_id=house.beneficiary_id)
    assert client.get(house.page("me")).headers["Location"] == house.page("password")
    answer = post(client, house.page("password"), {"current": code, "password": GOOD, "again": GOOD})
    assert answer.status_code == 303
    assert client.get(house.page("me")).status_code == 200


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({"current": "wrong"}, "mot de passe actuel"),
        ({"again": GOOD + "x"}, "ne sont pas les mêmes"),
        ({"password": "court", "again": "court"}, "au moins 12"),
        ({"password": "a" * 20, "again": "a" * 20}, "se devine"),
        ({"password": "ada@example.org", "again": "ada@example.org"}, "Ne prenez ni"),
    ],
)
def test_a_poor_password_is_refused_beside_its_field(house: House, client: FlaskClient, told: dict[str, str], sentence: str) -> None:
    code = open_and_enter(house, client, role=Role.ADVISER, email="ada@example.org")
    answer = post(client, house.page("password"), {"current": code, "password": GOOD, "again": GOOD} | told)
    assert answer.status_code == 422
    assert sentence in answer.text.replace("\u00a0", " ")


def test_staff_show_a_second_factor_before_any_page(house: House) -> None:
    client = house.client(Role.ADVISER, second_factor=False)
    assert client.get(house.page("desk")).headers["Location"] == house.page("second-factor")
    page = client.get(house.page("second-factor")).text
    secret = "".join(re.search(r"<code>([A-Z2-7 ]+)</code>", page)[1].split())  # type: ignore[index]
    assert 'src="data:image/svg+xml' in page
    code = pyotp.TOTP(secret).at(house.clock())
    assert post(client, house.page("second-factor"), {"code": "000000"}).status_code == 422
    assert post(client, house.page("second-factor"), {"code": code}).status_code == 303
    assert client.get(house.page("desk")).status_code == 200
    with house.reading():
        kept = db.session.get_one(Account, house.accounts[Role.ADVISER]).totp_secret
        assert kept and secret not in kept


def test_a_code_serves_once_and_never_after_a_later_one(house: House) -> None:
    secret = pyotp.random_base32()
    with house.writing():
        db.session.get_one(Account, house.accounts[Role.ADVISER]).totp_secret = second_factor.box().seal(secret)
    earlier, now = (pyotp.TOTP(secret).at(house.clock() - timedelta(seconds=30)), pyotp.TOTP(secret).at(house.clock()))
    statuses = [
        post(house.client(Role.ADVISER, second_factor=False), house.page("second-factor"), {"code": code}).status_code
        for code in (now, now, earlier)
    ]
    assert statuses == [303, 422, 422]


def test_the_sixth_code_of_a_minute_waits(house: House) -> None:
    client = house.client(Role.ADVISER, second_factor=False)
    client.get(house.page("second-factor"))
    statuses = [post(client, house.page("second-factor"), {"code": "000000"}).status_code for _ in range(6)]
    assert statuses == [422] * 5 + [429]


def test_people_show_no_second_factor_and_a_platform_may_do_without(house: House) -> None:
    assert house.client(Role.BENEFICIARY, second_factor=False).get(house.page("me")).status_code == 200
    with house.writing():
        db.session.add(Setting(key="accounts.second_factor", from_on=house.clock().date(), value=False))
    assert house.client(Role.ADVISER, second_factor=False).get(house.page("desk")).status_code == 200


def test_a_mailed_link_lets_in_once_and_only_by_its_button(house: House, client: FlaskClient) -> None:
    address = f"{Role.PRESCRIBER}.{house.slug}@example.org"
    assert post(client, house.page("forgotten"), {"email": address}).status_code == 200
    path = mailed_link(house)
    for _ in range(3):  # a mail scanner
        assert "Entrer" in client.get(path).text
    assert post(client, path).status_code == 303
    assert client.get(house.page("password")).status_code == 200
    assert post(house.app.test_client(), path).status_code == 404
    assert client.get(path).status_code == 404


def test_a_link_expires_is_kept_hashed_and_opens_nothing_else(house: House, client: FlaskClient) -> None:
    with house.writing():
        token = links.make_link(
            purpose=Purpose.PAY, lasts=timedelta(hours=1), account_id=house.accounts[Role.ADVISER], by=the_house(1), now=house.clock()
        )
    assert len(token) >= 43  # 256 bits in base 64
    assert client.get(house.page(f"link/{token}")).status_code == 404
    with house.reading():
        assert token not in {link.token_hash for link in db.session.scalars(select(Link))}
        links.get_link(token, purpose=Purpose.PAY, now=house.clock())
        with pytest.raises(links.NotFound):
            links.get_link(token, purpose=Purpose.PAY, now=house.clock.forward(hours=1))


def test_asking_for_a_link_says_and_does_the_same_for_strangers(house: House, client: FlaskClient) -> None:
    known, unknown = f"{Role.PRESCRIBER}.{house.slug}@example.org", "stranger@example.org"
    done = {}
    answers = set()
    for address in (known, unknown):
        with counted(house.app) as sent:
            answer = post(client, house.page("forgotten"), {"email": address})
        done[address] = [statement for statement in sent if not statement.startswith("PRAGMA")]  # a connection's own, at its first use
        answers.add((answer.status_code, answer.text))
    assert len(answers) == 1 and done[known] == done[unknown]
    with house.reading():
        mails = {m.recipient: m.body for m in db.session.scalars(select(Message))}
    assert mails.keys() == {known, unknown}
    assert "/link/" in mails[known] and "/link/" not in mails[unknown]


def test_a_referent_of_a_listed_domain_needs_to_ask_nobody(house: House, client: FlaskClient) -> None:
    with house.writing():
        db.session.get_one(Structure, house.structure_id).email_domain = "ccas.example.org"
    post(client, house.page("forgotten"), {"email": "referent@ccas.example.org"})
    assert post(client, mailed_link(house)).status_code == 303
    assert client.get(house.page("password")).status_code == 200
    answer = post(client, house.page("password"), {"password": GOOD, "again": GOOD})
    assert answer.status_code == 303


def mailed_link(house: House) -> str:
    """The path of the last mailed link."""
    with house.reading():
        body = db.session.scalars(select(Message.body).order_by(Message.id.desc())).first()
    found = re.search(r"http://[^/\s]+(/\S+)", body or "")
    assert found
    return found[1]
