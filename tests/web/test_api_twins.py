"""What a page can, the API can: a deposit by card, a folder of a past year, the contract on paper; and every look leaves its trace."""

import time
from io import BytesIO
from pathlib import Path

from flask.testing import FlaskClient

from billing.actions.accounts import close_account
from billing.actions.payments import take_payment
from billing.models import Deposit, Payment
from mobility.imports.liaison_folder import COLUMNS
from mobility.models import FileLook
from mobility.rights import Role
from tests.house import House
from tests.money import give_keys
from tests.rental import RentalDesk

YEAR_2008 = Path(__file__).parents[1] / "data" / "la-ciotat-2008"


def test_a_deposit_by_card_is_one_payment_however_often_it_is_sent(house: House, client: FlaskClient) -> None:
    give_keys(house)
    desk = RentalDesk(house, deposit_kind="card")
    (deposit,) = desk.rows(Deposit)
    asked = {"path": house.api(f"deposits/{deposit.id}/card-payments"), "json": {"cents": deposit.due_cents}}
    headers = house.bearer(Role.BENEFICIARY)
    assert client.post(**asked, headers=headers).status_code == 422, "without a key a second click would be a second charge"
    answers = [client.post(**asked, headers=headers | {"Idempotency-Key": "one"}) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 201], answers[0].text
    assert answers[0].json == answers[1].json
    assert [(payment.purpose, payment.deposit_id) for payment in desk.rows(Payment)] == [("deposit", deposit.id)]


def test_a_folder_is_taken_in_by_the_api(house: House, client: FlaskClient) -> None:
    headers = house.bearer(Role.MANAGER)
    files = [(BytesIO(b"".join((YEAR_2008 / name).read_bytes().splitlines(keepends=True)[:61])), name) for name in COLUMNS]
    begun = client.post(house.api("imports"), data={"files": files}, headers=headers)
    assert begun.status_code == 202, begun.text
    for _ in range(600):
        run = client.get(house.api(f"imports/{begun.json['id']}"), headers=headers).json
        if run["finished_at"]:
            break
        time.sleep(0.1)
    assert run["failed"] is None
    assert run["lines_done"] == run["lines_total"] > 60
    doubts = client.get(house.api(f"imports/{run['id']}/doubts"), headers=headers).json["rows"]
    assert all(doubt["reason"] for doubt in doubts)
    assert client.post(house.api("imports"), data={}, headers=headers).status_code == 422


PAPERS = [
    "api:bookings/{booking}/contract.pdf", "api:bookings/{booking}/contracts", "api:bookings/{booking}/mileage",
    "api:bookings/{booking}/readings", "api:bookings/{booking}/point-etapes", "api:deposits/{deposit}", "api:payments/{payment}",
    "api:receipts/1", "api:people/{person}/quote?kind=car&first_on=2026-03-02&last_on=2026-03-08",
    "page:bookings/{booking}/contract.pdf", "page:receipts/1.pdf", "page:accounts/{account}/note.pdf",
]  # fmt: skip


def test_every_paper_and_every_answer_about_a_person_leaves_a_look(house: House) -> None:
    desk = RentalDesk(house).out()
    desk.later(days=7)
    account_id = desk.booking().account_id
    desk.act(close_account, account_id, returned_at=house.clock())
    desk.act(take_payment, account_id, means="cheque", cents=1000)
    ids = {
        "booking": desk.booking_id, "account": account_id, "person": house.beneficiary_id,
        "deposit": desk.rows(Deposit)[0].id, "payment": desk.rows(Payment)[0].id,
    }  # fmt: skip
    browser, headers = house.client(Role.ADVISER), house.bearer(Role.ADVISER)
    for seen, paper in enumerate(PAPERS, start=1):
        mouth, path = paper.format(**ids).split(":", 1)
        answer = browser.get(house.page(path)) if mouth == "page" else house.app.test_client().get(house.api(path), headers=headers)
        assert answer.status_code == 200, (paper, answer.text)
        assert len(desk.rows(FileLook)) == seen, paper
    own = house.client(Role.BENEFICIARY).get(house.page(f"bookings/{desk.booking_id}/contract.pdf"))
    assert own.data.startswith(b"%PDF")
    assert len(desk.rows(FileLook)) == len(PAPERS), "one’s own look is one’s own"
