"""A liaison form is kept as it is typed: its author finds it again, nobody else sees it, sending or time erases it."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from mobility.actions import liaison_drafts
from mobility.actions.settings import set_setting
from mobility.db import db
from mobility.errors import Conflict, NotFound
from mobility.liaison import DRAFT_DAYS, MOST_DRAFTS
from mobility.models import AuditEntry, Beneficiary, LiaisonDraft, LiaisonForm
from mobility.periods import paris_day
from mobility.queries.liaison_drafts import get_draft, kept_until, list_drafts
from mobility.rights import Role, Viewer
from tests.browsing import post
from tests.house import House, make_house
from tests.racing import race

KEY = "une-cle-tiree-par-la-page"
BEGUN = {"draft_key": KEY, "first_name": "Nadia", "last_name": "Ben Essai", "birth_on": "14/07/19", "contact_by": "phone"}
WHOLE = BEGUN | {"birth_on": "14/07/1998", "phone": "06 39 98 11 22", "motive": "job", "consent": "yes"}


def drafts(house: House) -> list[LiaisonDraft]:
    with house.reading():
        return list(db.session.scalars(select(LiaisonDraft).order_by(LiaisonDraft.id)))


def count(house: House, table: type) -> int:
    with house.reading():
        return db.session.scalar(select(func.count()).select_from(table)) or 0


def test_it_is_left_half_typed_found_again_and_sent(house: House) -> None:
    client, people = house.client(Role.PRESCRIBER), count(house, Beneficiary)
    kept = post(client, house.page("liaison-forms/drafts"), BEGUN)
    assert kept.status_code == 303 and kept.headers["Location"].endswith("/liaison-forms")
    (draft,) = drafts(house)
    listed = client.get(house.page("liaison-forms")).text
    assert "Fiches commencées" in listed and "Nadia Ben Essai" in listed and f"liaison-forms/drafts/{draft.id}" in listed
    again = client.get(house.page(f"liaison-forms/drafts/{draft.id}")).text
    assert 'value="14/07/19"' in again and f'value="{KEY}"' in again  # as typed, also what is not whole yet
    assert count(house, Beneficiary) == people  # nobody's file is begun
    assert post(client, house.page("liaison-forms/new"), WHOLE).status_code == 303
    assert drafts(house) == [] and count(house, LiaisonForm) == 1


def test_a_refused_sending_loses_neither_what_was_typed_nor_the_draft(house: House) -> None:
    client = house.client(Role.PRESCRIBER)
    post(client, house.page("liaison-forms/drafts"), BEGUN)
    refused = post(client, house.page("liaison-forms/new"), WHOLE | {"birth_on": "14/07/19"})
    assert refused.status_code == 422 and 'value="14/07/19"' in refused.text and f'value="{KEY}"' in refused.text
    assert len(drafts(house)) == 1


def test_a_keeping_that_comes_after_the_sending_leaves_no_draft_behind(house: House) -> None:
    client = house.client(Role.PRESCRIBER)
    assert post(client, house.page("liaison-forms/new"), WHOLE).status_code == 303
    assert post(client, house.page("liaison-forms/drafts/autosave"), BEGUN).status_code == 204 and drafts(house) == []
    late = post(client, house.page("liaison-forms/drafts"), BEGUN)
    assert late.status_code == 409 and "déjà envoyée" in late.text and drafts(house) == []
    assert post(house.client(Role.ADVISER), house.page("liaison-forms/drafts"), BEGUN).status_code == 303  # the same key of somebody else's


def test_a_keeping_and_the_sending_at_once_leave_no_draft_in_whichever_order_they_end(house: House) -> None:
    typed = [{"draft_key": f"{KEY}-{turn}", "first_name": f"Nadia{'abc'[turn]}"} for turn in range(3)]

    def attempt(client: int, turn: int) -> int:
        path, form = ("new", WHOLE) if client == 0 else ("drafts/autosave", BEGUN)
        return post(house.client(Role.PRESCRIBER), house.page(f"liaison-forms/{path}"), form | typed[turn]).status_code

    answers = sorted(one.answer for one in race(3, 3, attempt))
    assert answers == [204] * 6 + [303] * 3 and drafts(house) == [] and count(house, LiaisonForm) == 3


def test_the_script_keeps_each_answer_in_one_draft_and_each_keeping_is_noted(house: House) -> None:
    client = house.client(Role.PRESCRIBER)
    page = client.get(house.page("liaison-forms/new")).text
    assert f'data-autosave="{house.page("liaison-forms/drafts/autosave")}"' in page and 'name="draft_key"' in page
    for name in ("Na", "Nadia"):
        assert post(client, house.page("liaison-forms/drafts/autosave"), BEGUN | {"first_name": name}).status_code == 204
    (draft,) = drafts(house)
    assert draft.typed["first_name"] == "Nadia"
    with house.reading():
        entries = db.session.scalars(select(AuditEntry).filter(AuditEntry.table_name == "liaison_draft").order_by(AuditEntry.id)).all()
    assert [entry.verb for entry in entries] == ["keep_liaison_draft"] * 2
    assert "Nadia" not in str([entry.changes for entry in entries])


def test_nothing_typed_is_nothing_to_keep_and_what_does_not_fit_is_said(house: House) -> None:
    client = house.client(Role.PRESCRIBER)
    nothing = post(client, house.page("liaison-forms/drafts"), {"draft_key": KEY, "contact_by": "phone", "prescriber_name": "Ida"})
    assert nothing.status_code == 422 and "rien à garder" in nothing.text
    empty = {"draft_key": KEY, "contact_by": "sms"}
    assert post(client, house.page("liaison-forms/drafts/autosave"), empty).status_code == 204 and drafts(house) == []
    assert (
        house.app.test_client().post(house.api("liaison-forms/drafts"), json=empty, headers=house.bearer(Role.PRESCRIBER)).status_code
        == 422
    )
    endless = post(client, house.page("liaison-forms/drafts"), BEGUN | {"last_name": "A" * 301})
    assert endless.status_code == 422 and "A" * 301 in endless.text
    assert post(client, house.page("liaison-forms/drafts"), BEGUN | {"last_name": "بن عيسى"}).status_code == 303
    assert drafts(house)[0].typed["last_name"] == "بن عيسى"


def test_only_its_author_sees_it(house: House) -> None:
    post(house.client(Role.PRESCRIBER), house.page("liaison-forms/drafts"), BEGUN)
    (draft,) = drafts(house)
    other = make_house(house.app, house.clock, "autre")
    for who, at in ((house.client(Role.MANAGER), house), (house.client(Role.ADVISER), house), (other.client(Role.PRESCRIBER), other)):
        assert who.get(at.page(f"liaison-forms/drafts/{draft.id}")).status_code == 404
        assert post(who, at.page(f"liaison-forms/drafts/{draft.id}/erase"), {}).status_code == 404
        assert "Nadia" not in who.get(at.page("liaison-forms")).text
    with house.reading():
        assert list_drafts(house.viewer(Role.MANAGER)) == []
        nobody = Viewer(name="personne", platform_id=house.platform_id, roles=frozenset({Role.PRESCRIBER}))
        with pytest.raises(NotFound):
            get_draft(draft.id, nobody)
    # The same key of somebody else's is another draft.
    post(house.client(Role.ADVISER), house.page("liaison-forms/drafts"), BEGUN | {"first_name": "Odile"})
    assert [one.typed["first_name"] for one in drafts(house)] == ["Nadia", "Odile"]


def test_it_is_erased_by_hand_and_by_time(house: House) -> None:
    client = house.client(Role.PRESCRIBER)
    post(client, house.page("liaison-forms/drafts"), BEGUN)
    assert post(client, house.page(f"liaison-forms/drafts/{drafts(house)[0].id}/erase"), {}).status_code == 303
    assert drafts(house) == []
    with house.writing():
        set_setting(DRAFT_DAYS.key, 10, from_on=paris_day(house.clock()), by=house.viewer(Role.MANAGER), now=house.clock())
    post(client, house.page("liaison-forms/drafts"), BEGUN)
    with house.reading():
        assert kept_until(drafts(house)[0]) == paris_day(house.clock()) + timedelta(days=10)
    for days, left in ((10, 1), (11, 0), (12, 0)):
        with house.writing():
            liaison_drafts.erase_old(now=house.clock() + timedelta(days=days))
        assert len(drafts(house)) == left


def test_they_do_not_pile_up(house: House) -> None:
    with house.writing():
        by = house.viewer(Role.PRESCRIBER)
        for number in range(MOST_DRAFTS):
            liaison_drafts.keep_draft(key=f"{KEY}-{number}", typed={"first_name": "Nadia"}, by=by, now=house.clock())
        with pytest.raises(Conflict, match="commencées"):
            liaison_drafts.keep_draft(key=KEY, typed={"first_name": "Nadia"}, by=by, now=house.clock())
        liaison_drafts.keep_draft(key=f"{KEY}-0", typed={"first_name": "Nadège"}, by=by, now=house.clock())
    assert [draft.typed["first_name"] for draft in drafts(house)] == ["Nadège"] + ["Nadia"] * (MOST_DRAFTS - 1)


def test_the_api_keeps_shows_and_erases(house: House) -> None:
    client, token = house.app.test_client(), house.bearer(Role.PRESCRIBER)
    kept = client.post(house.api("liaison-forms/drafts"), json=BEGUN, headers=token).json
    assert kept["draft_key"] == KEY and kept["typed"]["birth_on"] == "14/07/19" and kept["kept_until"] == "2026-04-01"
    at = house.api(f"liaison-forms/drafts/{kept['id']}")
    assert client.get(at, headers=token).json == kept and client.get(house.api("liaison-forms/drafts"), headers=token).json == [kept]
    assert client.get(at, headers=house.bearer(Role.MANAGER)).status_code == 404
    assert client.delete(at, headers=token).status_code == 204
    assert client.get(at, headers=token).status_code == 404


def test_the_form_asks_little(house: House) -> None:
    for role in (Role.PRESCRIBER, Role.ADVISER):
        form = house.client(role).get(house.page("liaison-forms/new")).text.partition('id="liaison-form"')[2].partition("</form>")[0]
        asked = set(re.findall(r'<(?:input|select|textarea)(?![^>]*type="hidden")[^>]* name="(\w+)"', form))
        print(f"the liaison form asks {len(asked)} things of a {role}: {sorted(asked)}")
        assert {"first_name", "motive", "consent"} <= asked and len(asked) <= 25
