"""A person asks to have something put right, the adviser answers within a month, and the person is told."""

from sqlalchemy import select, update
from werkzeug.test import TestResponse

from mobility.actions.corrections import answer_correction
from mobility.corrections import DONE, MOST_OPEN
from mobility.db import db
from mobility.models import AuditEntry, Beneficiary, CorrectionRequest, Message, Platform
from mobility.rights import Role
from tests.browsing import post
from tests.house import House, make_house

WRONG = "Mon numéro finit par 12, pas par 21."


def ask(house: House, words: str = WRONG, subject: str = "contact") -> TestResponse:
    return post(house.client(Role.BENEFICIARY), house.page("me/corrections"), {"subject": subject, "words": words})


def asked(house: House) -> list[CorrectionRequest]:
    with house.reading():
        return list(db.session.scalars(select(CorrectionRequest).order_by(CorrectionRequest.id)))


def reachable(house: House) -> None:
    with house.writing():
        db.session.execute(update(Beneficiary).values(email="camille@example.org", contact_by="mail"))
        db.session.execute(update(Platform).values(email="plateforme@example.org"))


def answer(house: House, **typed: str) -> TestResponse:
    return post(house.client(Role.ADVISER), house.page(f"corrections/{asked(house)[0].id}"), typed)


def test_it_is_asked_shown_answered_and_told(house: House) -> None:
    reachable(house)
    assert ask(house).status_code == 303
    file = house.client(Role.ADVISER).get(house.page(f"people/{house.beneficiary_id}")).text
    assert "Correction demandée" in file and "2 avril 2026" in file.replace("\xa0", " ").replace("\u202f", " ")
    assert WRONG[:10] in house.client(Role.ADVISER).get(house.page(f"corrections/{asked(house)[0].id}")).text
    assert answer(house, outcome="done", reason="Le numéro est à jour.").status_code == 303
    with house.reading():
        told, answered = db.session.scalars(select(Message).order_by(Message.id)).all()
        noted = select(AuditEntry.verb).filter(AuditEntry.table_name == "correction_request").order_by(AuditEntry.id)
        verbs = db.session.scalars(noted).all()
    assert (
        told.recipient == "plateforme@example.org"
        and "Camille" not in told.body
        and "12" not in told.body.replace("2012", "").split("http")[0]
    )
    assert answered.recipient == "camille@example.org" and "c’est corrigé. Le numéro est à jour." in answered.body
    assert verbs == ["ask_correction", "answer_correction"]
    assert "C’est corrigé" in house.client(Role.BENEFICIARY).get(house.page("me/corrections")).text
    assert "Correction demandée" not in house.client(Role.ADVISER).get(house.page(f"people/{house.beneficiary_id}")).text


def test_a_refusal_without_a_reason_keeps_what_was_typed(house: House) -> None:
    ask(house)
    refused = answer(house, outcome="refused")
    assert refused.status_code == 422 and "Dites pourquoi" in refused.text
    assert asked(house)[0].outcome is None
    assert answer(house, outcome="refused", reason="Le contrat est signé ainsi.").status_code == 303
    assert "Le contrat est signé ainsi." in house.client(Role.BENEFICIARY).get(house.page("me/corrections")).text
    assert answer(house, outcome="done").status_code == 409


def test_who_cannot_be_written_to_has_to_be_told(house: House) -> None:
    with house.writing():
        db.session.execute(update(Beneficiary).values(email=None, phone=None))
    ask(house)
    with house.writing():
        _, channel = answer_correction(asked(house)[0].id, outcome=DONE, by=house.viewer(Role.ADVISER), now=house.clock())
    assert channel == "call"


def test_the_same_words_are_asked_once_and_not_without_end(house: House) -> None:
    ask(house), ask(house)
    assert len(asked(house)) == 1
    for number in range(MOST_OPEN):
        last = ask(house, f"Faux {number}")
    assert last.status_code == 422 and len(asked(house)) == MOST_OPEN


def test_late_it_says_so(house: House) -> None:
    ask(house)
    house.clock.forward(days=40)
    assert "en retard" in house.client(Role.ADVISER).get(house.page(f"people/{house.beneficiary_id}")).text


def test_nothing_of_it_shows_elsewhere(house: House) -> None:
    ask(house)
    other = make_house(house.app, house.clock, "autre")
    assert other.client(Role.ADVISER).get(other.page(f"corrections/{asked(house)[0].id}")).status_code == 404
    assert house.client(Role.TREASURER).get(house.page(f"people/{house.beneficiary_id}/corrections")).status_code == 403


def test_the_api_asks_and_answers(house: House) -> None:
    client = house.app.test_client()
    made = client.post(house.api("me/corrections"), json={"subject": "contact", "words": WRONG}, headers=house.bearer(Role.BENEFICIARY))
    assert (made.status_code, made.json["due_on"], made.json["outcome"]) == (201, "2026-04-02", None)
    staff = house.bearer(Role.MANAGER)
    answered = client.post(house.api(f"corrections/{made.json['id']}/answer"), json={"outcome": "done"}, headers=staff)
    assert answered.json["outcome"] == "done"
    (listed,) = client.get(house.api(f"people/{house.beneficiary_id}/corrections"), headers=staff).json
    assert (
        listed["answered_at"]
        and client.get(house.api("me/corrections"), headers=house.bearer(Role.BENEFICIARY)).json[0]["id"] == listed["id"]
    )
