"""Credit notes on payers' invoices: what they give up, once, whatever is given back before or after (domain.md §9)."""

from contextlib import suppress
from datetime import date
from threading import Barrier, BrokenBarrierError

import pytest

from billing.actions import accounts
from billing.actions import invoices as actions
from billing.invoices import Progress
from billing.models import PayerInvoice
from billing.queries import balance_cents, verify_books
from mobility.rights import Role
from tests.actions.test_billing_accounts import ADVISER
from tests.browsing import post
from tests.house import House
from tests.ports.read_pdf import words
from tests.racing import race
from tests.web.test_payers import COUNTY, SHARE, charge_a_week, in_books


@pytest.fixture
def account_id(house: House) -> int:
    """A week of car charged, at 5 € a day, on Monday 9 March."""
    return charge_a_week(house)


@pytest.mark.parametrize("comes_first", ["note", "days back"])
@pytest.mark.parametrize("lines", [[1], []], ids=["a line", "all that is left"])
def test_days_given_up_and_given_back_are_taken_off_once(house: House, account_id: int, comes_first: str, lines: list[int]) -> None:
    """Seven days asked, all given up by a note, two of them given back as out of service: nothing is owed, nothing is to be deducted."""
    api, by = house.app.test_client(), house.bearer(Role.TREASURER)
    payer_id = api.post(house.api("money/payers"), json=COUNTY, headers=by).json["id"]
    capless = {name: told for name, told in SHARE.items() if name != "most_month_cents"} | {"payer_id": payer_id, "to_on": "2026-03-08"}
    assert api.post(house.api(f"money/accounts/{account_id}/agreements"), json=capless, headers=by).status_code == 201
    house.clock.forward(days=27)
    issue = {"json": {"month_on": "2026-03-15"}, "headers": by}
    assert api.post(house.api(f"money/payers/{payer_id}/invoices"), **issue).json["cents"] == 2100

    def give_days_back() -> None:
        with house.writing():
            accounts.add_out_of_service(account_id, first_on=date(2026, 3, 2), last_on=date(2026, 3, 3), by=ADVISER, now=house.clock())

    if comes_first == "days back":
        give_days_back()
    noted = api.post(house.api("money/invoices/1/credit"), json={"reason": "Décision retirée.", "lines": lines}, headers=by)
    assert noted.json["cents"] == -2100, noted.json
    if comes_first == "note":
        give_days_back()
    claims = api.get(house.api("money/claims"), headers=by).json
    assert {name: claims[name] for name in ("new", "back", "not_invoiced")} == {"new": 0, "back": 0, "not_invoiced": 0}
    with house.reading():
        assert in_books("4112") == 0
    assert api.post(house.api(f"money/payers/{payer_id}/invoices"), **issue).status_code == 409


@pytest.fixture
def invoiced(house: House, account_id: int) -> House:
    """An invoice of 21 € for seven days of March, on Sunday 5 April."""
    api, by = house.app.test_client(), house.bearer(Role.TREASURER)
    payer_id = api.post(house.api("money/payers"), json=COUNTY, headers=by).json["id"]
    api.post(house.api(f"money/accounts/{account_id}/agreements"), json=SHARE | {"payer_id": payer_id}, headers=by)
    house.clock.forward(days=27)
    asked = api.post(house.api(f"money/payers/{payer_id}/invoices"), json={"month_on": "2026-03-15"}, headers=by)
    assert asked.json["cents"] == 2100
    return house


def test_a_part_of_a_line_is_given_up_never_below_what_was_paid_and_nobody_owes_it(invoiced: House, account_id: int) -> None:
    house, client = invoiced, invoiced.client(Role.TREASURER)
    api, by = house.app.test_client(), house.bearer(Role.TREASURER)
    page = house.page("money/invoices/1/credit")
    assert "21 €" in client.get(page).text.replace("\u00a0", " ")
    with house.reading():
        own = balance_cents(account_id)
    why = {"reason": "Deux jours hors de la décision."}
    for wrong, field in [({"cents": "5"}, "lines"), ({"lines": "2"}, "lines"), ({"lines": "1", "cents": "22"}, "cents")]:
        refused = post(client, page, why | wrong)
        assert refused.status_code == 422 and f'id="f-{field}-error"' in refused.text and why["reason"] in refused.text, wrong
    assert post(client, page, why | {"lines": "1", "cents": "5"}).status_code == 303
    note = api.get(house.api("money/invoices/2"), headers=by).json
    assert (note["cents"], note["lines"][0]["line"], note["lines"][0]["by_day"]) == (-500, 1, {"2026-03-07": -200, "2026-03-08": -300})
    assert "Plus personne ne doit cette somme" in client.get(house.page("money/invoices/2")).text.replace("\u00a0", " ")
    text = words(client.get(house.page("money/invoices/2.pdf")).data)
    assert "FSL-0871" in text and "Ni le payeur ni la personne" in text
    first = api.get(house.api("money/invoices/1"), headers=by).json
    assert (first["left_cents"], first["state"]) == (1600, "issued")
    assert api.post(house.api("money/invoices/1/paid"), json={"cents": 1000, "received_on": "2026-04-05"}, headers=by).status_code == 200
    line = {"lines": [1], "reason": "La ligne entière."}
    refused = api.post(house.api("money/invoices/1/credit"), json=line, headers=by)
    assert refused.status_code == 422 and "6 €" in refused.json["detail"].replace("\u00a0", " "), "16 € of the line, but 10 € were paid"
    assert api.post(house.api("money/invoices/1/credit"), json=line | {"cents": 600}, headers=by).json["cents"] == -600
    assert api.get(house.api("money/invoices/1"), headers=by).json["state"] == "credited"
    assert "Rien à rendre" in client.get(page).text
    with house.reading():
        assert (in_books("4112"), in_books("512"), balance_cents(account_id)) == (0, 1000, own) and verify_books() is None


def contested(house: House, monkeypatch: pytest.MonkeyPatch, *, patience: int = 1) -> list[str]:
    """The whole is paid and given up at once, each reading what is left before the other writes if it can; how each ended."""
    both_read, look = Barrier(2), actions.progress_of

    def read_then_wait(invoice: PayerInvoice) -> Progress:
        found = look(invoice)
        with suppress(BrokenBarrierError):
            both_read.wait(timeout=patience)  # where the other is held back, nobody comes
        return found

    monkeypatch.setattr(actions, "progress_of", read_then_wait)
    by, now = ADVISER, house.clock()

    def attempt(client: int, _: int) -> str:
        with house.writing():
            if client:
                actions.receive(1, cents=2100, received_on=date(2026, 4, 5), by=by, now=now)
            else:
                actions.credit(1, reason="Essai", lines=[1], by=by, now=now)
        return "done"

    return sorted(t.answer if isinstance(t.answer, str) else type(t.answer).__name__ for t in race(2, 1, attempt))


def test_paid_and_given_up_at_once_one_comes_through(invoiced: House, monkeypatch: pytest.MonkeyPatch) -> None:
    assert contested(invoiced, monkeypatch) == ["Conflict", "done"]
    with invoiced.reading():
        assert in_books("4112") == 0 and verify_books() is None


def test_without_its_lock_both_come_through_where_the_engine_lets_two_write(invoiced: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "lock_payer", actions.get_payer)
    is_sqlite = invoiced.app.extensions["settings"].database_url.startswith("sqlite")
    ended = contested(invoiced, monkeypatch, patience=1 if is_sqlite else 30)
    assert ended == (["Conflict", "done"] if is_sqlite else ["done", "done"])
    with invoiced.reading():
        assert in_books("4112") == (0 if is_sqlite else -2100)
