"""A person erased: nothing of them is found anywhere but what was declared to stay, which names nobody; the books hold."""

import re
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, select, update

from billing.models import Deposit, JournalEntry, Payment, Receipt
from billing.queries.books import verify_books
from billing.queries.figures import figures
from mobility.actions import erasure, meeting_reminders
from mobility.actions.meetings import cancel_meeting, plan_meeting
from mobility.actions.people import lock_beneficiary
from mobility.actions.workshops import remind_of_workshops
from mobility.db import Base, db
from mobility.erasing import Case, Fates, Stripped, fates
from mobility.erasing_rows import case_of, erase_rows
from mobility.errors import Conflict, RuleBroken
from mobility.held import registry
from mobility.models import AuditEntry, Beneficiary, CorrectionRequest, Erasure, Meeting
from mobility.posting import drain_outbox
from mobility.queries.erasures import find_erasure
from mobility.rights import Role
from tests.browsing import post
from tests.databases import TestDatabase
from tests.held import Plant, plant_person
from tests.house import House
from tests.marks import asleep
from tests.rental import RentalDesk
from tests.settled import NAMES, dumped, erase_now, named_in, settled

MARK = re.compile(r"MARQUE[AB]\d{3}")
# The columns of text that stay: codes, references of vouchers, sums in words, what the law has kept. No words of anybody about the person.
STAYS = {
    "accident": "circumstances insurer number outcome policy",
    "action": "kind",
    "arrears_plan": "parts",
    "assessment": "number",
    "audit_entry": "changes role table_name verb",
    "auto_payment": "reason status",
    "auto_try": "refusal status",
    "bank_line": "iban mark",
    "billing_account": "kind label names out_of_service party programme reference terms",
    "booking": "cancel_reason new_chain_reason number price_sentence programme status",
    "card_dispute": "decided reference status",
    "card_call": "status",
    "card_hold": "charge_reference key reference status",
    "card_mandate": "ended_reason",
    "charge": "days key kind sentence",
    "condition_report": "checks fuel moment signed_how unsigned_reason zones",
    "contract": "number signed_how",
    "defect": "part",
    "deposit": "deferred_reason kind plan reduced_reason status",
    "deposit_step": "act means why",
    "file_look": "page",
    "file_merge": "last_ids moved",
    "fine": "number outcome refused_reason",
    "fuel_receipt": "paid withdrawn_reason",
    "gateway_difference": "charge_reference kind mended_how subject",
    "gateway_move": "charge_reference kind reference",
    "gateway_event": "event_id kind outcome",
    "hire_order": "contract_number",
    "hire_step": "act content reference",
    "job": "kind",
    "journal_entry": "hash label previous_hash reference",
    "ledger_line": "ledger_code",
    "liaison_form": "motive number other_offer reason status",
    "link": "purpose token_hash",
    "loss_step": "act parts reason",
    "meeting": "kind",
    "message": "channel",
    "microcredit": "number refused_reason",
    "odometer_reading": "source status",
    "outcome": "end_reason job_kind lasting_solution",
    "past_rental": "programme",
    "payer_agreement": "reference",
    "payment": "charge_reference key means purpose reference status voucher",
    "payment_refund": "key refund_reference status",
    "point_etape": "mode",
    "receipt": "content",
    "saved_card": "key status",
    "vehicle_mark": "kind zone",
    "waiting_request": "first_for kind withdrawn_for",
    "workshop_seat": "state",
}
STAYING = {f"{table}.{column}" for table, columns in STAYS.items() for column in columns.split()}


def erase_planted(house: House, database: TestDatabase, declared: Fates) -> dict[str, int]:
    """The rows of a planted person, erased as declared, guards asleep as their rows are bound to no others."""
    with house.app.app_context(), asleep(database.owner_url) as connection:
        case = case_of(connection, house.platform_id, house.beneficiary_id, house.clock())
        return erase_rows(connection, case, held=registry(), fates=declared)


def test_every_column_of_a_person_has_its_fate(house: House) -> None:
    with house.app.app_context():
        held, declared = registry(), fates()
    assert declared.tables.keys() | declared.others.keys() == held.held.keys(), "say in a queries/fates.py what erasing does to this table"
    for fate in declared.tables.values():
        if not isinstance(fate, Stripped):
            continue
        columns = {column.name for column in Base.metadata.tables[fate.table].columns} - {"id", "platform_id"}
        kept = set(fate.keeps.split())
        assert kept | fate.empties.keys() == columns and not kept & fate.empties.keys(), fate.table
        assert fate.why


def found_after(house: House, database: TestDatabase, folder: Path, declared: Fates) -> tuple[Plant, set[str]]:
    """A planted person erased as declared; the columns whose marks a backup still holds, those of tables that are somebody else's apart."""
    mine = plant_person(house, database.owner_url, house.beneficiary_id, "A")
    rows = erase_planted(house, database, declared)
    found = {mine.marks[mark] for mark in MARK.findall(dumped(database.owner_url, house, folder))}
    print(f"erasure: of {len(mine.marks)} marks {len(mine.marks) - len(found)} gone, by {sum(rows.values())} rows of {len(rows)} tables")
    return mine, {where for where in found if where.split(".")[0] not in declared.others}


def test_no_mark_is_left_but_where_it_was_declared(house: House, database: TestDatabase, tmp_path: Path) -> None:
    with house.app.app_context():
        declared = fates()
    mine, found = found_after(house, database, tmp_path, declared)
    assert found == STAYING
    assert len(mine.marks) - len(found) > 150


def test_a_column_that_is_forgotten_shows(house: House, database: TestDatabase, tmp_path: Path) -> None:
    """The guard off: without their line, a column that is not emptied and rows that are not deleted are found."""
    with house.app.app_context():
        whole = fates()
    form = whole.tables["liaison_form"]
    assert isinstance(form, Stripped)
    left = {name: fate for name, fate in whole.tables.items() if name != "experience"}
    left["liaison_form"] = replace(form, empties={name: value for name, value in form.empties.items() if name != "wish"})
    _, found = found_after(house, database, tmp_path, replace(whole, tables=left))
    assert found - STAYING == {"liaison_form.wish", "experience.kind", "experience.employer"}


# --- a person who rented, paid and left


@pytest.fixture
def gone(house: House) -> House:
    return settled(house)


def told_receipts() -> list[tuple[int, int, dict[str, Any]]]:
    return [(row.number, row.cents, row.content) for row in db.session.scalars(select(Receipt).order_by(Receipt.number))]


def test_who_rented_and_left_is_found_nowhere_and_the_books_hold(gone: House, database: TestDatabase, tmp_path: Path) -> None:
    before = dumped(database.owner_url, gone, tmp_path)
    assert named_in(before) == set(NAMES)
    with gone.reading():
        chain = [(entry.number, entry.hash) for entry in db.session.scalars(select(JournalEntry).order_by(JournalEntry.number))]
        receipts = told_receipts()
        sums = figures()
    sent = len(gone.app.extensions["mailer"].sent)
    row = erase_now(gone)
    assert (row.why, row.kept_until, row.sealed_at) == ("told", date(2036, 12, 31), gone.clock())
    after = dumped(database.owner_url, gone, tmp_path)
    assert named_in(after.replace("Plateforme essai", "").replace(".essai@", "")) == set()
    assert erase_now(gone).id == row.id, "said twice, done once"
    with gone.reading():
        assert verify_books() is None and figures() == sums
        assert [(one.number, one.hash) for one in db.session.scalars(select(JournalEntry).order_by(JournalEntry.number))] == chain
        (number, cents, content), (payment,) = told_receipts()[0], db.session.scalars(select(Payment).filter(Payment.means == "transfer"))
        assert (number, cents, content) == (*receipts[0][:2], receipts[0][2] | {"reference": payment.reference}), "not a figure moved"
        assert told_receipts()[1:] == receipts[1:]
        entry = db.session.scalars(select(AuditEntry).filter(AuditEntry.verb == "erase")).one()
        assert (entry.subject_number, set(entry.changes)) == ("P-00001", {"fields"})
    drain_outbox(gone.app)
    _check_the_file(gone, database)
    assert len(gone.app.extensions["mailer"].sent) == sent, "what waited leaves no more"


def _check_the_file(house: House, database: TestDatabase) -> None:
    """On SQLite the file's own bytes, those of rows deleted too: they were written over."""
    if database.owner_url.startswith("sqlite"):
        with house.app.app_context():
            db.engine.dispose()  # the last connection writes its journal into the file
        raw = Path(database.owner_url.removeprefix("sqlite:///")).read_bytes()
        assert b"P-00001" in raw and not any(name in raw for name in (b"Camille", b"600000001", b"Aubagne", b"13400"))


def test_an_erased_file_is_closed_to_all_but_who_keeps_the_books(gone: House) -> None:
    own, page = gone.client(Role.BENEFICIARY), gone.page(f"people/{gone.beneficiary_id}")
    assert own.get(gone.page("me")).status_code == 200
    erase_now(gone)
    assert own.get(gone.page("me")).status_code in (302, 303), "their own session is over"
    assert gone.client(Role.ADVISER).get(page).status_code == 404
    assert gone.client(Role.PRESCRIBER).get(gone.page("me")).status_code != 200
    assert "P-00001" not in gone.client(Role.MANAGER).get(gone.page("people")).text
    with pytest.raises(Conflict, match="effacé"), gone.writing():
        lock_beneficiary(gone.beneficiary_id)


def test_the_page_says_what_goes_and_stays_and_both_mouths_erase(gone: House) -> None:
    where, client, api = f"people/{gone.beneficiary_id}/erasure", gone.client(Role.MANAGER), gone.app.test_client()
    by = gone.bearer(Role.MANAGER)
    page = client.get(gone.page(where)).text.replace("\xa0", " ")
    assert all(words in page for words in ("Photos et pièces : 1", "Reçus : 1", "Pièce comptable", "jusqu’au 31 décembre 2036", "P-00001"))
    refused = post(client, gone.page(where), {"number": "P-1", "told": "yes"})
    assert refused.status_code == 422 and 'id="f-number-error"' in refused.text and 'value="P-1"' in refused.text
    assert post(client, gone.page(where), {"number": "P-00001"}).status_code == 422, "nobody asked"
    told = api.get(gone.api(where), headers=by).json
    assert told["open"] == [] and told["erased_at"] is None and {"title": "Photos et pièces", "rows": 1, "why": None} in told["goes"]
    done = api.post(gone.api(where), json={"number": "P-00001", "told": True}, headers=by)
    assert done.status_code == 200 and done.json["why"] == "told" and done.json["goes"] == []
    after = client.get(gone.page(where)).text.replace("\xa0", " ")
    assert "Dossier effacé" in after and "Effacer pour toujours" not in after and "Camille" not in after
    assert client.get(gone.page(f"people/{gone.beneficiary_id}")).location.endswith(where)
    assert gone.client(Role.TREASURER).get(gone.page(where)).status_code == 200


def test_the_person_asks_and_the_manager_erases_or_says_why_not(gone: House) -> None:
    own, manager = gone.client(Role.BENEFICIARY), gone.client(Role.MANAGER)
    page, words = gone.page("me/corrections"), {"subject": "erasure", "words": "Je n’en ai plus besoin."}
    assert "subject=erasure" in own.get(gone.page("me")).text
    assert re.search(r'value="erasure"[^>]*selected', own.get(f"{page}?subject=erasure").text)
    assert post(own, page, words).status_code == 303
    assert "Effacement demandé" in manager.get(gone.page(f"people/{gone.beneficiary_id}")).text
    answered = post(manager, gone.page("corrections/1"), {"outcome": "done"})
    assert answered.status_code == 422 and "Effacer le dossier" in answered.text
    assert post(manager, gone.page("corrections/1"), {"outcome": "refused", "reason": "Un avis d’amende peut venir."}).status_code == 303
    assert post(own, page, words | {"words": "Maintenant, s’il vous plaît."}).status_code == 303
    assert post(manager, gone.page(f"people/{gone.beneficiary_id}/erasure"), {"number": "P-00001"}).status_code == 303
    with gone.reading():
        assert db.session.scalars(select(Erasure.why)).one() == "asked"
        assert db.session.scalars(select(CorrectionRequest)).all() == []


@pytest.mark.parametrize(("number", "told", "field"), [("P-00002", True, "number"), ("", True, "number"), ("P-00001", False, "told")])
def test_what_is_not_confirmed_is_not_erased(house: House, number: str, told: bool, field: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        erase_now(house, number=number, told=told)
    assert refused.value.field == field


def test_what_is_open_owed_or_held_is_not_erased(house: House) -> None:
    RentalDesk(house).out()
    with pytest.raises(Conflict) as refused:
        erase_now(house)
    assert "location ou réservation en cours" in str(refused.value) and "caution" in str(refused.value)


def test_what_comes_on_an_account_meanwhile_undoes_the_erasure(gone: House, monkeypatch: pytest.MonkeyPatch) -> None:
    real = erasure.erase_rows

    def after_somebody(connection: Connection, case: Case, **declared: Any) -> dict[str, int]:
        connection.execute(update(Deposit).values(held_cents=100))  # committed by somebody else while the account was waited for
        return real(connection, case, **declared)

    monkeypatch.setattr(erasure, "erase_rows", after_somebody)
    with pytest.raises(Conflict, match="caution"):
        erase_now(gone)
    with gone.reading():
        assert db.session.get_one(Beneficiary, gone.beneficiary_id).first_name == "Camille"
        assert find_erasure(gone.beneficiary_id) is None


def test_who_is_still_expected_is_not_erased_and_a_job_passes_over_who_was(house: House) -> None:
    with house.writing():
        by, now = house.viewer(Role.ADVISER), house.clock()
        asked = {"kind": "follow_up", "starts_at": now + timedelta(days=1, hours=1), "by": by, "now": now - timedelta(days=9)}
        meeting_id = plan_meeting(house.beneficiary_id, **asked).id
    with pytest.raises(Conflict, match="rendez-vous à venir"):
        erase_now(house)
    with house.writing():
        cancel_meeting(meeting_id, by=by, now=now)
    erase_now(house)
    with house.writing():  # as rows of before may stand
        db.session.get_one(Meeting, meeting_id).cancelled_at = None
    with house.writing():
        assert meeting_reminders.remind(now=house.clock()) == 0
        remind_of_workshops(now=house.clock())
