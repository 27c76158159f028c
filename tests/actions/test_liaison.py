"""Liaison forms, from the prescriber's sending to the adviser's answer, on both engines."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import func, select

from mobility.actions import liaison
from mobility.actions.structures import add_structure, close_structure
from mobility.db import db
from mobility.errors import NotFound, RuleBroken
from mobility.liaison import NotNow
from mobility.models import Beneficiary, Job, LiaisonForm, Message
from mobility.news import tell_prescriber
from mobility.queries import liaison as read
from mobility.rights import Role
from mobility.steps import Step
from tests.house import House, make_house

PERSON = {"first_name": "Nadia", "last_name": "Ben Essai", "birth_on": date(1998, 7, 14), "phone": "+33611223344"}


def send(house: House, *, role: Role = Role.PRESCRIBER, **more: Any) -> int:
    with house.writing():
        given: dict[str, Any] = {"person": PERSON, "motive": "job", "consent": True}
        return liaison.send_liaison_form(**(given | more), by=house.viewer(role), now=house.clock()).id


def mails(house: House) -> list[Message]:
    with house.reading():
        return list(db.session.scalars(select(Message).order_by(Message.id)))


def count(house: House, table: Any) -> int:
    with house.reading():
        return db.session.scalar(select(func.count()).select_from(table)) or 0


def test_a_form_gets_a_number_a_person_and_a_mail(house: House) -> None:
    id_ = send(house)
    with house.reading():
        line = read.get_line(id_, house.viewer(Role.PRESCRIBER))
        assert (line.form.number, line.form.status, line.form.consent_on) == ("FL-2026-0001", "received", date(2026, 3, 2))
        assert (line.person.number, line.structure.id) == ("P-00002", house.structure_id)
        assert line.form.prescriber_account_id == house.accounts[Role.PRESCRIBER]
        assert read.find_job_of(id_) is None
    [mail] = mails(house)
    assert mail.recipient == f"prescriber.{house.slug}@example.org"
    assert mail.subject == "Nadia B. : fiche reçue"
    assert f"/p/{house.slug}/liaison-forms/{id_}" in mail.body and "FL-2026-0001" in mail.body


@pytest.mark.parametrize(("hours", "weekdays"), [("lun, mer, sam 5:00–13:00", 0b0100101), ("5 h à 13 h", 0b0011111)])
def test_hours_told_day_by_day_say_the_days_worked(house: House, hours: str, weekdays: int) -> None:
    id_ = send(house, job={"kind": "permanent", "hours": hours})
    with house.reading():
        job = read.find_job_of(id_)
        assert job is not None and (job.hours, job.weekdays) == (hours, weekdays)


def test_a_form_may_tell_a_job(house: House) -> None:
    id_ = send(house, job={"kind": "permanent", "starts_on": date(2026, 3, 9), "place": "Gémenos"})
    with house.reading():
        job = read.find_job_of(id_)
        assert job is not None and (job.kind, job.starts_on) == ("permanent", date(2026, 3, 9))


def test_somebody_sent_twice_is_one_person_and_their_file_stays_theirs(house: House) -> None:
    send(house)
    again = send(
        house, person=PERSON | {"first_name": "NADIA", "last_name": "ben-essai", "phone": "+33699999999", "email": "x@example.org"}
    )
    with house.reading():
        line = read.get_line(again, house.viewer(Role.ADVISER))
        assert (line.form.number, line.person.number) == ("FL-2026-0002", "P-00002")
        assert (line.person.phone, line.person.email) == ("+33611223344", None)
        assert (line.form.phone_given, line.form.email_given) == ("+33699999999", "x@example.org")


@pytest.mark.parametrize(
    ("wrong", "field", "why"),
    [
        ({"consent": False}, "consent", "no agreement"),
        ({"motive": "holidays"}, "motive", "an unknown reason"),
        ({"person": PERSON | {"birth_on": date(2030, 1, 1)}}, "birth_on", "born in the future"),
        ({"job": {"kind": "permanent", "starts_on": date(2026, 5, 1), "ends_on": date(2026, 4, 1)}}, "ends_on", "ends before it starts"),
        ({"job": {"kind": "astronaut"}}, "kind", "an unknown job"),
    ],
)
def test_a_wrong_form_leaves_nothing(house: House, wrong: dict[str, Any], field: str, why: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        send(house, **wrong)
    assert refused.value.field == field, why
    assert (count(house, LiaisonForm), count(house, Beneficiary), count(house, Job), count(house, Message)) == (0, 1, 0, 0)


def test_a_prescriber_sends_for_their_own_structure_only(house: House) -> None:
    other = make_house(house.app, house.clock, "autre")
    with house.writing():
        second = add_structure(name="Mission locale", kind="mission locale", by=house.viewer(Role.MANAGER), now=house.clock()).id
    for forged in (second, other.structure_id, 10**12):
        with pytest.raises(NotFound):
            send(house, structure_id=forged)
    with house.writing():
        close_structure(house.structure_id, by=house.viewer(Role.MANAGER), now=house.clock())
    with pytest.raises(RuleBroken, match="n’envoie plus"):
        send(house)


def test_an_adviser_enters_a_paper_form_and_says_whose(house: House) -> None:
    with pytest.raises(RuleBroken, match="structure"):
        send(house, role=Role.ADVISER)
    send(house, role=Role.ADVISER, structure_id=house.structure_id, prescriber_name="Sam Référent", prescriber_email="sam@example.org")
    assert [mail.recipient for mail in mails(house)] == ["sam@example.org"]


def test_the_road_to_yes(house: House) -> None:
    id_ = send(house)
    with house.writing(), pytest.raises(NotNow, match="rencontré"):
        liaison.accept(id_, by=house.viewer(Role.ADVISER), now=house.clock())
    with house.writing():
        by, now = house.viewer(Role.ADVISER), house.clock()
        with pytest.raises(RuleBroken, match="futur"):
            liaison.meet(id_, met_on=date(2026, 3, 3), by=by, now=now)
        liaison.meet(id_, met_on=date(2026, 3, 2), by=by, now=now)
        form = liaison.accept(id_, by=by, now=now)
        assert (form.status, form.met_on, form.decided_by) == ("accepted", date(2026, 3, 2), house.accounts[Role.ADVISER])
        with pytest.raises(NotNow):
            liaison.refuse(id_, reason="no_need", other_offer="workshop", by=by, now=now)
        tell_prescriber(form.beneficiary_id, Step.VEHICLE, now=now)
        liaison.close(id_, by=by, now=now)
        assert tell_prescriber(form.beneficiary_id, Step.ENDED, now=now) is not None
        form.import_key = "old"
        assert tell_prescriber(form.beneficiary_id, Step.ENDED, now=now) is None
    subjects = [mail.subject.partition(" : ")[2] for mail in mails(house)]
    assert subjects == ["fiche reçue", "personne rencontrée", "accompagnement accepté", "véhicule remis", "fin de la mise à disposition"]


def test_a_no_has_a_reason_and_another_offer(house: House) -> None:
    id_ = send(house)
    with house.writing():
        by, now = house.viewer(Role.ADVISER), house.clock()
        for reason, offer, field in [("", "workshop", "reason"), ("no_need", "", "other_offer")]:
            with pytest.raises(RuleBroken) as refused:
                liaison.refuse(id_, reason=reason, other_offer=offer, by=by, now=now)
            assert refused.value.field == field
    with house.writing():
        liaison.refuse(id_, reason="out_of_territory", other_offer="other_platform", by=house.viewer(Role.ADVISER), now=house.clock())
    body = mails(house)[-1].body
    assert "hors de notre territoire" in body and "une autre plateforme de mobilité" in body


def test_a_form_can_be_redirected_before_any_meeting(house: House) -> None:
    id_ = send(house)
    with house.writing():
        form = liaison.redirect_elsewhere(id_, other_offer="carpooling", by=house.viewer(Role.ADVISER), now=house.clock())
        assert (form.status, form.other_offer, form.met_on) == ("redirected", "carpooling", None)


def test_news_hold_neither_debts_nor_kilometres_and_a_hostile_name_is_harmless(house: House) -> None:
    send(house, person=PERSON | {"first_name": "http://evil.example", "last_name": "<b>x</b>"})
    [mail] = mails(house)
    assert "evil.example" not in mail.body and "<b>" not in mail.body


def test_each_sees_their_own_forms(house: House) -> None:
    other = make_house(house.app, house.clock, "autre")
    id_ = send(house)
    with house.writing():
        second = add_structure(name="CCAS d’ailleurs", kind="CCAS", by=house.viewer(Role.MANAGER), now=house.clock()).id
    elsewhere = send(house, role=Role.ADVISER, structure_id=second, person=PERSON | {"first_name": "Lina"})
    with house.reading():
        mine = house.viewer(Role.PRESCRIBER)
        assert [row[0].id for row in db.session.execute(read.forms_of(mine))] == [id_]
        assert read.count_by_status(mine)["waiting"] == 1
        assert [line.form.id for line in read.list_waiting(house.viewer(Role.ADVISER))] == [id_, elsewhere]
        assert read.find_by_number("fl-2026-0001", mine)[0].form.id == id_
        for form_id, role in [(elsewhere, Role.PRESCRIBER), (id_, Role.BENEFICIARY)]:
            with pytest.raises(NotFound):
                read.get_form(form_id, house.viewer(role))
    with other.reading(), pytest.raises(NotFound):
        read.get_form(id_, other.viewer(Role.ADVISER))


def test_two_forms_about_one_person_sent_at_once_open_one_file(house: House) -> None:
    together = Barrier(4)

    def one(number: int) -> None:
        together.wait()
        send(house, person=PERSON | {"first_name": "NADIA" if number % 2 else "nadia"})

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(one, range(4)))
    assert (count(house, LiaisonForm), count(house, Beneficiary)) == (4, 2)
    with house.reading():
        numbers = db.session.scalars(select(LiaisonForm.number).order_by(LiaisonForm.number)).all()
    assert numbers == [f"FL-2026-000{n}" for n in range(1, 5)]


def test_a_public_mail_domain_is_nobodys(house: House) -> None:
    with house.writing(), pytest.raises(RuleBroken) as refused:
        add_structure(name="X", kind="CCAS", email_domain="gmail.com", by=house.viewer(Role.MANAGER), now=house.clock())
    assert refused.value.field == "email_domain"
