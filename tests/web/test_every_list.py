"""Every list there is, in one table: sorted, filtered, carried away, refused in words, and as cheap for many rows as for few."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from billing.actions import hirers, payments, reminders
from billing.actions.hire_bills import enter_invoice
from billing.actions.losses import write_off
from billing.models import Banking, BankLine, CardDispute, ChargeRun, Closing, DrawerCount, GatewayPayout, Payer, PayerInvoice
from fleet.actions import costs, past_rentals, waiting, work_orders
from fleet.amie_folder import COLUMNS, FILES, FileLine, read_amie
from fleet.models import Booking, Defect
from mobility.actions import invitations, structures
from mobility.actions.workshops import plan_workshop
from mobility.db import db
from mobility.listing import Filter, Listing
from mobility.models import Erasure, ImportDoubt, ImportRun, RetentionNotice
from mobility.rights import Role, Viewer
from tests.garage import make_person, make_vehicle
from tests.house import House
from tests.listings import LISTS
from tests.money import ADVISER, make_deposit, make_rental
from tests.statements import counted
from tests.web.test_lists import form, lines
from tests.web.test_statements import fill as fill_the_garage


@pytest.fixture
def house(house: House) -> House:
    """With an import to look at."""
    with house.writing():
        run = ImportRun(kind="liaison", source="essai", started_at=house.clock(), counts={})
        db.session.add(run)
        db.session.flush()
        assert run.id == 1
    return house


def fill_everywhere(house: House, numbers: range) -> None:
    """More of whatever a list may hold."""
    fill_the_garage(house, numbers)
    for number in numbers:
        form(house, last_name=f"Essai {chr(65 + number % 26)}", birth_on=f"19{50 + number % 50}-07-14")
        account_id = make_rental(house, reference=f"list:{number}")
        make_deposit(house, account_id)
        with house.writing():
            by, now = house.viewer(Role.MANAGER), house.clock()
            paid = payments.take_payment(account_id, means="cheque", cents=1000, by=ADVISER, now=now)
            disputed = CardDispute(reference=f"dp_{number}", payment_id=paid.payment_id, cents=number, status="won", opened_at=now)
            db.session.add_all([disputed, GatewayPayout(reference=f"po_{number}", cents=1, status="paid", made_at=now, entry_number=1)])
            write_off(account_id, cents=100, reason="small", decided_on=date(2026, 3, 2), by=by, now=now)
            reminders.send_reminder(account_id, by=by, now=now)
            work_orders.open_order(make_vehicle(house, f"Atelier {number}").id, subject="service", by=by, now=now)
            waiter = make_person(house, 10_000 + number)
            warned = RetentionNotice(
                beneficiary_id=waiter.id, last_on=date(2024, 3, 2), last_what="location", due_on=date(2026, 3, 2), noticed_at=now
            )
            db.session.add_all([warned, Erasure(beneficiary_id=waiter.id, why="told", erased_at=now, sealed_at=now)])
            waiting.ask(waiter.id, kind="car", first_on=date(2026, 3, 9), last_on=date(2026, 4, 5), by=by, now=now)
            costs.note_cost(
                make_vehicle(house, f"Dépense {number}").id, on=date(2026, 3, 2), kind="fuel", cents=900 + number, by=by, now=now
            )
            run = ChargeRun(started_at=now, ended_at=now, rentals=number, done=number)
            db.session.add_all([_closed(number, now), *_drawer(number, now), run, _invoiced(number, now)])
            db.session.add(
                BankLine(iban="", mark=str(number), on=date(2026, 3, 2), cents=number, label="VIR", payer="", reference="", sent_at=now)
            )
            db.session.add(_told(number, make_vehicle(house, f"Grinçante {number}").id, now))
            _hire(account_id, number, by=by, now=now)
            _plan(house, number, now)
            structures.add_structure(name=f"Structure {number}", kind="association", by=by, now=now)
            past_rentals.take_in(_file(number), "essai", by=by, now=now)
            invitations.open_and_invite(name="Éa Essai", email=f"ea{number}@example.org", role="mechanic", by=by, now=now)
            db.session.add(
                ImportDoubt(import_run_id=1, file="actions.csv", line=number, reason="Date illisible", taken=False, on=date(2026, 3, 2))
            )


def _plan(house: House, number: int, now: datetime) -> None:
    told: dict[str, Any] = {"subject": "networks", "title": f"Atelier {number}", "minutes": 120, "places": 8, "open_to": "everybody"}
    plan_workshop(**told, site_id=house.site_id, starts_at=now + timedelta(days=number), by=house.viewer(Role.ADVISER), now=now)


def _file(number: int) -> FileLine:
    line = f"{number};02/01/2008;Structure {number};Essai;É{number};F;19/01/1966;;;;;;;;;07/01/2008;;;"
    return read_amie({FILES: f"{';'.join(COLUMNS)}\n{line}".encode()}, today=date(2026, 3, 2)).files[0]


def _closed(number: int, now: datetime) -> Closing:
    """A day long before the first entry."""
    day = date(2000, 1, 1) + timedelta(days=number)
    kept = {"last_entry": 0, "last_hash": "0" * 64, "sums": {}, "running_cents": 0, "hash": "0" * 64}
    return Closing(kind="day", first_on=day, last_on=day, closed_at=now, **kept)


def _drawer(number: int, now: datetime) -> list[Banking | DrawerCount]:
    """A drawer opened and closed, and what was taken from it."""
    nothing = {"expected_cents": 0, "counted_cents": 0, "last_entry": 0}
    return [Banking(number=number, cents=1, made_at=now), *(DrawerCount(number=2 * number - n, at=now, **nothing) for n in (1, 0))]


def _invoiced(number: int, now: datetime) -> PayerInvoice:
    """An invoice to a payer of its own."""
    payer = Payer(name=f"Payeur {number}", kind="other", address="1 rue du Port", added_at=now)
    db.session.add(payer)
    db.session.flush()
    day = date(2026, 1, 1)
    return PayerInvoice(number=number, payer_id=payer.id, first_on=day, last_on=day, cents=1, content={"lines": []}, issued_at=now)


def _hire(account_id: int, number: int, *, by: Viewer, now: datetime) -> None:
    """An order to a hirer of its own, invoiced."""
    day = date(2026, 2, 16)
    hirer = hirers.add_hirer(name=f"Loueur {number}", address="1 rue du Port", by=by, now=now)
    ordered: dict[str, Any] = {"first_on": day, "last_on": day, "unit": "day", "unit_cents": 100 + number}
    order = hirers.place_order(account_id, hirer_id=hirer.id, **ordered, by=by, now=now)
    days = {"first_on": day, "last_on": day, "on": day}
    enter_invoice(order.id, reference=f"F{number}", **days, rent_cents=100, total_cents=100, by=by, now=now)


def _told(number: int, vehicle_id: int, now: datetime) -> Defect:
    booking_id = db.session.scalars(select(Booking.id)).first() or 0
    return Defect(vehicle_id=vehicle_id, booking_id=booking_id, part="noise", words=f"Bruit {number}", state="new", told_at=now)


def answers(listing: Listing) -> Iterator[tuple[str, str]]:
    """An answer to each filter of a list."""
    for each in listing.filters:
        if each.name not in ("site_id", "garage_id"):
            yield each.name, answer(each)


def answer(asked: Filter) -> str:
    if asked.options:
        return str(asked.options()[0][0])
    return "2026-03-02" if asked.is_day else "2026" if asked.name == "year" else "Essai"


@pytest.mark.parametrize(("path", "role", "listing"), LISTS)
def test_every_list_sorts_filters_and_goes_out(house: House, path: str, role: Role, listing: Listing) -> None:
    """Each order, each filter with an answer, and both files: the database takes them all."""
    client = house.client(role)
    tries = [f"sort={sort}" for sort in listing.sorts] + [f"{name}={value}" for name, value in answers(listing)]
    assert {each: client.get(house.page(f"{path}?{each}")).status_code for each in tries} == dict.fromkeys(tries, 200)
    headings = [column.heading for column in listing.columns]
    raw = client.get(house.page(f"{path}?format=csv&sort={next(iter(listing.sorts))}"))
    assert raw.data.decode("utf-8-sig").splitlines()[0].split(";") == headings
    book = load_workbook(BytesIO(client.get(house.page(f"{path}?format=xlsx")).data))
    assert [cell.value for cell in book.worksheets[0][1]] == headings
    wrong = client.get(house.page(f"{path}?sort=nonsense"))
    assert wrong.status_code == 422 and 'role="alert"' in wrong.text
    assert client.get(house.page(f"{path}?page=99")).status_code == 404


def test_no_list_asks_more_for_many_rows_than_for_few(house: House) -> None:
    """On the page and in the file; and each list did grow meanwhile."""
    fill_everywhere(house, range(100, 102))
    before = {(path, role): measured(house, path, role) for path, role, _ in LISTS}
    fill_everywhere(house, range(200, 205))
    after = {(path, role): measured(house, path, role) for path, role, _ in LISTS}
    assert {which: asked for which, (_, *asked) in after.items()} == {which: asked for which, (_, *asked) in before.items()}
    assert {which for which, (rows, *_) in after.items() if rows < before[which][0] + 5} == set()


def measured(house: House, path: str, role: Role) -> tuple[int, int, int]:
    """How many rows the file has, how many statements the page asks, how many the file."""
    client = house.client(role)
    client.get(house.page(path))
    with counted(house.app) as page:
        assert client.get(house.page(path)).status_code == 200
        asked = len(page)
    with counted(house.app) as file:
        rows = lines(client.get(house.page(f"{path}?format=csv")).data)
    return len(rows), asked, len(file)


def test_the_description_of_the_api_says_how_lists_answer(house: House) -> None:
    """No address answers with a bare list of what has a page of its own."""
    told = house.app.test_client().get("/api/v1/openapi.json").json
    shapes = told["components"]["schemas"]
    for path in ("beneficiaries", "structures", "accounts", "payments", "money/accounts", "money/ledger/{code}", "imports/{run_id}/doubts"):
        answered = told["paths"][f"/api/v1/p/{{slug}}/{path}"]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
        shape = shapes[answered["$ref"].rpartition("/")[2]]
        assert {"total", "next", "rows"} <= set(shape["required"]), path
        assert all(shape["properties"][name]["description"] for name in ("total", "next", "rows")), path
