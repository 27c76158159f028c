"""A repair or a membership is owed before it is paid or kept from the deposit; its money never pays the rent."""

from typing import Any

import pytest

from billing.models import Deposit
from billing.queries.accounts import balance_cents
from mobility.rights import Role
from tests.browsing import post
from tests.house import House
from tests.rental import RentalDesk


@pytest.fixture
def desk(house: House) -> RentalDesk:
    """A car back on its first day, 5 € owed, its deposit of 300 € held."""
    desk = RentalDesk(house).out()
    desk.later(hours=4)
    desk.take_back(48_010)
    return desk


def send(desk: RentalDesk, path: str, role: Role = Role.TREASURER, **body: Any) -> Any:
    return desk.house.app.test_client().post(desk.house.api(path), json=body, headers=desk.house.bearer(role))


def owed(desk: RentalDesk) -> int:
    account_id = desk.booking().account_id
    assert account_id is not None
    with desk.house.reading():
        return balance_cents(account_id)


def test_a_deposit_pays_for_a_repair_once_the_repair_is_on_the_account(desk: RentalDesk) -> None:
    (deposit,) = desk.rows(Deposit)
    refused = send(desk, f"deposits/{deposit.id}/keep", cents=12_000, why="unpaid", reason="Aile enfoncée")
    assert refused.status_code == 422 and "Ce compte doit 5 €" in refused.json["title"]
    page = desk.house.page(f"money/accounts/{deposit.account_id}")
    browser = desk.house.client(Role.ADVISER)
    assert post(browser, f"{page}/charges", {"kind": "damage", "cents": "120", "reason": "aile enfoncée"}).status_code == 303
    assert owed(desk) == 12_500
    assert "Réparation, aile enfoncée" in browser.get(page).text
    assert send(desk, f"deposits/{deposit.id}/keep", cents=12_000, why="unpaid", reason="Aile enfoncée").status_code == 200
    assert owed(desk) == 500


@pytest.mark.parametrize("means", ["cash", "transfer", "card"])
@pytest.mark.parametrize("purpose", ["damage", "membership"])
def test_nothing_that_is_not_owed_is_paid(desk: RentalDesk, purpose: str, means: str) -> None:
    refused = send(desk, f"accounts/{desk.booking().account_id}/payments", means=means, cents=500, purpose=purpose)
    assert refused.status_code == 422 and "inscrivez d’abord" in refused.json["errors"]["cents"]
    assert owed(desk) == 500


def test_a_membership_is_paid_in_cash_and_leaves_the_rent_as_it_is(desk: RentalDesk) -> None:
    account = f"accounts/{desk.booking().account_id}"
    charged = send(desk, f"money/{account}/charges", kind="membership", cents=1000, reason="année 2026")
    assert (charged.status_code, charged.json["sentence"]) == (201, "Adhésion, année 2026 : 10 €")
    assert send(desk, f"{account}/payments", means="cash", cents=1000, purpose="membership").status_code == 201
    assert send(desk, f"{account}/payments", means="cash", cents=1, purpose="membership").status_code == 422
    assert owed(desk) == 500
