"""A debt written off and what comes for it later: both mouths, the books, the figures, the lists, and two at once."""

import random
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError

from billing.actions import accounts, losses
from billing.actions.debts import charge_debt
from billing.actions.losses import write_off
from billing.actions.payments import take_payment
from billing.actions.plans import agree_plan
from billing.actions.recoveries import recover
from billing.models import BillingAccount, JournalEntry
from billing.queries.accounts import balance_cents, charged_cents, settled
from billing.queries.arrears import sum_arrears
from billing.queries.books import verify_books
from billing.queries.figures import figures, moved_in, sum_ledger_lines
from billing.queries.months import find_wrong_month
from billing.queries.plans import list_plans
from mobility.db import db
from mobility.errors import RuleBroken
from mobility.models import AuditEntry
from mobility.periods import paris_day
from mobility.rights import Role
from tests.actions.test_books import by_hand
from tests.browsing import post as send
from tests.house import House
from tests.money import ADVISER, card_paid, deliver, give_keys, make_rental
from tests.ports.read_pdf import words

OWED = 7000  # what a rental of tests/money.py owes, on 2 March
TYPED = {"cents": "70", "reason": "insolvent", "decided_on": "2026-03-01"}


def lose(house: House, account_id: int, cents: int = OWED) -> None:
    with house.writing():
        write_off(account_id, cents=cents, reason="small", decided_on=paris_day(house.clock()), by=ADVISER, now=house.clock())


def give_back(house: House, account_id: int) -> int:
    """The vehicle is back; what is owed in all."""
    with house.writing():
        accounts.close_account(account_id, returned_at=house.clock(), by=ADVISER, now=house.clock())
        return balance_cents(account_id)


def test_a_debt_written_off_and_recovered_by_the_page_and_by_the_api(house: House) -> None:
    account_id = make_rental(house)
    path = f"money/accounts/{account_id}"
    manager, treasurer, api = house.client(Role.MANAGER), house.client(Role.TREASURER), house.app.test_client()
    heads, books = house.bearer(Role.MANAGER), house.bearer(Role.TREASURER)

    def told(what: str = "") -> Any:
        return api.get(house.api(path + what), headers=heads).json

    assert "Passer en perte" in manager.get(house.page(path)).text and 'value="70"' in manager.get(house.page(f"{path}/losses")).text
    assert 'name="reason"' not in treasurer.get(house.page(f"{path}/losses")).text
    assert send(treasurer, house.page(f"{path}/losses"), TYPED).status_code == 403
    for field, wrong in (("cents", "70,01"), ("cents", "0"), ("reason", "fatigue"), ("decided_on", "2026-03-03"), ("reason", "board")):
        refused = send(manager, house.page(f"{path}/losses"), TYPED | {field: wrong})
        beside = "reference" if wrong == "board" else field
        assert refused.status_code == 422 and f'id="lost-{beside}-error"' in refused.text, wrong
    assert told("/losses") == []

    assert send(manager, house.page(f"{path}/losses"), TYPED | {"cents": "50", "reference": "Courrier du 1er mars"}).status_code == 303
    assert (told()["balance_cents"], told()["paid_cents"], told()["lost_cents"]) == (2000, 0, 5000)
    made = api.post(
        house.api(f"{path}/losses"), json={"cents": 2000, "reason": "board", "reference": "PV", "decided_on": "2026-03-01"}, headers=heads
    )
    assert made.status_code == 201 and [part["cents"] for part in made.json["parts"]] == [2000], "the younger charge was left"
    assert [part["cents"] for part in told("/losses")[1]["parts"]] == [3500, 1500], "the oldest first"
    assert (made.json["by"], made.json["act"]) == (told("/losses")[1]["by"], "written_off")
    again = api.post(house.api(f"{path}/losses"), json={"cents": 1, "reason": "small", "decided_on": "2026-03-01"}, headers=heads)
    assert again.status_code == 422, "nothing is due any more"
    own = house.client(Role.BENEFICIARY).get(house.page(f"{path}/statement")).text.replace("\u00a0", " ")
    assert "70 € ont été passés en perte et ne sont plus demandés" in own and "Insolvable" not in own
    with house.reading():
        by_code = figures().by_code
        assert (by_code["654"], by_code["411"], figures().due_cents, figures().ahead_cents) == (OWED, 0, 0, 0)
        assert moved_in(2026) == (OWED, 0) and sum_ledger_lines("411", side="lost", year=2026) == OWED
        assert db.session.scalars(select(AuditEntry.verb).filter(AuditEntry.table_name == "loss_step")).all() == ["written_off"] * 2

    back = {"cents": "30", "means": "transfer", "reference": "VIR 12", "note_given": "yes"}
    note = treasurer.get(house.page(f"accounts/{account_id}/note.pdf?of=losses"))
    assert "Total 70 €" in words(note.data) and "à régler avant" not in words(note.data)
    assert "note.pdf?of=losses" in treasurer.get(house.page(f"{path}/losses")).text
    for field, wrong in (("cents", "70,01"), ("means", "card"), ("means", "cash"), ("note_given", "")):  # a car is not paid in cash
        refused = send(treasurer, house.page(f"{path}/recoveries"), back | {field: wrong})
        assert refused.status_code == 422 and f'id="back-{field}-error"' in refused.text, wrong
    assert told()["lost_cents"] == OWED, "a refusal left nothing behind"
    receipt = send(treasurer, house.page(f"{path}/recoveries"), back)
    assert receipt.status_code == 303 and "oiture à 5" in treasurer.get(receipt.location).text
    came = api.post(house.api(f"{path}/recoveries"), json={"cents": 1000, "means": "cheque"}, headers=books)
    assert (came.status_code, came.json) == (201, {"receipt_number": 2, "lost_cents": 3000})
    assert (told()["balance_cents"], told()["paid_cents"], told()["lost_cents"]) == (0, 4000, 3000)
    listed = api.get(house.api("money/losses?act=recovered"), headers=books).json["rows"]
    assert [(line["cents"], line["reason"]) for line in listed] == [(1000, None), (3000, None)]
    with house.reading():
        by_code = figures().by_code
        assert (by_code["654"], by_code["7585"], by_code["411"]) == (OWED, -4000, 0) and moved_in(2026) == (OWED, 4000)
        assert [sum_ledger_lines("411", side=side, year=2026) for side in ("charged", "paid", "lost")] == [OWED, 4000, 3000]
        assert verify_books() is None and find_wrong_month() is None
    for statement in ("UPDATE loss_step SET cents = 1", "DELETE FROM loss_step"):
        with pytest.raises(DBAPIError, match="append-only"):
            by_hand(house, [statement])


def test_a_plan_is_settled_by_what_is_written_off_and_not_begun_again_by_a_recovery(house: House) -> None:
    account_id = make_rental(house)
    with house.writing():
        today = paris_day(house.clock())
        agree_plan(account_id, cents=OWED, months=2, first_on=today, agreed=True, by=ADVISER, now=house.clock())
    lose(house, account_id, 3500)
    with house.reading():
        assert [part.cents for part in list_plans(account_id)[0].standing.left] == [3500]
    lose(house, account_id, 3500)
    with house.reading():
        assert list_plans(account_id)[0].standing.state == "done"
    with house.writing():
        charge_debt(account_id, kind="damage", cents=9000, reason="aile", by=ADVISER, now=house.clock())
        recover(account_id, means="cheque", cents=1000, by=ADVISER, now=house.clock())
    with house.reading():
        assert list_plans(account_id)[0].standing.state == "done" and balance_cents(account_id) == 9000


def test_the_same_key_is_one_recovery(house: House) -> None:
    account_id = make_rental(house)
    lose(house, account_id)
    numbers = []
    for _ in range(2):
        with house.writing():
            numbers.append(
                recover(account_id, means="cheque", cents=3500, key="deux clics", note_given=True, by=ADVISER, now=house.clock()).number
            )
    with house.reading():
        assert numbers[0] == numbers[1] and settled(account_id).lost_cents == 3500 and balance_cents(account_id) == 0


def test_a_card_page_paid_after_the_loss_is_a_recovery_on_an_ended_rental_and_an_advance_on_one_that_runs(house: House) -> None:
    give_keys(house)
    runs, ended = make_rental(house), make_rental(house, reference="booking:2")
    give_back(house, ended)
    for account_id, left in ((runs, -1750), (ended, 0)):
        paid = card_paid(house, account_id)
        with house.reading():
            owed = balance_cents(account_id)
        lose(house, account_id, owed)
        for delivery in paid.deliveries:
            deliver(house, delivery)
        with house.reading():
            came = settled(account_id)
            assert (balance_cents(account_id), came.paid_cents, came.lost_cents) == (left, 1750, owed if left else owed - 1750)


def test_due_is_charged_less_paid_less_lost_and_never_below_zero_for_a_loss(house: House) -> None:
    """Whatever comes in whatever order; each figure and list agrees with the ledger at every step."""
    chance, kept, refused = random.Random(4), 0, 0
    ids = [make_rental(house, reference=f"booking:{number}") for number in range(3)]
    for step in range(45):
        account_id, cents = chance.choice(ids), chance.randrange(1, 5000)
        with house.reading():
            owed, lost = balance_cents(account_id), settled(account_id).lost_cents
        try:
            with house.writing():
                by: dict[str, Any] = {"by": ADVISER, "now": house.clock()}
                match chance.randrange(5):
                    case 0:
                        charge_debt(account_id, kind="damage", cents=cents, reason="essai", **by)
                    case 1:
                        take_payment(account_id, means="cheque", cents=cents, **by)
                    case 2 | 3:
                        write_off(account_id, cents=cents, reason="small", decided_on=paris_day(house.clock()), **by)
                        assert balance_cents(account_id) == owed - cents >= 0
                        kept += 1
                    case 4:
                        recover(account_id, means="transfer", cents=cents, note_given=True, **by)
                        assert (balance_cents(account_id), settled(account_id).lost_cents) == (owed, lost - cents)
        except RuleBroken:
            refused += 1
        with house.reading():
            found = figures()
            for each in ids:
                came = settled(each)
                assert balance_cents(each) == charged_cents(each) - came.paid_cents - came.lost_cents, step
                assert came.lost_cents >= 0
            assert sum(vars(sum_arrears(paris_day(house.clock()))).values()) == found.due_cents
            assert found.by_code["654"] + found.by_code["7585"] == sum(settled(each).lost_cents for each in ids)
            assert moved_in(2026)[1] == sum(settled(each).paid_cents for each in ids) == sum_ledger_lines("411", side="paid", year=2026)
    assert kept > 5 and refused > 5
    with house.reading():
        assert verify_books() is None and find_wrong_month() is None


def both_at_once(house: House, account_id: int, owed_cents: int, monkeypatch: pytest.MonkeyPatch) -> int:
    """A loss of all that is owed, and a payment of it once the loss has read what is owed; what is owed after both."""
    read, paid = Event(), Event()

    def slow(id_: int) -> int:
        owed = balance_cents(id_)
        if not read.is_set():
            read.set()
            paid.wait(1)  # behind the lock nobody pays meanwhile
        return owed

    def pay() -> None:
        assert read.wait(30)
        with house.writing():
            take_payment(account_id, means="cheque", cents=owed_cents, by=ADVISER, now=house.clock())
        paid.set()

    with monkeypatch.context() as slowed, ThreadPoolExecutor(2) as threads:
        slowed.setattr(losses, "balance_cents", slow)
        tries = [threads.submit(lose, house, account_id, owed_cents), threads.submit(pay)]
        for each in tries:
            each.result(60)
    with house.reading():
        return balance_cents(account_id)


@pytest.mark.race
def test_a_payment_and_a_loss_at_once_settle_the_debt_once(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    account_id = make_rental(house)
    owed = give_back(house, account_id)
    assert both_at_once(house, account_id, owed, monkeypatch) == 0
    with house.reading():
        came = settled(account_id)
        assert (came.paid_cents, came.lost_cents) == (owed, 0) and figures().ahead_cents == 0 and verify_books() is None


@pytest.mark.race
def test_without_the_lock_the_debt_would_be_settled_twice(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    with house.reading():
        if db.engine.dialect.name == "sqlite":
            pytest.skip("one writer at a time: the file itself is the lock")
    account_id = make_rental(house)
    owed = give_back(house, account_id)
    monkeypatch.setattr(losses, "lock_account", lambda id_: db.session.get_one(BillingAccount, id_))
    assert both_at_once(house, account_id, owed, monkeypatch) == -owed


def test_a_loss_noted_by_mistake_is_asked_again_once_by_an_entry_that_reverses_its_own(house: House) -> None:
    account_id, other = make_rental(house), make_rental(house, reference="booking:2")
    lose(house, account_id, 3000)
    lose(house, account_id, 1000)
    path, api, heads = f"money/accounts/{account_id}/losses", house.app.test_client(), house.bearer(Role.MANAGER)
    second, first = (line["number"] for line in api.get(house.api(path), headers=heads).json)
    client, treasurer = house.client(Role.MANAGER), house.client(Role.TREASURER)
    assert "Annuler une perte" in client.get(house.page(path)).text and "Annuler une perte" not in treasurer.get(house.page(path)).text
    undo = f"{path}/take-back"
    assert send(treasurer, house.page(undo), {"number": first, "why": "x"}).status_code == 403
    refused = send(client, house.page(undo), {"number": first, "why": ""})
    assert refused.status_code == 422 and 'id="undo-why-error"' in refused.text
    mine = {"number": first, "why": "Elle a payé le mois d’avant, au guichet"}
    assert api.post(house.api(f"money/accounts/{other}/losses/take-back"), json=mine, headers=heads).status_code == 404
    assert send(client, house.page(undo), mine).status_code == 303
    assert api.post(house.api(undo), json=mine, headers=heads).status_code == 422, "once"
    with house.reading():
        assert (balance_cents(account_id), settled(account_id).lost_cents, settled(account_id).paid_cents) == (OWED - 1000, 1000, 0)
        entries = db.session.scalars(select(JournalEntry).order_by(JournalEntry.number)).all()
        lost = next(entry for entry in entries if entry.reference == f"PERTE-{first:06d}")
        assert entries[-1].reverses == lost.number and verify_books() is None and find_wrong_month() is None
        assert sum_ledger_lines("654") == 1000 and verify_books() is None
    with house.writing():
        recover(account_id, means="cheque", cents=400, by=ADVISER, now=house.clock())
    late = api.post(house.api(undo), json={"number": second, "why": "erreur"}, headers=heads)
    assert late.status_code == 422 and "recouvrée" in late.json["detail"]
    told = api.get(house.api(path), headers=heads).json
    assert [line["act"] for line in told] == ["recovered", "taken_back", "written_off", "written_off"]
    assert (told[1]["undoes_number"], told[1]["reference"]) == (first, mine["why"])
    assert "Elle a payé" in treasurer.get(house.page("money/losses?act=taken_back")).text
