"""Nadia, hired 18 km away without a bus: from her referent's form to the keys given back, as five people, by pages alone."""

import re

from mobility.jobs import run_daily
from mobility.posting import drain_outbox
from mobility.rights import Role
from tests.garage import at
from tests.house import House
from tests.journeys.browser import Browser
from tests.journeys.steps import add_car, assess, fine, mails_to, prepare, prescribe, sign_contract, welcome, words_of

UNTOLD = re.compile(r"€|\bkm\b|kilom|RSA|quartier|caution|permis|\d+,\d\d", re.IGNORECASE)  # what no prescriber reads


class Story:
    """Everybody's browser, and the addresses they come back to."""

    def __init__(self, house: House) -> None:
        self.house, self.home = house, house.page("")
        self.referent, self.adviser = Browser(house.client(Role.PRESCRIBER)), Browser(house.client(Role.ADVISER))
        self.manager, self.mechanic = Browser(house.client(Role.MANAGER)), Browser(house.client(Role.MECHANIC))
        self.treasurer = Browser(house.client(Role.TREASURER))
        self.file = self.booking = self.rental = self.deposit = ""


def test_a_car_for_a_job_paid_in_cash_by_transfer_and_by_cheque(house: House) -> None:
    story = Story(house)
    add_car(story.manager, story.home, "Citadine grise", "AA-111-AA")
    add_car(story.manager, story.home, "Citadine bleue", "BB-222-BB")
    a_form_before_the_job(story)
    met_and_assessed(story)
    booked_with_a_waiver(story)
    signed_and_secured(story)
    first_week_in_cash(story)
    broken_down_and_swapped(story)
    second_week_by_transfer(story)
    back_with_a_last_amount(story)
    the_way_travelled(story)
    deposit_kept_in_part(story)
    what_the_referent_was_told(story)
    what_nadia_reads(story)
    the_year_counts_it(story)


def a_form_before_the_job(story: Story) -> None:
    prescribe(
        story.referent,
        story.home,
        "Nadia",
        "Ben Essai",
        commune="13400 Aubagne",
        wish="une voiture",
        situations="habite un quartier prioritaire",
    )
    story.referent.reads("FL-2026-0001", "Fiche reçue")
    assert "FL-2026-0001" in words_of(story.referent.download("Télécharger la fiche"))


def met_and_assessed(story: Story) -> None:
    story.house.clock.set(at(5, 12))
    story.adviser.open(story.home).reads("Nadia Ben Essai", "depuis 3 jours")
    story.file = welcome(story.adviser, story.home, "Nadia", "2026-03-05")
    story.adviser.follow("Réserver un véhicule").submit(
        "Voir les véhicules libres", kind="Voiture", starts_at="2026-03-09T08:00", ends_at="2026-03-16T09:00"
    )
    story.adviser.follow("Choisir Citadine grise").reads("Faites d’abord le bilan d’entrée ensemble : sans lui, pas de véhicule.")
    prepare(story.adviser, story.file, "2026-03-04")
    story.adviser.open(story.file).reads(
        "Potentiel : 76 sur 100", "Ouvert Vélo, vélo électrique, vélo cargo, cyclomoteur, scooter, voiturette, scooter 125, voiture"
    )


def booked_with_a_waiver(story: Story) -> None:
    story.adviser.follow("Réserver un véhicule").submit(
        "Voir les véhicules libres", kind="Voiture", starts_at="2026-03-09T08:00", ends_at="2026-03-16T09:00", qpv="yes"
    )
    story.adviser.reads("Voiture à 5 €, demi-tarif quartier prioritaire, 7 jours : 17,50 €").follow("Choisir Citadine grise")
    story.adviser.reads("Permis B obtenu le 1er juin 2019. Condition : loi remplie", "Condition : loueur ou assureur remplie")
    story.adviser.reads("À voir : le justificatif de domicile, de moins de 6 mois. Condition : association manquante")
    story.adviser.submit(
        "Réserver avec dispense", {"waive-paper_home-reason": "la démarche est en cours"}, deposit_kind="Chèque non encaissé"
    )
    story.adviser.reads("Dispense : la démarche est en cours. Condition : association dispensée")
    story.booking = story.adviser.address


def signed_and_secured(story: Story) -> None:
    contract = words_of(sign_contract(story.adviser, "Nadia Ben Essai"))
    for term in ("17,50 €", "quartier prioritaire", "Assurances du Littoral", "450 €", "216 km", "300 €"):
        assert term in contract, term
    story.rental = story.adviser.address
    story.house.clock.set(at(9, 8))
    out = fine("car") | {"odometer_km": "48 000", "fuel": "Plein"}
    story.adviser.open(story.rental.replace("/rental", "/check-out")).reads("La caution d’abord")
    story.adviser.refused("Remettre les clés", out).reads("La caution n’est ni reçue ni différée")
    story.adviser.open(story.rental).follow("Aller à la caution")
    story.deposit = story.adviser.address
    story.adviser.submit("Enregistrer", cents="100", reference="Chèque 0001").reads("reçu C-1", "Il manque 200 €")
    story.adviser.submit("Différer la caution", reason="Prise de poste", instalments="2").reads("9 avril 2026 100 €", "9 mai 2026 100 €")
    story.adviser.open(story.rental).follow("Faire l’état des lieux de départ").submit("Remettre les clés", out)
    story.adviser.reads("Les clés sont remises", "prévu lundi 16 mars 2026")


def first_week_in_cash(story: Story) -> None:
    story.house.clock.set(at(16, 7))
    assert run_daily(story.house.app) == []
    story.adviser.open(story.home).reads("Points-étapes du jour (1)", "17,50 €")
    story.adviser.open(story.booking).submit("Prolonger : voir le prix", ends_at="2026-03-30T09:00")
    story.adviser.reads("Cela fait 35 € de plus.", "Déjà compté, et qui le reste : 17,50 €")
    story.adviser.submit("Prolonger").reads("21 jours : 52,50 €")
    story.adviser.open(story.rental).follow("Point-étape").reads("17,50 € à régler", "ne se paie plus en espèces")
    story.adviser.open(story.file).follow("Déclaration sans compte").submit("Noter la déclaration", on="2026-03-16")
    story.adviser.open(story.rental).follow("Point-étape").submit(
        "Terminer le point-étape",
        mode="Au pôle",
        odometer_km="48 200",
        cents="17,50",
        means="Espèces",
        job_state="En emploi",
        next_step="Avancer vers le permis",
        next_meeting_at="2026-03-23T09:00",
    )
    story.adviser.reads("200 km sur 216 autorisés : il reste 16 km.", "proche du plafond")
    story.adviser.open(story.file).follow("17,50 € en espèces").follow("Reçu n° 1").reads("Reste dû 0 €", "déclaration du 16 mars 2026")
    assert "17,50 €" in words_of(story.adviser.download("Imprimer le reçu"))


def broken_down_and_swapped(story: Story) -> None:
    story.house.clock.set(at(18, 7))
    story.mechanic.open(story.home + "vehicles").follow("Citadine grise").lacks("Nadia").submit(
        "Immobiliser ce véhicule", reason="panne", starts_at="2026-03-18T07:00", ends_at="2026-03-25T18:00", note="Ne démarre plus."
    )
    story.house.clock.set(at(20, 8))
    story.adviser.open(story.booking).submit("Changer de véhicule : voir le prix", vehicle_id="Citadine bleue")
    story.adviser.submit("Changer de véhicule", returned_km="48 200", handed_km="31 000", fuel="À moitié")
    story.adviser.reads("Le véhicule est changé ; le prix reste le même.")
    story.adviser.open(story.rental).reads("200 km sur 388,8 autorisés")  # what the first car drove still counts


def second_week_by_transfer(story: Story) -> None:
    story.house.clock.set(at(23, 9))
    assert run_daily(story.house.app) == []
    story.adviser.open(story.rental).follow("Point-étape").reads("5 jours : 12,50 € (2 jours hors service non comptés)").lacks(
        "7 jours : 17,50 €"
    )
    story.adviser.open(story.file).follow("Droits et paliers")
    story.adviser.submit("Enregistrer ce droit", tier="RSA", from_on="2026-03-21", paper_issued_on="2026-03-20")
    story.adviser.follow("Fin du droit").submit("Enregistrer la fin du droit", last_on="2026-03-24", told_on="2026-03-23")
    story.adviser.open(story.rental).follow("Point-étape").reads("7,50 € à régler").submit(
        "Terminer le point-étape",
        mode="Par téléphone",
        odometer_km="31 100",
        job_state="Le contrat se termine",
        next_step="Préparer le retour",
        next_meeting_at="2026-03-27T10:00",
    )
    story.adviser.open(story.file).follow("Encaisser pour").submit("Encaisser", means="Virement", cents="7,50")
    story.adviser.reads("Virement attendu", "écrit la référence PE-000002").lacks("Reçu n°")
    story.adviser.submit("Le virement est arrivé", voucher="VIR BEN ESSAI").reads("Reçu n° 2", "7,50 €", "Reste dû 0 €")


def back_with_a_last_amount(story: Story) -> None:
    story.house.clock.set(at(27, 10))
    story.adviser.open(story.rental).follow("Reprendre le véhicule").submit(
        "Reprendre les clés", fine("car") | {"zone_left": "marqué"}, odometer_km="31 250", fuel="Plein", note="Une rayure à gauche."
    )
    story.adviser.reads("Avant que la personne parte").submit("Signer l’état des lieux", agreed="yes")
    story.adviser.submit("Noter la fin", reason="Un véhicule à soi", job_kind="CDI", lasting_solution="Une voiture à soi")
    story.adviser.reads("Le bilan de sortie reste à faire")


def the_way_travelled(story: Story) -> None:
    story.adviser.follow("Faire le bilan de sortie")
    assess(story.adviser, "Bilan de sortie", 4)
    story.adviser.reads("100 sur 100, contre 76 à l’entrée : 24 points gagnés.")
    story.adviser.open(story.rental).follow("La fin, telle que notée").reads("+24 points", "Un véhicule à soi")
    story.adviser.open(story.file).reads("2 jours gratuits (RSA) et 2 jours à demi-tarif (quartier prioritaire), 4 jours : 5 €")


def deposit_kept_in_part(story: Story) -> None:
    story.treasurer.open(story.deposit).submit("Garder", cents="5", why="Somme due et non payée", reason="Dernière semaine non réglée")
    story.house.clock.set(at(11, 9, month=5))
    assert run_daily(story.house.app) == []
    story.treasurer.open(story.home).reads("Cautions à rendre (1)", "95 €")
    story.treasurer.open(story.deposit).submit("Rendre 95 €").reads("somme due et non payée, Dernière semaine", "rendue 95 €")
    story.treasurer.lacks("Versements prévus", "Les clés peuvent partir")


def what_the_referent_was_told(story: Story) -> None:
    drain_outbox(story.house.app)
    mails = mails_to(story.house, "prescriber.essai@example.org")
    assert [mail.subject.partition(" : ")[2] for mail in mails] == [
        "fiche reçue",
        "personne rencontrée",
        "accompagnement accepté",
        "véhicule réservé",
        "véhicule remis",
        "véhicule rendu",
        "fin de la mise à disposition",
    ]
    story.referent.open(story.home).follow("Nadia").reads("27 mars 2026 Fin de la mise à disposition")
    for told in [mail.text for mail in mails] + [story.referent.text]:
        assert UNTOLD.search(told) is None, told


def what_nadia_reads(story: Story) -> None:
    letter = words_of(story.adviser.open(story.file).follow("Remettre un accès").prints("Imprimer la lettre d’accès"))
    identifier, code = re.findall(r"\b\d{4}-\d{4}\b", letter)[0], re.findall(r"\b[A-Z0-9]{5}(?:-[A-Z0-9]{5}){2}\b", letter)[0]
    nadia = Browser(story.house.client(None)).open(story.home + "login")
    nadia.submit("Se connecter", login=identifier, password=code)
    nadia.submit("Enregistrer ce mot de passe", current=code, password="quatre mots au hasard", again="quatre mots au hasard")
    nadia.open(story.home).reads("Bonjour Nadia", "Qui a consulté mon dossier", "adviser essai", "treasurer essai")
    nadia.open(story.home + "me/pay").reads("Vous ne devez rien aujourd’hui")


def the_year_counts_it(story: Story) -> None:
    story.manager.open(story.home + "report?year=2026&budget=2000").reads(
        "Fiches de liaison reçues 1",
        "Personnes rencontrées 1",
        "location de voiture 1",
        "Points gagnés en moyenne entre les deux 24",
        "Fins selon l’emploi à la sortie CDI 1",
        "Facturé (locations, réparations, adhésions) 30 €",
        "Payé par les bénéficiaires 30 €",
        "Coût par bénéficiaire d’une action 2 000 €",
    )
