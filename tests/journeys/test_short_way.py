"""From an accepted form to a printed contract, for somebody who is known: how many pages an adviser waits for, and how many they send."""

from mobility.rights import Role
from tests.garage import at
from tests.house import House
from tests.journeys.browser import Browser
from tests.journeys.steps import add_car, prepare, prescribe, see, welcome, words_of

MOST_PAGES, MOST_POSTS = 7, 2  # what vehicle, which one, on what conditions, booked, its terms, made, the paper


def test_the_contract_is_a_few_pages_from_the_file(house: House) -> None:
    home, adviser = house.page(""), Browser(house.client(Role.ADVISER))
    add_car(Browser(house.client(Role.MANAGER)), home, "Citadine grise", "AA-111-AA")
    prescribe(Browser(house.client(Role.PRESCRIBER)), home, "Nadia", "Ben Essai", commune="13400 Aubagne")
    house.clock.set(at(5, 12))
    file = welcome(adviser, home, "Nadia", "2026-03-05")
    prepare(adviser, file, "2026-03-04")
    see(adviser, "Justificatif de domicile", issued_on="2026-03-01")
    adviser.open(file)

    pages, posts = adviser.pages, adviser.posts
    adviser.follow("Réserver un véhicule").submit(
        "Voir les véhicules libres", kind="Voiture", starts_at="2026-03-09T08:00", ends_at="2026-03-16T09:00"
    )
    adviser.follow("Choisir Citadine grise").submit("Réserver cette voiture", deposit_kind="Chèque non encaissé")
    adviser.follow("Préparer le contrat").submit("Faire le contrat")
    contract = words_of(adviser.download("Imprimer le contrat"))

    assert "Citadine grise" in contract
    pages, posts = adviser.pages - pages, adviser.posts - posts
    print(f"from the file to the printed contract: {pages} pages, {posts} sent")
    assert pages <= MOST_PAGES
    assert posts <= MOST_POSTS
