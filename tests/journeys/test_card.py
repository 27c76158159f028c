"""Yanis pays his bike on his own phone: refused once, confirmed by his bank, settled by the signed webhook alone, refunded in part."""

from mobility.jobs import run_daily
from mobility.rights import Role
from tests.garage import at
from tests.house import House
from tests.journeys.browser import Browser
from tests.journeys.steps import deliver_webhooks, fine, prepare, prescribe, see, sign_contract, welcome

REFUSED_CARD, ASKING_CARD = "4000 0000 0000 0002", "4000 0027 6000 3184"


def test_a_card_on_the_persons_own_phone(house: House) -> None:
    adviser, treasurer, phone = Browser(house.client(Role.ADVISER)), Browser(house.client(Role.TREASURER)), Browser(house.client(None))
    file = a_bike_for_two_weeks(house, adviser)
    link = a_link_to_pay(house, adviser, file)
    the_bank_says_no_then_asks(phone, link)
    nothing_is_settled_before_the_webhook(house, adviser, phone, file)
    part_of_it_goes_back(house, treasurer, adviser.address)


def a_bike_for_two_weeks(house: House, adviser: Browser) -> str:
    manager, home = Browser(house.client(Role.MANAGER)), house.page("")
    manager.open(home + "settings/card").submit("Enregistrer les clés", secret_key="sk_local_essai", webhook_secret="whsec_essai")
    manager.open(home + "vehicles/new").submit("Continuer", kind="Vélo")
    manager.submit("Enregistrer le véhicule", label="Vélo vert", in_service_on="2025-01-01")
    prescribe(Browser(house.client(Role.PRESCRIBER)), home, "Yanis", "Essai Petit", sex="homme", wish="un vélo")
    file = welcome(adviser, home, "Yanis", "2026-03-02")
    prepare(adviser, file, "2026-03-02")
    see(adviser, "Justificatif de domicile", issued_on="2026-02-01")
    adviser.follow("Réserver un véhicule")
    adviser.submit("Voir les véhicules libres", kind="Vélo", starts_at="2026-03-02T14:00", ends_at="2026-03-30T09:00")
    adviser.reads("Vélo à 1 €, 28 jours : 28 €").follow("Choisir Vélo vert")
    adviser.submit("Réserver ce véhicule", {}, deposit_kind="Espèces")
    sign_contract(adviser, "Yanis Essai Petit")
    rental = adviser.address
    adviser.follow("Ouvrir le contrat").follow("Recevoir ou différer la caution").submit("Enregistrer", cents="40")
    adviser.open(rental).follow("Faire l’état des lieux de départ").submit("Remettre les clés", fine("bike"))
    adviser.lacks("Kilomètres", "plafond")  # a bike has no meter
    return file


def a_link_to_pay(house: House, adviser: Browser, file: str) -> str:
    house.clock.set(at(16, 9))
    assert run_daily(house.app) == []
    adviser.open(file).follow("Encaisser pour").submit("Encaisser", means="Carte bancaire", cents="14").reads("14 €")
    adviser.submit("Montrer le code à scanner")
    return adviser.page.link("ouvrir la page de paiement")


def the_bank_says_no_then_asks(phone: Browser, link: str) -> None:
    phone.open(link).reads("14 €").submit("Payer 14 € par carte")
    typed = {"expiry": "12/34", "code": "123"}
    phone.refused("Payer 14 €", typed, number=REFUSED_CARD).reads("La banque a refusé cette carte. Rien n’a été débité.")
    phone.submit("Payer 14 €", typed, number=ASKING_CARD).reads("Votre banque vous demande de confirmer")
    phone.submit("Confirmer le paiement").reads("en cours", "nous attendons la confirmation de la banque")


def nothing_is_settled_before_the_webhook(house: House, adviser: Browser, phone: Browser, file: str) -> None:
    adviser.open(file).reads("14 € à payer").lacks("Reçu n° 1")
    assert set(deliver_webhooks(house)) == {200}
    phone.follow("Regarder où il en est").reads("14 € sont reçus", "reçu n° 1")
    assert set(deliver_webhooks(house)) == {200}, "told twice, taken once"
    adviser.open(file).reads("Tout est réglé").follow("14 € par carte").reads("reçu", "Carte bancaire").lacks("Reçu n° 2")


def part_of_it_goes_back(house: House, treasurer: Browser, payment: str) -> None:
    treasurer.open(payment).submit("Rembourser", cents="4", reason="Deux jours de neige").reads("Deux jours de neige")
    assert set(deliver_webhooks(house)) == {200}
    treasurer.open(payment).reads("Remboursé 4 €", "Deux jours de neige 4 € rendu")
