"""Fuel to work in month 1 of the AMIE programme: receipts on the page and by JSON, on the account and on the person's statement."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import func, select

from billing.actions import accounts
from billing.models import FuelReceipt, LedgerLine
from billing.queries import balance_cents, verify_books
from mobility.db import db
from mobility.rights import Role
from tests.browsing import post
from tests.house import House
from tests.money import ADVISER, make_rental

FIRST_DAY = datetime(2026, 2, 23, 8, 0, tzinfo=UTC)
TYPED = {"spent_on": "2026-02-25", "cents": "62,10", "centilitres": "34,5", "paid": "cash", "for_work": "yes"}


@pytest.fixture
def account_id(house: House) -> int:
    """A car of the programme, handed over a week ago."""
    with house.writing():
        account = accounts.open_account(
            beneficiary_id=house.beneficiary_id,
            reference="booking:1",
            label="Citadine AB-123-CD",
            kind="car",
            programme="amie",
            qpv=False,
            first_on=date(2026, 2, 23),
            by=ADVISER,
            now=FIRST_DAY,
        )
        accounts.start_account(account.id, handed_over_at=FIRST_DAY, by=ADVISER, now=FIRST_DAY)
        return account.id


def lines_of(code: str) -> int:
    debit_less_credit = func.sum(LedgerLine.debit_cents - LedgerLine.credit_cents)
    return int(db.session.scalar(select(debit_less_credit).filter(LedgerLine.ledger_code == code)) or 0)


def test_a_receipt_is_paid_entered_and_told(house: House, account_id: int) -> None:
    client, path = house.client(Role.ADVISER), house.page(f"money/accounts/{account_id}/fuel")
    assert "Aucun reçu" in client.get(path).text
    assert post(client, path, TYPED).status_code == 303
    headers = house.bearer(Role.ADVISER)
    asked = {"spent_on": "2026-03-01", "cents": 5000, "paid": "station", "for_work": True}
    sent = house.app.test_client().post(house.api(f"money/accounts/{account_id}/fuel"), json=asked, headers=headers)
    assert (sent.status_code, sent.json["covered_cents"]) == (201, 3790), "what was left of 100 €"
    with house.reading():
        assert [(row.cents, row.covered_cents, row.centilitres) for row in db.session.query(FuelReceipt)] == [
            (6210, 6210, 3450),
            (5000, 3790, None),
        ]
        assert {code: lines_of(code) for code in ("6571", "530", "401")} == {"6571": 10_000, "530": -6210, "401": -3790}
        assert balance_cents(account_id) == 0 and verify_books() is None
    for page in (f"money/accounts/{account_id}", f"money/accounts/{account_id}/statement"):
        assert "Les 100 € sont utilisés" in client.get(house.page(page)).text.replace("\u00a0", " ")
    mine = house.client(Role.BENEFICIARY).get(house.page(f"money/accounts/{account_id}/statement")).text.replace("\u00a0", " ")
    assert "62,10 €" in mine and "payé à la station par l’association" in mine
    told = house.app.test_client().get(house.api(f"money/accounts/{account_id}/fuel"), headers=house.bearer(Role.BENEFICIARY)).json
    assert (told["left_cents"], len(told["receipts"])) == (0, 2)


def test_a_receipt_noted_by_mistake_is_taken_back_and_the_allowance_has_it_again(house: House, account_id: int) -> None:
    client, path = house.client(Role.ADVISER), house.page(f"money/accounts/{account_id}/fuel")
    tokens, headers, api = house.app.test_client(), house.bearer(Role.ADVISER), house.api(f"money/accounts/{account_id}/fuel")
    for typed in (TYPED, TYPED | {"cents": "20", "paid": "station"}):
        assert post(client, path, typed).status_code == 303
    with house.reading():
        cash, station = (row.id for row in db.session.query(FuelReceipt).order_by(FuelReceipt.id))
    unsaid = post(client, f"{path}/{cash}/withdrawal", {"reason": ""})
    assert (unsaid.status_code, f'id="withdraw-{cash}-reason-error"' in unsaid.text) == (422, True), "beside its own receipt"
    assert post(client, f"{path}/{cash}/withdrawal", {"reason": "twice"}).status_code == 303
    assert "noté deux fois" in client.get(path).text.replace("\u00a0", " ")
    told = tokens.post(f"{api}/{station}/withdrawal", json={"reason": "private"}, headers=headers)
    assert (told.status_code, told.json["withdrawn_reason"]) == (200, "private")
    assert post(client, f"{path}/{cash}/withdrawal", {"reason": "twice"}).status_code == 409, "clicked twice"
    elsewhere = f"money/accounts/{make_rental(house, reference='booking:2')}/fuel/{cash}/withdrawal"
    assert tokens.post(house.api(elsewhere), json={"reason": "twice"}, headers=headers).status_code == 404
    with house.reading():
        assert {lines_of(code) for code in ("6571", "530", "401")} == {0} and verify_books() is None
    assert tokens.get(api, headers=headers).json["left_cents"] == 10_000


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"for_work": ""}, "jamais celui des trajets privés"),
        ({"spent_on": "2026-02-20"}, "Le carburant est pris en charge"),
        ({"cents": "1e3"}, "montant"),
        ({"paid": ""}, "aria-invalid"),
    ],
)
def test_what_is_refused_is_said_beside_its_field_and_nothing_is_written(
    house: House, account_id: int, changes: dict[str, str], said: str
) -> None:
    answer = post(house.client(Role.ADVISER), house.page(f"money/accounts/{account_id}/fuel"), TYPED | changes)
    assert answer.status_code == 422 and said in answer.text and 'value="34,5"' in answer.text
    with house.reading():
        assert db.session.query(FuelReceipt).count() == 0


def test_a_rental_by_the_day_has_no_fuel(house: House) -> None:
    account_id = make_rental(house)
    client = house.client(Role.ADVISER)
    assert client.get(house.page(f"money/accounts/{account_id}/fuel")).status_code == 404
    answer = house.app.test_client().post(
        house.api(f"money/accounts/{account_id}/fuel"),
        json={"spent_on": "2026-03-01", "cents": 500, "paid": "cash", "for_work": True},
        headers=house.bearer(Role.ADVISER),
    )
    assert answer.status_code == 409
