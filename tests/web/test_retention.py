"""The clock of files: who is warned, who is not, and what ends a warning."""

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from billing.actions.deposits import receive_deposit
from fleet.actions.waiting import ask
from mobility.actions import retention
from mobility.actions.corrections import ask_correction
from mobility.actions.meetings import plan_meeting
from mobility.actions.people import register_beneficiary
from mobility.actions.settings import set_setting
from mobility.db import Base, db
from mobility.models import AuditEntry, Beneficiary, FileLook, Message, RetentionNotice
from mobility.periods import instant_of, paris_day
from mobility.queries.retention import clock_on, standings
from mobility.retention import Standing
from mobility.rights import Role
from mobility.slots import Slot
from tests.browsing import post
from tests.house import House, make_house
from tests.money import make_deposit, make_rental
from tests.rental import RentalDesk
from tests.statements import counted

# Written by us alone, known from the import's day, or without a day on which it was told.
NO_TRACE = {"erasure", "file_look", "file_merge", "grant", "job", "message", "past_rental"}
SOON = {"days": 710}  # last seen on 2 March 2026, so due on 2 March 2028: three weeks from then


@pytest.fixture
def silent(house: House) -> House:
    """Nobody has heard of the person for 710 days; a mail reaches them."""
    with house.writing():
        person = db.session.get_one(Beneficiary, house.beneficiary_id)
        person.email, person.contact_by = "camille@example.org", "mail"
        person.created_at = person.last_contact_at = house.clock()
    house.clock.forward(**SOON)
    return house


def night(house: House) -> None:
    with house.writing():
        retention.watch(now=house.clock())


def notices(house: House) -> list[RetentionNotice]:
    with house.reading():
        return list(db.session.scalars(select(RetentionNotice).order_by(RetentionNotice.id)))


def mails(house: House) -> list[Message]:
    with house.reading():
        return list(db.session.scalars(select(Message).filter(Message.beneficiary_id == house.beneficiary_id).order_by(Message.id)))


def stands(house: House) -> Standing:
    with house.reading():
        day = paris_day(house.clock())
        return standings([house.beneficiary_id], clock_on(day))[house.beneficiary_id]


def unreachable(house: House) -> None:
    with house.writing():
        db.session.execute(update(Beneficiary).values(email=None, phone=None))


def test_a_silent_person_is_warned_once_in_plain_words_and_listed(silent: House) -> None:
    night(silent), night(silent)
    (notice,), (told,) = notices(silent), mails(silent)
    assert (notice.last_on, notice.due_on, notice.told_how) == (date(2026, 3, 2), date(2028, 3, 2), "mail")
    assert notice.erase_on == date(2028, 3, 11), "the warning was nine days late: it stands its thirty days all the same"
    for words in ("2 mars 2026", "11 mars 2028", "emporter vos données", silent.page("me/retention")):
        assert words in told.body.replace("\xa0", " ")
    page = silent.client(Role.MANAGER).get(silent.page("retention")).text
    assert "personne prévenue" in page and "Dossiers à effacer bientôt" in page
    with silent.reading():
        verbs = db.session.scalars(select(AuditEntry.verb).filter(AuditEntry.table_name == "retention_notice")).all()
    assert list(verbs) == ["warn_retention"]


def test_a_day_too_early_nobody_is_warned(silent: House) -> None:
    silent.clock.set(instant_of(date(2028, 1, 31)))
    night(silent)
    assert notices(silent) == []
    silent.clock.forward(days=1)
    night(silent)
    assert notices(silent)[0].erase_on == date(2028, 3, 2)


def booked(house: House) -> None:
    RentalDesk(house)


def owes(house: House) -> None:
    make_rental(house)


def left_a_deposit(house: House) -> None:
    deposit_id = make_deposit(house, make_rental(house))
    with house.writing():
        receive_deposit(deposit_id, cents=10_000, by=house.viewer(Role.ADVISER), now=house.clock())


def waits(house: House) -> None:
    with house.writing():
        day = paris_day(house.clock())
        ask(house.beneficiary_id, kind="car", first_on=day, last_on=day, by=house.viewer(Role.ADVISER), now=house.clock())


def asked_for_a_correction(house: House) -> None:
    with house.writing():
        ask_correction(house.beneficiary_id, subject="job", words="Faux", by=house.viewer(Role.BENEFICIARY), now=house.clock())


HOLDS = {
    booked: "location ou réservation en cours",
    owes: "somme à régler ou à rendre",
    left_a_deposit: "caution pas encore rendue",
    waits: "demande en attente d’un véhicule",
    asked_for_a_correction: "correction demandée sans réponse",
}


@pytest.mark.parametrize("hold", HOLDS)
def test_what_is_open_keeps_the_file_however_long_the_silence(house: House, hold: Callable[[House], None]) -> None:
    hold(house)
    house.clock.forward(days=1500)
    night(house)
    assert HOLDS[hold] in stands(house).open and notices(house) == []


def test_every_floor_tells_its_traces(house: House) -> None:
    with house.app.app_context():
        floors = {give.__module__.partition(".")[0] for give in house.app.extensions["slots"][Slot.TRACES]}
    assert floors == {"mobility", "billing", "assessments", "fleet"}


def test_every_table_of_a_person_is_a_trace_or_said_to_be_none(silent: House) -> None:
    with counted(silent.app) as sent:
        stands(silent)
    asked = {table for table in Base.metadata.tables if any(re.search(rf"(FROM|JOIN) {table}\b", statement) for statement in sent)}
    of_people = {name for name, table in Base.metadata.tables.items() if "beneficiary_id" in table.c}
    assert of_people - asked == NO_TRACE, "let its floor's queries/traces.py tell of it, or say here why it is no sign of life"


def test_a_contact_ends_the_warning_and_the_clock_begins_anew(silent: House) -> None:
    night(silent)
    with silent.writing():
        by, now = silent.viewer(Role.ADVISER), silent.clock()
        plan_meeting(silent.beneficiary_id, kind="follow_up", starts_at=now + timedelta(days=5), by=by, now=now)
    night(silent)
    (notice,) = notices(silent)
    assert (notice.closed_as, stands(silent).due_on) == ("alive", date(2030, 2, 15))
    silent.clock.forward(days=60)
    night(silent)
    assert len(notices(silent)) == 1


def test_who_cannot_be_written_to_is_told_by_hand_and_the_time_begins_then(silent: House) -> None:
    unreachable(silent)
    night(silent)
    (notice,) = notices(silent)
    assert (notice.told_at, notice.erase_on, mails(silent)) == (None, None, [])
    silent.clock.forward(days=300)
    night(silent)
    adviser, path = silent.client(Role.ADVISER), silent.page(f"retention/{notice.id}")
    assert "personne à prévenir" in adviser.get(path).text
    assert len(notices(silent)) == 1 and notices(silent)[0].erase_on is None, "however long it waits"
    refused = post(adviser, f"{path}/told", {})
    assert refused.status_code == 422 and "f-how" in refused.text
    assert post(adviser, f"{path}/told", {"how": "letter"}).status_code == 303
    told = notices(silent)[0]
    assert told.erase_on == paris_day(silent.clock()) + timedelta(days=30) and told.told_by == silent.accounts[Role.ADVISER]
    assert post(adviser, f"{path}/told", {"how": "voice"}).status_code == 409
    silent.clock.forward(days=29)
    assert "à effacer</" not in adviser.get(path).text
    silent.clock.forward(days=1)
    assert "à effacer</" in adviser.get(path).text


def test_an_adviser_keeps_it_with_a_reason_and_who_and_the_question_comes_back(silent: House) -> None:
    night(silent)
    manager, path = silent.client(Role.MANAGER), silent.page(f"retention/{notices(silent)[0].id}")
    for typed, said in (({"until_on": "2028-12-01"}, "f-reason"), ({"reason": "claim", "until_on": "2028-02-20"}, "au moins")):
        refused = post(manager, f"{path}/keep", typed)
        assert refused.status_code == 422 and said in refused.text and typed["until_on"] in refused.text
    assert post(manager, f"{path}/keep", {"reason": "claim", "until_on": "2028-12-01"}).status_code == 303
    assert "un litige" in manager.get(path).text and "Garder le dossier</" not in manager.get(path).text
    assert post(manager, f"{path}/keep", {"reason": "claim", "until_on": "2029-12-01"}).status_code == 409
    night(silent)
    assert len(notices(silent)) == 1
    silent.clock.set(instant_of(date(2028, 11, 1)))
    night(silent)
    first, again = notices(silent)
    assert (first.closed_by, again.due_on) == (silent.accounts[Role.MANAGER], date(2028, 12, 1))


def test_the_person_reads_it_and_keeps_their_own(silent: House) -> None:
    own, path = silent.client(Role.BENEFICIARY), silent.page("me/retention")
    assert "Garder mon dossier" not in own.get(path).text
    assert post(own, f"{path}/keep", {}).status_code == 409
    night(silent)
    assert "Votre dossier est à effacer bientôt" in own.get(silent.page("me")).text
    shown = own.get(path).text
    assert "Garder mon dossier" in shown and "Télécharger mes données" in shown
    assert post(own, f"{path}/keep", {}).status_code == 303
    (notice,) = notices(silent)
    assert (notice.closed_as, notice.reason, notice.kept_until) == ("kept", "asked", date(2030, 2, 10))
    assert "Garder mon dossier" not in own.get(path).text


def test_the_api_lists_tells_and_keeps(silent: House) -> None:
    unreachable(silent)
    night(silent)
    api, staff, own = silent.app.test_client(), silent.bearer(Role.MANAGER), silent.bearer(Role.BENEFICIARY)
    (row,) = api.get(silent.api("retention"), headers=staff).json["rows"]
    assert (row["state"], row["due_on"]) == ("to_tell", "2028-03-02")
    told = api.post(silent.api(f"retention/{row['id']}/told"), json={"how": "voice"}, headers=staff)
    assert (told.status_code, told.json["state"], told.json["erase_on"]) == (200, "warned", "2028-03-11")
    mine = api.get(silent.api("me/retention"), headers=own).json
    assert (mine["notice_id"], mine["erase_on"], mine["open"]) == (row["id"], "2028-03-11", [])
    keeping = {"reason": "funds", "until_on": "2029-01-01"}
    kept = api.post(silent.api(f"retention/{row['id']}/keep"), json=keeping, headers=staff)
    assert (kept.json["state"], kept.json["kept_until"], kept.json["closed_by"] is not None) == ("kept", "2029-01-01", True)
    assert api.post(silent.api("me/retention/keep"), json={}, headers=own).status_code == 409
    assert api.get(silent.api(f"people/{silent.beneficiary_id}/retention"), headers=staff).json["due_on"] == "2029-01-01"


def test_nothing_of_it_shows_elsewhere_and_the_look_is_noted(silent: House) -> None:
    night(silent)
    id_ = notices(silent)[0].id
    other = make_house(silent.app, silent.clock, "autre")
    assert other.client(Role.ADVISER).get(other.page(f"retention/{id_}")).status_code == 404
    assert post(other.client(Role.ADVISER), other.page(f"retention/{id_}/told"), {"how": "voice"}).status_code == 404
    with silent.reading():
        assert not db.session.scalars(select(FileLook)).all()
    silent.client(Role.ADVISER).get(silent.page(f"retention/{id_}"))
    with silent.reading():
        assert [look.page for look in db.session.scalars(select(FileLook))] == ["retention"]


def test_a_longer_time_set_by_the_platform_ends_the_warnings_it_makes_too_early(silent: House) -> None:
    night(silent)
    with silent.writing():
        by, now = silent.viewer(Role.MANAGER), silent.clock()
        set_setting("retention.active_months", "36", from_on=paris_day(now), by=by, now=now)
    night(silent)
    assert notices(silent)[0].closed_as == "alive" and stands(silent).due_on == date(2029, 3, 2)


def test_many_silent_files_are_warned_over_some_nights(silent: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retention, "MOST_A_NIGHT", 2)
    open_files(silent, range(4), at=silent.clock() - timedelta(days=720))
    seen = []
    for _ in range(4):
        night(silent)
        seen.append(len(notices(silent)))
    assert seen == [2, 4, 5, 5]


def test_files_are_reckoned_together_not_one_by_one(silent: House) -> None:
    night(silent)
    sent = []
    for numbers in (range(1), range(1, 20)):  # seen lately, as another floor knows: reckoned each night, and left alone
        open_files(silent, numbers, at=silent.clock())
        with silent.writing():
            db.session.execute(update(Beneficiary).values(last_contact_at=silent.clock() - timedelta(days=720)))
        with counted(silent.app) as statements:
            night(silent)
        sent.append(len(statements))
    assert sent[0] == sent[1] and len(notices(silent)) == 1


def open_files(house: House, numbers: range, *, at: datetime) -> None:
    with house.writing():
        for number in numbers:
            register_beneficiary(first_name="Éa", last_name=f"Essai {chr(65 + number)}", by=house.viewer(Role.ADVISER), now=at)


def test_the_database_holds_one_open_warning_a_person_and_none_half_told(silent: House) -> None:
    night(silent)
    person = {"beneficiary_id": silent.beneficiary_id, "last_on": date(2026, 3, 2), "last_what": "location", "due_on": date(2028, 3, 2)}
    for wrong in (
        {},
        {"told_at": silent.clock(), "closed_at": silent.clock(), "closed_as": "alive"},
        {"closed_at": silent.clock(), "closed_as": "kept"},
    ):
        with pytest.raises(IntegrityError), silent.writing():
            db.session.add(RetentionNotice(**person, noticed_at=silent.clock(), **wrong))
            db.session.flush()
    with silent.writing():
        db.session.add(RetentionNotice(**person, noticed_at=silent.clock(), closed_at=silent.clock(), closed_as="alive"))
