"""An agreement taken back stops at once what it allowed: each way by which news of a person reached their prescriber is tried."""

import pytest
from sqlalchemy import select

from fleet.actions.prescribers import tell_step
from fleet.actions.reviews import why_not
from fleet.models import Booking
from fleet.reviews import WITHDRAWN
from mobility.actions import liaison
from mobility.actions.people import register_beneficiary
from mobility.db import db
from mobility.delivery import NotSent
from mobility.errors import NotFound
from mobility.models import AuditEntry, FileLook, LiaisonForm, Message, Outbox
from mobility.news import referent_of
from mobility.posting import drain_outbox
from mobility.queries.people import get_beneficiary
from mobility.queries.structure_figures import structure_figures
from mobility.rights import Role
from mobility.steps import Step
from tests.browsing import post
from tests.house import House
from tests.rental import RentalDesk

REFERENT = "referente@example.org"
PERSON = {"first_name": "Camille", "last_name": "Essai"}


@pytest.fixture
def form_id(house: House) -> int:
    """A form of the person's, sent today by the prescriber of the house; its receipt is still in the outbox."""
    with house.writing():
        form = liaison.send_liaison_form(
            person=PERSON, motive="job", consent=True, by=house.viewer(Role.PRESCRIBER), now=house.clock(), structure_id=house.structure_id
        )
        form.beneficiary_id, form.prescriber_email = house.beneficiary_id, REFERENT
        message = db.session.scalars(select(Message)).one()
        message.recipient, message.beneficiary_id = REFERENT, house.beneficiary_id
        return form.id


def withdraw(house: House, form_id: int, role: Role = Role.BENEFICIARY) -> int:
    return post(house.client(role), house.page(f"consents/{form_id}/withdraw")).status_code


def mails(house: House) -> int:
    with house.reading():
        return len(db.session.scalars(select(Message).filter(Message.recipient == REFERENT)).all())


def read_by_the_prescriber(house: House, form_id: int) -> dict[str, bool]:
    """By each way, whether the form is still there."""
    client, headers = house.client(Role.PRESCRIBER), house.bearer(Role.PRESCRIBER)
    with house.reading():
        number = db.session.get_one(LiaisonForm, form_id).number
        figures = structure_figures(house.clock().year, None, house.viewer(Role.PRESCRIBER))
    api = house.app.test_client()
    return {
        "figures": figures.sent == 1,
        "list": number in client.get(house.page("liaison-forms")).text,
        "file": number in client.get(house.page("liaison-forms?format=csv")).text,
        "page": client.get(house.page(f"liaison-forms/{form_id}")).status_code == 200,
        "paper": client.get(house.page(f"liaison-forms/{form_id}/paper")).status_code == 200,
        "JSON list": number in api.get(house.api("liaison-forms"), headers=headers).text,
        "JSON": api.get(house.api(f"liaison-forms/{form_id}"), headers=headers).status_code == 200,
    }


def test_every_way_to_read_it_shuts_at_once_and_opens_again(house: House, form_id: int) -> None:
    assert set(read_by_the_prescriber(house, form_id).values()) == {True}
    assert withdraw(house, form_id) == 303
    assert set(read_by_the_prescriber(house, form_id).values()) == {False}
    with house.reading(), pytest.raises(NotFound):
        get_beneficiary(house.beneficiary_id, house.viewer(Role.PRESCRIBER))
    assert house.client(Role.ADVISER).get(house.page(f"liaison-forms/{form_id}")).status_code == 200
    assert post(house.client(Role.BENEFICIARY), house.page(f"consents/{form_id}/give")).status_code == 303
    assert set(read_by_the_prescriber(house, form_id).values()) == {True}


def test_no_answer_is_mailed_any_more(house: House, form_id: int) -> None:
    with house.writing():
        liaison.meet(form_id, met_on=house.clock().date(), by=house.viewer(Role.ADVISER), now=house.clock())
    before = mails(house)
    assert before == 2  # received, met
    withdraw(house, form_id)
    with house.writing():
        liaison.accept(form_id, by=house.viewer(Role.ADVISER), now=house.clock())
    assert mails(house) == before


def test_no_step_of_a_rental_is_mailed_any_more(house: House) -> None:
    desk = RentalDesk(house).out()
    with house.reading():
        form = db.session.scalars(select(LiaisonForm)).one()
    before = mails(house)
    assert before
    withdraw(house, form.id)
    with house.writing():
        tell_step(db.session.get_one(Booking, desk.booking_id), Step.ENDED, now=house.clock(), outcome="un emploi")
        assert why_not(referent_of(house.beneficiary_id), opposed=False) == WITHDRAWN
    assert mails(house) == before
    post(house.client(Role.BENEFICIARY), house.page(f"consents/{form.id}/give"))
    with house.writing():
        tell_step(db.session.get_one(Booking, desk.booking_id), Step.ENDED, now=house.clock(), outcome="un emploi")
    assert mails(house) == before + 1


def test_a_mail_that_waits_never_leaves(house: House, form_id: int) -> None:
    withdraw(house, form_id)
    house.app.extensions["mailer"].sent.clear()
    drain_outbox(house.app)
    assert not house.app.extensions["mailer"].sent
    with house.reading():
        assert db.session.scalars(select(Outbox)).one().gave_up_at == house.clock()


def test_a_mail_under_way_when_it_is_taken_back_is_not_tried_again(house: House, form_id: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """The server of mails is slow, then says later: meanwhile the person took their agreement back."""
    mailer = house.app.extensions["mailer"]

    def later(message: object) -> None:
        withdraw(house, form_id)
        raise NotSent("busy", may_retry=True)

    with monkeypatch.context() as slow:
        slow.setattr(mailer, "send", later)
        drain_outbox(house.app)
    mailer.sent.clear()
    house.clock.forward(days=1)
    drain_outbox(house.app)
    assert not mailer.sent


def test_a_mail_that_another_form_still_agrees_to_leaves(house: House, form_id: int) -> None:
    with house.writing():
        again = liaison.send_liaison_form(
            person=PERSON, motive="job", consent=True, by=house.viewer(Role.PRESCRIBER), now=house.clock(), structure_id=house.structure_id
        )
        again.beneficiary_id, again.prescriber_email = house.beneficiary_id, REFERENT
    withdraw(house, form_id)
    with house.reading():
        assert {header.gave_up_at for header in db.session.scalars(select(Outbox))} == {None}


def test_said_twice_it_was_said_the_first_time(house: House, form_id: int) -> None:
    withdraw(house, form_id)
    first = house.clock()
    house.clock.forward(hours=1)
    assert withdraw(house, form_id) == 303
    with house.reading():
        assert db.session.get_one(LiaisonForm, form_id).withdrawn_at == first
        said = db.session.scalars(select(AuditEntry).filter(AuditEntry.verb == "withdraw_consent")).one()
        assert (said.role, said.changes) == ("beneficiary", {"fields": ["withdrawn_at"]})


def test_an_adviser_does_it_for_whoever_tells_them(house: House, form_id: int) -> None:
    page = house.client(Role.ADVISER).get(house.page(f"people/{house.beneficiary_id}/consents"))
    assert "Retirer cet accord" in page.text
    assert withdraw(house, form_id, Role.ADVISER) == 303
    assert "Donner de nouveau" in house.client(Role.ADVISER).get(house.page(f"people/{house.beneficiary_id}/consents")).text
    with house.reading():
        assert {look.page for look in db.session.scalars(select(FileLook))} == {"consents"}
    assert "retiré" in house.client(Role.BENEFICIARY).get(house.page("me/consents")).text


def test_nobody_decides_for_somebody_else(house: House, form_id: int) -> None:
    with house.writing():
        by = house.viewer(Role.ADVISER)
        other = register_beneficiary(first_name="Lou", last_name="Voisin", phone="0600000099", by=by, now=house.clock()).id
        db.session.get_one(LiaisonForm, form_id).beneficiary_id = other
    assert withdraw(house, form_id) == 404
    assert withdraw(house, form_id, Role.PRESCRIBER) == 403
    assert "Retirer" not in house.client(Role.BENEFICIARY).get(house.page("me/consents")).text


def test_the_api_reads_and_decides(house: House, form_id: int) -> None:
    client, headers = house.app.test_client(), house.bearer(Role.BENEFICIARY)
    (mine,) = client.get(house.api("me/consents"), headers=headers).json
    assert (mine["form_id"], mine["withdrawn_at"], bool(mine["consent_on"])) == (form_id, None, True)
    assert client.post(house.api(f"consents/{form_id}/withdraw"), json={}, headers=headers).json["withdrawn_at"]
    asked = house.api(f"people/{house.beneficiary_id}/consents")
    assert client.get(asked, headers=house.bearer(Role.ADVISER)).json[0]["withdrawn_at"]
    assert client.post(house.api(f"consents/{form_id}/give"), json={}, headers=headers).json["withdrawn_at"] is None
