"""Each figure of the treasurer leads to its lines, paged and as a file, and the lines come to the figure."""

import csv
import io
import random
import re
from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient

from billing.actions import ledger, payments
from billing.actions.debts import charge_debt
from billing.actions.deposits import receive_deposit
from billing.arrears import AGES
from billing.entries import charge_posted, payment_received
from billing.queries.figures import figures, moved_in
from billing.queries.payments import sum_waiting
from mobility.db import db
from mobility.models import Beneficiary
from mobility.money import euros
from mobility.periods import paris_day
from mobility.rights import Role
from tests.house import House
from tests.money import ADVISER, give_keys, make_deposit, make_rental, open_page


def cents(typed: str) -> int:
    return int(typed.replace(",", "") or 0)


def rows(client: FlaskClient, path: str) -> list[dict[str, str]]:
    """A file's lines, as a French spreadsheet reads them."""
    answer = client.get(path)
    assert answer.status_code == 200 and answer.mimetype == "text/csv"
    return list(csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff")), delimiter=";"))


def balance(lines: list[dict[str, str]]) -> int:
    return sum(cents(line["Débit"]) - cents(line["Crédit"]) for line in lines)


@pytest.fixture
def books(house: House) -> House:
    """Two rentals: one owes, one is paid ahead; deposits in cash and by cheque; a transfer and a card on their way; a repair."""
    give_keys(house)
    owes, ahead = make_rental(house), make_rental(house, kind="bike", reference="booking:2")
    with house.writing():
        payments.take_payment(owes, means="cheque", cents=1234, by=ADVISER, now=house.clock())
        payments.take_payment(ahead, means="cash", cents=5000, by=ADVISER, now=house.clock())
        payments.announce_transfer(owes, cents=700, by=ADVISER, now=house.clock())
        charge_debt(owes, kind="damage", cents=4321, reason="=aile", by=ADVISER, now=house.clock())
    open_page(house, owes)
    for account_id, kind in ((owes, "cash"), (ahead, "uncashed_cheque")):
        deposit_id = make_deposit(house, account_id, kind=kind)
        desk_receives(house, deposit_id)
    return house


def desk_receives(house: House, deposit_id: int) -> None:
    with house.writing():
        receive_deposit(deposit_id, cents=10_000, by=ADVISER, now=house.clock())


def test_the_lines_come_to_the_figure(books: House) -> None:
    client, year = books.client(Role.TREASURER), books.clock().year
    with books.reading():
        found, (charged, paid), waiting = figures(), moved_in(year), sum_waiting()
    assert min(found.due_cents, found.ahead_cents, charged, paid, waiting, found.deposits_cents, found.commitments_cents) > 0
    for code, figure in found.by_code.items():
        assert balance(rows(client, books.page(f"money/ledger/{code}?format=csv"))) == figure, code
    side = books.page(f"money/ledger/411?format=csv&year={year}&side=")
    assert balance(rows(client, f"{side}charged")) == charged
    assert -balance(rows(client, f"{side}paid")) == paid
    accounts = {state: rows(client, books.page(f"money/accounts?format=csv&state={state}")) for state in ("due", "ahead")}
    assert {state: sum(cents(line["Solde"]) for line in lines) for state, lines in accounts.items()} == {
        "due": found.due_cents,
        "ahead": -found.ahead_cents,
    }
    assert sum(cents(line["Montant"]) for line in rows(client, books.page("payments?format=csv&status=waiting"))) == waiting


def fifo(moves: list[tuple[int, int]]) -> dict[str, int]:
    """What is left by age, of charges (above zero) and payments, each so many days ago; the oldest are settled first."""
    paid, left = -sum(cents for _, cents in moves if cents < 0), dict.fromkeys(AGES, 0)
    for days, cents in sorted((move for move in moves if move[1] > 0), reverse=True):
        settled = min(paid, cents)
        paid -= settled
        left["new" if days < 30 else "month" if days < 60 else "two_months" if days < 90 else "old"] += cents - settled
    return left


def test_what_is_owed_is_told_by_its_age_and_each_figure_is_its_lists_sum(house: House) -> None:
    chance, wanted, today = random.Random(5), dict.fromkeys(AGES, 0), paris_day(house.clock())
    for number in range(8):
        account_id = make_rental(house, reference=f"booking:{number}")  # 70 € of today
        days = [0, 29, 30, 59, 60, 89, 90, 400]
        moves = [(ago, chance.choice((1, -1, 1)) * chance.randrange(1, 9000)) for ago in chance.choices(days, k=6)]
        with house.writing():
            for ago, moved in moves:
                write, means = (charge_posted, "rental") if moved > 0 else (payment_received, "cash")
                entry = write("P-00001", means, abs(moved), on=today - timedelta(days=ago), label="Essai")
                ledger.post(entry, now=house.clock(), account_id=account_id)
        for age, left in fifo([*moves, (0, 7000)]).items():
            wanted[age] += left
    client = house.client(Role.TREASURER)
    page = client.get(house.page("money")).text.replace("\u00a0", " ").replace("\u202f", " ")
    assert all(wanted.values()), wanted
    for age, label in AGES.items():
        lines = rows(client, house.page(f"money/arrears?format=csv&age={age}"))
        assert sum(cents(line[label]) for line in lines) == wanted[age] and euros(wanted[age]) in page, label
        assert all(cents(line["En tout"]) == sum(cents(line[name]) for name in AGES.values()) for line in lines)
        assert client.get(house.page(f"money/arrears?age={age}&sort=-{age}")).status_code == 200
    api: Any = house.app.test_client()
    heads = house.bearer(Role.MANAGER)
    assert api.get(house.api("money/arrears/sums"), headers=heads).json == wanted
    listed = api.get(house.api("money/arrears"), headers=heads).json["rows"]
    assert {age: sum(line["aged"][age] for line in listed) for age in AGES} == wanted
    with house.reading():
        assert sum(wanted.values()) == figures().due_cents == sum(line["owed_cents"] for line in listed)


def test_every_figure_of_the_page_is_a_link_to_a_list_that_opens(books: House) -> None:
    client = books.client(Role.TREASURER)
    page = client.get(books.page("money")).text
    shown = re.findall(r'<th scope="row"><a href="([^"]+)"', page)
    assert len(shown) == 4 + 4 + 5 + 4 + 5
    assert {client.get(href.replace("&amp;", "&")).status_code for href in shown} == {200}
    side = client.get(books.page("money/ledger/411?side=charged&year=2026")).text.replace("\u00a0", " ")
    with books.reading():
        assert "Facturé en 2026" in side and f"{euros(moved_in(2026)[0])} en tout" in side


def test_no_text_is_a_formula_to_a_spreadsheet(house: House) -> None:
    make_rental(house)
    with house.writing():
        db.session.get_one(Beneficiary, house.beneficiary_id).first_name = "=1+1"
    lines = rows(house.client(Role.TREASURER), house.page("money/accounts?format=csv"))
    assert lines[0]["Personne"].startswith("'=1+1 ")


def test_the_api_tells_the_same_lines(books: House) -> None:
    client, headers = books.app.test_client(), books.bearer(Role.TREASURER)
    told = client.get(books.api("money/ledger/411?side=paid&year=2026"), headers=headers).json
    assert told["sum_cents"] == -6234 == sum(line["debit_cents"] - line["credit_cents"] for line in told["rows"])
    for path in ("money/accounts?state=due", "payments?status=waiting"):
        told = client.get(books.api(path), headers=headers).json
        assert told["sum_cents"] == sum(row.get("balance_cents", row.get("cents")) for row in told["rows"]) > 0
        assert told["total"] == len(told["rows"]) and told["next"] is None
    assert client.get(books.api("money/ledger/530?side=paid"), headers=headers).status_code == 404
