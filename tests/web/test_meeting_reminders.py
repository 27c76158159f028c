"""Appointments are recalled: by the job, by somebody, by letter; once, and taken back with what they recall."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from io import BytesIO
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import select

from mobility.actions import meeting_reminders
from mobility.actions.meetings import cancel_meeting, plan_meeting
from mobility.db import db, platform_scope, transaction
from mobility.models import Beneficiary, Meeting, Message, Outbox
from mobility.posting import drain_outbox
from mobility.rights import Role
from tests.browsing import post
from tests.house import House
from tests.ports.read_pdf import words

WORKERS = 4


def planned(house: House, *, days: int = 3, **person: Any) -> int:
    """An appointment in so many days, of somebody reached so."""
    with house.writing():
        who = db.session.get_one(Beneficiary, house.beneficiary_id)
        for name, value in person.items():
            setattr(who, name, value)
        asked = {"kind": "follow_up", "starts_at": house.clock() + timedelta(days=days), "site_id": house.site_id}
        return plan_meeting(house.beneficiary_id, **asked, by=house.viewer(Role.ADVISER), now=house.clock()).id


def run(house: House) -> int:
    with house.writing():
        return meeting_reminders.remind(now=house.clock())


def cancel(house: House, meeting_id: int) -> None:
    with house.writing():
        cancel_meeting(meeting_id, by=house.viewer(Role.ADVISER), now=house.clock())


def sent(house: House) -> list[Message]:
    with house.reading():
        return list(db.session.scalars(select(Message).order_by(Message.id)))


def test_a_text_leaves_the_day_before_and_once(house: House) -> None:
    planned(house, contact_by="phone")
    assert run(house) == 0, "three days ahead"
    house.clock.forward(days=2)
    assert (run(house), run(house)) == (1, 0)
    (message,) = sent(house)
    assert message.channel == "sms" and "nous vous attendons jeudi 5 mars 2026" in message.body
    page = house.client(Role.ADVISER).get(house.page("meetings/1")).text
    assert "Rappelé" in page and "par SMS" in page


def remind_at_once(house: House) -> list[int]:
    together = Barrier(WORKERS)

    def work(_: int) -> int:
        together.wait()
        with house.app.app_context(), platform_scope(house.platform_id), transaction():
            return meeting_reminders.remind(now=house.clock())

    with ThreadPoolExecutor(WORKERS) as workers:
        return sorted(workers.map(work, range(WORKERS)))


def test_workers_at_once_send_it_once(house: House) -> None:
    planned(house, contact_by="sms")
    house.clock.forward(days=2)
    assert remind_at_once(house) == [0] * (WORKERS - 1) + [1]
    assert len(sent(house)) == 1


def test_without_the_person_s_lock_it_would_leave_more_than_once(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    if not house.app.extensions["settings"].is_postgresql:
        pytest.skip("SQLite has one writer: there is no lock to take away")
    planned(house, contact_by="sms")
    house.clock.forward(days=2)
    all_have_read = Barrier(WORKERS, timeout=20)
    is_due = meeting_reminders._is_due

    def late(*asked: Any) -> bool:
        all_have_read.wait()
        return is_due(*asked)

    monkeypatch.setattr(meeting_reminders, "lock_beneficiary", lambda id_: db.session.get_one(Beneficiary, id_))
    monkeypatch.setattr(meeting_reminders, "_is_due", late)
    assert remind_at_once(house) == [1] * WORKERS
    assert len(sent(house)) == WORKERS


def test_what_was_cancelled_is_not_recalled_and_who_was_reminded_is_told(house: House) -> None:
    first, second = planned(house, contact_by="mail"), planned(house, contact_by="mail")
    cancel(house, first)
    house.clock.forward(days=2)
    assert run(house) == 1
    assert drain_outbox(house.app) == 1
    cancel(house, second)
    reminder, word = sent(house)
    assert "nous vous attendons" in reminder.body and "est annulé" in word.body


def test_a_reminder_that_waits_does_not_leave_after_it_was_cancelled(house: House) -> None:
    meeting_id = planned(house, contact_by="mail")
    house.clock.forward(days=2)
    assert run(house) == 1
    cancel(house, meeting_id)
    assert drain_outbox(house.app) == 0 and len(sent(house)) == 1
    with house.reading():
        assert db.session.scalars(select(Outbox.gave_up_at)).one() is not None


def test_who_has_neither_telephone_nor_mail_gets_a_letter(house: House) -> None:
    meeting_id = planned(house, days=6, phone=None, email=None, contact_by="phone", address="3 rue Haute")
    adviser, page = house.client(Role.ADVISER), house.page(f"meetings/{meeting_id}")
    assert "lettre à envoyer" not in adviser.get(house.page("desk")).text
    house.clock.forward(days=1)
    assert run(house) == 1 and not sent(house)
    assert "lettre à envoyer" in adviser.get(house.page("desk")).text
    assert "Imprimer la lettre" in adviser.get(page).text
    letter = adviser.get(f"{page}/letter.pdf")
    assert letter.content_type == "application/pdf"
    said = words(BytesIO(letter.data).read())
    assert "3 rue Haute" in said and "nous vous attendons" in said
    assert post(adviser, f"{page}/reminded").status_code == 303
    assert post(adviser, f"{page}/reminded").status_code == 409, "said once"
    assert "lettre à envoyer" not in adviser.get(house.page("desk")).text
    house.clock.forward(days=6)
    assert adviser.get(f"{page}/letter.pdf").status_code == 404


@pytest.mark.parametrize("days", [0, 3])
def test_a_platform_sets_how_long_before_and_may_send_none(house: House, days: int) -> None:
    change = {"value": str(days), "from_on": house.clock().date().isoformat()}
    answer = post(house.client(Role.MANAGER), house.page("settings/meetings.reminder_days"), change)
    assert answer.status_code == 303
    planned(house, days=4, contact_by="sms")
    house.clock.forward(days=2)
    assert run(house) == (1 if days else 0)


def test_by_json_the_call_is_noted_and_nobody_else_s_is_found(house: House) -> None:
    meeting_id = planned(house, contact_by="structure")
    house.clock.forward(days=2)
    assert run(house) == 1
    api, token = house.client(None), house.bearer(Role.ADVISER)
    told = api.post(house.api(f"meetings/{meeting_id}/reminded"), json={}, headers=token)
    assert told.status_code == 200 and told.json["told_at"] and told.json["reminder_channel"] == "call"
    assert api.post(house.api("meetings/999/reminded"), json={}, headers=token).status_code == 404
    with house.reading():
        assert db.session.get_one(Meeting, meeting_id).told_by is not None
