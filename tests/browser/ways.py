"""Ways to the pages that no link of the demonstration leads to: what somebody does first, by the words they read.

Each leaves the browser on its page. They change the demonstration, so they have one of their own.
"""

import re
from collections.abc import Callable
from pathlib import Path

from tests.browser.hands import Mouse
from tests.browser.rows import (
    HOME,
    account_of,
    booking_of,
    booklet_link,
    garage_link,
    link_for,
    person_named,
    printed_proof,
    workshop_doors,
)
from tests.browser.served import Served

LA_CIOTAT = Path(__file__).parents[1] / "data" / "la-ciotat-2008"
Way = Callable[[Mouse, Served], None]


def _style(hands: Mouse, demo: Served) -> None:
    hands.page.goto("/style")


def _mailed_link(hands: Mouse, demo: Served) -> None:
    hands.page.goto(link_for(demo, demo.people["prescriber"].login))


def _first_question(hands: Mouse, demo: Served) -> None:
    hands.page.goto(f"{HOME}/people/{person_named(demo, 'Djenna')}/assessments")
    hands.press("Commencer")


def _answers_left(hands: Mouse, demo: Served) -> None:
    _assessment_of_djenna(hands, demo)
    hands.page.goto(re.sub(r"/questions/.*", "/finish", hands.page.url))


def _evaluation(hands: Mouse, demo: Served) -> None:
    """Every question answered in the middle: scooters and cars ask to be seen driving."""
    _assessment_of_djenna(hands, demo)
    while "/questions/" in hands.page.url:
        for group in hands.page.locator("main fieldset").all():
            choices = group.get_by_role("radio")
            choices.nth(choices.count() // 2).check()
        hands.press("Enregistrer et continuer")
    hands.press("Terminer le bilan")
    hands.page.goto(f"{HOME}/people/{person_named(demo, 'Djenna')}/assessments")
    hands.press("Noter une évaluation")


def _assessment_of_djenna(hands: Mouse, demo: Served) -> None:
    hands.page.goto(f"{HOME}/people/{person_named(demo, 'Djenna')}/assessments")
    hands.press("Reprendre le bilan")


def _price_of_a_choice(hands: Mouse, demo: Served) -> None:
    hands.page.goto(f"{HOME}/people/{person_named(demo, 'Octave')}/bookings/new")
    hands.pick("Vélo électrique")
    hands.press("Voir les véhicules libres")
    hands.press("Choisir")


def _price_of_a_change(hands: Mouse, demo: Served) -> None:
    hands.page.goto(f"{HOME}/bookings/{booking_of(demo, 'Fatou')}")
    hands.page.get_by_text("Prolonger").first.click()
    form = hands.page.locator("form:has([name=act][value=extend])")
    form.locator("[name=ends_at]").fill("2027-01-14T11:00")
    form.get_by_role("button").last.click()


def _new_deposit(hands: Mouse, demo: Served) -> None:
    hands.page.goto(f"{HOME}/accounts/{account_of(demo, 'Elouan')}/deposit")


def _keys(hands: Mouse, demo: Served) -> None:
    hands.page.goto(f"{HOME}/bookings/{booking_of(demo, 'Soumaya')}/contract")
    hands.page.get_by_role("button", name=re.compile("^Faire (le contrat|une nouvelle version)$")).click()
    hands.pick("Sur cet écran")
    hands.write("Nom de la personne qui signe", "Soumaya Grandlieu")
    hands.pick("J’ai lu le contrat et je l’accepte.")
    hands.press("Signer le contrat")
    hands.page.goto(f"{HOME}/bookings/{booking_of(demo, 'Soumaya')}/check-out")


def _year_taken_in(hands: Mouse, demo: Served) -> None:
    hands.page.goto(f"{HOME}/imports")
    hands.page.get_by_label("Les fichiers du dossier").set_input_files(sorted(LA_CIOTAT.glob("*.csv")))
    hands.press("Importer ces fichiers")
    hands.page.get_by_text("terminé").wait_for(timeout=120_000)  # the page renews itself until then


def _label_scanned(hands: Mouse, demo: Served) -> None:
    hands.page.goto(f"{HOME}/v/{'a' * 22}")


def _booklet_shown(hands: Mouse, demo: Served) -> None:
    hands.page.goto(booklet_link(demo))


def _invitation_to_answer(hands: Mouse, demo: Served) -> None:
    hands.page.goto(workshop_doors(demo)[0])


def _code_scanned(hands: Mouse, demo: Served) -> None:
    hands.page.goto(workshop_doors(demo)[1])


def _assessment_proved(hands: Mouse, demo: Served) -> None:
    hands.page.goto(printed_proof(demo))


def _fleet_to_take(hands: Mouse, demo: Served) -> None:
    hands.page.goto(f"{HOME}/vehicles/import")
    table = "Nom;Type;Pôle;Compteur (km)\nVélo 3;vélo;Pôle du Port;\nVélo 4;vélo;Pôle perdu;12 miles\n"
    hands.page.get_by_label("Le tableau").set_input_files({"name": "parc.csv", "mimeType": "text/csv", "buffer": table.encode()})
    hands.press("Voir ce que cela donnerait")


def _spreadsheet_read(hands: Mouse, demo: Served) -> None:
    hands.page.goto(f"{HOME}/takeovers")
    lines = (
        "Immat;Type;Emprunteur;Né le;Début;Km",
        "TK-301-ZZ;Voiture;MARTEL Ysoline;12/04/1991;02/03/2026;48 210",
        ";tapis;Adama Sorel;;;",
    )
    hands.page.get_by_label("Le tableau").set_input_files({"name": "parc.csv", "mimeType": "text/csv", "buffer": "\n".join(lines).encode()})
    hands.press("Lire ce tableau")


def _spreadsheet_to_take(hands: Mouse, demo: Served) -> None:
    _spreadsheet_read(hands, demo)
    hands.press("Voir ce que cela donnerait")


def _garage_door(hands: Mouse, demo: Served) -> None:
    hands.page.goto(garage_link(demo))


def _garage_order(hands: Mouse, demo: Served) -> None:
    _garage_door(hands, demo)
    hands.page.locator("main li a").first.click()


def _action_to_end(hands: Mouse, demo: Served) -> None:
    hands.page.goto(f"{HOME}/people/{person_named(demo, 'Wassila')}/actions/new")
    hands.pick("atelier collectif")
    hands.press("Commencer l’action")
    hands.press("Terminer")


def _known_already(hands: Mouse, demo: Served) -> None:
    """A second file with the telephone of the first."""
    _second_file("Octav", hands, demo)


def _same_person(hands: Mouse, demo: Served) -> None:
    """Another such file, seen to be the same person's."""
    _second_file("Octavien", hands, demo)
    hands.press("C’est la même personne")


def _second_file(first_name: str, hands: Mouse, demo: Served) -> None:
    hands.page.goto(f"{HOME}/people/{person_named(demo, 'Octave')}")
    phone = str(hands.page.locator("main a[href^='tel:']").first.get_attribute("href")).removeprefix("tel:")
    hands.page.goto(f"{HOME}/people/new")
    for label, typed in (("Prénom", first_name), ("Nom", "Lumerian"), ("Date de naissance", "1985-02-11"), ("Téléphone", phone)):
        hands.write(label, typed)
    hands.press("Enregistrer")
    hands.press("Décider")


def _card_page(hands: Mouse, demo: Served) -> None:
    _card_page_of("Fatou", hands, demo)


def _card_page_of(first_name: str, hands: Mouse, demo: Served) -> None:
    hands.page.goto(f"{HOME}/accounts/{account_of(demo, first_name)}/pay")
    hands.page.get_by_role("radio", name="Carte bancaire").check()
    hands.write("Montant reçu", "20")
    hands.press("Encaisser")
    hands.press("Montrer")
    hands.press("ouvrir la page de paiement")


def _back_from_the_bank(hands: Mouse, demo: Served) -> None:
    _card_page_of("Blandine", hands, demo)  # a debt has one card page open at a time
    hands.press("Payer")
    hands.press("Renoncer et revenir")


def _card_to_leave(hands: Mouse, demo: Served) -> None:
    hands.page.goto(f"{HOME}/people/{person_named(demo, 'Soumaya')}")
    hands.page.locator("a[href*='/deposits/']").first.click()
    hands.press("Montrer")
    hands.press("ouvrir la page")


def _card_left_or_not(hands: Mouse, demo: Served) -> None:
    _card_to_leave(hands, demo)
    hands.press("J’accepte")
    hands.press("Renoncer et revenir")


def _hold_to_agree(hands: Mouse, demo: Served) -> None:
    hands.page.goto(f"{HOME}/people/{person_named(demo, 'Maïlys')}")
    hands.page.locator("a[href*='/deposits/']").first.click()
    if hands.page.get_by_role("button", name="Lever l’empreinte pour une autre forme").count():
        hands.press("Lever l’empreinte pour une autre forme")
    hands.press("Montrer")
    hands.press("ouvrir la page")


def _hold_placed_or_not(hands: Mouse, demo: Served) -> None:
    _hold_to_agree(hands, demo)
    hands.press("J’accepte")
    hands.press("Renoncer et revenir")


# By endpoint: who goes there, and how. In this order: an assessment is begun before it is half answered, an old year comes last.
WAYS: dict[str, tuple[str, Way]] = {
    "style": ("visitor", _style),
    "accounts.link": ("visitor", _mailed_link),
    "assessments.questions": ("adviser", _first_question),
    "assessments.overview": ("adviser", _answers_left),
    "assessments.evaluation": ("adviser", _evaluation),
    "bookings.choose": ("adviser", _price_of_a_choice),
    "bookings.change": ("adviser", _price_of_a_change),
    "deposits.new": ("treasurer", _new_deposit),
    "handovers.check_out": ("adviser", _keys),
    "paths.action_end": ("adviser", _action_to_end),
    "likeness.show": ("adviser", _known_already),
    "merges.show": ("adviser", _same_person),
    "card.link": ("adviser", _card_page),
    "card.back": ("adviser", _back_from_the_bank),
    "saved_cards.link": ("adviser", _card_to_leave),
    "saved_cards.back": ("adviser", _card_left_or_not),
    "card_holds.link": ("adviser", _hold_to_agree),
    "card_holds.back": ("adviser", _hold_placed_or_not),
    "labels.scan": ("visitor", _label_scanned),
    "genuine.show": ("visitor", _assessment_proved),
    "booklet.shared": ("visitor", _booklet_shown),
    "workshop_doors.link": ("visitor", _invitation_to_answer),
    "workshop_doors.here": ("beneficiary", _code_scanned),
    "takeovers.columns": ("manager", _spreadsheet_read),
    "takeovers.show": ("manager", _spreadsheet_to_take),
    "garage_door.index": ("visitor", _garage_door),
    "garage_door.show": ("visitor", _garage_order),
    "vehicle_imports.show": ("manager", _fleet_to_take),
    "imports.show": ("manager", _year_taken_in),
}
