"""Third-party payers: their share of a rental's days, in the books, in the sentence, and given back with the day (domain.md §9)."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import func, select

from billing.actions import accounts, charge_runs
from billing.arrears import AGES
from billing.models import LedgerLine, Payer, PayerAgreement
from billing.queries import balance_cents, verify_books
from mobility.db import db
from mobility.rights import Role
from tests.actions.test_billing_accounts import ADVISER, charges, make_account
from tests.browsing import post
from tests.house import House
from tests.ports.read_pdf import accessibility_part, words

COUNTY = {
    "name": "Département du Vallon",
    "kind": "county",
    "address": "1 place des Arcades, 13000 Montcaillou",
    "siret": "123 456 782 00002",
    "service_code": "INSERTION",
    "commitment": "ENG-0142",
}
SHARE = {"from_on": "2026-03-02", "percent": 60, "most_month_cents": 3_000, "reference": "FSL-0871"}


@pytest.fixture
def account_id(house: House) -> int:
    """A week of car charged, at 5 € a day, on Monday 9 March."""
    return charge_a_week(house)


def charge_a_week(house: House) -> int:
    """The account of a car until the end of March, its first week charged on Monday 9 March."""
    with house.writing():
        made = make_account(house, last_on=date(2026, 3, 31))
    house.clock.forward(days=7)
    with house.writing():
        charge_runs.post_due_charges(now=house.clock())
    return made


def in_books(code: str) -> int:
    moved = func.sum(LedgerLine.debit_cents - LedgerLine.credit_cents)
    return int(db.session.scalar(select(moved).filter(LedgerLine.ledger_code == code)) or 0)


def stands(house: House, account_id: int, *, own: int, theirs: int) -> None:
    """What the person and the payer owe, and that all of it was earned, in sealed books."""
    with house.reading():
        assert (balance_cents(account_id), in_books("411"), in_books("4112"), in_books("706")) == (own, own, theirs, -own - theirs)
        assert verify_books() is None


def test_a_share_is_charged_credited_and_given_back_with_its_day(house: House, account_id: int) -> None:
    api, by = house.app.test_client(), house.bearer(Role.TREASURER)
    payer = api.post(house.api("money/payers"), json=COUNTY, headers=by)
    agreed = api.post(house.api(f"money/accounts/{account_id}/agreements"), json=SHARE | {"payer_id": payer.json["id"]}, headers=by)
    assert (payer.status_code, agreed.status_code) == (201, 201), agreed.json
    stands(house, account_id, own=1400, theirs=2100)  # recorded late: the week that was charged is shared at once
    house.clock.forward(days=7)
    with house.writing():
        charge_runs.post_due_charges(now=house.clock())
    stands(house, account_id, own=1400 + 2600, theirs=3000)  # 30 € a month at most
    week = api.get(house.api(f"money/accounts/{account_id}"), headers=house.bearer(Role.BENEFICIARY)).json["charges"][-1]
    assert (
        week["sentence"] == "Voiture à 5 €, 7 jours : 35 €, dont 9 € pris en charge (Département du Vallon, plafond atteint) ; reste 26 €"
    )
    assert (week["days"][0]["price_cents"], week["days"][0]["cents"], week["days"][0]["shares"][0]["cents"]) == (500, 200, 300)
    with house.writing():
        accounts.add_out_of_service(account_id, first_on=date(2026, 3, 3), last_on=date(2026, 3, 4), by=ADVISER, now=house.clock())
    # Two days of 5 € in all; the month's ceiling reaches two days further, and the person is relieved of these.
    stands(house, account_id, own=4000 - 400 - 600, theirs=3000)
    page = house.client(Role.ADVISER).get(house.page(f"money/accounts/{account_id}")).text.replace("\u00a0", " ")
    assert "4 jours déjà comptés, 10 € en moins" in page
    assert api.get(house.api("money/payers"), headers=by).json[0]["owed_cents"] == 3000


def test_a_share_ends_once_told_and_no_charged_day_rises(house: House, account_id: int) -> None:
    adviser, treasurer = house.client(Role.ADVISER), house.client(Role.TREASURER)
    assert post(treasurer, house.page("money/payers"), COUNTY).status_code == 303
    page = house.page(f"money/accounts/{account_id}/agreements")
    typed = {"from_on": "2026-03-09", "day_cents": "2", "reference": "FSL-0871"}
    with house.reading():
        typed["payer_id"] = str(db.session.scalars(select(Payer.id)).one())
    for wrong, field in [({"percent": "10"}, "percent"), ({"to_on": "2026-03-08"}, "to_on"), ({"payer_id": "999999"}, None)]:
        refused = post(adviser, page, typed | wrong)
        assert refused.status_code == (422 if field else 404) and (field is None or f'id="f-{field}-error"' in refused.text), wrong
    assert post(adviser, page, typed).status_code == 303
    twice = post(adviser, page, typed | {"reference": "encore"})
    assert twice.status_code == 409 and "déjà une part de ces jours" in twice.text
    stands(house, account_id, own=3500, theirs=0)  # the week before the decision's first day is as it was
    with house.reading():
        agreement_id = db.session.scalars(select(PayerAgreement.id)).one()
    end = house.page(f"money/agreements/{agreement_id}/end")
    house.clock.forward(days=3)  # Thursday
    assert post(adviser, end, {"last_on": "2026-03-10", "told_on": "2026-03-09"}).status_code == 422
    assert post(adviser, end, {"last_on": "2026-03-12", "told_on": "2026-03-12"}).status_code == 303
    house.clock.forward(days=4)
    with house.writing():
        charge_runs.post_due_charges(now=house.clock())
        assert charges(account_id)[-1] == ("2026-W11", 3500 - 4 * 200)
    stands(house, account_id, own=6200, theirs=800)
    shown = treasurer.get(house.page("money/payers")).text.replace("\u00a0", " ")
    assert "8 €" in shown and "12345678200002" in shown


@pytest.mark.parametrize(("days", "age"), [(29, "new"), (30, "month"), (59, "month"), (60, "two_months"), (89, "two_months"), (90, "old")])
def test_what_payers_owe_is_told_by_the_age_of_its_invoice_and_each_figure_opens_its_list(
    house: House, account_id: int, days: int, age: str
) -> None:
    api, by, client = house.app.test_client(), house.bearer(Role.TREASURER), house.client(Role.TREASURER)
    payer_id = api.post(house.api("money/payers"), json=COUNTY, headers=by).json["id"]
    agreed = api.post(house.api(f"money/accounts/{account_id}/agreements"), json=SHARE | {"payer_id": payer_id}, headers=by).json["id"]
    house.clock.forward(days=27)  # Sunday 5 April
    asked = {"month_on": "2026-03-15"}
    assert api.post(house.api(f"money/payers/{payer_id}/invoices"), json=asked, headers=by).json["cents"] == 2100
    api.post(house.api("money/invoices/1/paid"), json={"cents": 600, "received_on": "2026-04-05"}, headers=by)
    with house.writing():
        charge_runs.post_due_charges(now=house.clock())  # the rest of the month, 9 € more, is not invoiced
    house.clock.forward(days=days)
    by, client = house.bearer(Role.TREASURER), house.client(Role.TREASURER)
    claims = api.get(house.api("money/claims"), headers=by).json
    assert claims == dict.fromkeys(AGES, 0) | {age: 1500, "back": 0, "not_invoiced": 900}
    with house.reading():
        assert sum(claims.values()) == in_books("4112")
    shown = client.get(house.page("money")).text.replace("\u00a0", " ")
    assert f"invoices?age={age}" in shown and "15 €" in shown and "Pas encore facturé" in shown
    for each in AGES:
        rows = api.get(house.api(f"money/invoices?age={each}"), headers=by).json["rows"]
        assert sum(row["left_cents"] for row in rows) == claims[each], each
        assert client.get(house.page(f"money/invoices?age={each}")).status_code == 200
    line = api.get(house.api("money/payers"), headers=by).json[0]
    assert (line["owed_cents"], line["not_invoiced_cents"]) == (2400, 900)
    assert api.get(house.api(f"money/payers/{payer_id}"), headers=by).json["not_invoiced"] == {str(agreed): 900}
    for page in ("money/payers", f"money/payers/{payer_id}"):
        assert "9 €" in client.get(house.page(page)).text.replace("\u00a0", " ")


def test_an_invoice_that_gives_back_is_to_be_deducted(house: House, account_id: int) -> None:
    api, by = house.app.test_client(), house.bearer(Role.TREASURER)
    payer_id = api.post(house.api("money/payers"), json=COUNTY, headers=by).json["id"]
    capless = {name: told for name, told in SHARE.items() if name != "most_month_cents"} | {"payer_id": payer_id, "to_on": "2026-03-08"}
    assert api.post(house.api(f"money/accounts/{account_id}/agreements"), json=capless, headers=by).status_code == 201
    house.clock.forward(days=27)
    issue = {"json": {"month_on": "2026-03-15"}, "headers": by}
    assert api.post(house.api(f"money/payers/{payer_id}/invoices"), **issue).status_code == 201
    with house.writing():
        accounts.add_out_of_service(account_id, first_on=date(2026, 3, 2), last_on=date(2026, 3, 3), by=ADVISER, now=house.clock())
    assert api.post(house.api(f"money/payers/{payer_id}/invoices"), **issue).json["cents"] == -600
    claims = api.get(house.api("money/claims"), headers=by).json
    assert (claims["new"], claims["back"], claims["not_invoiced"]) == (2100, -600, 0)
    rows = api.get(house.api("money/invoices?age=back"), headers=by).json["rows"]
    assert [row["cents"] for row in rows] == [-600]
    assert "À déduire" in house.client(Role.TREASURER).get(house.page("money")).text


def test_a_month_is_invoiced_once_paid_in_part_disputed_and_credited(house: House, account_id: int) -> None:
    api, by, client = house.app.test_client(), house.bearer(Role.TREASURER), house.client(Role.TREASURER)

    def send(path: str, status: int, **asked: object) -> dict[str, Any]:
        answer = api.post(house.api(f"money/{path}"), json=asked, headers=by)
        assert answer.status_code == status, answer.json
        return answer.json or {}

    payer_id = send("payers", 201, **COUNTY)["id"]
    send(f"accounts/{account_id}/agreements", 201, **SHARE | {"payer_id": payer_id})
    send(f"payers/{payer_id}/invoices", 422, month_on="2026-03-15")  # not over
    house.clock.forward(days=27)  # Sunday 5 April
    first = send(f"payers/{payer_id}/invoices", 201, month_on="2026-03-15")
    assert (first["number"], first["cents"], first["state"], len(first["lines"][0]["by_day"])) == (1, 2100, "issued", 7)
    send(f"payers/{payer_id}/invoices", 409, month_on="2026-03-15")  # nothing is asked twice
    with house.writing():
        charge_runs.post_due_charges(now=house.clock())
        accounts.add_out_of_service(account_id, first_on=date(2026, 3, 2), last_on=date(2026, 3, 3), by=ADVISER, now=house.clock())
    page = house.page(f"money/payers/{payer_id}/invoices")
    assert post(client, page, {"month_on": "2026-03-01"}).status_code == 303  # two days back, five more up to the ceiling
    assert api.get(house.api("money/invoices/2"), headers=by).json["cents"] == 900
    send("invoices/1/paid", 422, cents=2101, received_on="2026-04-05")
    assert send("invoices/1/paid", 200, cents=2000, received_on="2026-04-05")["state"] == "part"
    shown = house.page("money/invoices/1")
    assert post(client, f"{shown}/dispute", {"reason": "Décision arrêtée au 7 mars."}).status_code == 303
    assert "contestée" in client.get(shown).text
    assert post(client, f"{shown}/credit", {"reason": "Un jour de trop."}).status_code == 303
    assert "soldée, avoir compris" in client.get(shown).text and "Un jour de trop." in client.get(house.page("money/invoices/3")).text
    send("invoices/1/paid", 409, cents=1, received_on="2026-04-05")
    send("invoices/1/credit", 409, reason="encore")
    send(f"payers/{payer_id}/invoices", 409, month_on="2026-03-15")  # what was given up is not asked again
    rows = api.get(house.api("money/invoices"), headers=by).json["rows"]
    assert [(row["number"], row["cents"], row["state"]) for row in rows] == [(3, -100, "credit"), (2, 900, "issued"), (1, 2100, "credited")]
    with house.reading():
        assert (in_books("4112"), in_books("512")) == (900, 2000) and verify_books() is None
    for number, said in [(1, "FSL-0871"), (1, "12345678200002"), (1, "ENG-0142"), (3, "sur la facture n° 1")]:
        pdf = client.get(house.page(f"money/invoices/{number}.pdf")).data
        text = words(pdf)
        assert accessibility_part(pdf) == "1" and said in text and "AB-123-CD" not in text  # least data: not even the plate
