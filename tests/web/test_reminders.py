"""Reminders of what is to be paid: each night once, by hand, kept back; by the page and by the API, and never to a prescriber."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import func, select

from billing.actions import payments, plans, reminders
from billing.actions.pauses import pause
from billing.models import GatewayDifference, Payment, PaymentReminder
from billing.queries.accounts import balance_cents
from billing.queries.reminders import list_reminders
from mobility.actions.meetings import plan_meeting
from mobility.db import db
from mobility.errors import Conflict
from mobility.models import AuditEntry, Beneficiary, Message, Outbox, Structure
from mobility.periods import instant_of
from mobility.rights import Role
from tests.browsing import post as send
from tests.house import House
from tests.money import ADVISER, books, make_rental


def reach(house: House, **how: Any) -> None:
    """How the person is reached."""
    with house.writing():
        person = db.session.get_one(Beneficiary, house.beneficiary_id)
        for name, value in ({"email": None, "phone": None, "contact_by": "mail"} | how).items():
            setattr(person, name, value)


def night(house: House, day: date) -> int:
    """The job of a night, in its own transactions."""
    house.clock.set(instant_of(day) + timedelta(hours=4))
    with house.reading():
        return reminders.remind(now=house.clock())


def messages() -> list[tuple[str, str, str]]:
    return [(row.recipient, row.subject, row.body) for row in db.session.scalars(select(Message).order_by(Message.id))]


def test_each_night_once_before_and_after_until_somebody_meets_the_person(house: House) -> None:
    """Two weeks posted on Monday 2 March: to be paid through the 9th."""
    reach(house, email="camille@example.org")
    account_id = make_rental(house)
    with house.writing():
        db.session.get_one(Structure, house.structure_id).email = "referent@example.org"
    before = books(house)
    told = {day: night(house, day) for day in (date(2026, 3, 2) + timedelta(days=count) for count in range(60))}
    heard = [day for day, count in told.items() if count]
    assert heard == [date(2026, 3, day) for day in (7, 12, 19)] + [date(2026, 4, 8)]
    assert night(house, date(2026, 4, 8)) == 0, "run again it tells nothing"
    assert books(house) == before, "a reminder costs nothing"
    with house.reading():
        found = messages()
        assert {recipient for recipient, _, _ in found} == {"camille@example.org"}, "nobody else hears of a debt"
        assert [subject.split(" le ")[0] for _, subject, _ in found] == ["Un paiement est prévu", *["Un paiement est en attente"] * 3]
        assert "70 €" in found[0][2].replace("\u00a0", " ") and "Pourquoi : " in found[0][2] and "aucuns frais" in found[0][2]
        due = db.session.scalars(select(Outbox.due_at).order_by(Outbox.id)).first()
        assert due == instant_of(date(2026, 3, 7)) + timedelta(hours=9), "nobody is woken"
        verbs = db.session.scalar(select(func.count()).filter(AuditEntry.verb == "payment_reminder"))
        assert verbs == len(list_reminders(account_id)) == 4
    page = house.client(Role.ADVISER).get(house.page(f"money/accounts/{account_id}")).text
    assert "voir la personne" in page and page.count("par courriel") == 3


def test_a_worker_started_in_the_evening_tells_what_the_next_morning_calls_for(house: House) -> None:
    """On Saturday 7 March at nine in the evening it would leave on Sunday: it waits, and leaves on Monday."""
    reach(house, email="camille@example.org")
    make_rental(house)
    counts = []
    for day in (date(2026, 3, 7), date(2026, 3, 8)):
        house.clock.set(instant_of(day) + timedelta(hours=21))
        with house.reading():
            counts.append(reminders.remind(now=house.clock()))
    assert counts == [0, 1]
    with house.reading():
        assert db.session.scalars(select(Outbox.due_at)).one() == instant_of(date(2026, 3, 9)) + timedelta(hours=9)


def test_nothing_is_told_in_a_pause_a_dispute_or_where_a_word_was_said(house: House) -> None:
    reach(house, phone="+33600000001", contact_by="sms")
    account_id, other = make_rental(house), make_rental(house, reference="booking:2")
    saturday, monday = date(2026, 3, 7), date(2026, 3, 9)
    with house.writing():
        now = house.clock()
        pause(account_id, reason="agreed", until_on=date(2026, 3, 7), by=ADVISER, now=now)
        plan_meeting(house.beneficiary_id, kind="point_etape", starts_at=instant_of(saturday) + timedelta(hours=9), by=ADVISER, now=now)
    assert night(house, saturday) == 0, "the point-étape says it"
    with house.writing():
        payment = payments.announce_transfer(other, cents=1000, by=ADVISER, now=house.clock())
        db.session.add(
            GatewayDifference(
                kind="contested", subject="x", payment_id=payment.id, cents=1, sentence="x", first_seen_at=now, last_seen_at=now
            )
        )
    assert night(house, monday) == 1, "the pause is over; the other one is contested"
    with house.writing():
        (row,) = db.session.scalars(select(PaymentReminder))
        assert (row.account_id, row.channel, row.due_on) == (account_id, "sms", monday)
        seen = db.session.scalars(select(GatewayDifference)).one()
        seen.mended_at, seen.mended_how = house.clock(), "seen"
        db.session.get_one(Payment, payment.id).created_at = instant_of(date(2026, 3, 10))
    assert night(house, date(2026, 3, 12)) == 1, "a transfer announced two days ago is on its way; the first account is late"
    assert night(house, date(2026, 3, 13)) == 1
    with house.reading():
        assert [row.account_id for row in db.session.scalars(select(PaymentReminder).order_by(PaymentReminder.id))] == [
            account_id,
            account_id,
            other,
        ]
        assert all(len(body) <= 480 for _, _, body in messages())


def test_a_plan_is_told_by_its_own_days(house: House) -> None:
    reach(house, email="camille@example.org")
    account_id = make_rental(house)
    with house.writing():
        plans.agree_plan(account_id, cents=7000, months=2, first_on=date(2026, 3, 20), agreed=True, by=ADVISER, now=house.clock())
    told = [day for day in (date(2026, 3, 2) + timedelta(days=count) for count in range(25)) if night(house, day)]
    assert told == [date(2026, 3, 18), date(2026, 3, 23)]
    with house.reading():
        rows = list_reminders(account_id)
        assert [(row.cents, row.step, row.due_on) for row in rows] == [(3500, 1, date(2026, 3, 20)), (3500, 0, date(2026, 3, 20))]
        assert "le plan convenu ensemble" in rows[0].sentence


def test_by_hand_and_kept_back(house: House) -> None:
    reach(house, email="camille@example.org")
    account_id = make_rental(house)
    path, client = f"money/accounts/{account_id}/reminders", house.client(Role.ADVISER)
    api, heads = house.app.test_client(), house.bearer(Role.TREASURER)
    assert "Envoyer un rappel maintenant" in client.get(house.page(path)).text
    assert send(client, house.page(path), {}).status_code == 303
    assert "Envoyer un rappel maintenant" not in client.get(house.page(path)).text
    assert api.post(house.api(path), headers=heads).status_code == 409, "one a day"
    refused = send(client, house.page(f"{path}/hold"), {"reason": "fatigue"})
    assert refused.status_code == 422 and 'id="f-reason-error"' in refused.text
    assert send(client, house.page(f"{path}/hold"), {"reason": "disputed"}).status_code == 303
    assert api.post(house.api(f"{path}/hold"), json={"reason": "seen"}, headers=heads).status_code == 409
    assert "Désaccord en cours" in client.get(house.page(path)).text
    assert [night(house, day) for day in (date(2026, 3, 7), date(2026, 3, 12))] == [0, 0]
    assert api.post(house.api(path), headers=heads).status_code == 409, "kept back is kept back by hand too"
    told = api.get(house.api(path), headers=heads).json
    assert "retenus" in told["next"] and len(told["reminders"]) == len(told["holds"]) == 1
    end = f"{path}/hold/{told['holds'][0]['id']}/end"
    other = make_rental(house, reference="booking:2")
    assert api.post(house.api(end.replace(str(account_id), str(other), 1)), headers=heads).status_code == 404
    assert send(client, house.page(end), {}).status_code == 303
    assert api.post(house.api(end), headers=heads).status_code == 409
    assert night(house, date(2026, 3, 13)) >= 1
    with house.writing():
        payments.take_payment(account_id, means="cheque", cents=balance_cents(account_id), by=ADVISER, now=house.clock())
    assert api.post(house.api(path), headers=heads).status_code == 409
    assert "Rien n’est dû" in api.get(house.api(path), headers=heads).json["next"]


def test_who_has_neither_mail_nor_message_is_called_or_written_to(house: House) -> None:
    reach(house, phone="+33400000001", contact_by="phone")
    account_id = make_rental(house)
    client, api, heads = house.client(Role.ADVISER), house.app.test_client(), house.bearer(Role.ADVISER)
    assert night(house, date(2026, 3, 7)) == 1
    reach(house)
    assert night(house, date(2026, 3, 12)) == 1

    def waiting() -> list[tuple[int, str]]:
        rows = api.get(house.api("money/reminders?state=to_say"), headers=heads).json["rows"]
        return [(row["reminder"]["id"], row["reminder"]["channel"]) for row in rows]

    ((number, channel),) = waiting()
    assert channel == "letter", "the later one takes the place of the call that nobody made"
    assert "Imprimer la lettre" in client.get(house.page(f"money/reminders/{number}")).text
    assert client.get(house.page(f"money/reminders/{number}.pdf")).data.startswith(b"%PDF")
    with house.reading():
        assert messages() == []
    assert send(client, house.page(f"money/reminders/{number}/said"), {}).status_code == 303
    assert api.post(house.api(f"money/reminders/{number}/said"), headers=heads).status_code == 409
    assert waiting() == [] and len(api.get(house.api("money/reminders?state=done"), headers=heads).json["rows"]) == 2
    with house.writing():
        payments.take_payment(account_id, means="cheque", cents=balance_cents(account_id), by=ADVISER, now=house.clock())
    assert client.get(house.page(f"money/reminders/{number}.pdf")).status_code == 404


def test_a_platform_sets_its_own_days_and_its_least_amount(house: House) -> None:
    reach(house, email="camille@example.org")
    make_rental(house)
    client, path = house.client(Role.MANAGER), "settings/billing.reminder_after_days"
    assert send(client, house.page(path), {"value": "10, 3", "from_on": "2026-03-02"}).status_code == 422
    assert send(client, house.page(path), {"value": "5", "from_on": "2026-03-02"}).status_code == 303
    assert send(client, house.page("settings/billing.reminder_before_days"), {"value": "0", "from_on": "2026-03-02"}).status_code == 303
    days = [date(2026, 3, 2) + timedelta(days=count) for count in range(30)]
    assert [day for day in days if night(house, day)] == [date(2026, 3, 14)]
    house.clock.set(instant_of(date(2026, 3, 2)) + timedelta(hours=12))
    make_rental(house, reference="booking:2")
    assert send(client, house.page("settings/billing.reminder_least_cents"), {"value": "70,01", "from_on": "2026-03-02"}).status_code == 303
    assert [day for day in days if night(house, day)] == []


@pytest.mark.race
@pytest.mark.usefixtures("house")
def test_two_nights_at_once_tell_once(house: House) -> None:
    reach(house, email="camille@example.org")
    account_id, start = make_rental(house), Barrier(4)
    house.clock.set(instant_of(date(2026, 3, 7)) + timedelta(hours=4))

    def go(number: int) -> int:
        start.wait(30)
        try:
            with house.reading():
                return reminders.remind(now=house.clock())
        except Conflict:
            return 0

    with ThreadPoolExecutor(4) as threads:
        assert sum(threads.map(go, range(4))) == 1
    with house.reading():
        assert len(list_reminders(account_id)) == len(messages()) == 1
