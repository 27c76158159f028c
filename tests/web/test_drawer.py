"""The drawer: what is expected is the books' own, a difference is explained and entered, nothing is edited, and both mouths do it."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy.exc import DBAPIError

from billing.actions.drawer import close_drawer, open_drawer
from billing.actions.payments import take_payment
from billing.ledger import CASH
from billing.queries.books import verify_books
from billing.queries.drawer import drawer_paper
from billing.queries.figures import figures
from mobility.errors import DomainError
from mobility.rights import Role
from tests.actions.test_books import by_hand
from tests.browsing import post as send
from tests.house import House
from tests.money import ADVISER, make_rental


def cash_in(house: House, account_id: int, cents: int) -> None:
    with house.writing():
        take_payment(account_id, means="cash", cents=cents, by=ADVISER, now=house.clock())


def test_a_day_of_the_drawer_from_its_opening_to_the_bank(house: House) -> None:
    account_id = make_rental(house, kind="bike", without_bank=True)
    cash_in(house, account_id, 500)
    api: Any = house.app.test_client()
    headers = house.bearer(Role.TREASURER)

    def post(path: str, status: int, **asked: object) -> Any:
        answer = api.post(house.api(f"money/{path}"), json=asked, headers=headers)
        assert answer.status_code == status, answer.json
        return answer.json

    post("drawer/close", 409, counted_cents=500)
    opened = post("drawer/open", 201, counted_cents=500)
    assert (opened["number"], opened["entry_number"]) == (1, None), "cash taken before the first opening is the books' too"
    post("drawer/open", 409, counted_cents=500)
    cash_in(house, account_id, 300)
    now = api.get(house.api("money/drawer"), headers=headers).json
    assert (now["is_open"], now["expected_cents"], [move["debit_cents"] for move in now["moves"]]) == (True, 800, [300])

    client = house.client(Role.TREASURER)
    unsaid = send(client, house.page("money/drawer/close"), {"counted_cents": "7,50"})
    assert unsaid.status_code == 422 and "Il manque 0,50 €" in unsaid.text.replace("\u00a0", " ") and 'value="7,50"' in unsaid.text
    for typed in ("", "-1", "1e3", "mille", "7,505"):
        assert send(client, house.page("money/drawer/close"), {"counted_cents": typed}).status_code == 422
    told = {"counted_cents": "7,50", "reason": "rendu de monnaie inexact"}
    assert send(client, house.page("money/drawer/close"), told).status_code == 303
    line = api.get(house.api("money/drawers"), headers=headers).json["rows"][0]
    assert (line["number"], line["difference_cents"], line["closing"]["expected_cents"]) == (1, -50, 800)
    pdf = client.get(house.page("money/drawer/1.pdf"))
    assert pdf.data.startswith(b"%PDF") and {client.get(house.page(f"money/drawer/{n}.pdf")).status_code for n in (2, 2**63 - 1)} == {404}

    cash_in(house, account_id, 200)  # while it is closed: the next drawer begins with it
    post("bankings", 422, cents=951)
    taken = post("bankings", 201, cents=900)
    post(f"bankings/{taken['number']}/banked", 422, banked_on="2026-03-03")
    post(f"bankings/{taken['number']}/banked", 200, banked_on="2026-03-02")
    post(f"bankings/{taken['number']}/banked", 409, banked_on="2026-03-02")
    post("bankings/9/banked", 404, banked_on="2026-03-02")
    post("drawer/open", 422, counted_cents=60)
    post("drawer/open", 201, counted_cents=60, reason="dix centimes trouvés au fond")
    with house.reading():
        paper, by_code = drawer_paper(1), figures().by_code
        assert [move.moved_cents for move in paper.movements] == [300]
        assert paper.closed_reason == "Il manque 0,50 € : rendu de monnaie inexact"
        assert (by_code[CASH], by_code["580"], by_code["512"], by_code["658"], by_code["758"]) == (60, 0, 900, 50, -10)
        assert verify_books() is None
    for statement in ("UPDATE drawer_count SET counted_cents = 0", "DELETE FROM drawer_count"):
        with pytest.raises(DBAPIError, match="append-only"):
            by_hand(house, [statement])


@pytest.mark.race
def test_two_closings_at_once_make_one_and_cash_is_on_one_side_of_it(house: House) -> None:
    account_id = make_rental(house, kind="bike", without_bank=True)
    with house.writing():
        open_drawer(counted_cents=0, reason=None, by=ADVISER, now=house.clock())
    start = Barrier(6)

    def go(number: int) -> str:
        start.wait(30)
        try:
            if number > 1:
                cash_in(house, account_id, 100)
                return "paid"
            with house.writing():
                close_drawer(counted_cents=0, reason="essai", by=ADVISER, now=house.clock())
        except DomainError as refused:
            return type(refused).__name__
        return "closed"

    with ThreadPoolExecutor(6) as threads:
        done = sorted(threads.map(go, range(6)))
    assert done == ["Conflict", "closed", "paid", "paid", "paid", "paid"]
    with house.reading():
        paper, by_code = drawer_paper(1), figures().by_code
        inside = sum(move.moved_cents for move in paper.movements)
        assert inside == paper.expected_cents == by_code["658"] and by_code[CASH] == 400 - inside
        assert verify_books() is None
