"""News of a form in three voices: who prescribes, who follows the person, and the person the way they asked; each agreed to apart."""

import re
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from mobility.actions import consents, liaison
from mobility.codes import OTHER_OFFERS
from mobility.db import db
from mobility.errors import NotFound
from mobility.models import LiaisonForm, Message, Outbox
from mobility.news import tell_prescriber
from mobility.posting import drain_outbox
from mobility.queries.liaison import get_line
from mobility.queries.liaison_readers import readers_of
from mobility.rights import Role
from mobility.steps import TITLES, Facts, Step, mail, referent_mail, to_the_person
from tests.browsing import post
from tests.house import House

PERSON = {"first_name": "Nadia", "last_name": "Ben Essai", "birth_on": date(1998, 7, 14), "phone": "+33611223344"}
FOLLOWS = {"name": "Hector Vaubrun", "email": "hector@example.org", "phone": "+33400000031", "consent": True}
UNTOLD = re.compile(r"€|\bkm\b|dette|caution|cahier", re.IGNORECASE)


def send(house: House, *, role: Role = Role.PRESCRIBER, person: dict[str, Any] | None = None, **more: Any) -> int:
    with house.writing():
        given: dict[str, Any] = {"person": PERSON | (person or {}), "motive": "job", "consent": True, "referent": FOLLOWS}
        return liaison.send_liaison_form(**(given | more), by=house.viewer(role), now=house.clock()).id


def told(house: House) -> dict[str, list[str]]:
    """By recipient, what was written."""
    found: dict[str, list[str]] = {}
    with house.reading():
        for message in db.session.scalars(select(Message).order_by(Message.id)):
            found.setdefault(message.recipient, []).append(message.body)
    return found


def refuse(house: House, form_id: int) -> None:
    with house.writing():
        by, now = house.viewer(Role.ADVISER), house.clock()
        liaison.refuse(form_id, reason="full", other_offer="employment_service", by=by, now=now)


def test_each_reads_their_own_words(house: House) -> None:
    form_id = send(house, person={"contact_by": "sms"})
    refuse(house, form_id)
    prescriber, referent, person = f"prescriber.{house.slug}@example.org", str(FOLLOWS["email"]), PERSON["phone"]
    found = told(house)
    assert {who: len(bodies) for who, bodies in found.items()} == {prescriber: 2, referent: 2, person: 2}
    assert "aucune place n’est libre" in found[prescriber][1] and "liaison-forms/" in found[prescriber][1]
    assert "Nous n’accompagnons pas Nadia B. pour le moment" in found[referent][1] and "http" not in found[referent][1]
    assert "votre service emploi" in found[str(person)][1] and "Nadia" not in found[str(person)][1]


def test_who_asked_for_a_call_is_written_nothing(house: House) -> None:
    send(house, person={"contact_by": "phone"})
    assert PERSON["phone"] not in told(house)


def test_who_is_reached_through_the_prescriber_has_it_passed_on(house: House) -> None:
    form_id = send(house, person={"contact_by": "structure"})
    with house.writing():
        liaison.meet(form_id, met_on=house.clock().date(), by=house.viewer(Role.ADVISER), now=house.clock())
        liaison.accept(form_id, by=house.viewer(Role.ADVISER), now=house.clock())
    received, met, accepted = told(house)[f"prescriber.{house.slug}@example.org"]
    assert "joint·e par vous" in received and "« C’est oui : nous vous accompagnons. »" in accepted
    assert "joint·e par vous" not in met  # they lived it
    assert not [body for body in told(house)["hector@example.org"] if "joint·e par vous" in body]
    file = house.client(Role.ADVISER)
    with house.reading():
        at = house.page(f"people/{db.session.get_one(LiaisonForm, form_id).beneficiary_id}")
    assert "par la structure qui suit la personne : Hector Vaubrun, 04" in file.get(at).text.replace("\xa0", " ")


def test_a_known_person_is_not_said_to_have_chosen_a_second_sender(house: House) -> None:
    send(house, person={"contact_by": "structure"})
    second = send(house, person={"contact_by": "phone"}, referent=None)
    refuse(house, second)
    assert "joint·e par vous" not in told(house)[f"prescriber.{house.slug}@example.org"][-1]


def test_without_their_own_line_nothing_goes_to_the_referent(house: House) -> None:
    form_id = send(house, referent=FOLLOWS | {"consent": False})
    refuse(house, form_id)
    assert "hector@example.org" not in told(house)


def test_the_referent_s_line_taken_back_stops_theirs_alone_and_at_once(house: House) -> None:
    form_id = send(house)
    with house.writing():
        consents.withdraw_consent(form_id, line="referent", by=house.viewer(Role.ADVISER), now=house.clock())
    with house.reading():
        stopped = db.session.scalars(
            select(Message.recipient).join(Outbox, Outbox.id == Message.outbox_id).filter(Outbox.gave_up_at.is_not(None))
        )
        assert list(stopped) == ["hector@example.org"]
        form = db.session.get_one(LiaisonForm, form_id)
        assert form.withdrawn_at is None and form.referent_withdrawn_at is not None
    house.app.extensions["mailer"].sent.clear()
    drain_outbox(house.app)
    with house.writing():
        tell_prescriber(db.session.get_one(LiaisonForm, form_id).beneficiary_id, Step.VEHICLE, now=house.clock())
    assert len(house.app.extensions["mailer"].sent) == 1
    assert {who: len(bodies) for who, bodies in told(house).items()} == {f"prescriber.{house.slug}@example.org": 2, "hector@example.org": 1}
    with house.writing():
        consents.give_consent(form_id, line="referent", by=house.viewer(Role.ADVISER), now=house.clock())
        tell_prescriber(db.session.get_one(LiaisonForm, form_id).beneficiary_id, Step.RETURNED, now=house.clock())
    assert len(told(house)["hector@example.org"]) == 2


def test_the_structure_s_line_taken_back_silences_both(house: House) -> None:
    form_id = send(house)
    with house.writing():
        consents.withdraw_consent(form_id, by=house.viewer(Role.ADVISER), now=house.clock())
    refuse(house, form_id)
    assert {len(bodies) for bodies in told(house).values()} == {1}
    with house.reading():
        assert None not in set(db.session.scalars(select(Outbox.gave_up_at)))


def test_a_form_without_a_referent_has_no_such_line(house: House) -> None:
    form_id = send(house, referent=None)
    with house.writing(), pytest.raises(NotFound):
        consents.give_consent(form_id, line="referent", by=house.viewer(Role.ADVISER), now=house.clock())


def test_the_page_sends_reads_and_takes_back_line_by_line(house: House) -> None:
    typed = {
        **{"first_name": "Nadia", "last_name": "Ben Essai", "birth_on": "14/07/1998", "phone": "06 11 22 33 44", "motive": "job"},
        **{"commune": "13600 La Ciotat", "rsa_declared": "seen", "consent": "yes", "contact_by": "phone"},
        **{"referent_name": "Hector Vaubrun", "referent_phone": "04 00 00 00 31", "referent_consent": "yes"},
    }
    client = house.client(Role.PRESCRIBER)
    unsaid = post(client, house.page("liaison-forms/new"), typed)
    assert unsaid.status_code == 422 and "il faut son adresse" in unsaid.text and 'value="13600 La Ciotat"' in unsaid.text
    nameless = post(client, house.page("liaison-forms/new"), typed | {"referent_name": "", "referent_email": "hector@example.org"})
    assert nameless.status_code == 422 and "Donnez le nom de qui suit la personne" in nameless.text
    sent = post(client, house.page("liaison-forms/new"), typed | {"referent_email": "hector@example.org"})
    assert sent.status_code == 303, sent.text
    with house.reading():
        form = db.session.scalars(select(LiaisonForm)).one()
        assert (form.rsa_declared, form.rsa_seen, form.referent_consent_on) == (True, True, form.consent_on)
    page = re.sub("[\xa0\u202f]", " ", house.client(Role.ADVISER).get(house.page(f"liaison-forms/{form.id}")).text)
    assert "justificatif vu et non gardé" in page and "Accord : Hector Vaubrun" in page and "13600 La Ciotat" in page
    at = house.page(f"people/{form.beneficiary_id}/consents")
    assert "Nouvelles à Hector Vaubrun" in house.client(Role.ADVISER).get(at).text
    assert post(house.client(Role.ADVISER), house.page(f"consents/{form.id}/withdraw"), {"line": "referent"}).status_code == 303
    (listed,) = house.app.test_client().get(house.api(f"people/{form.beneficiary_id}/consents"), headers=house.bearer(Role.ADVISER)).json
    assert listed["referent_withdrawn_at"] and not listed["withdrawn_at"]


@pytest.mark.parametrize(
    ("contact_by", "readers"),
    [
        ("sms", ["prescriber, par courriel", "Hector Vaubrun, par courriel", "Nadia : envoyé par SMS"]),
        ("phone", ["prescriber, par courriel", "Hector Vaubrun, par courriel", "Nadia : à dire de vive voix"]),
        ("structure", ["prescriber, par courriel", "Hector Vaubrun, par courriel", "Nadia : transmis par qui prescrit, à sa demande"]),
    ],
)
def test_the_adviser_reads_whom_an_answer_reaches_before_it_leaves(house: House, contact_by: str, readers: list[str]) -> None:
    form_id = send(house, person={"contact_by": contact_by}, prescriber_name="prescriber")
    for act in ("accept", "redirect", "refuse"):
        page = re.sub("[\xa0\u202f]", " ", house.client(Role.ADVISER).get(house.page(f"liaison-forms/{form_id}/{act}")).text)
        assert f"Qui l’apprend : {' ; '.join(readers)}." in page
    with house.writing():
        consents.withdraw_consent(form_id, by=house.viewer(Role.ADVISER), now=house.clock())
    with house.reading():
        (last,) = readers_of(get_line(form_id, house.viewer(Role.ADVISER)))
    assert last.startswith("Nadia : ") and "qui prescrit" not in last


@pytest.mark.parametrize("step", Step)
def test_no_voice_says_what_is_not_theirs_and_each_is_shorter(step: Step) -> None:
    facts = Facts(
        number="FL-2026-0001", person="Nadia B.", platform="Collines", address="x", reason="full", other_offer="later", passes_on=True
    )
    whole, short, own = mail(step, facts)[1], referent_mail(step, facts)[1], to_the_person(step, facts) or ""
    assert not UNTOLD.search(whole + short + own) and len(short) < len(whole) and TITLES[step] in referent_mail(step, facts)[0]
    assert (f"« {own} »" in whole) is bool(own)


@pytest.mark.parametrize("offered", OTHER_OFFERS)
def test_what_is_offered_is_said_to_the_person_themselves(offered: str) -> None:
    said = to_the_person(Step.REFUSED, Facts(number="", person="", platform="", address="", other_offer=offered))
    assert said and " son " not in said and " sa " not in said
