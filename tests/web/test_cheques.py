"""Cheques: each waits until it is on one slip, which the bank has once; one that comes back is owed again, and the desk says so."""

from typing import Any

from billing.actions.deposits import receive_deposit
from billing.actions.kept_deposits import keep_deposit
from billing.actions.payments import take_payment
from billing.actions.refunds import refund_payment
from billing.ledger import CHEQUES
from billing.models import Payment
from billing.queries.accounts import balance_cents
from billing.queries.books import verify_books
from billing.queries.cheques import list_waiting
from billing.queries.figures import figures
from billing.queries.payments import list_in_trouble
from mobility.db import db
from mobility.rights import Role
from tests.browsing import post as send
from tests.house import House
from tests.money import ADVISER, make_deposit, make_rental


def cheque(house: House, account_id: int, cents: int, **more: str) -> int:
    with house.writing():
        return take_payment(account_id, means="cheque", cents=cents, by=ADVISER, now=house.clock(), **more).payment_id


def give_back(house: House, payment_id: int, cents: int) -> None:
    with house.writing():
        refund_payment(payment_id, cents=cents, reason="essai", by=ADVISER, now=house.clock())


def test_cheques_go_to_the_bank_on_one_slip_and_one_comes_back(house: House) -> None:
    account_id = make_rental(house)
    owed = 7000
    handed_back = cheque(house, account_id, 700)
    give_back(house, handed_back, 700)
    bounced = cheque(house, account_id, 2000, reference="0001", bank="Banque du Port", drawn_by="Dominique Essai")
    parted = cheque(house, account_id, 1000, reference="0002")
    give_back(house, parted, 300)
    deposit_id = make_deposit(house, account_id, kind="uncashed_cheque", due_cents=5000)
    with house.writing():
        receive_deposit(deposit_id, cents=5000, reference="0003", by=ADVISER, now=house.clock())
        keep_deposit(deposit_id, cents=500, why="unpaid", reason="loyer impayé", by=ADVISER, now=house.clock())
    api: Any = house.app.test_client()
    headers = house.bearer(Role.TREASURER)

    def post(path: str, status: int, **asked: object) -> Any:
        answer = api.post(house.api(f"money/{path}"), json=asked, headers=headers)
        assert answer.status_code == status, answer.json
        return answer.json

    waiting = api.get(house.api("money/cheques"), headers=headers).json
    told = [(each["cents"], each["number"], each["bank"], each["drawn_by"]) for each in waiting["cheques"]]
    assert told[:2] == [(2000, "0001", "Banque du Port", "Dominique Essai"), (1000, "0002", None, "Camille Essai")]
    assert [cents for cents, *_ in told] == [2000, 1000, 500] and waiting["cents"] == 3500
    chosen = [each["entry_number"] for each in waiting["cheques"]]
    post("slips", 422, cheques=[])
    post("slips", 422, cheques="tous")
    post("slips", 409, cheques=[*chosen, 1])
    client = house.client(Role.TREASURER)
    assert "Dominique Essai" in client.get(house.page("money/cheques")).text
    made = send(client, house.page("money/cheques"), {"cheques": [str(number) for number in chosen]})
    assert made.status_code == 303 and made.location.endswith("money/slips/1")
    post("slips", 409, cheques=chosen[:1])
    assert client.get(house.page("money/slips/1.pdf")).data.startswith(b"%PDF")
    assert client.get(house.page("money/slips/2")).status_code == 404

    post("slips/1/returned", 409, cheque=chosen[0], reason="sans provision")
    post("bankings/1/banked", 200, banked_on="2026-03-02")
    with house.reading():
        assert figures().by_code[CHEQUES] == 0 and list_waiting() == []
        before = balance_cents(account_id)
        assert before == owed - 2000 - 700 - 500
    post("slips/1/returned", 422, cheque=chosen[0])
    post("slips/1/returned", 404, cheque=1, reason="essai")
    came_back = {"cheque": str(chosen[0]), "reason": "sans provision"}
    assert send(client, house.page("money/slips/1/returned"), came_back).status_code == 303
    post("slips/1/returned", 409, cheque=chosen[0], reason="sans provision")
    desk = house.client(Role.ADVISER).get(house.page("desk")).text
    assert "chèque revenu impayé" in desk.replace("\u00a0", " ")
    with house.reading():
        payment = db.session.get_one(Payment, bounced)
        assert (payment.status, payment.failure, balance_cents(account_id)) == ("returned", "sans provision", before + 2000)
        by_code = figures().by_code
        assert (by_code[CHEQUES], by_code["512"]) == (0, 3500 - 300 - 2000) and verify_books() is None
    with house.writing():
        take_payment(account_id, means="transfer", cents=before + 2000, by=ADVISER, now=house.clock())
    with house.reading():
        assert list_in_trouble() == [], "paid after all: the desk has nothing more to say"
