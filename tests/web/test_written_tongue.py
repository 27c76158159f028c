"""The tongue of what is sent to a person: asked for by themselves on their page or in JSON, beside French, taken back with one tap."""

from sqlalchemy import select

from mobility.actions.telling import send_to, tell_person
from mobility.db import db
from mobility.models import AuditEntry, Beneficiary, Message
from mobility.rights import Role
from mobility.tongues import Said, say
from tests.browsing import post
from tests.house import House

NEWS = "Votre rendez-vous est annulé"
OFFER = "Écrivez-moi aussi en"


def sent(house: House, sentence: str, channel: str = "mail") -> tuple[str, str]:
    """The subject and the body of one message written to the person now."""
    with house.writing():
        person = db.session.get_one(Beneficiary, house.beneficiary_id)
        person.email, person.phone = "nadia@example.org", "+33600000000"
        assert send_to(person, channel, sentence, subject=say(NEWS), now=house.clock())
    with house.reading():
        message = db.session.scalars(select(Message).order_by(Message.id.desc())).first()
        assert message is not None
        return message.subject, message.body


def news() -> Said:
    return say(NEWS)


def test_a_person_asks_for_their_tongue_on_the_page_they_read_in_it_and_takes_it_back(house: House) -> None:
    mine = house.client(Role.BENEFICIARY)
    assert OFFER not in mine.get(house.page("me")).text, "a page in French asks nothing"
    assert "Hello" not in sent(house, news())[1], "nothing is in another tongue unasked"
    mine.set_cookie("tongue", "en")
    assert "Write to me in English too" in mine.get(house.page("me")).text
    assert post(mine, house.page("me/tongue"), {"tongue": "en"}).status_code == 303
    page = mine.get(house.page("me")).text
    assert "Noted: our messages will also be in your language." in page and "Write to me in English too" not in page
    subject, body = sent(house, news())
    assert subject == "Votre rendez-vous est annulé / Your appointment is cancelled"
    assert body.index("Bonjour") < body.index("L’équipe de") < body.index("Hello") < body.index("The team of")
    mine.set_cookie("tongue", "fr")
    assert "Écrivez-moi en français seulement" in mine.get(house.page("me")).text.replace("\u00a0", " ")
    assert post(mine, house.page("me/tongue"), {"tongue": ""}).status_code == 303
    assert "Hello" not in sent(house, news())[1]
    with house.reading():
        asked = db.session.scalars(select(AuditEntry).filter(AuditEntry.verb == "write_in_tongue")).all()
        assert len(asked) == 2


def test_a_text_holds_both_and_a_long_one_the_tongue_alone(house: House) -> None:
    api, headers = house.app.test_client(), house.bearer(Role.BENEFICIARY)
    answer = api.post(house.api("me/tongue"), json={"tongue": "uk"}, headers=headers)
    assert answer.status_code == 200 and answer.json == {"tongue": "uk"}
    both = sent(house, news(), "sms")[1]
    assert NEWS in both and "Вашу зустріч скасовано" in both
    long = sent(house, say("Si c’est difficile en ce moment, dites-le à %(name)s.", name="x" * 300), "sms")[1]
    assert "Якщо зараз важко" in long and "Si c’est" not in long and len(long) <= 480
    assert api.post(house.api("me/tongue"), json={"tongue": "tlh"}, headers=headers).status_code == 422
    assert api.post(house.api("me/tongue"), json={}, headers=headers).json == {"tongue": None}
    assert api.post(house.api("me/tongue"), json={"tongue": "uk"}, headers=house.bearer(Role.ADVISER)).status_code == 403


def test_what_is_said_to_them_by_voice_is_sent_nowhere(house: House) -> None:
    with house.writing():
        person = db.session.get_one(Beneficiary, house.beneficiary_id)
        person.tongue, person.contact_by = "ar", "phone"
        assert tell_person(person, news(), subject=say(NEWS), now=house.clock()) == "call"
        assert not db.session.scalars(select(Message)).all()
