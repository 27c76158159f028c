"""The manager's page of accounts, its twin in the API, the access letter, and the network's page."""

import re
from io import BytesIO

import pytest
from flask.testing import FlaskClient
from pypdf import PdfReader
from sqlalchemy import select

from mobility.actions import accounts
from mobility.db import db, write_last
from mobility.models import Account, ApiToken, Grant, Message, Platform, SentForm
from mobility.queries.looks import list_looks
from mobility.rights import Role
from tests.browsing import post
from tests.house import House, make_house

ADA = {"name": "Ada Nouvelle", "email": "ada@example.org", "role": "adviser"}


def test_a_manager_invites_by_a_link_that_goes_to_the_address_alone(house: House, client: FlaskClient) -> None:
    manager = house.client(Role.MANAGER)
    answer = post(manager, house.page("accounts/new"), ADA | {"once": "a"})
    assert answer.status_code == 303
    assert post(manager, house.page("accounts/new"), ADA | {"once": "a"}).headers["Location"] == answer.headers["Location"]
    with house.reading():
        mail = db.session.scalars(select(Message)).one()
    assert mail.recipient == ADA["email"]
    assert "vous ouvre un accès chez Plateforme essai" in mail.body
    assert "n’avez rien demandé" not in mail.body, "an invited colleague asked for nothing"
    link = re.search(r"/p/essai/link/\S+", mail.body)
    assert link and link[0] not in manager.get(answer.headers["Location"]).text + manager.get(house.page("outbox")).text
    assert post(client, link[0]).headers["Location"] == house.page("password")


def test_a_prescriber_needs_their_structure(house: House) -> None:
    manager = house.client(Role.MANAGER)
    refused = post(manager, house.page("accounts/new"), ADA | {"role": "prescriber"})
    assert refused.status_code == 422 and 'id="f-structure_id-error"' in refused.text
    told = ADA | {"role": "prescriber", "structure_id": str(house.structure_id)}
    assert post(manager, house.page("accounts/new"), told).status_code == 303


def test_roles_doors_and_phones_are_given_and_taken(house: House) -> None:
    manager, account_id = house.client(Role.MANAGER), house.accounts[Role.MECHANIC]
    page = house.page(f"accounts/{account_id}")
    assert post(manager, f"{page}/roles", {"role": "treasurer"}).status_code == 303
    with house.reading():
        grants = {g.role: g.id for g in db.session.scalars(select(Grant).filter(Grant.account_id == account_id))}
    assert grants.keys() == {"mechanic", "treasurer"}
    assert post(manager, f"{page}/roles/{grants['mechanic']}/end").status_code == 303
    assert post(manager, f"{page}/roles/{grants['mechanic']}/end").status_code == 409
    assert post(manager, f"{page}/disable").status_code == 303
    assert "fermé" in manager.get(page).text
    assert post(manager, f"{page}/enable").status_code == 303
    assert post(manager, f"{page}/link").status_code == 303
    assert post(manager, f"{page}/second-factor/forget").status_code == 303


def test_a_role_taken_away_takes_its_tokens_along_for_good(house: House) -> None:
    manager, account_id = house.client(Role.MANAGER), house.accounts[Role.MECHANIC]
    roles = house.page(f"accounts/{account_id}/roles")
    house.token(Role.MECHANIC)
    with house.reading():
        grant_id = db.session.scalars(select(Grant.id).filter(Grant.account_id == account_id)).one()
    post(manager, roles, {"role": "treasurer"})
    with house.writing():
        db.session.add(
            ApiToken(token_hash="x", account_id=account_id, role="treasurer", label="x", created_at=house.clock(), expires_at=house.clock())
        )
    assert post(manager, f"{roles}/{grant_id}/end").status_code == 303
    assert post(manager, roles, {"role": "mechanic"}).status_code == 303
    with house.reading():
        ended = {token.role: token.ended_at is not None for token in db.session.scalars(select(ApiToken))}
    assert ended == {"mechanic": True, "treasurer": False}


def test_a_manager_cannot_shut_themselves_out(house: House) -> None:
    manager, page = house.client(Role.MANAGER), house.page(f"accounts/{house.accounts[Role.MANAGER]}")
    assert post(manager, f"{page}/disable").status_code == 409


def test_another_platforms_account_is_not_there(house: House) -> None:
    other = make_house(house.app, house.clock, "autre")
    manager, page = house.client(Role.MANAGER), house.page(f"accounts/{other.accounts[Role.ADVISER]}")
    assert manager.get(page).status_code == 404
    assert post(manager, f"{page}/disable").status_code == 404
    assert f"{Role.ADVISER}.autre" not in manager.get(house.page("accounts")).text


def test_a_token_acts_with_its_role_until_it_is_ended(house: House) -> None:
    bearer, path = house.bearer(Role.MANAGER), house.api(f"accounts/{house.accounts[Role.MANAGER]}/tokens")
    client = house.app.test_client()
    made = client.post(path, json={"role": "manager", "label": "Tableau"}, headers=bearer | {"Idempotency-Key": "k1"})
    assert made.status_code == 201
    token = {"Authorization": f"Bearer {made.json['token']}"}  # type: ignore[index]
    assert client.get(house.api("accounts"), headers=token).status_code == 200
    assert client.post(path, json={"role": "manager", "label": "Tableau"}, headers=bearer | {"Idempotency-Key": "k1"}).status_code == 409
    with house.reading():
        assert all(made.json["token"] not in (t or "") for t in db.session.scalars(select(SentForm.answer)))  # type: ignore[index]
        assert made.json["token"] not in db.session.scalars(select(ApiToken.token_hash)).all()  # type: ignore[index]
    assert client.delete(f"{path}/{made.json['id']}", headers=bearer).status_code == 204  # type: ignore[index]
    assert client.get(house.api("accounts"), headers=token).status_code == 401
    refused = client.post(path, json={"role": "treasurer", "label": "Tableau"}, headers=bearer)
    assert refused.status_code == 422 and refused.json["errors"].keys() == {"role"}  # type: ignore[index]


def test_the_api_answers_no_as_a_problem(house: House) -> None:
    client = house.app.test_client()
    without = client.get(house.api("accounts"))
    assert (without.status_code, without.content_type, without.headers["WWW-Authenticate"]) == (401, "application/problem+json", "Bearer")
    not_theirs = client.get(house.api("accounts"), headers=house.bearer(Role.ADVISER))
    assert (not_theirs.status_code, not_theirs.content_type) == (403, "application/problem+json")
    missing = client.delete(house.api("accounts/99999"), headers=house.bearer(Role.MANAGER))
    assert (missing.status_code, missing.content_type) == (404, "application/problem+json")
    with_cookie_only = house.client(Role.MANAGER).get(house.api("accounts"))
    assert with_cookie_only.status_code == 401


def test_the_access_letter_opens_the_persons_space(house: House, client: FlaskClient) -> None:
    adviser, path = house.client(Role.ADVISER), house.page(f"people/{house.beneficiary_id}/access")
    with house.writing():  # nobody comes in for this person yet
        db.session.get_one(Grant, house.accounts[Role.BENEFICIARY]).ended_at = house.clock()
    letter = post(adviser, path)
    assert letter.mimetype == "application/pdf"
    text = PdfReader(BytesIO(letter.data)).pages[0].extract_text()
    login, code = re.search(r"\d{4}-\d{4}", text), re.search(r"[0-9A-Z]{5}-[0-9A-Z]{5}-[0-9A-Z]{5}", text)
    assert login and code
    assert post(client, house.page("login"), {"login": login[0].replace("-", " "), "password": code[0]}).status_code == 303


def test_a_look_at_a_file_is_noted_for_the_person(house: House) -> None:
    house.client(Role.ADVISER).get(house.page(f"people/{house.beneficiary_id}"))
    with house.reading():
        looks = list_looks(house.beneficiary_id)
        assert [(look.name, look.at, look.page) for look in looks] == [("adviser essai", house.clock(), "file")]


def test_a_look_that_cannot_be_noted_shows_no_file(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    house.app.config["PROPAGATE_EXCEPTIONS"] = False
    monkeypatch.setattr("mobility.web.looks.write_last", lambda table, **seen: write_last(table, **seen | {"beneficiary_id": 10**9}))
    try:
        answer = house.client(Role.ADVISER).get(house.page(f"people/{house.beneficiary_id}"))
    finally:
        house.app.config["PROPAGATE_EXCEPTIONS"] = None
    assert answer.status_code == 409  # the database refused the look, so the file stays closed
    assert "Camille" not in answer.text


def test_the_network_opens_a_platform_and_reads_totals_only(house: House) -> None:
    network = house.client(Role.NETWORK)
    page = network.get("/network").text
    assert "Plateforme essai" in page and "Camille" not in page
    answer = post(network, "/network", {"name": "Nouvelle", "slug": "nouvelle", "manager_name": "Ida", "manager_email": "ida@example.org"})
    assert answer.status_code == 303
    with house.app.app_context():
        made = db.session.scalars(select(Platform).filter(Platform.slug == "nouvelle")).one()
        grant = db.session.scalars(select(Grant).filter(Grant.platform_id == made.id)).one()
        assert db.session.get_one(Account, grant.account_id).email == "ida@example.org"
        db.session.close()
    with house.reading():
        assert db.session.scalars(select(Message)).all() == []  # the mail is the new platform's
    assert (
        post(network, "/network", {"name": "x", "slug": "essai", "manager_name": "I", "manager_email": "i@example.org"}).status_code == 409
    )


def test_the_address_beside_a_code_is_the_houses_own_and_not_the_one_asked(house: House) -> None:
    page = post(house.client(Role.MANAGER), house.page(f"accounts/{_paper_account(house)}/code")).text
    assert "http://127.0.0.1:8000/p/essai/login" in page and "localhost" not in page


def _paper_account(house: House) -> int:
    """Somebody who comes in by an identifier and a code."""
    with house.writing():
        by = house.viewer(Role.MANAGER)
        account, _ = accounts.open_account(
            name="Rose", role=Role.BENEFICIARY, beneficiary_id=house.beneficiary_id, by=by, now=house.clock()
        )
        return account.id
