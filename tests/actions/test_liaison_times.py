"""A form does not wait in silence: late, the platform is told once; untaken, it expires with a word; a meeting opens it again."""

from datetime import date, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select, update

from mobility.actions import liaison, liaison_times
from mobility.actions.consents import withdraw_consent
from mobility.actions.settings import set_setting
from mobility.db import db
from mobility.liaison import EXPIRY_DAYS, LATE_DAYS, is_past
from mobility.models import AuditEntry, LiaisonForm, Message, Platform
from mobility.periods import paris_day
from mobility.queries.structure_figures import structure_figures
from mobility.queries.timeline import timeline_of
from mobility.rights import Role
from mobility.steps import Step
from tests.house import House

PERSON = {
    "first_name": "Nadia",
    "last_name": "Ben Essai",
    "birth_on": date(1998, 7, 14),
    "phone": "+33639980011",
    "email": "nadia@example.org",
    "contact_by": "mail",
}
PLATFORM = "plateforme@example.org"


def send(house: House, **more: Any) -> int:
    with house.writing():
        db.session.execute(update(Platform).values(email=PLATFORM))
        given: dict[str, Any] = {"person": PERSON, "motive": "job", "consent": True}
        return liaison.send_liaison_form(**(given | more), by=house.viewer(Role.PRESCRIBER), now=house.clock()).id


def night(house: House, days: int) -> None:
    """The day's job, so many days from now, run twice."""
    for hours in (0, 1):
        with house.writing():
            liaison_times.keep_time(now=house.clock() + timedelta(days=days, hours=hours))


def told(house: House) -> list[tuple[str, str]]:
    """The mails of the nights: to whom, what about; those of the acts of today are other tests'."""
    with house.reading():
        later = select(Message).filter(Message.created_at > house.clock()).order_by(Message.id)
        return [(mail.recipient, mail.subject) for mail in db.session.scalars(later)]


def status(house: House, id_: int) -> str:
    with house.reading():
        return db.session.get_one(LiaisonForm, id_).status


def set_days(house: House, key: str, days: int) -> None:
    with house.writing():
        set_setting(key, days, from_on=paris_day(house.clock()), by=house.viewer(Role.MANAGER), now=house.clock())


@given(days=st.integers(min_value=0, max_value=1000), limit=st.integers(min_value=0, max_value=730))
def test_an_age_reaches_a_limit_and_none_never(days: int, limit: int) -> None:
    assert is_past(days, limit) == (limit != 0 and days >= limit)


def test_the_platform_is_told_once_that_forms_are_late(house: House) -> None:
    first = send(house)
    night(house, 6)
    assert told(house) == []
    night(house, 7)
    night(house, 8)
    assert told(house) == [(PLATFORM, "Une fiche de liaison attend une réponse")]
    with house.reading():
        mail = db.session.scalars(select(Message).order_by(Message.id.desc())).first()
        verbs = [one.verb for one in db.session.scalars(select(AuditEntry).filter_by(table_name="liaison_form").order_by(AuditEntry.id))]
    assert mail is not None and "FL-2026-0001" in mail.body and f"liaison-forms/{first}" in mail.body and "Nadia" not in mail.body
    assert verbs == ["send_liaison_form", "tell_late_liaison_form"]


def test_the_desk_says_that_it_is_late(house: House) -> None:
    send(house)
    house.clock.forward(days=8)
    assert "en retard, depuis 8 jours" in house.client(Role.ADVISER).get(house.page("desk")).text.replace("\xa0", " ")


def test_what_nobody_takes_up_expires_with_a_word_to_both(house: House) -> None:
    id_ = send(house)
    night(house, 89)
    assert status(house, id_) == "received"
    night(house, 90)
    night(house, 91)
    assert status(house, id_) == "expired"
    assert told(house)[1:] == [
        (f"prescriber.{house.slug}@example.org", "Nadia B. : fiche sans suite"),
        ("nadia@example.org", "Votre demande de mobilité"),
    ]
    with house.reading():
        figures = structure_figures(2026, None, house.viewer(Role.MANAGER))
    assert (figures.expired, figures.accepted, figures.waiting) == (1, 0, 0)
    shown = house.client(Role.PRESCRIBER).get(house.page(f"liaison-forms/{id_}")).text
    assert "sans suite" in shown and "Fiche sans suite" in shown


def test_a_person_who_comes_after_all_opens_it_again(house: House) -> None:
    id_ = send(house)
    night(house, 90)
    house.clock.forward(days=95)
    assert "Noter la rencontre" in house.client(Role.ADVISER).get(house.page(f"liaison-forms/{id_}")).text
    with house.writing():
        by = house.viewer(Role.ADVISER)
        liaison.meet(id_, met_on=paris_day(house.clock()), by=by, now=house.clock())
        form = liaison.accept(id_, by=by, now=house.clock())
        assert [moment.step for moment in timeline_of(form)] == [Step.RECEIVED, Step.EXPIRED, Step.MET, Step.ACCEPTED]


def test_a_person_met_does_not_expire_and_one_followed_otherwise_is_not_worried(house: House) -> None:
    id_ = send(house)
    with house.writing():
        liaison.meet(id_, met_on=paris_day(house.clock()), by=house.viewer(Role.ADVISER), now=house.clock())
    second = send(house)
    with house.reading():
        assert len({form.beneficiary_id for form in db.session.scalars(select(LiaisonForm))}) == 1
    night(house, 90)
    assert (status(house, id_), status(house, second)) == ("met", "expired")
    assert "nadia@example.org" not in [recipient for recipient, _ in told(house)]
    assert "2 fiches" not in str(told(house)) and (PLATFORM, "Une fiche de liaison attend une réponse") in told(house)


def test_no_news_where_the_agreement_is_taken_back_and_none_of_history(house: House) -> None:
    first = send(house)
    second = send(house, person=PERSON | {"first_name": "Odile", "email": None, "phone": None})
    with house.writing():
        withdraw_consent(first, by=house.viewer(Role.ADVISER), now=house.clock())
        db.session.get_one(LiaisonForm, second).import_key = "2008-1"
    before = told(house)
    night(house, 90)
    assert (status(house, first), status(house, second)) == ("expired", "received")
    assert told(house)[len(before) :] == [("nadia@example.org", "Votre demande de mobilité")]


def test_the_platform_sets_the_days_and_zero_is_never(house: House) -> None:
    set_days(house, LATE_DAYS.key, 0)
    set_days(house, EXPIRY_DAYS.key, 0)
    id_ = send(house)
    night(house, 700)
    assert (status(house, id_), told(house)) == ("received", [])
    with house.writing():
        db.session.execute(update(LiaisonForm).values(received_on=paris_day(house.clock()) - timedelta(days=1)))  # before the rule
    night(house, 100)
    assert status(house, id_) == "expired"
