"""The edge: the first page, the scope, the one transaction."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from mobility.db import PlatformNotSet, db, platform_scope
from mobility.models import Beneficiary
from mobility.rights import Role
from tests.house import House, make_house, sign_in


def test_the_first_page_leads_to_the_platforms_and_to_what_needs_no_account(client: FlaskClient, house: House) -> None:
    answer = client.get("/")
    assert answer.status_code == 200
    assert f'href="{house.page("/")}">Plateforme essai' in answer.text and house.page("login") in answer.text
    for simulator in ("rental", "schedule", "mileage"):
        assert f'href="/simulations/{simulator}"' in answer.text
    assert "Prescrire" not in answer.text, "a form goes to one platform"


def test_an_address_where_nothing_answers_keeps_the_platforms_frame(client: FlaskClient, house: House) -> None:
    other = make_house(house.app, house.clock, "autre")
    known, menu = "Plateforme essai", "Menu principal"
    sign_in(house.app, client, house.accounts[Role.ADVISER], at=house.clock())
    for address, here, menus, why in [
        (house.page("nulle-part"), True, True, "who works here finds their way back"),
        (house.page("nulle/part/non plus"), True, True, "however deep"),
        (other.page("nulle-part"), False, False, "elsewhere they are a visitor: its name, and nothing to open"),
        ("/p/aucune/nulle-part", False, False, "no such platform"),
        ("/p/%00/x", False, False, "no such address"),
    ]:
        answer = client.get(address)
        assert (answer.status_code, known in answer.text, menu in answer.text) == (404, here, menus), why
    assert menu not in house.app.test_client().get(house.page("nulle-part")).text, "a visitor has no menu"


def test_a_platforms_table_cannot_be_read_with_no_platform_set(house: House) -> None:
    with house.app.app_context(), pytest.raises(PlatformNotSet):
        db.session.scalars(select(Beneficiary)).all()


def test_a_platform_sees_its_own_rows_only(house: House) -> None:
    other = make_house(house.app, house.clock, "autre")
    with house.reading():
        assert [b.id for b in db.session.scalars(select(Beneficiary))] == [house.beneficiary_id]
    with other.reading():
        assert db.session.get(Beneficiary, house.beneficiary_id) is None


def test_raw_sql_under_postgresql_sees_its_own_rows_only(house: House) -> None:
    other = make_house(house.app, house.clock, "autre")
    with house.app.app_context(), platform_scope(other.platform_id):
        if db.engine.dialect.name != "postgresql":
            pytest.skip("row-level security is PostgreSQL's")
        assert db.session.execute(text("SELECT count(*) FROM beneficiary")).scalar() == 1
        db.session.close()


def test_outside_a_transaction_the_database_refuses_to_write(house: House) -> None:
    with house.reading(), pytest.raises(DBAPIError):
        db.session.execute(text("UPDATE platform SET name = 'x'"))
