"""The pages that gather from everywhere: each role's place, the desk, the search, a file, the own space, the outbox."""

from collections.abc import Iterator

import pytest

from mobility import outbox
from mobility.db import db
from mobility.models import FileLook
from mobility.rights import Role
from mobility.slots import DeskCard, Hit, Line, Section, Slot, fill
from tests.house import House

URGENT = Line(text="Scooter rendu en retard", href="/retard", state="en retard", tone="over", act="Appeler")
CALM = Line(text="Point-étape de 9 h", href="/point", tone="neutral")


@pytest.fixture
def filled(house: House) -> Iterator[House]:
    """A house whose slots hold one thing each, emptied of it afterwards."""
    slots = house.app.extensions["slots"]
    before = {slot: list(functions) for slot, functions in slots.items()}
    card = DeskCard(order=900, key="essai", title="Carte d’essai", icon="clock", lines=(CALM, URGENT), empty="Rien.")
    fill(house.app, Slot.DESK, lambda viewer, today: [card])
    fill(house.app, Slot.SEARCH, lambda words, viewer: [Hit(kind="Essais", label=f"Trouvé {words}", href="/trouve")])
    for slot in (Slot.FILE, Slot.OWN_SPACE):
        fill(house.app, slot, lambda id_, viewer, today: [Section(order=900, key="essai", title="Partie d’essai", sentence="5 € par jour")])
    yield house
    slots.clear()
    slots.update(before)


@pytest.mark.parametrize(("role", "place"), [(Role.ADVISER, "/desk"), (Role.MECHANIC, "/desk"), (Role.BENEFICIARY, "/me")])
def test_each_role_is_sent_to_its_place(house: House, role: Role, place: str) -> None:
    answer = house.client(role).get(house.page("/"))
    assert (answer.status_code, answer.location) == (303, house.page(place))


def test_a_visitor_reads_what_the_platform_is(house: House) -> None:
    page = house.client(None).get(house.page("/")).text
    assert "Plateforme essai" in page
    assert "Pôle central" in page


def test_the_desk_begins_with_what_presses_most(filled: House) -> None:
    page = filled.client(Role.ADVISER).get(filled.page("/desk")).text
    assert page.index("Scooter rendu en retard") < page.index("Point-étape de 9")
    assert 'href="/point"' in page


def test_a_card_that_shows_the_first_lines_counts_them_all(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    card = DeskCard(order=1, key="essai", title="Carte d’essai", icon="clock", lines=(CALM, URGENT), empty="Rien.", total=7)
    monkeypatch.setitem(house.app.extensions["slots"], Slot.DESK, [lambda viewer, today: [card]])
    assert "Carte d’essai (7)" in house.client(Role.ADVISER).get(house.page("/desk")).text
    told = house.app.test_client().get(house.api("desk"), headers=house.bearer(Role.ADVISER)).get_json()
    assert [(one["total"], len(one["lines"])) for one in told] == [(7, 2)]


def test_an_empty_desk_says_so(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(house.app.extensions["slots"], Slot.DESK, [])
    assert "Rien ne presse" in house.client(Role.ADVISER).get(house.page("/desk")).text


def test_the_search_keeps_the_words_and_shows_what_it_found(filled: House) -> None:
    page = filled.client(Role.ADVISER).get(filled.page("/search?q=%00Cam<b>")).text
    assert "Trouvé Cam&lt;b&gt;" in page
    assert 'value="Cam&lt;b&gt;"' in page


def test_a_file_shows_the_person_and_leaves_a_trace_of_the_look(filled: House) -> None:
    page = filled.client(Role.ADVISER).get(filled.page(f"/people/{filled.beneficiary_id}")).text
    assert "Camille" in page and "06\xa000\xa000\xa000\xa001" in page and "Partie d’essai" in page
    with filled.reading():
        looks = db.session.query(FileLook).all()
        assert [(look.beneficiary_id, look.account_id) for look in looks] == [(filled.beneficiary_id, filled.accounts[Role.ADVISER])]


def test_a_file_that_is_not_there_leaves_no_trace(house: House) -> None:
    assert house.client(Role.ADVISER).get(house.page("/people/999")).status_code == 404
    with house.reading():
        assert db.session.query(FileLook).count() == 0


def test_the_own_space_is_the_persons_alone(filled: House) -> None:
    page = filled.client(Role.BENEFICIARY).get(filled.page("/me")).text
    assert "Bonjour Camille" in page and "Partie d’essai" in page
    assert filled.client(Role.ADVISER).get(filled.page("/me")).status_code == 403


def test_messages_are_the_managers_and_their_links_open_nothing(house: House) -> None:
    token = "k" * 43
    with house.writing():
        outbox.post(
            "mail", "a@example.org", subject="Votre lien", body=f"Suivez http://localhost/p/essai/links/{token} !", now=house.clock()
        )
    page = house.client(Role.MANAGER).get(house.page("/outbox")).text
    assert "Votre lien" in page and "en attente" in page and token not in page
    assert house.client(Role.ADVISER).get(house.page("/outbox")).status_code == 403
