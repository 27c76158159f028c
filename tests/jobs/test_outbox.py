"""Sending what was written: once when all is well, again when not, at last given up aloud."""

from datetime import timedelta
from typing import Any

import pytest

from mobility import outbox
from mobility.db import db
from mobility.delivery import NotSent
from mobility.models import Message, Outbox
from mobility.posting import PATIENCE, drain_outbox, is_last, wait_after
from tests.house import House


class RefusingMailer:
    """A mail server that says no."""

    def __init__(self, *, may_retry: bool) -> None:
        self.may_retry, self.asked = may_retry, 0

    def send(self, mail: Any) -> None:
        self.asked += 1
        raise NotSent("the mail server refused the recipient (550)", may_retry=self.may_retry)


def post_mail(house: House) -> None:
    with house.writing():
        outbox.post("mail", "referente@example.org", subject="Nouvelle", body="La voiture est prête.", now=house.clock())


def header(house: House) -> Outbox:
    with house.reading():
        found = db.session.query(Outbox).one()
        db.session.expunge(found)
        return found


def mails(house: House) -> list[Any]:
    return house.app.extensions["mailer"].sent


def test_a_message_goes_out_once_however_often_the_job_runs(house: House) -> None:
    post_mail(house)
    assert [drain_outbox(house.app), drain_outbox(house.app)] == [1, 0]
    (mail,) = mails(house)
    assert (mail.to, mail.subject, mail.written_at) == ("referente@example.org", "Nouvelle", house.clock())
    with house.reading():
        assert db.session.query(Message).one().sent_at == house.clock()


def test_a_text_goes_to_the_text_port(house: House) -> None:
    with house.writing():
        outbox.post("sms", "+33600000001", subject="", body="Point-étape demain à 9 h.", now=house.clock())
    drain_outbox(house.app)
    assert [sms.to for sms in house.app.extensions["sms"].sent] == ["+33600000001"]
    assert mails(house) == []


def test_a_worker_that_dies_after_sending_sends_the_same_message_again(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    post_mail(house)
    with monkeypatch.context() as dying, pytest.raises(KeyboardInterrupt):
        dying.setattr("mobility.posting._note_sent", lambda claimed: (_ for _ in ()).throw(KeyboardInterrupt))
        drain_outbox(house.app)
    assert drain_outbox(house.app) == 0, "its lease still runs"
    house.clock.forward(minutes=3)
    assert drain_outbox(house.app) == 1
    first, second = mails(house)
    assert first.message_id == second.message_id


def test_a_refusal_that_may_pass_is_tried_again_later(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    refusing = RefusingMailer(may_retry=True)
    post_mail(house)
    with monkeypatch.context() as patched:
        patched.setitem(house.app.extensions, "mailer", refusing)
        drain_outbox(house.app)
        drain_outbox(house.app)
    assert refusing.asked == 1
    assert header(house).gave_up_at is None and "550" in (header(house).last_error or "")
    house.clock.forward(minutes=3)
    assert drain_outbox(house.app) == 1
    assert header(house).last_error is None


def test_a_refusal_for_good_is_given_up_at_once_and_said(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    post_mail(house)
    monkeypatch.setitem(house.app.extensions, "mailer", RefusingMailer(may_retry=False))
    drain_outbox(house.app)
    assert header(house).gave_up_at == house.clock() and header(house).done_at is None


def test_patience_lasts_a_day(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    refusing = RefusingMailer(may_retry=True)
    post_mail(house)
    monkeypatch.setitem(house.app.extensions, "mailer", refusing)
    began = house.clock()
    while header(house).gave_up_at is None:
        drain_outbox(house.app)
        house.clock.forward(minutes=60)
    assert timedelta(hours=20) < house.clock() - began < PATIENCE * 2
    drain_outbox(house.app)
    assert refusing.asked == header(house).tries


def test_waits_double_up_to_two_hours() -> None:
    assert [wait_after(n).total_seconds() / 60 for n in (1, 2, 3, 7, 30)] == [2, 4, 8, 120, 120]
    assert not is_last(12) and is_last(18)
