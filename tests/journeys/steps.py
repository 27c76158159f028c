"""What several journeys do alike, each by pages alone: one function a step, from the person's file and back."""

from io import BytesIO
from typing import Any

from pypdf import PdfReader

from billing.webhook_signature import sign
from tests.house import House
from tests.journeys.browser import Browser
from tests.journeys.pages import plain
from tests.money import local

DIMENSIONS = 10
ZONES = {
    "car": ("front", "rear", "left", "right", "windows", "wheels", "inside", "dashboard"),
    "bike": ("front", "rear", "frame", "lights", "lock"),
}


def fine(kind: str) -> dict[str, str]:
    """A condition report with nothing to say."""
    return {f"zone_{zone}": "en bon état" for zone in ZONES[kind]}


def add_car(manager: Browser, home: str, label: str, plate: str) -> None:
    """A car joins the fleet."""
    manager.open(home + "vehicles/new").submit("Continuer", kind="Voiture").submit(
        "Enregistrer le véhicule",
        label=label,
        plate=plate,
        gearbox="Manuelle",
        in_service_on="2025-01-01",
        inspection_until="2027-12-01",
        insured_until="2027-12-01",
        insurer="Assurances du Littoral",
        policy="AL-1",
        excess_cents="450",
    )


def prescribe(referent: Browser, home: str, first_name: str, last_name: str, **more: str) -> None:
    """A liaison form, sent before there is a job."""
    usual = {"birth_on": "1998-07-14", "phone": "06 11 22 33 44", "contact_by": "par téléphone", "sex": "femme"}
    usual |= {"motive": "chercher un emploi", "licence_declared": "permis B", "consent": "yes"}
    referent.open(home + "liaison-forms/new")
    referent.submit("Envoyer la fiche", usual | more, first_name=first_name, last_name=last_name)


def welcome(adviser: Browser, home: str, first_name: str, on: str) -> str:
    """From the desk: meet the person and accept; the address of their file."""
    adviser.open(home).follow(first_name).submit("Noter la rencontre", met_on=on)
    adviser.follow("Accepter").reads("Montrez ce message").submit("Accepter et prévenir")
    return adviser.address


def assess(adviser: Browser, kind: str, level: int, **apart: int) -> None:
    """A whole assessment, dimension by dimension: every answer at one level, but for those named."""
    adviser.submit("Commencer", kind=kind)
    for _ in range(DIMENSIONS):
        form, _button = adviser.page.form("Enregistrer et continuer")
        items = [name for name, field in form.fields.items() if field.type == "radio"]
        assert len(items) == 3, items
        adviser.submit("Enregistrer et continuer", {item: apart.get(item, level) for item in items})
    adviser.reads("Tout est là").submit("Terminer le bilan")


def see(adviser: Browser, kind: str, **more: str) -> None:
    """A paper seen, not kept."""
    adviser.follow("Noter un document vu").submit("Noter ce document", kind=kind, **more)


def prepare(adviser: Browser, file: str, on: str) -> None:
    """Entry assessment, a job 18 km away, and the papers but for the proof of home."""
    adviser.open(file).follow("Commencer le bilan d’entrée")
    assess(adviser, "Bilan d’entrée", 3, licence_held=4)
    adviser.open(file).follow("Noter un emploi").submit(
        "Enregistrer",
        kind="CDD de 6 mois ou plus",
        employer="Atelier d’essai",
        starts_on="2026-03-09",
        ends_on="2026-10-31",
        place="Gémenos",
        one_way_tenths="18",
        weekdays=["lun", "mar", "mer", "jeu", "ven"],
    )
    see(adviser, "Pièce d’identité")
    see(adviser, "Permis de conduire", category="B", issued_on="2019-06-01")
    see(adviser, "Contrat de travail", issued_on=on)
    see(adviser, "Bulletin d’adhésion", issued_on=on, valid_until="2027-03-01")


def sign_contract(adviser: Browser, name: str) -> bytes:
    """From the booking: contract made, signed on screen, printed; the rental's page is left open."""
    adviser.follow("Contrat, clés, points-étapes").follow("Préparer le contrat").submit("Faire le contrat")
    adviser.submit("Signer le contrat", how="Sur cet écran", signer_name=name, agreed="yes")
    return adviser.reads("est signé").download("Imprimer")


def deliver_webhooks(house: House) -> list[int]:
    """What the card gateway has to tell, posted as it posts it; the answers' statuses."""
    client, answers = house.app.test_client(), []
    for delivery in local(house).courier.list_deliveries():
        headers = {"Stripe-Signature": sign(delivery.raw, delivery.webhook_secret, house.clock())}
        answers.append(client.post(house.page("webhooks/card"), data=delivery.raw, headers=headers).status_code)
    return answers


def mails_to(house: House, address: str) -> list[Any]:
    """What the worker has mailed to somebody, the oldest first."""
    return [mail for mail in house.app.extensions["mailer"].sent if mail.to == address]


def words_of(paper: bytes) -> str:
    """What a PDF says."""
    return plain(" ".join(page.extract_text() for page in PdfReader(BytesIO(paper)).pages))
