"""Samira has a job and no car: five rising months, ended in the third by her own car, prorated to the cent (domain.md §10.3)."""

from mobility.jobs import run_daily
from mobility.posting import drain_outbox
from mobility.rights import Role
from tests.garage import at
from tests.house import House
from tests.journeys.browser import Browser
from tests.journeys.steps import add_car, fine, mails_to, prepare, prescribe, see, sign_contract, welcome, words_of


def test_amie_ended_in_the_third_month(house: House) -> None:
    adviser, manager, home = Browser(house.client(Role.ADVISER)), Browser(house.client(Role.MANAGER)), house.page("")
    add_car(manager, home, "Citadine rouge", "CC-333-CC")
    prescribe(Browser(house.client(Role.PRESCRIBER)), home, "Samira", "Essai Grand", wish="une voiture")
    file = welcome(adviser, home, "Samira", "2026-03-02")
    prepare(adviser, file, "2026-03-02")
    see(adviser, "Justificatif de domicile", issued_on="2026-02-01")
    rental = five_months_signed(house, adviser)
    months_one_and_two(house, adviser, file)
    ended_in_month_three(house, adviser, file, rental)
    drain_outbox(house.app)
    assert "fin de la mise à disposition" in mails_to(house, "prescriber.essai@example.org")[-1].subject


def five_months_signed(house: House, adviser: Browser) -> str:
    adviser.follow("Réserver un véhicule").submit(
        "Voir les véhicules libres", kind="Voiture", programme="Programme AMIE", starts_at="2026-03-05T08:00", ends_at="2026-08-04T18:00"
    )
    adviser.follow("Choisir Citadine rouge").submit("Réserver cette voiture", {}, deposit_kind="Fonds de garantie")
    contract = words_of(sign_contract(adviser, "Samira Essai Grand"))
    for rent in ("0 €", "46 €", "104 €", "162 €", "220 €"):
        assert rent in contract, rent
    rental = adviser.address
    adviser.follow("Ouvrir le contrat").reads("sans plafond").follow("Recevoir ou différer la caution").submit("Enregistrer", cents="300")
    house.clock.set(at(5, 8))
    adviser.open(rental).follow("Faire l’état des lieux de départ")
    adviser.submit("Remettre les clés", fine("car"), odometer_km="20 000", fuel="Plein")
    return rental


def months_one_and_two(house: House, adviser: Browser, file: str) -> None:
    house.clock.set(at(6, 9, month=4))
    assert run_daily(house.app) == []
    adviser.open(file).reads("rien à payer aujourd’hui")
    house.clock.set(at(5, 9, month=5))
    assert run_daily(house.app) == []
    adviser.open(file).reads("46 € à payer").follow("Encaisser pour")
    adviser.submit("Encaisser", means="Chèque", cents="46", reference="Chèque 0007", note_given="yes").reads("Reçu n° 1", "46 €")


def ended_in_month_three(house: House, adviser: Browser, file: str, rental: str) -> None:
    """5 to 14 May, both counted: 104 € × 10 / 31 = 33.55 €."""
    house.clock.set(at(14, 10, month=5))
    adviser.open(rental).follow("Reprendre le véhicule")
    adviser.submit("Reprendre les clés", fine("car"), odometer_km="24 000", fuel="Plein")
    adviser.submit("Continuer sans signature", reason="La personne a dû partir").reads("Il reste à dire comment cela se termine")
    adviser.submit("Noter la fin", reason="Un véhicule à soi", job_kind="CDI", lasting_solution="Une voiture à soi")
    adviser.open(file).reads("Mois 3, du 5 mai 2026 au 14 mai 2026, 10 jours sur 31, assurance comprise : 33,55 €")
    house.clock.set(at(1, 9, month=7))
    assert run_daily(house.app) == []
    adviser.open(file).reads("33,55 € à payer")
