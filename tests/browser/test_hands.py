"""The main acts by the keyboard alone, and where JavaScript is off."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.chromium import open_context
from tests.browser.hands import Hands, Keyboard, Mouse
from tests.browser.rows import HOME, booking_of, count_bookings, person_named
from tests.browser.served import Served


@pytest.fixture(params=["keyboard", "no script"])
def way(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def hands(demo: Served, chromium: Browser, way: str, request: pytest.FixtureRequest) -> Iterator[Hands]:
    """Whoever the test names, on a page of their own."""
    who = demo.people[request.node.get_closest_marker("as_").args[0]]
    with open_context(chromium, demo, who, java_script_enabled=way != "no script") as context:
        page = context.new_page()
        yield Keyboard(page) if way == "keyboard" else Mouse(page)


@pytest.mark.as_("visitor")
def test_sign_in(demo: Served, hands: Hands) -> None:
    adviser = demo.people["adviser"]
    hands.page.goto(f"{HOME}/login")
    hands.write("Adresse mail ou identifiant", adviser.login)
    hands.write("Mot de passe ou code", adviser.password)
    hands.press("Se connecter")
    assert hands.page.url.endswith(f"{HOME}/desk")


@pytest.mark.as_("prescriber")
def test_send_a_liaison_form(hands: Hands, way: str) -> None:
    hands.page.goto(f"{HOME}/liaison-forms/new")
    hands.write("Prénom", "Zélie" if way == "keyboard" else "Malo")
    hands.write("Nom", "Ambrelune")
    hands.write("Date de naissance", "17051994" if way == "keyboard" else "1994-05-17")
    hands.write("Téléphone", "06 39 98 00 77" if way == "keyboard" else "06 39 98 00 78")
    hands.pick("un emploi")
    hands.pick(
        "La personne est d’accord pour que ces informations soient transmises à la plateforme, et que la structure suive les étapes."
    )
    hands.press("Envoyer la fiche")
    assert "FL-" in hands.page.inner_text("main")
    assert "Ambrelune" in hands.page.inner_text("main")


@pytest.mark.as_("adviser")
def test_book_a_bicycle(demo: Served, hands: Hands) -> None:
    before = count_bookings(demo)
    hands.page.goto(f"{HOME}/people/{person_named(demo, 'Octave')}/bookings/new")
    hands.pick("Vélo")
    hands.press("Voir les véhicules libres")
    hands.press("Choisir")
    hands.press("Mettre en option")
    assert count_bookings(demo) == before + 1
    assert "Octave" in hands.page.inner_text("h1")


@pytest.mark.as_("adviser")
def test_sign_a_contract_by_typed_name(demo: Served, hands: Hands) -> None:
    hands.page.goto(f"{HOME}/bookings/{booking_of(demo, 'Soumaya')}/contract")
    made = hands.page.get_by_role("button", name="Faire une nouvelle version").count()  # by the other way's test
    hands.press("Faire une nouvelle version" if made else "Faire le contrat")
    hands.pick("Sur cet écran")
    hands.write("Nom de la personne qui signe", "Soumaya Grandlieu")
    hands.pick("J’ai lu le contrat et je l’accepte.")
    hands.press("Signer le contrat")
    assert "signé" in hands.page.inner_text("main")


@pytest.mark.as_("adviser")
def test_hold_a_point_etape(demo: Served, hands: Hands, way: str) -> None:
    hands.page.goto(f"{HOME}/bookings/{booking_of(demo, 'Elouan' if way == 'keyboard' else 'Leïla')}/point-etape")
    hands.pick("Par téléphone")
    hands.write("Compteur aujourd’hui", "12")
    if way == "keyboard":  # a doubt is told as it is typed, and Enter in a field ends the point-étape
        expect(hands.page.locator("#km")).to_contain_text("12 km est en dessous")
        with hands.page.expect_navigation():
            hands.page.keyboard.press("Enter")
    else:
        hands.press("Terminer le point-étape")
    assert "Le point-étape est tenu" in hands.page.inner_text("main")
