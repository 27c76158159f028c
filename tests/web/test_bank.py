"""The bank's statements: each credit once, recorded on what it pays through the desk's own acts, or set aside with a reason."""

from datetime import date
from io import BytesIO
from typing import Any

import pytest
from sqlalchemy import func, select

from billing.actions.bank import keep_statement, record_transfers
from billing.actions.closings import close_period
from billing.actions.payments import announce_transfer
from billing.models import BankLine, JournalEntry, Payer, PayerInvoice, Payment, Receipt
from billing.queries.accounts import balance_cents
from billing.queries.bank import find_waiting
from billing.queries.books import verify_books
from billing.queries.invoices import find_row
from mobility import audit
from mobility.db import db
from mobility.errors import Conflict, RuleBroken
from mobility.rights import Role
from tests.browsing import post as send
from tests.house import House
from tests.money import ADVISER, make_rental
from tests.racing import race
from tests.rules.test_bank_statements import BOMB, camt, entry

OTHER = "DE89370400440532013000"


def announce(house: House, account_id: int, cents: int) -> tuple[int, str]:
    with house.writing():
        payment = announce_transfer(account_id, cents=cents, by=ADVISER, now=house.clock())
        return payment.id, payment.reference


def keep(house: House, raw: bytes, **more: bool) -> tuple[int, int]:
    with house.writing():
        return keep_statement("releve.xml", raw, by=ADVISER, now=house.clock(), **more)


def make_invoice(house: House, cents: int) -> int:
    """A payer's invoice of the day, by its number; its claim stands in the books."""
    with house.writing():
        payer = Payer(name="Département d’essai", kind="county", address="1 rue d’Essai", added_at=house.clock())
        db.session.add(payer)
        audit.record("add_payer", payer, by=ADVISER, now=house.clock())
        day = house.clock().date()
        invoice = PayerInvoice(number=1, payer_id=payer.id, first_on=day, last_on=day, cents=cents, content={}, issued_at=house.clock())
        db.session.add(invoice)
        audit.record("issue_payer_invoice", invoice, by=ADVISER, now=house.clock())
        return invoice.number


def count(house: House, table: Any) -> int:
    with house.reading():
        return db.session.scalar(select(func.count()).select_from(table)) or 0


def test_a_statement_is_sent_looked_at_and_recorded(house: House) -> None:
    account_id = make_rental(house)
    payment_id, reference = announce(house, account_id, 3000)
    client, page = house.client(Role.TREASURER), house.page("money/bank")
    raw = camt(
        entry(3000, f"VIR {reference}", on="2026-02-27"), entry(2000, "LOYER"), entry(9900, "SUBVENTION"), entry(500, "EDF", kind="DBIT")
    )
    for said in ("3 crédits nouveaux", "Aucun crédit nouveau dans ce relevé, 3 déjà là"):
        assert send(client, page, {"file": (BytesIO(raw), "r.xml")}, content_type="multipart/form-data").status_code == 303
        assert said in client.get(page).text.replace("\u00a0", " ")
    shown = client.get(page).text
    with house.reading():
        sure, named, other = find_waiting().shown
        accept, weak = f"{sure.line.id}=payment-{payment_id}", f"{named.line.id}=account-{account_id}"
        assert [guess.is_sure for guess in named.guesses] == [False] and len(other.guesses) == 1
    assert f'value="{accept}" checked' in shown and f'value="{weak}"' in shown and f'value="{weak}" checked' not in shown
    assert send(client, f"{page}/record", {}).status_code == 422
    assert send(client, f"{page}/record", {"accepted": [accept, weak]}).status_code == 303
    again = send(client, f"{page}/record", {"accepted": [accept]})
    assert again.status_code == 409 and "déjà enregistré" in again.text.replace("\u00a0", " ")
    aside = f"{page}/{other.line.id}/aside"
    assert send(client, aside, {}).status_code == 422
    assert send(client, aside, {"reason": "Subvention du département"}).status_code == 303
    assert send(client, aside, {"reason": "encore"}).status_code == 409
    listed = client.get(f"{page}/lines").text
    assert reference in listed and "Subvention du département" in listed
    assert "Subvention du département" in client.get(f"{page}/{other.line.id}").text
    assert send(client, f"{page}/{other.line.id}/reopen", {}).status_code == 303
    assert send(client, f"{page}/{other.line.id}/reopen", {}).status_code == 409, "it waits already"
    with house.reading():
        (again_open,) = find_waiting().shown
        assert (again_open.line.id, again_open.line.reason, len(again_open.guesses)) == (other.line.id, None, 1)
    assert send(client, aside, {"reason": "Subvention du département"}).status_code == 303
    with house.reading():
        assert find_waiting().count == 0 and balance_cents(account_id) == 7000 - 3000 - 2000 and verify_books() is None
        days = db.session.scalars(select(JournalEntry.on).join(Payment, Payment.entry_number == JournalEntry.number).order_by(Payment.id))
        assert [day.isoformat() for day in days] == ["2026-02-27", "2026-03-02"], "the bank's days"
        recorded = db.session.scalars(select(BankLine.cents).filter(BankLine.state == "recorded"))
        assert sum(recorded) == sum(db.session.scalars(select(Receipt.cents))) == 5000


def test_the_same_in_json(house: House) -> None:
    account_id = make_rental(house)
    payment_id, reference = announce(house, account_id, 3000)
    api, headers, path = house.app.test_client(), house.bearer(Role.TREASURER), house.api("money/bank")
    raw = f"Date;Libellé;Montant\n01/03/2026;VIR {reference};20,00\n01/03/2026;AUTRE;1,00\n".encode("cp1252")
    answer = api.post(path, data={"file": (BytesIO(raw), "r.csv")}, headers=headers)
    assert (answer.status_code, answer.json) == (201, {"kept": 2, "known": 0})
    waiting = api.get(path, headers=headers).json
    first, second = waiting["lines"]
    assert (waiting["count"], waiting["cents"], first["guesses"][0]["code"]) == (2, 2100, f"payment-{payment_id}")
    assert not first["guesses"][0]["is_sure"], "another sum than announced"
    accepted = [f"{first['id']}={first['guesses'][0]['code']}"]
    done = api.post(f"{path}/record", json={"accepted": accepted}, headers=headers).json
    assert done["lines"][0]["state"] == "recorded" and done["lines"][0]["payment"] != reference
    for asked, status in (
        (accepted, 409),
        ([], 422),
        (["1=dossier-1"], 422),
        ([f"{second['id']}=account-1", f"{second['id']}=account-2"], 422),
    ):
        assert api.post(f"{path}/record", json={"accepted": asked}, headers=headers).status_code == status
    assert api.post(f"{path}/record", json={"accepted": [f"{second['id']}=account-999999"]}, headers=headers).status_code == 404
    assert api.post(f"{path}/record", json={"accepted": ["999999=account-1"]}, headers=headers).status_code == 404
    assert api.post(f"{path}/{second['id']}/aside", json={"reason": "Intérêts"}, headers=headers).json["reason"] == "Intérêts"
    assert api.post(f"{path}/{second['id']}/reopen", headers=headers).json["state"] == "open"
    assert api.post(f"{path}/{second['id']}/aside", json={"reason": "Intérêts"}, headers=headers).json["state"] == "aside"
    assert api.get(f"{path}/{second['id']}", headers=headers).json["state"] == "aside"
    assert api.get(f"{path}/lines?state=aside", headers=headers).json["rows"][0]["label"] == "AUTRE"
    with house.reading():
        assert db.session.get_one(Payment, payment_id).status == "cancelled", "what really came takes its place"
        assert balance_cents(account_id) == 5000


def test_a_payers_transfer_pays_its_invoice(house: House) -> None:
    number = make_invoice(house, 9000)
    keep(house, camt(entry(9000, f"FACTURE {number}", on="2026-03-02"), entry(100, f"FACTURE {number}")))
    client, page = house.client(Role.TREASURER), house.page("money/bank")
    with house.reading():
        whole, part = find_waiting().shown
        assert whole.guesses[0].is_sure and not part.guesses[0].is_sure
    accepted = [f"{each.line.id}=invoice-{number}" for each in (whole, part)]
    refused = send(client, f"{page}/record", {"accepted": accepted})
    assert refused.status_code == 409 and "Il ne reste rien à payer" in refused.text.replace("\u00a0", " ")
    assert refused.text.count(" checked>") == 2, "what was ticked stays so"
    assert send(client, f"{page}/record", {"accepted": accepted[0]}).status_code == 303
    with house.reading():
        assert find_row(number).progress.state == "paid" and [each.line.id for each in find_waiting().shown] == [part.line.id]
    assert f"Facture {number}" in client.get(f"{page}/{whole.line.id}").text.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (BOMB, "déclare des entités"),
        (camt(entry(100, "a"), entry(100, "b", ccy="CHF")), "CHF"),
        (b"Date;Libelle;Montant\n01/03/2026;VIR;20,00\n01/03/2026;VIR;1e3\n", "Ligne 3"),
        (b"", "Choisissez un fichier"),
        (b"Nom;Type\nVelo;velo\n", "colonnes"),
        (b"%PDF-1.4\x00", "pas un tableau"),
        (camt(entry(500, "EDF", kind="DBIT")), "aucun crédit"),
        (b"Date;Libelle;Montant\n" + b"01/03/2026;VIR;20,00\n" * 1001, "plus de 1000"),
    ],
    ids=["bomb", "two-currencies", "exponent", "empty", "other-table", "pdf", "debits-only", "too-many"],
)
def test_a_bad_file_is_a_sentence_and_nothing_half_written(house: House, raw: bytes, said: str) -> None:
    client, page = house.client(Role.TREASURER), house.page("money/bank")
    answer = send(client, page, {"file": (BytesIO(raw), "r")}, content_type="multipart/form-data")
    assert answer.status_code == 422 and said in answer.text.replace("\u00a0", " ")
    assert count(house, BankLine) == 0


def test_a_file_too_big_is_not_opened(house: House) -> None:
    with pytest.raises(RuleBroken, match="5 Mo") as refused:
        keep(house, b"<" * 5_000_001)
    assert refused.value.field == "file"


def test_the_statement_of_another_account_is_asked_about_first(house: House) -> None:
    keep(house, camt(entry(100, "a")))
    client, page = house.client(Role.TREASURER), house.page("money/bank")
    asked = lambda **more: {"file": (BytesIO(camt(entry(100, "a"), iban=OTHER)), "r.xml"), **more}  # noqa: E731
    answer = send(client, page, asked(), content_type="multipart/form-data")
    assert answer.status_code == 422 and "…3000" in answer.text and "…0129" in answer.text and count(house, BankLine) == 1
    assert send(client, page, asked(other_account="yes"), content_type="multipart/form-data").status_code == 303
    assert count(house, BankLine) == 2, "the same words on another account are another credit"
    assert keep(house, camt(entry(100, "a"), iban=OTHER)) == (0, 1)


def test_statements_that_overlap_and_twins_of_one_day(house: House) -> None:
    twin = entry(100, "VIR", on="2026-03-01")
    assert keep(house, camt(entry(300, "x", on="2026-02-28"), twin, twin)) == (3, 0)
    assert keep(house, camt(twin, twin, entry(400, "y", on="2026-03-02"))) == (1, 2)


def test_what_no_longer_waits_undoes_the_whole_act(house: House) -> None:
    account_id = make_rental(house)
    payment_id, _ = announce(house, account_id, 100)
    keep(house, camt(entry(100, "a"), entry(100, "b")))
    with house.reading():
        both = [f"{each.line.id}=payment-{payment_id}" for each in find_waiting().shown]
    with pytest.raises(Conflict, match=r"Virement de 1 € .* plus attendu"), house.writing():
        record_transfers(accepted=both, by=ADVISER, now=house.clock())
    assert count(house, Receipt) == 0
    with house.reading():
        assert find_waiting().count == 2 and db.session.get_one(Payment, payment_id).status == "announced"


def test_a_day_that_is_closed_is_not_written_into(house: House) -> None:
    account_id = make_rental(house)
    days = []
    for label in ("a", "b"):
        keep(house, camt(entry(100, label, on="2026-02-20")))
        with house.writing():
            (waiting,) = find_waiting().shown
            record_transfers(accepted=[f"{waiting.line.id}=account-{account_id}"], by=ADVISER, now=house.clock())
        with house.writing():
            days.append(db.session.scalars(select(JournalEntry.on).order_by(JournalEntry.number.desc()).limit(1)).one())
            if label == "a":
                close_period(kind="month", last_on=date(2026, 2, 28), for_good=True, by=ADVISER, now=house.clock())
    assert days == [date(2026, 2, 20), date(2026, 3, 2)]


def accept_at_once(house: House) -> list[Any]:
    """Two treasurers record the same line on one account, at the same moment; what each was told."""
    account_id = make_rental(house)
    keep(house, camt(entry(2000, "a")))
    with house.reading():
        (waiting,) = find_waiting().shown
        accepted = [f"{waiting.line.id}=account-{account_id}"]

    def attempt(client: int, number: int) -> Any:
        with house.writing():
            return record_transfers(accepted=accepted, by=ADVISER, now=house.clock())

    return [each.answer for each in race(2, 1, attempt)]


def test_two_people_accept_one_line_and_it_is_one_payment(house: House) -> None:
    answers = accept_at_once(house)
    assert sum(isinstance(answer, Conflict) for answer in answers) == 1, answers
    assert count(house, Payment) == count(house, Receipt) == 1


def test_two_people_send_one_file_and_it_is_there_once(house: House) -> None:
    raw = camt(entry(100, "a"), entry(200, "b"))
    answers = [each.answer for each in race(2, 1, lambda client, number: keep(house, raw))]
    assert sorted(answers) == [(0, 2), (2, 0)] and count(house, BankLine) == 2


def test_a_csv_that_names_an_account_is_checked_as_a_camt_is(house: House) -> None:
    bare = b"Date;Libelle;Montant\n01/03/2026;VIR A;1,00\n"
    ours = b"Compte FR76 3000 6000 0112 3456 7890 189\n" + bare
    assert keep(house, bare) == (1, 0)
    assert keep(house, ours) == (0, 1), "the same line of a file that named no account"
    assert keep(house, ours.replace(b"VIR A", b"VIR B")) == (1, 0)
    with pytest.raises(RuleBroken, match="0189") as refused:
        keep(house, f"IBAN {OTHER}\n".encode() + bare)
    assert refused.value.field == "file" and count(house, BankLine) == 2
    assert keep(house, f"IBAN {OTHER}\n".encode() + bare.replace(b"VIR A", b"VIR C"), other_account=True) == (1, 0)
