"""What a platform's own spreadsheet may say, and which of its columns says it: guessed by names, then by what stands under them. Pure."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from fleet.vehicle_columns import COLUMNS, folded

VEHICLE, PERSON, RENTAL, MONEY = "vehicle", "person", "rental", "money"
GROUP_NAMES = {VEHICLE: "Le véhicule", PERSON: "La personne", RENTAL: "La location en cours", MONEY: "L’argent"}


@dataclass(frozen=True, kw_only=True)
class Field:
    """Something we keep: its code, its French name, what it is about, and how headings also call it."""

    code: str
    name: str
    group: str
    also: tuple[str, ...] = ()


_ALSO = {
    "label": ("vehicule", "n° vehicule", "numero vehicule", "designation", "nom du vehicule", "numero parc", "n° parc", "code vehicule"),
    "kind": ("type", "type de vehicule", "categorie", "genre"),
    "site_id": ("pole", "site", "agence", "antenne", "lieu"),
    "plate": ("plaque", "immatriculation", "immat", "immat.", "n° immatriculation", "plaque d'immatriculation"),
    "frame_number": ("numero de cadre", "n° de serie", "numero de serie", "vin", "n° de cadre"),
    "stage": ("etat du parc",),
    "in_service_on": ("mise en service", "date d'entree", "entree au parc", "date de mise en service"),
    "odometer_km": ("km", "kilometrage", "compteur", "dernier km", "km actuel", "kilometrage actuel", "dernier releve", "km compteur"),
    "keys_place": ("cles", "place des cles"),
    "energy": ("carburant", "energie", "motorisation"),
    "gearbox": ("boite", "boite de vitesse"),
    "insured_until": ("assurance", "fin d'assurance", "echeance assurance"),
    "inspection_until": ("ct", "controle technique", "prochain ct", "date ct", "echeance ct"),
    "insurer": ("compagnie d'assurance",),
    "policy": ("n° contrat assurance", "police"),
    "lessor": ("loueur", "proprietaire"),
}
_OF_VEHICLES = tuple(Field(code=c.name, name=c.heading, group=VEHICLE, also=_ALSO.get(c.name, ())) for c in COLUMNS)
_OTHERS = (
    Field(code="model", name="Marque et modèle", group=VEHICLE, also=("modele", "marque", "marque / modele", "marque/modele")),
    Field(
        code="full_name",
        name="Nom et prénom ensemble",
        group=PERSON,
        also=("nom prenom", "nom et prenom", "prenom nom", "emprunteur", "beneficiaire", "locataire", "conducteur", "usager"),
    ),
    Field(
        code="last_name",
        name="Nom de famille",
        group=PERSON,
        also=("nom emprunteur", "nom beneficiaire", "nom du beneficiaire", "nom usager"),
    ),
    Field(code="first_name", name="Prénom", group=PERSON, also=("prenom emprunteur", "prenom beneficiaire", "prenom du beneficiaire")),
    Field(
        code="birth_on",
        name="Date de naissance",
        group=PERSON,
        also=("naissance", "ne le", "nee le", "ne(e) le", "ddn", "date naissance", "date de naiss"),
    ),
    Field(code="sex", name="Sexe", group=PERSON, also=("civilite", "genre de la personne", "h/f", "f/h")),
    Field(
        code="phone", name="Téléphone", group=PERSON, also=("tel", "tel.", "portable", "mobile", "n° de telephone", "numero de telephone")
    ),
    Field(code="email", name="Adresse mail", group=PERSON, also=("mail", "email", "e-mail", "courriel", "adresse mail")),
    Field(code="address", name="Adresse", group=PERSON, also=("adresse postale", "rue")),
    Field(code="postcode", name="Code postal", group=PERSON, also=("cp",)),
    Field(code="commune", name="Commune", group=PERSON, also=("ville",)),
    Field(
        code="handed_over_on",
        name="Clés remises le",
        group=RENTAL,
        also=(
            "debut",
            "date de debut",
            "date de depart",
            "depart",
            "date de remise",
            "remis le",
            "sorti le",
            "debut de location",
            "du",
            "date pret",
        ),
    ),
    Field(
        code="returns_on",
        name="Retour prévu le",
        group=RENTAL,
        also=(
            "fin",
            "date de fin",
            "retour",
            "retour prevu",
            "date de retour",
            "date retour prevue",
            "fin de location",
            "fin prevue",
            "au",
        ),
    ),
    Field(
        code="handed_over_km",
        name="Compteur à la remise des clés",
        group=RENTAL,
        also=("km depart", "km de depart", "kilometrage depart", "compteur depart", "km sortie", "km debut"),
    ),
    Field(
        code="balance_cents",
        name="Reste dû (une avance en négatif)",
        group=MONEY,
        also=("solde", "reste du", "dette", "impaye", "impayes", "solde du", "reste a payer"),
    ),
    Field(
        code="deposit_cents",
        name="Caution tenue",
        group=MONEY,
        also=("caution", "montant caution", "depot de garantie", "caution versee", "montant de la caution"),
    ),
    Field(
        code="deposit_kind",
        name="Forme de la caution",
        group=MONEY,
        also=("type caution", "type de caution", "mode caution", "moyen caution", "caution par"),
    ),
    Field(code="qpv", name="Habite un quartier prioritaire (QPV)", group=RENTAL, also=("qpv", "quartier prioritaire")),
    Field(code="programme", name="Programme (à la journée, AMIE)", group=RENTAL, also=("programme", "formule", "type de location")),
    Field(
        code="met_on",
        name="Dernier point-étape le",
        group=RENTAL,
        also=("dernier point-etape", "dernier point etape", "dernier point", "dernier rdv", "dernier rendez-vous", "point-etape"),
    ),
    Field(
        code="rsa_on",
        name="Droit au RSA depuis le",
        group=RENTAL,
        also=("rsa", "rsa depuis", "rsa depuis le", "droit rsa depuis le", "debut rsa", "beneficiaire rsa", "brsa"),
    ),
    Field(code="rsa_until", name="Droit au RSA jusqu’au", group=RENTAL, also=("fin rsa", "rsa jusqu'au", "fin de droit rsa")),
    Field(
        code="rsa_paper_on",
        name="Attestation RSA du",
        group=RENTAL,
        also=("attestation rsa", "date attestation rsa", "rsa attestation du", "attestation caf"),
    ),
)
FIELDS = (*_OF_VEHICLES, *_OTHERS)
BY_CODE = {field.code: field for field in FIELDS}
OWN_NAMES = ("label", "plate", "frame_number")  # what a line calls a vehicle by
_BY_WORDS = {folded(words): field.code for field in FIELDS for words in (field.name, *field.also)}
_LOOKS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("plate", re.compile(r"[A-Z]{2}[- ]?\d{3}[- ]?[A-Z]{2}|\d{1,4}[- ]?[A-Z]{2,3}[- ]?\d{2}", re.IGNORECASE)),
    ("email", re.compile(r"[^@\s]+@[^@\s]+\.[a-z]+", re.IGNORECASE)),
    ("phone", re.compile(r"(?:\+33|0)[ .]?[1-9](?:[ .-]?\d{2}){4}")),
)


def guess(headings: Sequence[str], cells: Iterable[Mapping[str, str]], remembered: Mapping[str, str]) -> dict[str, str]:
    """The field each heading seems to mean, at most one heading a field: as it was matched before, then by its name, then by its cells."""
    lines, found = list(cells), dict[str, str]()
    known = {heading: remembered.get(folded(heading)) for heading in headings}
    _give(found, known)
    has_person = any("prenom" in folded(heading).split() for heading in headings)
    _give(found, {heading: _by_name(heading, has_person) for heading in headings if known[heading] is None})
    left = [heading for heading in headings if heading not in found and known[heading] is None]
    _give(found, {heading: _by_cells([line.get(heading, "") for line in lines]) for heading in left})
    return found


def _give(found: dict[str, str], meant: Mapping[str, str | None]) -> None:
    for heading, code in meant.items():
        if code in BY_CODE and code not in found.values():
            found[heading] = code


def _by_name(heading: str, has_person: bool) -> str | None:
    """ "Nom" is somebody's beside a first name, else the vehicle's, as in the fleet's own spreadsheet."""
    words = folded(heading)
    return "last_name" if words == "nom" and has_person else _BY_WORDS.get(words)


def _by_cells(cells: Sequence[str]) -> str | None:
    filled = [cell for cell in cells if cell]
    return next((code for code, look in _LOOKS if filled and all(look.fullmatch(cell) for cell in filled)), None)


def check_matching(headings: Sequence[str], matching: Mapping[str, str]) -> dict[str, str]:
    """By heading, the sentence that says why it cannot mean this."""
    faults: dict[str, str] = {}
    for heading, code in matching.items():
        twin = next((other for other in headings if other != heading and matching.get(other) == code), None)
        if heading not in headings:
            faults[heading] = "Cette colonne n’est pas dans ce tableau."
        elif code not in BY_CODE:
            faults[heading] = "Choisissez une des réponses proposées."
        elif twin is not None and headings.index(twin) < headings.index(heading):
            faults[heading] = f"« {BY_CODE[code].name} » est déjà la colonne « {twin} »."
    return faults
