"""The hirer's way from the order to the end of the guarantee: both mouths, each entry, who may, and what is refused."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from io import BytesIO
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import select

from billing import hires
from billing.actions import hire_bills, hirers
from billing.actions.payers import add_payer
from billing.fec_check import check
from billing.hires import number_of
from billing.ledger import GIVEN, GUARANTEE_CALLED, HIRED, HIRERS, SHARES_BORNE, SUBSIDIES
from billing.models import BillingAccount, HireOrder, HireStep, LedgerLine
from billing.queries.accounts import balance_cents
from billing.queries.books import verify_books
from billing.queries.figures import figures
from billing.queries.hires import get_hire, parts_of
from mobility.db import db
from mobility.errors import Conflict
from mobility.models import AuditEntry, Platform
from mobility.rights import Role
from tests.browsing import post
from tests.house import House
from tests.money import ADVISER, make_rental
from tests.ports.read_pdf import words
from tests.rules.test_uploads import make_picture

ORDER = {"first_on": date(2026, 2, 16), "last_on": date(2026, 3, 17), "unit": "day", "unit_cents": 1_000}  # 30 days, 300 €
INVOICE = {
    "reference": "F-12",
    "on": "2026-03-01",
    "first_on": "2026-02-16",
    "last_on": "2026-03-17",
    "rent_cents": 30_000,
    "total_cents": 30_000,
    "vat_cents": 5_000,
}


class Desk:
    """A rental that owes 70 €, a hirer, and an order of 30 days at 10 €."""

    def __init__(self, house: House, reference: str = "booking:1") -> None:
        self.house, self.account_id = house, make_rental(house, reference=reference)
        with house.writing():
            by, now = house.viewer(Role.MANAGER), house.clock()
            given = {"address": "1 route des Forges, 08990 Hautbois", "siret": "12345678200002", "contact": "Mme Vautrin"}
            self.hirer_id = hirers.add_hirer(name=f"Locations {reference}", **given, by=by, now=now).id
            db.session.flush()
            self.hire_id = hirers.place_order(self.account_id, hirer_id=self.hirer_id, **ORDER, by=by, now=now).id
        self.api, self.heads = house.app.test_client(), house.bearer(Role.MANAGER)
        self.page = house.page(f"money/hires/{self.hire_id}")

    def ask(self, what: str, step_id: int | None = None, **asked: Any) -> Any:
        """One act in JSON."""
        where = f"/steps/{step_id}" if step_id else ""
        return self.api.post(self.house.api(f"money/hires/{self.hire_id}{where}/{what}"), json=asked, headers=self.heads)

    def do(self, what: str, step_id: int | None = None, **asked: Any) -> int:
        """The same, done: its step."""
        answer = self.ask(what, step_id, **asked)
        assert answer.status_code == 201, answer.json
        return int(answer.json["id"])

    def told(self) -> Any:
        return self.api.get(self.house.api(f"money/hires/{self.hire_id}"), headers=self.heads).json

    def books(self, *codes: str) -> tuple[int, ...]:
        with self.house.reading():
            assert verify_books() is None
            return tuple(figures().by_code[code] for code in codes)


@pytest.fixture
def desk(house: House) -> Iterator[Desk]:
    yield Desk(house)


def payer_in(house: House) -> int:
    with house.writing():
        told = {"name": "Mission locale du Vallon", "kind": "mission_locale", "address": "8 rue du Relais, 13000 Montcaillou"}
        return add_payer(**told, by=house.viewer(Role.TREASURER), now=house.clock()).id


def test_from_the_order_to_the_end_each_act_has_its_entry_and_the_books_say_who_paid(house: House, desk: Desk) -> None:
    assert (desk.told()["state"], desk.told()["parts"]) == ("ordered", {"invoiced": 0, "person": 7_000, "funders": 0, "own": -7_000})
    desk.do("contract", reference="LOC-77", on="2026-02-16")
    assert desk.told()["state"] == "running"
    desk.do("guarantee", cents=80_000)
    assert desk.books(GIVEN, "8091") == (-80_000, 80_000)
    bill = desk.do("invoice", **INVOICE)
    assert desk.told()["state"] == "invoiced" and desk.books(HIRED, HIRERS) == (30_000, -30_000)
    credit = desk.do("credit", bill, reference="A-3", cents=2_000, reason="Deux jours au garage")
    share = desk.do("share", payer_id=payer_in(house), cents=12_000, reference="ML-4")
    assert desk.told()["parts"] == {"invoiced": 28_000, "person": 7_000, "funders": 12_000, "own": 9_000}  # by hand: 280 − 70 − 120
    desk.do("receive", share, cents=5_000, on="2026-03-02")
    desk.do("pay", bill, cents=10_000, on="2026-03-02", reference="VIR-9")
    called = desk.do("call", cents=15_000, on="2026-03-02", reason="aile enfoncée, franchise")
    assert desk.books(GIVEN, GUARANTEE_CALLED, HIRERS) == (-65_000, 15_000, -33_000)  # 280 − 100 + 150
    desk.do("owed", called, cents=9_000)
    desk.do("lost", called, cents=6_000, reason="Vol prouvé")
    desk.do("pay_call", called, cents=15_000, on="2026-03-02")
    desk.do("pay", bill, cents=18_000, on="2026-03-02")
    desk.do("release")
    assert desk.books(GIVEN, HIRERS, HIRED, SUBSIDIES, SHARES_BORNE, "512") == (0, 0, 28_000, 7_000, -12_000, 5_000 - 43_000)
    with house.reading():
        assert balance_cents(desk.account_id) == 7_000 + 9_000
        assert parts_of(desk.account_id).own == 9_000, "what is called is no part of the invoices"
        verbs = set(db.session.scalars(select(AuditEntry.verb).filter(AuditEntry.table_name == "hire_step")))
        assert verbs == {f"hire_{step['act']}" for step in desk.told()["steps"]}
        moved = [step for step in db.session.scalars(select(HireStep)) if step.entry_number]
        assert len({step.entry_number for step in moved}) == len(moved), "an entry of its own each"
        named = {HIRERS: f"LO-{desk.hirer_id:05d}", GIVEN: f"LO-{desk.hirer_id:05d}", SUBSIDIES: "TP-00001"}
        for line in db.session.scalars(select(LedgerLine).filter(LedgerLine.ledger_code.in_(named))):
            assert (line.subject_number, line.account_id) == (named[line.ledger_code], desk.account_id)
    assert desk.ask("undo", credit, reason="Erreur").status_code == 201  # the hirer is owed 20 € again
    assert desk.books(HIRERS, HIRED) == (-2_000, 30_000) and desk.told()["state"] == "invoiced"
    own = house.client(Role.BENEFICIARY).get(house.page(f"money/accounts/{desk.account_id}/statement")).text.replace("\u00a0", " ")
    assert "Payé pour vous au loueur, aile enfoncée, franchise : 90 €" in own


def test_the_entries_pass_the_checker_with_the_hirer_named(house: House, desk: Desk) -> None:
    desk.do("guarantee", cents=50_000)
    bill = desk.do("invoice", **INVOICE)
    desk.do("pay", bill, cents=30_000, on="2026-03-02")
    desk.do("undo", desk.do("share", payer_id=payer_in(house), cents=1_000, reference="ML-1"), reason="Refusée")
    desk.do("call", cents=1_000, on="2026-03-02", reason="nettoyage")
    with house.writing():
        db.session.get_one(Platform, house.platform_id).siren = "123456789"
    raw = desk.api.get(house.api("money/entries/file?year=2026"), headers=desk.heads).data.splitlines(keepends=True)
    assert [found for found in check("123456789FEC20261231.txt", raw) if found.is_blocking] == []
    text = b"".join(raw).decode("iso-8859-15")
    assert f"\tLoueur LO-{desk.hirer_id:05d}\t" in text and "\t613\t" in text and "\t8011\t" not in text


def test_an_invoice_that_says_otherwise_waits_for_the_manager(house: House, desk: Desk) -> None:
    treasurer, manager = house.client(Role.TREASURER), house.client(Role.MANAGER)
    form = {name: str(value) for name, value in INVOICE.items()} | {"rent_cents": "330", "km_cents": "12,50", "total_cents": "342,50"}
    form["vat_cents"] = "57,08"
    for field, wrong, beside in (
        ("total_cents", "342", "total_cents"),
        ("vat_cents", "342,50", "vat_cents"),
        ("on", "2026-03-03", "on"),
        ("last_on", "2026-02-15", "last_on"),
        ("reference", "", "reference"),
    ):
        refused = post(treasurer, f"{desk.page}/invoice", form | {field: wrong})
        assert refused.status_code == 422 and f'id="invoice-{beside}-error"' in refused.text and 'value="12,50"' in refused.text, field
    assert post(treasurer, f"{desk.page}/invoice", form).status_code == 303
    shown = treasurer.get(desk.page).text.replace("\u00a0", " ")
    assert "Location : 330 € facturés, 300 € d’après la commande, soit 30 € de plus." in shown
    assert "Hors commande : kilomètres en plus 12,50 €." in shown and "Noter le virement" not in shown
    (bill,) = (step for step in desk.told()["steps"] if step["act"] == "invoiced")
    assert desk.ask("pay", bill["id"], cents=100, on="2026-03-02").status_code == 409
    step = f"{desk.page}/steps/{bill['id']}"
    assert post(treasurer, f"{step}/accept", {"reason": "Convenu"}).status_code == 403
    assert post(treasurer, f"{step}/dispute", {"reason": "Trois jours de trop"}).status_code == 303
    assert post(manager, f"{step}/accept", {"reason": "Convenu au téléphone"}).status_code == 303
    assert post(treasurer, f"{step}/pay", {"cents": "342,51", "on": "2026-03-02"}).status_code == 422
    assert post(treasurer, f"{step}/pay", {"cents": "342,50", "on": "2026-03-02"}).status_code == 303
    again = desk.ask("invoice", **(INVOICE | {"reference": "f-12"}))
    assert again.status_code == 409 and "déjà ce numéro" in again.json["detail"]
    assert "Des jours sont déjà facturés" in desk.ask("invoice", **(INVOICE | {"reference": "F-13"})).json["content"]["differences"][0]


def test_what_is_refused_and_what_is_undone(house: House, desk: Desk) -> None:
    assert desk.ask("call", cents=1, on="2026-03-02", reason="rien").status_code == 409, "no guarantee was given"
    desk.do("guarantee", cents=10_000)
    assert desk.ask("guarantee", cents=10_000).status_code == 409
    assert desk.ask("cancel", reason="Plus besoin").status_code == 409, "the guarantee stands"
    assert desk.ask("call", cents=10_001, on="2026-03-02", reason="trop").status_code == 422
    called = desk.do("call", cents=4_000, on="2026-03-02", reason="essai")
    desk.do("owed", called, cents=1_000)
    assert desk.ask("undo", called, reason="Erreur").status_code == 409, "the person owes a part of it"
    assert desk.ask("owed", called, cents=3_001).status_code == 422
    bill = desk.do("invoice", **INVOICE)
    share = desk.do("share", payer_id=payer_in(house), cents=20_000, reference="ML-4")
    assert desk.ask("share", payer_id=1, cents=3_001, reference="ML-5").status_code == 422, "300 − 70 − 200 leave 30 €"
    assert desk.ask("undo", bill, reason="Erreur").status_code == 409, "a funder bears a part of it"
    desk.do("undo", share, reason="Refusée")
    desk.do("undo", bill, reason="Facture d’un autre")
    assert desk.ask("undo", bill, reason="Encore").status_code == 409 and desk.ask("pay", bill, cents=1, on="2026-03-02").status_code == 409
    assert desk.books(HIRED, SUBSIDIES, SHARES_BORNE) == (0, 0, 0)
    desk.do("invoice", **INVOICE)  # its number is free again
    assert desk.ask("contract", reference="L", on="2026-03-03").status_code == 422, "a day to come"
    assert desk.api.post(house.api("money/hires/999/release"), json={}, headers=desk.heads).status_code == 404


def test_an_order_cancelled_takes_no_more_and_leaves_room_for_another(house: House, desk: Desk) -> None:
    with house.writing(), pytest.raises(Conflict):
        hirers.place_order(desk.account_id, hirer_id=desk.hirer_id, **ORDER, by=ADVISER, now=house.clock())
    desk.do("cancel", reason="Autre véhicule trouvé")
    assert desk.told()["state"] == "cancelled" and desk.ask("invoice", **INVOICE).status_code == 409
    with house.writing():
        hirers.place_order(desk.account_id, hirer_id=desk.hirer_id, **ORDER, by=ADVISER, now=house.clock())
    shown = house.client(Role.ADVISER).get(desk.page).text
    assert "Annulée" in shown or "annulée" in shown


def test_papers_go_to_the_hirer_and_name_no_more_than_they_need(house: House, desk: Desk) -> None:
    adviser = house.client(Role.ADVISER)
    assert adviser.get(f"{desk.page}/guarantee.pdf").status_code == 404
    desk.do("guarantee", cents=80_000)
    order, letter = (words(adviser.get(f"{desk.page}{what}.pdf").data) for what in ("", "/guarantee"))
    assert "300 €" in order.replace("\u00a0", " ") and "CMD-000001" in order and "Mme Vautrin" in order
    assert "800 €" in letter.replace("\u00a0", " ") and "garantissons" in letter
    form = {"reference": "LOC-1", "on": "2026-03-02", "paper": (BytesIO(make_picture()), "contrat.png")}
    sent = adviser.post(f"{desk.page}/contract", data=form | token_of(adviser, desk.page), content_type="multipart/form-data")
    assert sent.status_code == 303 and "Voir la pièce" in adviser.get(desk.page).text


def token_of(client: Any, page: str) -> dict[str, str]:
    text = client.get(page).text
    return {"csrf_token": text.split('name="csrf_token" value="')[1].split('"')[0]}


def pay_by_many(house: House, desk: Desk, bill: int) -> list[bool]:
    """Which of four transfers of the whole invoice, made at once, were taken."""

    def pay(_: int) -> bool:
        try:
            with house.writing():
                by = house.viewer(Role.TREASURER)
                hire_bills.pay(desk.hire_id, bill, cents=30_000, on=date(2026, 3, 2), by=by, now=house.clock())
        except Conflict:
            return False
        return True

    with ThreadPoolExecutor(4) as threads:
        return sorted(threads.map(pay, range(4)))


def test_transfers_made_at_once_pay_an_invoice_once(house: House, desk: Desk) -> None:
    assert pay_by_many(house, desk, desk.do("invoice", **INVOICE)) == [False, False, False, True]
    assert desk.books(HIRERS, "512") == (0, -30_000)


def test_without_the_lock_it_would_be_paid_again(house: House, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """On PostgreSQL, where writers run beside each other: what the test above proves is the lock's doing."""
    bill, looked, check_payable = desk.do("invoice", **INVOICE), Barrier(4), hires.check_payable
    with house.reading():
        if db.engine.dialect.name == "sqlite":
            pytest.skip("one writer at a time")

    def check_together(*told: Any, **more: Any) -> None:
        check_payable(*told, **more)
        looked.wait(timeout=20)

    monkeypatch.setattr(hirers, "lock_account", lambda account_id: db.session.get_one(BillingAccount, account_id))
    monkeypatch.setattr(hires, "check_payable", check_together)
    assert pay_by_many(house, desk, bill) == [True] * 4


def test_the_lists_and_the_money_page_say_what_is_owed(house: House, desk: Desk) -> None:
    desk.do("guarantee", cents=50_000)
    desk.do("invoice", **INVOICE)
    treasurer = house.client(Role.TREASURER)
    for page in ("money/hires?state=invoiced", "money/hires/invoices?left=to_pay", "money/hirers", "money"):
        assert "300" in treasurer.get(house.page(page)).text, page
    assert "CMD-000001" not in treasurer.get(house.page("money/hires?return=due")).text
    house.clock.forward(days=8)  # the 10th: back on the 17th
    assert "CMD-000001" in treasurer.get(house.page("money/hires?return=due")).text
    assert "F-12" not in treasurer.get(house.page("money/hires/invoices?left=paid")).text
    with house.reading():
        row = get_hire(desk.hire_id)
        assert (row.number, row.left_cents, row.guaranteed_cents) == (number_of(1), 30_000, 50_000)
        assert db.session.scalars(select(HireOrder.number)).all() == [1]
    changed = post(treasurer, house.page(f"money/hirers/{desk.hirer_id}"), {"name": "Locations du Plateau", "address": "2 rue Basse"})
    assert changed.status_code == 303 and "Locations du Plateau" in treasurer.get(house.page("money/hirers")).text
    wrong = post(treasurer, house.page("money/hirers"), {"name": "Autre", "address": "3 rue", "siret": "12345678200003"})
    assert wrong.status_code == 422 and 'id="f-siret-error"' in wrong.text


def test_a_debt_is_charged_whatever_was_undone_between_two_parts_of_a_call(house: House, desk: Desk) -> None:
    """By halves, an invoice undone in between: each half is a charge of its own."""
    bill = desk.do("invoice", **INVOICE)
    desk.do("guarantee", cents=80_000)
    called = desk.do("call", cents=15_000, on="2026-03-02", reason="franchise")
    desk.do("owed", called, cents=9_000)
    desk.do("undo", bill, reason="Saisie deux fois")
    desk.do("owed", called, cents=6_000)
    with house.reading():
        assert balance_cents(desk.account_id) == 7_000 + 15_000


def test_an_invoice_is_the_same_however_its_number_is_written(desk: Desk) -> None:
    desk.do("invoice", **INVOICE | {"reference": "AVRIL-É12"})
    for again in ("AVRIL-É12", "avril-É12"):
        refused = desk.ask("invoice", **INVOICE | {"reference": again})
        assert refused.status_code == 409, refused.json
