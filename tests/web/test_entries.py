"""The accountant's file: the page, the API and the command hand over the same bytes, and the checker passes them."""

import io
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from sqlalchemy import func, select

from billing.actions import ledger, payments
from billing.analytic import CODED, is_coded
from billing.entries import charge_posted, drawer_differed, fuel_paid, rent_shared
from billing.fec import HEADING, written
from billing.fec_check import check
from billing.ledger import reversal
from billing.models import BillingAccount, JournalEntry, LedgerLine, LedgerMonth, Payer
from billing.queries.analytic import sums_of
from billing.queries.books import read_entry
from billing.queries.entries import entries_of, rows_of
from billing.shares import party_of
from mobility.db import db, total_of
from mobility.models import Platform, Setting
from mobility.rights import Role
from tests.house import House
from tests.money import ADVISER, make_deposit, make_rental
from tests.web.test_figures import desk_receives

NAME = "123456789FEC20261231.txt"


@pytest.fixture
def books(house: House) -> House:
    """A rental charged and partly paid, a deposit in cash, and an uncashed cheque that stays off the balance sheet."""
    account_id, other = make_rental(house), make_rental(house, kind="bike", reference="booking:2")
    for of, kind in ((account_id, "uncashed_cheque"), (other, "cash")):
        desk_receives(house, make_deposit(house, of, kind=kind))
    with house.writing():
        payments.take_payment(account_id, means="cheque", cents=1234, by=ADVISER, now=house.clock())
        db.session.get_one(Platform, house.platform_id).siren = "123456789"
    return house


def test_the_page_the_api_and_the_command_hand_over_one_file(books: House, tmp_path: Path) -> None:
    client = books.client(Role.TREASURER)
    answer = client.get(books.page("money/entries?year=2026&format=txt"))
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{NAME}"' and answer.mimetype == "text/plain"
    lines = answer.data.splitlines(keepends=True)
    assert list(check(NAME, lines)) == [] and len(lines) > 6
    assert not any(account.startswith(b"8") for account in (line.split(b"\t")[4] for line in lines[1:]))
    with books.reading():
        found = entries_of(2026)
        (person,) = {line.party for line in rows_of(2026) if line.party}
    assert b"P-" in answer.data and person.encode() in answer.data
    assert found.total_cents == sum(int(line.split(b"\t")[11].replace(b",", b"")) for line in lines[1:])
    api: Any = books.app.test_client()
    assert api.get(books.api("money/entries/file?year=2026"), headers=books.bearer(Role.MANAGER)).data == answer.data
    told = api.get(books.api("money/entries?year=2026"), headers=books.bearer(Role.MANAGER)).json
    assert (told["file_name"], told["title"], told["total_cents"]) == (NAME, "Écritures à importer", found.total_cents)
    run = books.app.test_cli_runner()
    said = run.invoke(args=["export", "entries", "--platform", books.slug, "--year", "2026", "--folder", str(tmp_path)])
    assert said.exit_code == 0 and (tmp_path / NAME).read_bytes() == answer.data, said.output
    checked = run.invoke(args=["fec", "check", str(tmp_path / NAME)])
    assert (checked.exit_code, checked.output) == (0, f"{NAME} : 0 à corriger, 0 à voir.\n")
    (tmp_path / NAME).write_bytes(answer.data.replace(b"\r\n", b"\r").replace(b"12,34", b"12.34", 1) + b"\xff\n" * 30)
    checked = run.invoke(args=["fec", "check", str(tmp_path / NAME)])
    assert checked.exit_code == 1 and "À voir, ligne" in checked.output and "… et 10 autres de même sorte (width)." in checked.output


def test_the_spreadsheet_holds_the_same_lines_typed(books: House) -> None:
    data = books.client(Role.MANAGER).get(books.page("money/entries?year=2026&format=xlsx")).data
    sheet = list(openpyxl.load_workbook(io.BytesIO(data)).active.iter_rows(values_only=True))
    api = books.app.test_client().get(books.api("money/entries/sheet?year=2026"), headers=books.bearer(Role.TREASURER))
    told = list(openpyxl.load_workbook(io.BytesIO(api.data)).active.iter_rows(values_only=True))
    with books.reading():
        rows = list(rows_of(2026))
    assert told == sheet and len(sheet) == len(rows) + 1 and sheet[1][3].date() == rows[0].on
    assert sum(line[11] for line in sheet[1:]) * 100 == pytest.approx(sum(row.debit_cents for row in rows))


def test_all_the_books_here_make_an_fec_that_begins_with_what_was_carried_over(books: House) -> None:
    with books.writing():
        db.session.add(Setting(key="billing.keeps_all_books", from_on=date(2026, 1, 1), value=True))
    page = books.client(Role.TREASURER).get(books.page("money/entries?year=2027")).text
    assert "Fichier des écritures comptables (FEC)" in page and "À nouveaux" in page
    with books.reading():
        carried, stood = list(rows_of(2027)), entries_of(2027)
        assert list(check(NAME.replace("2026", "2027"), [HEADING, *map(written, carried)])) == []
    assert {row.account for row in carried} == {"120", "165", "411", "5112", "530"} and stood.total_cents == sum(
        row.debit_cents for row in carried
    )


def test_without_a_siren_the_page_says_so_and_no_file_is_made(house: House) -> None:
    make_rental(house)
    client = house.client(Role.TREASURER)
    assert "Il manque le SIREN" in client.get(house.page("money/entries?year=2026")).text
    refused = client.get(house.page("money/entries?year=2026&format=txt"))
    assert refused.status_code == 409 and "Qui nous sommes" in refused.text
    assert client.get(house.page("money/entries?year=1e3")).status_code == 422
    said = house.app.test_cli_runner().invoke(args=["export", "entries", "--platform", house.slug, "--year", "2026"])
    assert said.exit_code == 1 and "par le SIREN" in said.output


def test_the_accountants_own_accounts_are_on_the_screen_and_in_the_file_from_their_day_on(books: House) -> None:
    api: Any = books.app.test_client()
    change, heads = books.api("settings/billing.account.706"), books.bearer(Role.MANAGER)
    for nonsense in ("70", "706", "locations", "706  ", "706100 " + "x" * 81, "=706 Locations"):
        refused = api.post(change, json={"value": nonsense, "from_on": "2026-03-02"}, headers=heads)
        assert refused.status_code == 422 and "706100 Locations solidaires" in refused.json["errors"]["value"], nonsense
    with books.reading():
        before = list(rows_of(2026))
    for from_on, value in (("2026-03-02", "706100 Locations solidaires"), ("2026-03-03", "999 Demain")):
        assert api.post(change, json={"value": value, "from_on": from_on}, headers=heads).status_code < 300
    with books.reading():
        after = list(rows_of(2026))
        assert list(check(NAME, [HEADING, *map(written, after)])) == []
    named = {(row.account, row.account_label) for row in after}
    assert named - {(row.account, row.account_label) for row in before} == {("706100", "Locations solidaires")}
    assert [row.debit_cents for row in after] == [row.debit_cents for row in before], "only the names moved"
    client = books.client(Role.TREASURER)
    assert "706100" in client.get(books.page("money/chart")).text
    page = client.get(books.page("money/ledger/706")).text
    assert "Compte 706100" in page and "Locations solidaires" in page
    told = {each["code"]: each for each in api.get(books.api("money/chart"), headers=books.bearer(Role.TREASURER)).json}
    assert told["706"] == {"code": "706", "number": "706100", "label": "Locations solidaires", "key": "billing.account.706"}
    assert told["530"]["number"] == "530" and "8028" not in told


def test_what_is_settled_in_the_year_is_lettered_in_the_file_and_stays_so(books: House) -> None:
    def lettered() -> dict[str, tuple[str, str, int]]:
        with books.reading():
            rows = list(rows_of(2026))
        assert list(check(NAME, [HEADING, *map(written, rows)])) == []
        assert all((row.settled_on is None) == (row.letter == "") for row in rows)
        return {
            f"{row.piece} {row.account}": (row.party or "", row.letter, row.debit_cents - row.credit_cents) for row in rows if row.letter
        }

    def pay(cents: int) -> None:
        with books.writing():
            payments.take_payment(account_id, means="cheque", cents=cents, by=ADVISER, now=books.clock())

    assert lettered() == {}, "paid in part"
    with books.reading():
        line = db.session.execute(select(LedgerLine.account_id, func.sum(LedgerLine.debit_cents - LedgerLine.credit_cents).label("owed"))
            .filter(LedgerLine.ledger_code == "411").group_by(LedgerLine.account_id).order_by(LedgerLine.account_id)).first()  # fmt: skip
        assert line is not None
        account_id, owed = line[0], int(line[1])
    pay(owed - 1)
    assert lettered() == {}, "a cent is open"
    pay(1)
    first = lettered()
    assert {letter for _, letter, _ in first.values()} == {"AA"} and sum(cents for *_, cents in first.values()) == 0 and len(first) >= 4
    pay(200)
    assert lettered() == first, "what comes later moves no letter"
    data = books.client(Role.TREASURER).get(books.page("money/entries?year=2026&format=xlsx")).data
    sheet = list(openpyxl.load_workbook(io.BytesIO(data)).active.iter_rows(values_only=True))
    assert [line[13] for line in sheet].count("AA") == len(first) and {line[14] for line in sheet[1:] if line[13] is None} == {None}
    books.clock.set(datetime(2027, 1, 5, 9, tzinfo=UTC))
    with books.writing():
        before = db.session.scalars(select(JournalEntry.number).order_by(JournalEntry.number.desc())).first()
        assert before is not None
        entry, of_account, reference = read_entry(before)
        ledger.post(reversal(before, entry, date(2027, 1, 5)), now=books.clock(), account_id=of_account, reference=reference)
    assert lettered() == first, "settled by another year's entry: no letter of which a part is in another file"


@pytest.mark.parametrize("all_books", [True, False])
def test_a_debt_of_december_bears_the_letter_of_its_payment_in_january(books: House, all_books: bool) -> None:
    with books.writing():
        db.session.add(Setting(key="billing.keeps_all_books", from_on=date(2026, 1, 1), value=all_books))
        lines = select(LedgerLine.account_id, func.sum(LedgerLine.debit_cents - LedgerLine.credit_cents)).group_by(LedgerLine.account_id)
        account_id, owed = db.session.execute(lines.filter(LedgerLine.ledger_code == "411").order_by(LedgerLine.account_id)).first() or (
            0,
            0,
        )
    with books.reading():
        handed_over = list(rows_of(2026))
    books.clock.set(datetime(2027, 1, 5, 9, tzinfo=UTC))
    with books.writing():
        payments.take_payment(account_id, means="cheque", cents=int(owed), by=ADVISER, now=books.clock())
    with books.reading():
        rows, stood = list(rows_of(2027)), entries_of(2027)
        assert list(rows_of(2026)) == handed_over, "a past year's file stays as it was"
    assert list(check(NAME.replace("2026", "2027"), [HEADING, *map(written, rows)])) == [] and stood.total_cents == sum(
        row.debit_cents for row in rows
    )
    lettered = [(row.journal, row.letter, row.debit_cents - row.credit_cents, row.settled_on) for row in rows if row.letter]
    paid_on = date(2027, 1, 5)
    assert lettered == ([("AN", "AA", owed, paid_on), ("BQ", "AA", -owed, paid_on)] if all_books else []), (
        "the debt is in no file but 2026's"
    )


def test_income_costs_and_payers_carry_a_code_and_its_sums_are_those_of_the_books(books: House) -> None:
    api: Any = books.app.test_client()
    heads = books.bearer(Role.MANAGER)
    change = books.api("settings/billing.analytic.action.daily")
    for nonsense in ("LOC", "loc Location", "LOCATION-SOLIDAIRE Location", "=LOC Location"):
        refused = api.post(change, json={"value": nonsense, "from_on": "2026-03-02"}, headers=heads)
        assert refused.status_code == 422 and "LOC Location solidaire" in refused.json["errors"]["value"], nonsense
    assert api.post(change, json={"value": "A12 Location solidaire", "from_on": "2026-03-02"}, headers=heads).status_code < 300
    with books.writing():
        payer = Payer(name="Fonds", kind="temp_work_fund", address="1 rue de l’Essai", added_at=books.clock())
        db.session.add(payer)
        db.session.flush()
        account_id = db.session.scalars(select(BillingAccount.id).order_by(BillingAccount.id)).first()
        day = date(2026, 3, 2)
        for entry in (
            rent_shared("P-1", 300, {party_of(payer.id): 700}, on=day, label="Semaine"),
            drawer_differed(-40, on=day, label="Écart"),
            fuel_paid("transfer", 900, on=day, label="Aide"),
            charge_posted("P-1", "membership", 500, on=day, label="Cotisation"),
        ):
            ledger.post(entry, now=books.clock(), account_id=account_id)
    with books.reading():
        rows, sums = list(rows_of(2026)), sums_of(2026)
        of_books = db.session.execute(
            select(LedgerMonth.ledger_code, total_of(LedgerMonth.debit_cents), total_of(LedgerMonth.credit_cents))
            .filter(LedgerMonth.ledger_code.in_(CODED))
            .group_by(LedgerMonth.ledger_code)
        ).all()
    assert all(bool(row.analytic) == is_coded(row.account) for row in rows)
    codes = {(row.account, row.analytic) for row in rows if row.analytic}
    assert codes == {("706", "A12"), ("4112", "F-TT"), ("658", "CAISSE"), ("6571", "CARBURANT"), ("756", "COTIS")}
    for code, debit_cents, credit_cents in of_books:
        under = [each for each in sums if each.account == code]
        assert (sum(each.debit_cents for each in under), sum(each.credit_cents for each in under)) == (debit_cents, credit_cents), code
        told = [row for row in rows if row.account == code]
        assert (sum(row.debit_cents for row in told), sum(row.credit_cents for row in told)) == (debit_cents, credit_cents), code
    assert {each.account for each in sums} == {code for code, _, _ in of_books} and len(of_books) == 5
    client = books.client(Role.TREASURER)
    page = client.get(books.page("money/analytic?year=2026")).text
    assert "A12" in page and "F-TT" in page and client.get(books.page("money/analytic?year=1e3")).status_code == 422
    plain = client.get(books.page("money/entries?year=2026&format=txt"))
    coded = client.get(books.page("money/entries?year=2026&format=analytic"))
    assert "FEC" not in coded.headers["Content-Disposition"] and b"Analytique" not in plain.data
    lines = [line.rsplit(b"\t", 1) for line in coded.data.splitlines()]
    assert [line for line, _ in lines] == plain.data.splitlines() and [code.decode() for _, code in lines[1:]] == [
        row.analytic for row in rows
    ]
    assert api.get(books.api("money/analytic/file?year=2026"), headers=heads).data == coded.data
    data = api.get(books.api("money/analytic/sheet?year=2026"), headers=heads).data
    sheet = list(openpyxl.load_workbook(io.BytesIO(data)).active.iter_rows(values_only=True))
    assert [line[18] or "" for line in sheet] == ["Analytique", *(row.analytic for row in rows)]
    answer = api.get(books.api("money/analytic?year=2026"), headers=heads).json
    assert len(answer["sums"]) == len(sums) and {"A12", "F-DEP"} <= {each["code"] for each in answer["codes"]}
