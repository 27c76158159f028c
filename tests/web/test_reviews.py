"""A month's review: due on the desk, its feedback sent by itself or the reason why not, its versions, and JSON."""

import re
from contextlib import suppress
from datetime import date
from threading import Barrier, BrokenBarrierError
from typing import Any

import pytest
from sqlalchemy import update

from billing.terms import AMIE
from fleet.actions import reviews
from fleet.models import Booking, MonthlyReview
from fleet.reviews import NO_ADDRESS, NO_CONSENT, NO_REFERENT, OPPOSED, WHY_UNTOLD
from mobility.db import db
from mobility.held import registry
from mobility.models import AuditEntry, Beneficiary, LiaisonForm, Message, Structure
from mobility.periods import instant_of
from mobility.queries.held import rows_of
from mobility.rights import Role
from tests.browsing import post
from tests.house import House
from tests.racing import race
from tests.rental import RentalDesk

PLANTED = "doit 123,45 € pour 678 km et un siège bébé"
UNTOLD = re.compile(r"€|\bkm\b|123,45|678|siège|budget|AA-000", re.IGNORECASE)


@pytest.fixture
def desk(house: House) -> RentalDesk:
    """A car out for the programme, its first month over, and a referent who may be told."""
    desk = RentalDesk(house, programme=AMIE, ends_at=instant_of(date(2026, 7, 1))).out()
    desk.later(days=31)
    with house.writing():
        db.session.execute(update(LiaisonForm).values(consent_on=date(2026, 2, 20)))
    return desk


def typed(house: House, **more: Any) -> dict[str, Any]:
    told = {"held_how": "pole", "job": "kept", "steps": ["licence"], "budget": "tight", "agreed": ["search"], "note": PLANTED}
    return told | {"held_on": house.clock().date().isoformat(), "version": "0"} | more


def news(desk: RentalDesk) -> list[Message]:
    return [mail for mail in desk.rows(Message) if "bilan du mois" in mail.subject]


def test_due_shown_previewed_held_told_corrected_and_read_by_its_person(house: House, desk: RentalDesk) -> None:
    client, path = house.client(Role.ADVISER), house.page(f"bookings/{desk.booking_id}/monthly-reviews/1")
    assert path in client.get(house.page(f"bookings/{desk.booking_id}/rental")).text
    assert client.get(house.page(f"bookings/{desk.booking_id}/monthly-reviews/3")).status_code == 404, "not begun"
    shown = client.get(path)
    assert shown.status_code == 200 and "échéance" in shown.text
    refused = post(client, path, typed(house, agreed=[]))
    assert refused.status_code == 422 and PLANTED in refused.text, "nothing typed is lost"
    seen = post(client, f"{path}/preview", typed(house))
    assert seen.status_code == 200 and not desk.rows(MonthlyReview) and not news(desk)
    assert [post(client, path, typed(house)).status_code for _ in range(2)] == [303, 303]
    (mail,) = news(desk)
    assert mail.recipient == "referente@example.org" and not UNTOLD.search(mail.subject + mail.body), mail.body
    card = re.search(r"pre-line\">(.*?)</p>", seen.text, re.DOTALL)
    assert card and " ".join(card[1].replace("\xa0", " ").split()) == " ".join(mail.body.replace("\xa0", " ").split()), "as it was shown"
    (row,) = desk.rows(MonthlyReview)
    assert row.said in mail.body and (row.told_to, row.untold) == (mail.recipient, None)
    assert post(client, path, typed(house, job="ended")).status_code == 409, "another adviser held it meanwhile"
    assert post(client, path, typed(house, job="ended", version="1")).status_code == 303
    assert [(each.version, each.job) for each in desk.rows(MonthlyReview)] == [(1, "kept"), (2, "ended")], "never overwritten"
    assert len(news(desk)) == 2
    mine = house.client(Role.BENEFICIARY).get(house.page("me")).text
    assert "Mes bilans mensuels" in mine and PLANTED in mine.replace("\xa0", " ").replace("\u202f", " ") and "emploi terminé" in mine
    verbs = [entry.verb for entry in desk.rows(AuditEntry) if entry.table_name == "monthly_review"]
    assert verbs == ["hold_review", "correct_review"]
    with house.reading():
        assert len(list(rows_of(registry().held["monthly_review"], house.beneficiary_id))) == 2


def test_who_follows_the_person_reads_it_too_once_agreed(house: House, desk: RentalDesk) -> None:
    followed = {"referent_name": "Hector Vaubrun", "referent_email": "hector@example.org"}
    client, path = house.client(Role.ADVISER), house.page(f"bookings/{desk.booking_id}/monthly-reviews/1")
    for agreed_on, readers in ((None, 1), (date(2026, 2, 20), 2)):
        with house.writing():
            db.session.execute(update(LiaisonForm).values(referent_consent_on=agreed_on, **followed))
        assert ("et Hector Vaubrun" in client.get(path).text.replace("\xa0", " ")) is (readers == 2)
        before = len(news(desk))
        assert post(client, path, typed(house, job="kept" if readers == 1 else "ended", version=str(readers - 1))).status_code == 303
        assert len(news(desk)) - before == readers
    last = desk.rows(MonthlyReview)[-1].told_to
    assert last and last.endswith(" et hector@example.org")


def test_the_desk_and_the_file_say_it_until_it_is_held(house: House, desk: RentalDesk) -> None:
    client, path = house.client(Role.ADVISER), house.page(f"bookings/{desk.booking_id}/monthly-reviews/1")
    pages = [house.page(""), house.page(f"people/{house.beneficiary_id}")]
    assert ["Bilans mensuels à tenir" in client.get(page, follow_redirects=True).text for page in pages] == [True, True]
    assert post(client, path, typed(house)).status_code == 303
    assert ["Bilans mensuels à tenir" in client.get(page, follow_redirects=True).text for page in pages] == [False, False]


@pytest.mark.parametrize("why", [OPPOSED, NO_REFERENT, NO_CONSENT, NO_ADDRESS])
def test_it_says_why_nothing_leaves(house: House, desk: RentalDesk, why: str) -> None:
    changes: dict[str, list[Any]] = {
        OPPOSED: [],
        NO_REFERENT: [update(LiaisonForm).values(status="closed", import_key="2008-1")],
        NO_CONSENT: [update(LiaisonForm).values(consent_on=None)],
        NO_ADDRESS: [update(LiaisonForm).values(prescriber_email=None, prescriber_account_id=None), update(Structure).values(email=None)],
    }
    with house.writing():
        for change in changes[why]:
            db.session.execute(change)
    client, path = house.client(Role.ADVISER), house.page(f"bookings/{desk.booking_id}/monthly-reviews/1")
    assert post(client, path, typed(house, opposed="yes" if why == OPPOSED else "")).status_code == 303
    (row,) = desk.rows(MonthlyReview)
    assert (row.untold, row.told_to) == (why, None) and not news(desk)
    assert WHY_UNTOLD[why] in client.get(path).text.replace("\xa0", " ")


def test_two_advisers_at_once_hold_one_and_one_mail_leaves(house: House, desk: RentalDesk) -> None:
    api = house.api(f"bookings/{desk.booking_id}/monthly-reviews/1")
    headers, asked = house.bearer(Role.ADVISER), typed(house, version=0)
    tries = race(3, 1, lambda client, number: house.app.test_client().post(api, json=asked, headers=headers).status_code)
    assert [one.answer for one in tries] == [201] * 3, tries
    assert len(desk.rows(MonthlyReview)) == 1 and len(news(desk)) == 1
    listed = house.app.test_client().get(api.rpartition("/")[0], headers=headers).json
    assert [(one["month"], one["version"], one["untold"]) for one in listed] == [(1, 1, None)]
    assert house.app.test_client().post(api, json=asked | {"held_on": "2026-01-01", "version": 1}, headers=headers).status_code == 422


def _held_at_once(house: House, desk: RentalDesk, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Two advisers send the same review, each look at what is kept waiting a moment for the other."""
    api, both, look = house.api(f"bookings/{desk.booking_id}/monthly-reviews/1"), Barrier(2), reviews.latest_reviews
    headers, asked = house.bearer(Role.ADVISER), typed(house, version=0)

    def looked(booking_id: int) -> dict[int, MonthlyReview]:
        found = look(booking_id)
        with suppress(BrokenBarrierError):  # the other waits at the lock
            both.wait(timeout=0.4)
        return found

    monkeypatch.setattr(reviews, "latest_reviews", looked)
    tries = race(2, 1, lambda client, _: house.app.test_client().post(api, json=asked, headers=headers).status_code)
    return sorted(one.answer for one in tries)


def test_the_lock_lets_the_second_see_the_first(house: House, desk: RentalDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    assert _held_at_once(house, desk, monkeypatch) == [201, 201] and len(desk.rows(MonthlyReview)) == len(news(desk)) == 1


def test_twin_without_the_lock_the_second_is_turned_away(house: House, desk: RentalDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    with house.reading():
        if db.engine.dialect.name == "sqlite":
            pytest.skip("one writer at a time there, lock or no lock")
        booking = db.session.get_one(Booking, desk.booking_id)
        person = booking.beneficiary_id

    def unlocked(booking_id: int, **_: Any) -> tuple[Booking, Beneficiary, None]:
        return db.session.get_one(Booking, booking_id), db.session.get_one(Beneficiary, person), None

    monkeypatch.setattr(reviews, "open_booking", unlocked)
    answers = _held_at_once(house, desk, monkeypatch)
    assert answers[0] == 201 and answers[1] >= 409, "both saw nothing kept: the key of the table alone stopped the second"
    assert len(desk.rows(MonthlyReview)) == len(news(desk)) == 1


def test_twin_without_a_look_at_what_is_kept_nothing_but_the_key_stops_a_second_one(
    house: House, desk: RentalDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, path = house.client(Role.ADVISER), house.page(f"bookings/{desk.booking_id}/monthly-reviews/1")
    versions = iter((1, 2))
    monkeypatch.setattr(reviews, "latest_reviews", lambda _: {})
    monkeypatch.setattr(reviews, "MonthlyReview", lambda **told: MonthlyReview(**told | {"version": next(versions)}))
    assert [post(client, path, typed(house)).status_code for _ in range(2)] == [303, 303]
    assert len(desk.rows(MonthlyReview)) == len(news(desk)) == 2, "the same form sent twice, and two mails to the referent"


def test_other_rentals_have_no_monthly_review(house: House) -> None:
    desk = RentalDesk(house).out()
    desk.later(days=20)
    assert house.client(Role.ADVISER).get(house.page(f"bookings/{desk.booking_id}/monthly-reviews/1")).status_code == 404
