"""Every sentence is there in every tongue, a page that speaks them leaves none in French, and who reads which."""

import re
from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from billing.actions import card_holds
from billing.models import BillingAccount
from mobility import catalogues
from mobility.db import db
from mobility.money import euros
from mobility.periods import say_day
from mobility.rights import Role
from mobility.tongues import EASY, capital, into, joined, say
from mobility.web import tongue
from tests.auto_paid import agreed
from tests.browsing import post
from tests.garage import MONDAY
from tests.held_cards import short_rental
from tests.house import House
from tests.money import ADVISER, make_deposit
from tests.rental import RentalDesk
from tests.tongues import OTHERS, MadeUp, is_data, kept, kept_texts, sentences, unsaid

PLACES = re.compile(r"%\(\w+\)s")
# Words that are the same there, seen one by one.
SAME = {
    "en": {"Pages", "Menu", "Scooter", "scooter", "scooters", "Dimension"},
    "ar": set[str](),
    "uk": set[str](),
}
FORMS_ALONE = {"%(note)s (%(detail)s)", "%(what)s, %(when)s", "%(day)s (%(what)s)"}  # nothing but places


@pytest.mark.parametrize("name", OTHERS)
def test_every_sentence_is_there_in_every_tongue(name: str) -> None:
    said, told = sentences(), {message.id: message.string for message in kept(name) if message.id}
    assert not said.keys() - told.keys(), "python3 dev.py tongues adds them: translate them"
    assert not told.keys() - said.keys(), "python3 dev.py tongues drops them"
    assert not [form for form, text in told.items() if not text], "to translate"
    assert not [form for form, text in told.items() if sorted(PLACES.findall(form)) != sorted(PLACES.findall(text))], "other places"
    if name != EASY:  # easy French may be the French as it is
        assert {form for form, text in told.items() if form == text} <= SAME[name] | FORMS_ALONE
    print(f"{name}: {len(told)} sentences")


def test_what_is_said_is_a_french_string_that_another_tongue_says_whole() -> None:
    sum_, day = euros(1750), say_day(MONDAY)
    owed = say("Vous devez %(sum)s aujourd’hui.", sum=sum_)
    assert owed == "Vous devez 17,50 € aujourd’hui." and f"{owed}" == str(owed)
    english, arabic = catalogues.catalogue_of("en"), catalogues.catalogue_of("ar")
    assert into(english, owed) == "You owe €17.50 today."
    assert into(english, joined(", ", [capital(say("vélo")), None, day])) == "Bicycle, 2 March 2026"
    assert "17.50" in into(arabic, owed) or "17,50" in into(arabic, owed) or "١٧" in into(arabic, owed)
    assert into(None, owed) == owed and into(english, "Yaris blanche") == "Yaris blanche"
    assert catalogues.catalogue_of("fr") is None and catalogues.catalogue_of("tlh") is None


@pytest.fixture
def made_up(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(tongue, "catalogue_of", lambda name: None if name == "fr" else MadeUp())
    yield


def spoken(client: FlaskClient, address: str, name: str = "uk") -> str:
    answer = client.get(address, headers={"Accept-Language": name})
    assert answer.status_code == 200
    return answer.text


def test_a_page_that_speaks_every_tongue_says_all_of_its_words(house: House, made_up: None) -> None:
    desk = RentalDesk(house).out()
    mine = house.client(Role.BENEFICIARY)
    pages = ["me", "account", "password", "me/pay", "me/corrections", "me/consents", f"me/kilometres/{desk.booking_id}"]
    pages += [f"me/defects/{desk.booking_id}", "me/booklet", "me/booklet/competences", "me/booklet/shares"]
    pages += ["me/retention", "me/automatic", "second-factor", f"money/accounts/{account_of(house)}/statement"]
    pages += [f"me/condition/{desk.booking_id}", f"me/condition/{desk.booking_id}/reports/1", f"me/contracts/{desk.booking_id}"]
    read = {page: unsaid(spoken(mine, house.page(page))) for page in pages}
    read |= {page: unsaid(spoken(house.client(None), house.page(page))) for page in ("login", "forgotten")}
    with house.reading():
        kept_words = kept_texts()
    left = {page: [words for words in found if not is_data(words, kept_words)] for page, found in read.items()}
    assert not {page: words for page, words in left.items() if words}


def account_of(house: House) -> int:
    with house.reading():
        return db.session.scalars(select(BillingAccount.id)).one()


def test_a_card_left_for_the_deposit_is_told_in_every_tongue_and_agreed_to_in_french(house: House, made_up: None) -> None:
    agreed(house)
    asked_deposit = make_deposit(house, short_rental(house, reference="booking:2"), kind="card_hold", due_cents=30_000)
    with house.writing():
        card_holds.ask_hold(asked_deposit, by=ADVISER, now=house.clock())
        db.session.flush()
        hold = card_holds.make_hold_link(asked_deposit, by=ADVISER, now=house.clock())
    anybody, mine = house.client(None), house.client(Role.BENEFICIARY)
    pages = [spoken(anybody, house.page(f"hold-card/{hold}")), spoken(mine, house.page("me/automatic"))]
    with house.reading():
        kept_words = kept_texts()
    assert not [words for page in pages for words in unsaid(page) if not is_data(words, kept_words)]
    assert '<blockquote lang="fr" dir="ltr"><p>Votre banque met' in pages[0] and "J’accepte que ma location" in pages[1]
    plain = anybody.get(house.page(f"hold-card/{hold}")).text
    assert "<blockquote" not in plain, "in French there is nothing to put beside"
    assert f"tongue?next={house.page('hold-card')}" in plain, "who came by a mailed link chooses here"


PAPERS_AND_FILES = ("pdf", "zip", "json", "svg", "ics")
# Pages that somebody else's eyes are for as well, or that only send on.
FRENCH = {
    "attendance.attestation": "a paper to hand over",
    "attachments.add": "answers a script",
    "attachments.show": "a file",
    "payments.receipt": "a paper: it is kept in French",
}


def test_every_page_of_the_person_speaks_every_tongue(house: House) -> None:
    """Walk the rights: what somebody may open as a beneficiary is marked, or named with why it is French."""
    views = house.app.view_functions
    pages = {
        rule.endpoint
        for rule in house.app.url_map.iter_rules()
        if Role.BENEFICIARY in (getattr(views[rule.endpoint], "allowed", None) or ())
        and "/api/" not in rule.rule
        and not rule.rule.endswith(PAPERS_AND_FILES)
    }
    assert {name for name in pages if not getattr(views[name], "in_every_tongue", False)} == set(FRENCH)
    assert len(pages) > 30


def test_a_page_that_does_not_stays_french(house: House, made_up: None) -> None:
    """The twin: without the mark nothing is said anew, and the reader above would find it."""
    adviser = spoken(house.client(Role.ADVISER), house.page("me").replace("/me", "/desk"))
    assert "⟦" not in adviser and len(unsaid(adviser)) > 20
    assert "⟦" not in spoken(house.client(None), house.page("offer"))


def test_the_tongue_is_the_one_chosen_then_the_browsers_and_the_staffs_is_french(house: House) -> None:
    RentalDesk(house).out()
    mine, door = house.client(Role.BENEFICIARY), house.client(None)
    assert '<html lang="fr" dir="ltr">' in mine.get(house.page("me")).text
    assert "Se connecter" in spoken(door, house.page("login"), "de, es") and "Sign in" in spoken(
        door, house.page("login"), "en-GB, fr;q=0.5"
    )
    back = post(mine, house.page(f"tongue?next={house.page('me')}"), {"tongue": "ar"})
    assert back.status_code == 303 and back.location == house.page("me")
    page = mine.get(house.page("me")).text
    assert '<html lang="ar" dir="rtl">' in page and "مساحتي" in page and '<bdi lang="fr">' in page
    post(mine, house.page("tongue"), {"tongue": "fr-facile"})
    assert '<html lang="fr" dir="ltr">' in mine.get(house.page("me")).text
    assert "Set-Cookie" not in post(mine, house.page("tongue"), {"tongue": "tlh\r\nSet-Cookie: a=b"}).headers
    assert '<html lang="fr"' in spoken(house.client(Role.ADVISER), house.page("account"), "uk")


def test_what_is_refused_and_what_is_done_are_told_in_the_tongue(house: House) -> None:
    door = house.client(None)
    door.set_cookie("tongue", "en")
    refused = post(door, house.page("login"), {"login": "nobody@example.org", "password": "wrong"})
    assert refused.status_code == 422 and "These details open no account here." in refused.text
    mine = house.client(Role.BENEFICIARY)
    mine.set_cookie("tongue", "en")
    post(mine, house.page("me/corrections"), {"subject": "contact", "words": "Mon numéro finit par 12."})
    page = mine.get(house.page("me/corrections")).text
    assert "Your request has been sent." in page and "Mon numéro finit par 12." in page
